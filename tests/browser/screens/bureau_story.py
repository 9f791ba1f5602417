"""The bureau's own side: its first day, its administrator, its legal section, a phone that is lost."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Server
from tests.browser.office import ask, devices_of
from tests.browser.opening import choose, first_start
from tests.browser.screens.desk_story import Desk, Office, log_in
from tests.browser.screens.looker import Looker
from tests.browser.screens.people import Seats
from tests.browser.visit import unlock
from tests.features.imports.sheets import enterprise_row, workbook

LOST_BY = "maxiaodong"

ADMINISTERED = {
    "people": "危化科",
    "phones": "登记新手机",
    "audit": "校验通过",
    "hand-in": "选手机导出的文件",
    "faults": "报告",
}
"""The administrator's place, and what stands there once its answer has come."""


def a_first_day(seats: Seats, looker: Looker, folder: Path) -> None:
    """An installed server that nobody has used yet prints the way in."""
    server = Server(folder)
    page = seats.desk()
    page.goto(first_start(server))
    choose(page, "用哪个地区的规则", "昌吉回族自治州应急管理局")
    expect(page.get_by_role("heading", name="第一名管理员")).to_be_visible()
    looker.look(page, desk=True)
    server.kill()


def an_administrator(office: Office, folder: Path) -> None:
    desk = office.sit("gaoyuan")
    expect(desk.page.get_by_role("heading", name="人员")).to_be_visible(timeout=30_000)
    for path, words in ADMINISTERED.items():
        desk.go(f"/k/{path}")
        expect(desk.page.get_by_text(words).first).to_be_visible(timeout=60_000)
        desk.see()
    desk.go("/k/people")
    desk.page.get_by_role("button", name="单位").click()
    expect(desk.page.get_by_label("受理诉讼的法院")).to_be_visible()
    desk.see("bureau")
    desk.go("/k/imports")
    sheet = folder / "企业台账.xlsx"
    rows = [enterprise_row(number) for number in range(3)]
    sheet.write_bytes(workbook([*rows, enterprise_row(9, code="9165")]))
    desk.page.get_by_label("选表格（.xlsx）").set_input_files(sheet)
    expect(desk.page.get_by_text("应为 18 位，现在是 4 位")).to_be_visible()
    desk.see()


def led_to_no_case(desk: Desk) -> None:
    """An administrator who asks for the board stands before his own work."""
    desk.page.goto(f"{desk.office.server.url}/#/k")
    expect(desk.page.get_by_role("heading", name="人员")).to_be_visible()


def a_legal_section(office: Office) -> None:
    desk = office.sit("ayinuer")
    expect(desk.page.get_by_role("heading", name="工作台")).to_be_visible(timeout=30_000)
    desk.go("/k/complaints")
    expect(desk.page.get_by_text("没有出示证件就进了中控室")).to_be_visible()
    desk.see()


def a_lost_machine(office: Office) -> None:
    """It is told at the next question it asks, and again after each unlocking."""
    server, page = office.server, office.seats.desk()
    log_in(page, server, LOST_BY)
    expect(page.get_by_role("heading", name="工作台")).to_be_visible(timeout=30_000)
    (device,) = devices_of(server, LOST_BY)
    path = f"/api/v1/admin/enrolments/{device}/revoke"
    ask(server, "gaoyuan", "POST", path, {"words": "电脑丢了"})
    page.get_by_role("link", name="期限").click()
    expect(page.get_by_role("heading", name="这台电脑已被停用")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="安巡 · 已锁定")).to_be_visible()
    unlock(page)
    expect(page.get_by_role("button", name="重新登录、登记")).to_be_visible(timeout=60_000)
    office.looker.look(page)
