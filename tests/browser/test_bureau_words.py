"""An administrator at the desk: the court changed, an officer's telephone, codes are handed out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PASSWORD, PRINT, Server
from tests.browser.opening import log_in, seal
from tests.browser.people_desk import (
    codes_stay_until_they_are_taken,
    nothing_filled_in_is_dropped,
    of_two_windows_neither_loses,
)
from tests.browser.visit import press


@pytest.fixture
def desk(browser: Browser, server: Server) -> Iterator[Page]:
    """The administrator at a wide window."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.add_init_script(PRINT)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(server.url)
    log_in(page, "gaoyuan", PASSWORD)
    seal(page)
    yield page
    context.close()


def test_an_administrator_mends_the_court_the_name_and_his_people(desk: Page) -> None:
    rail = desk.get_by_role("navigation")
    expect(rail.get_by_text("昌吉回族自治州应急管理局")).to_be_visible()
    card = desk.get_by_role("button", name="单位")
    card.click()
    desk.get_by_label("受理诉讼的法院").fill("阜康市法庭")
    press(desk, "保存")
    expect(desk.get_by_role("alert").get_by_text("要写一个法院的全称")).to_be_visible()
    desk.get_by_label("受理诉讼的法院").fill("阜康市人民法院")
    desk.get_by_label("单位全称").fill("阜康市应急管理局")
    press(desk, "保存")
    expect(card).to_contain_text("诉讼 阜康市人民法院")
    card.click()
    expect(desk.get_by_label("受理诉讼的法院")).to_have_value("阜康市人民法院")
    desk.get_by_role("button", name="关闭").click()
    desk.get_by_role("link", name="审计").click()
    expect(desk.get_by_text("受理诉讼的法院：昌吉市人民法院 → 阜康市人民法院")).to_be_visible()
    expect(rail.get_by_text("阜康市应急管理局")).to_be_visible()
    nothing_filled_in_is_dropped(desk)
    of_two_windows_neither_loses(desk)
    codes_stay_until_they_are_taken(desk)
