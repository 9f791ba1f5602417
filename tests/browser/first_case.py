"""The first case of a new bureau: planned, reviewed, approved, inspected."""

from playwright.sync_api import Page, expect

from tests.browser import messy
from tests.browser.visit import (
    Problem,
    at_the_door,
    end_visit,
    find_problem,
    photograph,
    press,
    talk_it_over,
    write_record,
)

SECOND = "马文博"
ALARM = Problem(
    problem="2号罐区可燃气体报警器断电，控制室没有信号。",
    place="2号罐区",
    basis="第一款",
    cause="检修后没有恢复供电，交接班没有查。",
    measure="恢复供电并试验报警，把通电状态列入交接班检查。",
    due="10 天",
)


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


def arrive(page: Page) -> None:
    """No code hangs there yet: why it was not scanned, then in."""
    page.get_by_role("button", name=messy.UNIT).click()
    press(page, "到场，开始检查")
    press(page, "扫不了")
    sheet = page.get_by_role("dialog")
    sheet.get_by_text("没有码", exact=True).click()
    press(sheet, "记下原因，继续")
    press(page, "到场，开始检查")


def inspect(page: Page) -> None:
    """From the door to the end."""
    at_the_door(page)
    find_problem(page, ALARM)
    photograph(page, 1)
    press(page, "写好了，返回检查")
    talk_it_over(page)
    write_record(page, "2号罐区、控制室")
    end_visit(page)
