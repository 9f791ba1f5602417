"""While a visit is recorded the phone says so wherever the officer stands, locked as well."""

from playwright.sync_api import expect

from tests.browser.phone.conftest import Visiting
from tests.browser.screens.routes import go_to
from tests.browser.visit import dock, press, unlock


def test_the_lock_tells_the_time_recorded_and_nothing_of_the_case(visiting: Visiting) -> None:
    page = visiting.page
    unit = page.get_by_role("heading", level=1).inner_text()
    go_to(page, visiting.server.url, "/f/me")
    press(page, "锁定")
    expect(page.get_by_role("heading", name="安巡 · 已锁定")).to_be_visible()
    expect(page.get_by_role("timer")).to_contain_text("没有停")
    assert visiting.records()
    assert unit not in page.locator("body").inner_text()
    unlock(page)
    expect(page.get_by_role("heading", name="我的")).to_be_visible()


def test_the_bar_stands_on_the_first_step_at_the_door_and_over_the_papers(
    visiting: Visiting,
) -> None:
    page = visiting.page
    dock(page, "文书")
    expect(page.get_by_role("heading", name="文书")).to_be_visible()
    assert visiting.records()
    visiting.go("/arrive?at=recorder")
    expect(page.get_by_text("正在录音，不用再开。")).to_be_visible()
    assert visiting.records()


def test_each_step_at_the_door_is_read_from_its_beginning(visiting: Visiting) -> None:
    page = visiting.page
    visiting.go("/arrive?at=certificates_shown")
    next_step = page.get_by_role("button", name="下一步")
    next_step.scroll_into_view_if_needed()
    next_step.click()
    expect(page.get_by_role("heading", name="③ 告知")).to_be_focused()
    assert page.get_by_role("main").evaluate("each => each.scrollTop") == 0
