"""Scanning a code and taking a photo with a camera that shows a known picture."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Playwright

from tests.browser.conftest import FAKE_DEVICES, launch_options
from tests.browser.lab.conftest import open_bench
from tests.browser.lab.fakes import qr_frame, write_still
from tests.browser.lab.lab_server import LabServer

pytestmark = pytest.mark.timeout(30)

CODE = "https://anxun.example/e#AX1.k1.企业-91652301MA01"
OPEN = """async () => {
  window.camera = (await lab.camera.openCamera(navigator.mediaDevices, 'environment')).value
  const video = lab.video()
  video.srcObject = window.camera.stream
  await video.play()
  return [video.videoWidth, video.videoHeight]
}"""
SCAN = """async () => {
  window.unreadable = 0
  window.abort = new AbortController()
  window.scanned = lab.qr.scan(lab.video(), {
    clock: lab.clock, signal: window.abort.signal, onUnreadable: () => { window.unreadable += 1 },
  })
}"""
PHOTO = """async () => {
  const photo = (await window.camera.photo(lab.video())).value
  const small = (await lab.thumbnail(photo.original, 160)).value
  const text = async (blob) => lab.base64(new Uint8Array(await blob.arrayBuffer()))
  return {...photo, original: await text(photo.original), small: await text(small)}
}"""


@pytest.fixture(scope="module")
def looking(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose camera looks at an enterprise's code."""
    film = write_still(tmp_path_factory.mktemp("film") / "code.y4m", qr_frame(CODE))
    flags = launch_options(*FAKE_DEVICES, f"--use-file-for-fake-video-capture={film}")
    running = playwright.chromium.launch(**flags)
    yield running
    running.close()


@pytest.fixture
def at_the_gate(looking: Browser, server: LabServer) -> Iterator[Page]:
    context = looking.new_context(permissions=["camera"])
    yield open_bench(context, server)
    context.close()


def test_the_code_at_the_gate_is_read(at_the_gate: Page) -> None:
    asked: list[str] = []
    at_the_gate.on("request", lambda request: asked.append(request.url))
    at_the_gate.evaluate(OPEN)
    at_the_gate.evaluate(SCAN)
    assert at_the_gate.evaluate("() => window.scanned") == {"ok": True, "value": CODE}
    [wasm] = [url for url in asked if url.endswith(".wasm")]
    assert wasm.startswith(at_the_gate.evaluate("() => location.origin"))


def test_the_phones_own_detector_is_preferred(at_the_gate: Page, server: LabServer) -> None:
    at_the_gate.add_init_script(
        """window.BarcodeDetector = class {
          static async getSupportedFormats() { return ['qr_code'] }
          async detect(frame) { return [{ rawValue: `native ${frame.width}` }] }
        }"""
    )
    page = open_bench(at_the_gate.context, server)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate(OPEN)
    page.evaluate(SCAN)
    assert page.evaluate("() => window.scanned") == {"ok": True, "value": "native 1280"}
    assert not [url for url in asked if url.endswith(".wasm")]


def test_a_picture_without_a_code_is_told_after_six_seconds(page: Page) -> None:
    page.evaluate(OPEN)
    page.evaluate(SCAN)
    page.evaluate("() => { lab.skipped.monotonic += 5000 }")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert page.evaluate("() => window.unreadable") == 0
    page.evaluate("() => { lab.skipped.monotonic += 1000 }")
    page.wait_for_function("() => window.unreadable === 1")
    page.evaluate("() => { lab.skipped.monotonic += 6000; window.abort.abort() }")
    ended = page.evaluate("() => window.scanned")
    assert ended == {"ok": False, "error": {"code": "aborted"}}
    assert page.evaluate("() => window.unreadable") == 1


def test_a_photo_is_hashed_as_it_is_stored(at_the_gate: Page) -> None:
    assert at_the_gate.evaluate(OPEN) == [1280, 720]
    photo: dict[str, Any] = at_the_gate.evaluate(PHOTO)
    original = base64.b64decode(photo["original"])
    assert hashlib.sha256(original).hexdigest() == photo["sha256"]
    assert (photo["type"], photo["origin"]) == ("image/jpeg", "captured")
    with Image.open(io.BytesIO(original)) as image:
        assert (image.format, image.size) == ("JPEG", (1280, 720))
        assert not image.getexif()
    with Image.open(io.BytesIO(base64.b64decode(photo["small"]))) as small:
        assert small.size == (160, 90)


def test_an_imported_file_keeps_its_bytes_and_its_mark(page: Page, tmp_path: Path) -> None:
    content = b"\xff\xd8\xff" + bytes(range(256)) * 20_000
    page.evaluate(
        "() => document.body.append(Object.assign(document.createElement('input'), {type: 'file'}))"
    )
    page.locator("input").set_input_files(
        {"name": "旧照片.jpg", "mimeType": "image/jpeg", "buffer": content}
    )
    imported = page.evaluate(
        """async () => {
          const [file] = document.querySelector('input').files
          const { original, ...rest } = (await lab.camera.importFile(file)).value
          return { ...rest, same: original === file, small: await lab.thumbnail(file, 160) }
        }"""
    )
    assert imported == {
        "sha256": hashlib.sha256(content).hexdigest(),
        "type": "image/jpeg",
        "origin": "imported",
        "same": True,
        "small": {"ok": False, "error": {"code": "not_an_image"}},
    }


def test_a_camera_without_a_lamp_says_so(at_the_gate: Page) -> None:
    at_the_gate.evaluate(OPEN)
    assert at_the_gate.evaluate("() => window.camera.hasTorch") is False
    lit = at_the_gate.evaluate("() => window.camera.torch(true)")
    assert lit == {"ok": False, "error": {"code": "unsupported"}}


def test_a_refused_camera_is_a_value(playwright: Playwright, server: LabServer) -> None:
    camera_without_consent = [flag for flag in FAKE_DEVICES if "fake-ui" not in flag]
    strict = playwright.chromium.launch(**launch_options(*camera_without_consent))
    page = open_bench(strict.new_context(permissions=[]), server)
    ask = "() => lab.camera.openCamera(navigator.mediaDevices, 'environment')"
    assert page.evaluate(ask) == {"ok": False, "error": {"code": "denied"}}
    strict.close()
