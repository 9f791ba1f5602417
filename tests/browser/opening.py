"""How a bureau opens: the link of the first start, registers from spreadsheets, codes handed out."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PIN, Server
from tests.browser.visit import press

OWN = "梧桐树下三点半开会吧"
"""Everybody's own password."""
BUREAU = "阜康市应急管理局"
SECTIONS = (("危化监管科", "监管业务科室"), ("法规科", "法规科"), ("局领导", "局领导"))


def first_start(server: Server) -> str:
    """`anxun serve` on an empty folder; answers the link it prints."""
    server.folder.mkdir()
    printed = server.folder.with_suffix(".txt")
    with printed.open("wb") as said:
        server.start(said)
    found = re.search(r"http\S+/#/setup/\S+", printed.read_text("utf-8"))
    assert found, "no link was printed"
    return found.group()


def set_up(page: Page, link: str) -> None:
    """首次设置: the bureau, its sections, its first administrator."""
    page.goto(link)
    choose(page, "用哪个地区的规则", "昌吉回族自治州应急管理局")
    page.get_by_label("单位全称").fill(BUREAU)
    page.get_by_label("行政区").fill("阜康市")
    page.get_by_label("文号里的地区简称").fill("阜")
    page.get_by_label("复议机关").fill("阜康市人民政府")
    page.get_by_label("受理诉讼的法院").fill("阜康市人民法院")
    for at, (name, kind) in enumerate(SECTIONS, 2):
        if page.get_by_label(f"科室 {at}").count() == 0:
            press(page, "再加一个科室")
        page.get_by_label(f"科室 {at}").fill(name)
        page.get_by_role("group", name="类别").nth(at - 1).get_by_text(kind, exact=True).click()
    choose(page, "监管的行业", "危险化学品")
    page.get_by_label("姓名").fill("马晓东")
    page.get_by_label("账号").fill("guanli")
    page.get_by_label("密码（至少 10 位）", exact=True).fill(OWN)
    page.get_by_label("再输一次密码").fill(OWN)
    press(page, "建立")
    expect(page.get_by_role("heading", name="安巡", exact=True)).to_be_visible()


def choose(page: Page, group: str, word: str) -> None:
    """A chip of a group."""
    page.get_by_role("group", name=group).get_by_text(word, exact=True).click()


def log_in(page: Page, login: str, password: str) -> None:
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码", exact=True).fill(password)
    press(page, "登录")


def first_login(page: Page, server: Server, login: str, code: str) -> None:
    """With the code from the administrator, which is changed before anything else."""
    page.goto(server.url)
    press(page, "登录")
    expect(page.get_by_text("还没写密码")).to_be_visible()
    expect(page.get_by_label("账号")).to_be_focused()
    log_in(page, login, code)
    page.get_by_label("新密码", exact=True).fill(OWN)
    page.get_by_label("再输一次新密码").fill(OWN)
    press(page, "设好，登录")
    seal(page)


def seal(page: Page) -> None:
    """The PIN of this browser."""
    page.get_by_label("PIN", exact=True).fill(PIN)
    page.get_by_label("再输一次").fill(PIN)
    press(page, "设好了")
    press(page, "开始工作")


def bring_in(page: Page, sheet: Path, refusal: str, good: int) -> None:
    """数据导入: tried, the bad row told in words, the good ones applied."""
    page.get_by_label("选表格（.xlsx）").set_input_files(sheet)
    expect(page.get_by_text(refusal)).to_be_visible()
    press(page, f"只导入好的 {good} 行，1 行不导入")
    expect(page.get_by_text(f"新增 {good}，修改 0，1 行没导入").first).to_be_visible()


def hand_out_codes(page: Page, count: int) -> dict[str, str]:
    """人员: one-time codes of everybody who has none, by login."""
    page.get_by_role("link", name="人员", exact=True).click()
    press(page, f"给没有口令的 {count} 人发口令")
    rows = page.get_by_role("dialog").locator("tbody tr")
    expect(rows).to_have_count(count)
    codes = {
        row.locator("td").nth(1).inner_text(): row.locator("td").nth(2).inner_text()
        for row in rows.all()
    }
    press(page, "都交给本人了")
    press(page, "抄好了，关闭")
    return codes
