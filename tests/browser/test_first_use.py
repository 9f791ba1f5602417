"""A phone's first day: log in, set a PIN, find the task; then no server, no browser, and go on."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, PIN, PhoneBrowser, Server
from tests.browser.office import approved_inspection

UNIT = "昌吉启明精细化工有限公司"
SHORT = "启明精细化工"


def today() -> str:
    return (datetime.now(UTC) + timedelta(hours=8)).date().isoformat()


def enter(page: Page, server: Server, login: str) -> None:
    """Log in and seal this browser profile under the PIN."""
    page.goto(server.url)
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_label("PIN", exact=True).fill(PIN)
    page.get_by_label("再输一次").fill(PIN)
    page.get_by_role("button", name="设好了").click()
    page.get_by_role("button", name="开始工作").click()
    expect(page.get_by_role("heading", name="今日")).to_be_visible(timeout=30_000)


def unlock(page: Page) -> None:
    for digit in PIN:
        page.get_by_role("button", name=digit, exact=True).click()


def offline_ready(page: Page) -> None:
    """The service worker controls the page and its shell is whole."""
    page.evaluate(
        "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller || new Promise("
        "r => navigator.serviceWorker.addEventListener('controllerchange', r, {once: true})))"
        ".then(() => true)"
    )


def test_the_task_is_there_after_server_and_browser_are_gone(
    server: Server, phones: Callable[..., PhoneBrowser], tmp_path: Path
) -> None:
    approved_inspection(server, today())
    phone = phones("lijie")
    page = phone.start()
    enter(page, server, "lijie")
    expect(page.get_by_text(UNIT).or_(page.get_by_text(SHORT)).first).to_be_visible(timeout=30_000)
    offline_ready(page)
    server.kill()
    phone.kill()

    page = phone.start()
    page.goto(server.url)
    expect(page.get_by_role("heading", name="安巡 · 已锁定")).to_be_visible()
    unlock(page)
    expect(page.get_by_text(UNIT).or_(page.get_by_text(SHORT)).first).to_be_visible(timeout=30_000)
    expect(page.get_by_role("status").filter(has_text="照常").first).to_be_visible(timeout=30_000)
    phone.close()
    for secret in (UNIT, "启明路8号", "周启明", PIN):
        assert holding(tmp_path / "lijie", secret) == []


def holding(folder: Path, secret: str) -> list[str]:
    """Files of the profile that hold the text, in UTF-8 or UTF-16."""
    spelled = (secret.encode("utf-8"), secret.encode("utf-16-le"))
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and any(each in path.read_bytes() for each in spelled)
    ]
