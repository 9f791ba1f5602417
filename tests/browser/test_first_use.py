"""A phone's first day: log in, set a PIN, find the task; then no server, no browser, and go on."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Worker, expect

from tests.browser.conftest import PIN, PhoneBrowser, Server
from tests.browser.office import approved_inspection
from tests.browser.visit import enter, holding, ready_to_go, today, unlock

UNIT = "昌吉启明精细化工有限公司"


def pin_is_tried_aside(worker: Worker) -> bool:
    """In a thread of its own, from a file a browser can start."""
    return "stretching" in worker.url and worker.url.endswith(".js")


def test_the_task_is_there_after_server_and_browser_are_gone(
    server: Server, phones: Callable[..., PhoneBrowser], tmp_path: Path
) -> None:
    approved_inspection(server, today())
    phone = phones("lijie")
    page = phone.start()
    enter(page, server, "lijie")
    ready_to_go(page)
    server.kill()
    phone.kill()

    page = phone.start()
    page.goto(server.url)
    expect(page.get_by_role("heading", name="安巡 · 已锁定")).to_be_visible()
    page.goto(f"{server.url}/#/enrol")
    expect(page.get_by_role("button", name="登录", exact=True)).to_be_visible()
    page.get_by_role("button", name="没有网络？用 PIN 打开").click()
    with page.expect_worker(pin_is_tried_aside):
        unlock(page)
    expect(page.get_by_text(UNIT).first).to_be_visible(timeout=30_000)
    expect(page.get_by_role("status").filter(has_text="照常").first).to_be_visible(timeout=30_000)
    phone.close()
    for secret in (UNIT, "启明路8号", "周启明", PIN):
        assert holding(tmp_path / "lijie", secret) == []
