"""Back closes what lies open, then leads to the parent, and never out of the app by surprise."""

from playwright.sync_api import expect

from tests.browser.phone.conftest import Visiting
from tests.browser.visit import dock, press, unlock


def test_an_open_sheet_closes_first_and_the_page_stays(visiting: Visiting) -> None:
    page = visiting.page
    press(page, "暂停录音，要写原因")
    sheet = page.get_by_role("dialog", name="为什么暂停录音")
    expect(sheet).to_be_visible()
    page.go_back()
    expect(sheet).to_be_hidden()
    assert visiting.path() == f"/f/v/{visiting.dossier}"
    assert visiting.records()


def test_a_sheet_with_an_address_of_its_own_closes_onto_its_screen(visiting: Visiting) -> None:
    page = visiting.page
    dock(page, "结束")
    expect(page.get_by_role("dialog", name="结束检查")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("dialog")).to_have_count(0)
    dock(page, "检查表")
    expect(page.get_by_role("heading", name="检查表")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="问题 1 个")).to_be_visible()


def test_the_arrow_leaves_nothing_behind_that_back_would_open_again(visiting: Visiting) -> None:
    page = visiting.page
    page.goto(f"{visiting.server.url}/#/f")
    page.get_by_role("button", name="继续检查").click()
    dock(page, "检查表")
    press(page, "返回检查")
    expect(page.get_by_role("heading", name="问题 1 个")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="今日")).to_be_visible()


def test_words_of_a_form_left_by_back_stand_there_again(visiting: Visiting) -> None:
    page = visiting.page
    page.get_by_role("button", name="问题 1").first.click()
    page.get_by_label("部位").fill("3号罐区东侧")
    page.go_back()
    expect(page.get_by_role("heading", name="问题 1 个")).to_be_visible()
    page.get_by_role("button", name="问题 1").first.click()
    expect(page.get_by_label("部位")).to_have_value("3号罐区东侧")
    assert visiting.records()


def test_while_it_records_back_does_not_leave_the_app(visiting: Visiting) -> None:
    page = visiting.page
    page.goto("about:blank")
    page.goto(f"{visiting.server.url}/#/f/v/{visiting.dossier}")
    unlock(page)
    page.get_by_role("region", name="录音").get_by_role("button").first.click()
    assert visiting.records()
    page.go_back()
    expect(page.get_by_role("heading", name="今日")).to_be_visible()
    page.evaluate("history.back()")
    expect(page.get_by_role("heading", name="今日")).to_be_visible()
    page.evaluate("history.back()")
    expect(page.get_by_role("heading", name="今日")).to_be_visible()
    page.get_by_role("button", name="继续检查").click()
    assert visiting.records()


def test_opened_cold_in_a_deep_place_back_leads_up_to_today(visiting: Visiting) -> None:
    page = visiting.page
    page.goto("about:blank")
    page.goto(f"{visiting.server.url}/#{visiting.finding}")
    unlock(page)
    expect(page.get_by_label("存在的问题")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="问题 1 个")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="今日")).to_be_visible()
