"""A bureau sets itself up: empty server, link, administrator, officers, a phone approved, revoked,
and what it had not sent handed in at the desk."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PIN, ROOT, PhoneBrowser, Server
from tests.browser.office import ENTERPRISE
from tests.browser.visit import press

OWN = "梧桐树下三点半开会吧"
NAME = "阜康市应急管理局"
SHOTS = os.environ.get("ANXUN_SHOTS", "")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Empty: nobody has set it up."""
    running = Server(tmp_path / "server")
    yield running
    running.kill()


def first_start(server: Server) -> str:
    """What `anxun serve` prints on an empty database."""
    command = [sys.executable, "-m", "backend.cli", "serve"]
    server.process = subprocess.Popen(
        command, cwd=ROOT, env=server._environment(), stdout=subprocess.PIPE
    )
    assert server.process.stdout
    for line in server.process.stdout:
        found = re.search(r"http\S+/#/setup/\S+", line.decode("utf-8"))
        if found:
            return found.group()
    raise AssertionError("no link was printed")


def log_in(page: Page, login: str, password: str) -> None:
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码", exact=True).fill(password)
    press(page, "登录")


def seal(page: Page) -> None:
    page.get_by_label("PIN", exact=True).fill(PIN)
    page.get_by_label("再输一次").fill(PIN)
    press(page, "设好了")


def choose(page: Page, group: str, word: str) -> None:
    page.get_by_role("group", name=group).get_by_text(word, exact=True).click()


def set_up(page: Page, link: str) -> None:
    page.goto(link)
    choose(page, "用哪个地区的规则", "昌吉回族自治州应急管理局")
    page.get_by_label("单位全称").fill(NAME)
    page.get_by_label("行政区").fill("阜康市")
    page.get_by_label("科室 2").fill("危化科")
    page.get_by_label("姓名").fill("马晓东")
    page.get_by_label("账号").fill("admin")
    page.get_by_label("密码（至少 10 位）", exact=True).fill(OWN)
    page.get_by_label("再输一次密码").fill(OWN)
    shoot(page, "setup")
    press(page, "建立")
    expect(page.get_by_role("heading", name="安巡", exact=True)).to_be_visible(timeout=20_000)
    log_in(page, "admin", OWN)
    seal(page)
    press(page, "开始工作")
    expect(page.get_by_role("heading", name="人员", exact=True)).to_be_visible()
    page.goto(link)
    expect(page.get_by_text("这个链接不能用")).to_be_visible()
    page.goto(link.partition("#")[0] + "#/k/people")


def add_officer(page: Page, login: str, name: str) -> None:
    press(page, "新人员")
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("姓名").fill(name)
    sheet.get_by_label("账号").fill(login)
    choose(page, "科室", "危化科")
    choose(page, "岗位", "执法人员")
    press(sheet, "保存")
    expect(page.get_by_role("cell", name=name, exact=True)).to_be_visible()


def certify(page: Page, name: str, number: str) -> None:
    page.get_by_role("cell", name=name, exact=True).click()
    sheet = page.get_by_role("dialog", name=name)
    press(sheet, "加一份执法证")
    sheet.get_by_label("证号").fill(number)
    choose(page, "执法范围", "危险化学品")
    sheet.get_by_label("发证日期").fill("2025-01-01")
    sheet.get_by_label("有效期到").fill("2099-12-31")
    press(sheet, "登记执法证")
    expect(page.get_by_role("cell", name=f"{number} 至 2099-12-31")).to_be_visible()


def code_on(page: Page) -> str:
    """The code that is shown this once; the sheet is closed."""
    code = page.get_by_role("dialog").locator(".code").first.inner_text()
    shoot(page, "codes")
    press(page, "都交给本人了")
    return code


def shoot(page: Page, name: str) -> None:
    """For whoever looks at the screens, where he asks for them."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png")


def test_a_bureau_sets_itself_up_and_shuts_a_lost_phone_out(
    server: Server,
    browser: Browser,
    phones: Callable[..., PhoneBrowser],
    tmp_path: Path,
) -> None:
    link = first_start(server)
    desk = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    set_up(desk, link)
    add_officer(desk, "aygul", "阿依古丽")
    add_officer(desk, "bolat", "波拉提")
    certify(desk, "阿依古丽", "65230101")
    certify(desk, "波拉提", "65230102")
    shoot(desk, "people")
    desk.get_by_role("button", name="给没有口令的 2 人发口令").click()
    code = code_on(desk)
    desk.get_by_role("link", name="设备").click()
    desk.get_by_text("要管理员给登记码", exact=True).click()

    phone = phones("aygul")
    page = phone.start()
    page.goto(server.url)
    log_in(page, "aygul", code)
    page.get_by_label("新密码", exact=True).fill(OWN)
    page.get_by_label("再输一次新密码").fill(OWN)
    press(page, "设好，登录")
    seal(page)
    expect(page.get_by_role("alert")).to_contain_text("要管理员批准")
    desk.get_by_role("link", name="人员").click()
    desk.get_by_role("cell", name="阿依古丽", exact=True).click()
    desk.get_by_role("button", name="批准登记手机").click()
    page.get_by_label("登记码").fill(code_on(desk))
    press(page, "设好了")
    press(page, "开始工作")
    expect(page.get_by_role("heading", name="今日")).to_be_visible(timeout=30_000)

    phone.reach(network=False)
    open_visit(page)
    desk.get_by_role("link", name="设备").click()
    desk.get_by_role("row", name="阿依古丽").get_by_role("button", name="停用").click()
    desk.get_by_label("原因").fill("手机丢失")
    shoot(desk, "phones")
    press(desk, "停用这台手机")
    expect(desk.get_by_text("已停用：手机丢失")).to_be_visible()

    phone.reach(network=True)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_role("heading", name="这台手机已被停用")).to_be_visible(timeout=30_000)
    expect(page.get_by_text(re.compile(r"没传的 \d+ 项仍加密保存"))).to_be_visible()
    shoot(page, "revoked")
    with page.expect_download() as saving:
        press(page, "导出未上传内容")
    file = tmp_path / "boat.anxun"
    saving.value.save_as(file)
    desk.get_by_role("link", name="收走上传").click()
    desk.get_by_label("选手机导出的文件").set_input_files(file)
    expect(desk.get_by_text(re.compile("待科长受理 [1-9]"))).to_be_visible(timeout=20_000)
    shoot(desk, "hand-in")
    desk.get_by_role("link", name="审计").click()
    expect(desk.get_by_text("校验通过")).to_be_visible()
    shoot(desk, "audit")
    desk.close()


def open_visit(page: Page) -> None:
    """Without a network, without a plan: the officer opens a visit by the unit's code."""
    page.get_by_role("link", name="扫码", exact=True).click()
    press(page, "输代码/拍执照")
    page.get_by_label("统一社会信用代码").fill(ENTERPRISE)
    press(page, "用统一社会信用代码继续")
    press(page, "加同事")
    page.get_by_role("dialog").get_by_role("button", name="波拉提").click()
    press(page, "到场，开始检查")
    page.get_by_label("检查原因").fill("举报")
    press(page.get_by_role("dialog"), "到场，开始检查")
    expect(page.get_by_text("两名执法人员证件有效")).to_be_visible()
