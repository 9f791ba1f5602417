"""The encrypted files of evidence: nothing lost, nothing moved, nothing read without its key."""

from __future__ import annotations

import base64
import hashlib
import random
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.lab.conftest import KEY, OTHER_KEY, Profile, open_bench
from tests.browser.lab.lab_server import LabServer

pytestmark = pytest.mark.timeout(30)

SIZE = 1_200_000
ORIGINAL = random.Random(7).randbytes(SIZE)
PUT = """async ([id, key, text]) =>
  lab.store.put(id, await lab.key(key), new Blob([lab.bytes(text)]))"""
WRITE_SLICES = """async ([id, key, slices, end]) => {
  const writer = (await lab.store.create(id, await lab.key(key))).value
  for (const slice of slices) await writer.append(new TextEncoder().encode(slice))
  return writer[end]()
}"""
RECOVER = "async ([id, key]) => lab.store.recover(id, key ? await lab.key(key) : undefined)"


def put(page: Page, name: str, original: bytes) -> Any:
    return page.evaluate(PUT, [name, KEY, base64.b64encode(original).decode()])


def write_slices(page: Page, name: str, slices: list[str], end: str = "finish") -> Any:
    return page.evaluate(WRITE_SLICES, [name, KEY, slices, end])


def plain(page: Page, name: str, key: str = KEY) -> Any:
    read = page.evaluate("([id, key]) => lab.plain(id, key)", [name, key])
    return base64.b64decode(read) if isinstance(read, str) else read


def stored(page: Page, name: str) -> bytes:
    return base64.b64decode(page.evaluate("(id) => lab.stored(id)", name))


def plant(page: Page, name: str, content: bytes) -> None:
    text = base64.b64encode(content).decode()
    page.evaluate("([id, text]) => lab.plant(id, text)", [name, text])


def test_what_is_put_comes_back_and_lies_encrypted(page: Page) -> None:
    sealed = put(page, "photo.1", ORIGINAL)
    digest = hashlib.sha256(ORIGINAL).hexdigest()
    assert sealed == {"ok": True, "value": {"sha256": digest, "bytes": SIZE, "slices": 2}}
    assert plain(page, "photo.1") == ORIGINAL
    on_disk = stored(page, "photo.1")
    assert all(ORIGINAL[at : at + 16] not in on_disk for at in range(0, SIZE, 99_991))
    size = page.evaluate("() => lab.store.size('photo.1')")["value"]
    assert size == {"plain": SIZE, "stored": len(on_disk), "slices": 2, "finished": True}


def test_any_stretch_of_the_original_can_be_read(page: Page) -> None:
    put(page, "photo.1", ORIGINAL)
    read = """async ([key, start, end]) => {
      const source = (await lab.store.source('photo.1', await lab.key(key))).value
      return [source.size, lab.base64((await source.range(start, end)).value)]
    }"""
    for start, end in [(0, 10), (1_048_570, 1_048_590), (1_000_000, SIZE), (SIZE - 9, 9e9)]:
        size, text = page.evaluate(read, [KEY, start, end])
        assert size == SIZE
        assert base64.b64decode(text) == ORIGINAL[start : int(end)]


def test_another_key_opens_nothing(page: Page) -> None:
    put(page, "photo.1", b"secret")
    assert plain(page, "photo.1", OTHER_KEY) == {"code": "unreadable", "slice": 0}


def test_a_file_under_another_name_does_not_open(page: Page) -> None:
    put(page, "photo.1", b"of the first")
    plant(page, "photo.2", stored(page, "photo.1"))
    assert plain(page, "photo.2") == {"code": "unreadable", "slice": 0}


def test_a_changed_byte_names_its_slice(page: Page) -> None:
    put(page, "photo.1", ORIGINAL)
    content = bytearray(stored(page, "photo.1"))
    content[1_100_000] ^= 1
    plant(page, "photo.1", bytes(content))
    assert plain(page, "photo.1") == {"code": "unreadable", "slice": 1}


def test_slices_that_changed_places_do_not_open(page: Page) -> None:
    write_slices(page, "rec.0", ["aaaa", "bbbb"])
    content = stored(page, "rec.0")
    frame = 4 + 32 + 4 + 16
    first, second = content[12 : 12 + frame], content[12 + frame : 12 + 2 * frame]
    plant(page, "rec.0", content[:12] + second + first + content[12 + 2 * frame :])
    assert plain(page, "rec.0") == {"code": "unreadable", "slice": 0}


def test_the_sidecar_is_readable_without_the_key(page: Page) -> None:
    write_slices(page, "rec.0", ["一", "二", "三"])
    read = "async () => lab.base64((await lab.store.sidecar('rec.0')).value)"
    expected = b"".join(hashlib.sha256(slice.encode()).digest() for slice in "一二三")
    assert base64.b64decode(page.evaluate(read)) == expected


def test_a_torn_slice_is_trimmed_with_no_key_at_hand(page: Page) -> None:
    write_slices(page, "rec.0", ["kept-1", "kept-2", "torn"], "abandon")
    content = stored(page, "rec.0")
    plant(page, "rec.0", content[:-3])
    recovered = page.evaluate(RECOVER, ["rec.0", None])["value"]
    modified = recovered.pop("modified_ms")
    assert recovered == {"slices": 2, "bytes": 12, "trimmed": 53, "finished": False}
    assert modified <= page.evaluate("() => lab.clock.now()")
    assert plain(page, "rec.0") == b"kept-1kept-2"
    again = page.evaluate(RECOVER, ["rec.0", None])["value"]
    assert (again["slices"], again["trimmed"]) == (2, 0)


def test_a_hollow_last_slice_is_trimmed_when_the_key_is_there(page: Page) -> None:
    write_slices(page, "rec.0", ["kept-1", "kept-2", "hollow"], "abandon")
    content = stored(page, "rec.0")
    plant(page, "rec.0", content[:-22] + bytes(22))
    assert page.evaluate(RECOVER, ["rec.0", None])["value"]["slices"] == 3
    assert page.evaluate(RECOVER, ["rec.0", KEY])["value"]["trimmed"] == 58
    assert plain(page, "rec.0") == b"kept-1kept-2"


def test_the_wrong_key_trims_nothing(page: Page) -> None:
    write_slices(page, "rec.0", ["kept-1", "kept-2"], "abandon")
    refused = page.evaluate(RECOVER, ["rec.0", OTHER_KEY])
    assert refused["error"] == {"code": "unreadable", "slice": 0}
    assert plain(page, "rec.0") == b"kept-1kept-2"


def test_a_finished_file_is_recovered_unchanged(page: Page) -> None:
    write_slices(page, "rec.0", ["one"])
    before = stored(page, "rec.0")
    recovered = page.evaluate(RECOVER, ["rec.0", KEY])["value"]
    assert (recovered["finished"], recovered["slices"], recovered["trimmed"]) == (True, 1, 0)
    assert stored(page, "rec.0") == before


def test_evidence_is_never_written_over(page: Page) -> None:
    put(page, "photo.1", b"first")
    assert put(page, "photo.1", b"second")["error"] == {"code": "exists"}
    assert plain(page, "photo.1") == b"first"


def test_a_file_being_written_is_left_alone(page: Page) -> None:
    page.evaluate("async (key) => { await lab.store.create('rec.0', await lab.key(key)) }", KEY)
    assert page.evaluate(RECOVER, ["rec.0", None])["error"] == {"code": "busy"}
    assert page.evaluate("() => lab.store.remove('rec.0')")["error"] == {"code": "busy"}


def test_files_are_listed_and_removed(page: Page) -> None:
    put(page, "photo.2", b"2")
    put(page, "photo.1", b"1")
    assert page.evaluate("() => lab.store.list()")["value"] == ["photo.1", "photo.2"]
    assert page.evaluate("() => lab.store.remove('photo.1')")["ok"]
    assert page.evaluate("() => lab.store.list()")["value"] == ["photo.2"]
    assert page.evaluate("() => lab.store.size('photo.1')")["error"] == {"code": "missing"}


def test_a_full_phone_keeps_what_was_stored(profile: Profile, server: LabServer) -> None:
    page = open_bench(profile(), server)
    cdp = page.context.new_cdp_session(page)
    origin = page.evaluate("() => location.origin")
    page.evaluate(
        """async (key) => {
          window.w = (await lab.store.create('rec.0', await lab.key(key))).value
        }""",
        KEY,
    )
    append = "async (n) => window.w.append(new Uint8Array(n))"
    assert page.evaluate(append, 10)["ok"]
    cdp.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1000})
    assert page.evaluate(append, 5_000_000)["error"] == {"code": "full"}
    assert page.evaluate("async () => window.w.finish()")["error"] == {"code": "closed"}
    assert plain(page, "rec.0") == bytes(10)
