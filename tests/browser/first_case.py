"""The first case of a new bureau: planned, reviewed, approved."""

from playwright.sync_api import Page, expect

from tests.browser import messy
from tests.browser.visit import press

SECOND = "马文博"


def plan(page: Page) -> None:
    """新检查 at the officer's desk: today, by two, the item of the bureau's own list."""
    page.get_by_role("link", name="计划与方案").click()
    press(page, "新检查")
    page.get_by_role("button", name=messy.UNIT).click()
    page.get_by_label("检查事由").fill("年度监督检查计划")
    page.get_by_text(f"{SECOND} · ").click()
    page.get_by_text(messy.ITEM).click()
    page.get_by_label("检查内容").fill("可燃气体检测报警")
    press(page, "送审核")
    expect(page.get_by_role("heading", name=messy.UNIT).first).to_be_visible()


def review(page: Page) -> None:
    """科室负责人, from the board."""
    page.get_by_role("button", name=f"方案 {messy.UNIT}").click()
    press(page, "同意")
    expect(page.get_by_role("button", name="同意", exact=True)).to_have_count(0)


def approve(page: Page) -> None:
    """局领导, on the phone."""
    expect(page.get_by_role("heading", name=messy.UNIT)).to_be_visible()
    press(page, "批准")
    expect(page.get_by_role("heading", name="待我审批")).to_have_count(0)
