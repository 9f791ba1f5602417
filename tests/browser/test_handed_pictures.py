"""Pictures shared from the phone's album arrive under a finding, marked, and nowhere unencrypted."""

import base64
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import PhoneBrowser, Server
from tests.browser.lab.fakes import qr_frame, write_still
from tests.browser.office import ENTERPRISE, approved_inspection, ask
from tests.browser.visit import (
    at_the_door,
    dock,
    enter,
    holding,
    ready_to_go,
    scan_in,
    today,
    unlock,
)

MARK = b"3-hao-guanqu-2026"
"""Stands in the picture's bytes, to be looked for in the phone's files."""

SHARE = """(picture) => {
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))
  const carried = new DataTransfer()
  carried.items.add(new File([bytes], 'IMG_1.jpg', { type: 'image/jpeg' }))
  const field = Object.assign(document.createElement('input'), { type: 'file', name: 'pictures' })
  field.files = carried.files
  const form = document.createElement('form')
  Object.assign(form, { action: '/share', method: 'post', enctype: 'multipart/form-data' })
  form.append(field)
  document.body.append(form)
  form.submit()
  form.remove()
}"""
"""What the system's share sheet does with the manifest's `share_target`."""

CACHED = """async () => {
  const names = await caches.keys()
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
  return kept.flat().map(({ url }) => new URL(url).pathname).filter((path) => path === '/share')
}"""


def picture() -> str:
    content = io.BytesIO()
    Image.new("RGB", (320, 240), "#8a5a2b").save(content, "JPEG", comment=MARK)
    return base64.b64encode(content.getvalue()).decode()


def share(page: Page) -> None:
    page.evaluate(SHARE, picture())


@pytest.mark.timeout(240)
def test_a_shared_picture_is_filed_as_imported_and_a_locked_phone_asks_first(
    server: Server, phones: Callable[..., PhoneBrowser], tmp_path: Path
) -> None:
    approved_inspection(server, today())
    code = ask(server, "lijie", "GET", f"/api/v1/enterprises/{ENTERPRISE}/code")["text"]
    film = write_still(tmp_path / "code.y4m", qr_frame(code))
    phone = phones("lijie", f"--use-file-for-fake-video-capture={film}")
    page = phone.start()
    enter(page, server, "lijie")
    ready_to_go(page)
    scan_in(page)
    at_the_door(page)
    dock(page, "记问题")
    expect(page.get_by_label("存在的问题")).to_be_visible()
    page.evaluate("window.samePage = true")

    share(page)
    expect(page.get_by_role("heading", name="收到的照片")).to_be_visible()
    assert page.evaluate("window.samePage")
    expect(page.get_by_role("img", name="收到的第 1 张")).to_be_visible()
    page.get_by_role("button", name="归到问题 1").click()
    page.get_by_role("button", name="问题 1的照片").last.click()
    expect(page.get_by_text("导入").first).to_be_visible()

    page.goto("about:blank")
    page.goto(server.url)
    expect(page.get_by_role("heading", name="安巡 · 已锁定")).to_be_visible()
    share(page)
    page.wait_for_url("**/lock**received")
    unlock(page)
    expect(page.get_by_role("img", name="收到的第 1 张")).to_be_visible()
    assert page.evaluate(CACHED) == []
    page.reload()
    unlock(page)
    expect(page.get_by_text("先解锁，再从相册分享一次")).to_be_visible()
    phone.close()
    assert holding(tmp_path / "lijie", MARK) == []
