"""Nothing recorded is lost by a logout in another tab, by a false picture, or by the phone's end."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, PhoneBrowser, Server
from tests.browser.lab.fakes import qr_frame, write_still
from tests.browser.office import ENTERPRISE, approved_inspection, ask, devices_of, records
from tests.browser.screens.routes import go_to
from tests.browser.visit import (
    at_the_door,
    enter,
    press,
    ready_to_go,
    scan_in,
    today,
    unlock,
)

OFFICER = "lijie"
HEIC = b"\x00\x00\x00\x18ftypheic" + bytes(100)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def file(name: str, content: bytes) -> Any:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def photos(server: Server, dossier: str) -> list[dict[str, Any]]:
    return [each for each in records(server, dossier, "evidence") if each["kind"] == "photo"]


def in_the_door(
    server: Server, phones: Callable[..., PhoneBrowser], folder: Path
) -> tuple[PhoneBrowser, Page, str]:
    """The recording runs, and the files of this phone do not get through."""
    dossier = approved_inspection(server, today())
    code = ask(server, OFFICER, "GET", f"/api/v1/enterprises/{ENTERPRISE}/code")["text"]
    film = write_still(folder / "code.y4m", qr_frame(code))
    phone = phones(OFFICER, f"--use-file-for-fake-video-capture={film}")
    page = phone.start()
    assert phone.context
    phone.context.route("**/uploads**", lambda route: route.abort())
    enter(page, server, OFFICER)
    ready_to_go(page)
    scan_in(page)
    at_the_door(page)
    return phone, page, dossier


@pytest.mark.timeout(240)
def test_a_phone_that_records_is_not_left_and_hands_over_its_files_after_its_end(
    server: Server, phones: Callable[..., PhoneBrowser], tmp_path: Path
) -> None:
    phone, page, dossier = in_the_door(server, phones, tmp_path)
    assert phone.context
    other = phone.context.new_page()
    other.goto(server.url)
    unlock(other)
    expect(other.get_by_role("heading", name="今日")).to_be_visible(timeout=30_000)
    go_to(other, server.url, "/f/me")
    press(other, "退出登录")
    expect(other.get_by_role("dialog", name="现在不能退出")).to_contain_text("正在录音")
    other.close()

    go_to(page, server.url, f"/f/v/{dossier}/camera")
    album = page.get_by_label("从相册选照片")
    album.set_input_files([file("IMG_1.jpg", HEIC), file("IMG_2.jpg", b""), file("3.jpg", PNG)])
    expect(page.get_by_role("alert")).to_contain_text("有 2 个文件不是 JPEG、PNG、WebP 照片")
    expect(page.get_by_role("status").filter(has_text="已拍 1 张")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("有 2 个文件不是 JPEG、PNG、WebP 照片")
    while not photos(server, dossier):
        page.wait_for_timeout(100)
    (photo,) = photos(server, dossier)
    assert (photo["type"], photo["bytes"]) == ("image/png", len(PNG))

    (device,) = devices_of(server, OFFICER)
    path = f"/api/v1/admin/enrolments/{device}/revoke"
    ask(server, "gaoyuan", "POST", path, {"words": "停错了"})
    page.reload()
    unlock(page)
    expect(page.get_by_text("1 张照片的原件只在本机")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("1 段录音还没记进卷宗")).to_be_visible()
    expect(page.get_by_text("写过的都在服务器")).to_have_count(0)
    assert records(server, dossier, "receipt") == []

    phone.context.unroute("**/uploads**")
    press(page, "登录，传照片和录音")
    page.get_by_label("账号").fill(OFFICER)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    press(page, "登录")
    expect(page.get_by_text("1 段录音还没记进卷宗")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("张照片的原件只在本机")).to_have_count(0, timeout=30_000)
    (receipt,) = records(server, dossier, "receipt")
    assert receipt["evidence"] == photo["id"]
