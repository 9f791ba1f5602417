"""What a new officer does with a finding besides writing it: gives it up, changes his mind, objects."""

from playwright.sync_api import Page, expect

from tests.browser.phone.conftest import Visiting
from tests.browser.visit import dock, press


def begin_finding(page: Page, words: str) -> None:
    dock(page, "记问题")
    page.get_by_label("存在的问题").fill(words)


def give_up(page: Page, reason: str) -> None:
    press(page, "弃用")
    sheet = page.get_by_role("dialog", name="弃用这个问题")
    sheet.get_by_label("原因").fill(reason)
    press(sheet, "弃用")


def test_a_finding_given_up_leads_to_the_cockpit_and_can_be_taken_back(visiting: Visiting) -> None:
    page = visiting.page
    visiting.go()
    begin_finding(page, "防火门被拆除")
    address = visiting.path()
    give_up(page, "记重了")
    expect(page.get_by_role("heading", name="问题 1 个")).to_be_visible()
    expect(page.get_by_text("问题已弃用")).to_be_visible()
    press(page, "撤销")
    expect(page.get_by_text("防火门被拆除")).to_be_visible()
    page.get_by_text("防火门被拆除").click()
    give_up(page, "记重了")
    expect(page.get_by_role("heading", name="问题 1 个")).to_be_visible()
    visiting.go(address.partition(visiting.dossier)[2])
    expect(page.get_by_text("这次检查里没有这个问题")).to_be_visible()
    press(page.get_by_role("main"), "返回检查")
    expect(page.get_by_role("heading", name="问题 1 个")).to_be_visible()


def test_an_objection_is_recorded_as_it_is_raised(visiting: Visiting) -> None:
    page = visiting.page
    visiting.go("/exchange")
    page.get_by_text("认可", exact=True).click()
    page.get_by_text("有异议", exact=True).click()
    words = page.get_by_label("对方怎么说")
    expect(words).to_be_focused()
    expect(words).to_be_in_viewport()
    visiting.go()
    visiting.go("/exchange")
    expect(page.get_by_role("radio", name="有异议")).to_be_checked()
    page.get_by_label("对方怎么说").fill("那是检修")
    press(page.get_by_role("banner"), "返回检查")
    visiting.go("/exchange")
    expect(page.get_by_label("对方怎么说")).to_have_value("那是检修")


def test_a_rewritten_finding_is_talked_over_again(visiting: Visiting) -> None:
    page = visiting.page
    visiting.go(visiting.finding.partition(visiting.dossier)[2])
    page.get_by_label("整改措施建议").fill("____日内恢复")
    expect(page.get_by_text("有空没填")).to_be_visible()
    page.get_by_label("整改措施建议").fill("三日内恢复")
    press(page.get_by_role("banner"), "返回检查")
    page.locator(".more").click()
    expect(page.get_by_role("button", name="还没和企业再谈")).to_be_visible()
    visiting.go("/exchange")
    expect(page.get_by_text("要再谈一次")).to_be_visible()
    expect(page.get_by_role("radio", name="有异议")).not_to_be_checked()


def test_an_answer_does_not_change_under_its_finding(visiting: Visiting) -> None:
    page = visiting.page
    visiting.go("/list")
    page.get_by_text("1. ").first.click()
    page.get_by_text("有问题", exact=True).click()
    page.get_by_label("存在的问题").fill("许可证过期")
    page.go_back()
    page.get_by_text("符合", exact=True).click()
    sheet = page.get_by_role("dialog", name="这一项记了问题")
    expect(sheet.get_by_text("许可证过期")).to_be_visible()
    press(sheet, "还是有问题")
    expect(page.get_by_role("radio", name="有问题")).to_be_checked()
    page.get_by_text("符合", exact=True).click()
    press(sheet, "弃用问题")
    expect(page.get_by_text("已标为“符合”")).to_be_visible()
    press(page, "撤销")
    expect(page.get_by_role("radio", name="有问题")).to_be_checked()
    page.get_by_text("符合", exact=True).click()
    press(sheet, "弃用问题")


def test_the_last_answer_can_be_taken_back_from_the_list(visiting: Visiting) -> None:
    page = visiting.page
    visiting.go("/list")
    page.locator("main .card button").last.click()
    page.get_by_text("符合", exact=True).click()
    expect(page.get_by_role("heading", name="检查表")).to_be_visible()
    expect(page.get_by_text("已标为“符合”")).to_be_visible()
    press(page, "撤销")
    expect(page.get_by_role("radio", name="符合", exact=True)).not_to_be_checked()


def test_a_deadline_gone_by_is_refused_with_a_sentence(visiting: Visiting) -> None:
    page = visiting.page
    visiting.go(visiting.finding.partition(visiting.dossier)[2])
    page.get_by_text("限期整改", exact=True).click()
    page.get_by_label("整改期限").fill("2020-01-01")
    expect(page.get_by_text("整改期限不能早于今天")).to_be_visible()
    press(page, "10 天")
    expect(page.get_by_text("整改期限不能早于今天")).to_have_count(0)
