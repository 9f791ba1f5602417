"""The phone's screens in the order an officer comes by them, each filled by his own work."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, PIN, Server
from tests.browser.office import ENTERPRISE
from tests.browser.screens.looker import Looker
from tests.browser.screens.routes import go_to
from tests.browser.visit import (
    Problem,
    dock,
    enter,
    hold,
    issue,
    press,
    print_and_serve,
    sign_all,
    talk_it_over,
    write_record,
)

FIRST, SECOND, PARTY = "李㛃", "王𫖮", "周启明"
ALARM = Problem(
    problem="3号罐区可燃气体报警器未投用，控制室无报警信号。",
    place="3号罐区",
    basis="第二款",
    cause="日常维护不到位，报警器故障后没有及时修复。",
    measure="修复3号罐区可燃气体报警器并投入使用，恢复控制室报警。",
    due="10 天",
)


@dataclass
class Field:
    """Two officers of one visit; without a looker they only do their work."""

    server: Server
    looker: Looker | None
    dossier: str
    a: Page
    b: Page

    def see(self, more: str = "") -> None:
        if self.looker:
            self.looker.look(self.a, more)

    def go(self, path: str) -> None:
        go_to(self.a, self.server.url, path)

    def cockpit(self) -> None:
        self.go(f"/f/v/{self.dossier}")
        expect(self.a.get_by_role("heading", name="问题 1 个")).to_be_visible()


def first_use(story: Field) -> None:
    page = story.a
    page.goto(story.server.url)
    expect(page.get_by_label("账号")).to_be_visible()
    story.see()
    page.get_by_label("账号").fill("lijie")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    press(page, "登录")
    expect(page.get_by_label("PIN", exact=True)).to_be_visible()
    story.see()
    page.get_by_label("PIN", exact=True).fill(PIN)
    page.get_by_label("再输一次").fill(PIN)
    press(page, "设好了")
    expect(page.get_by_role("button", name="开始工作")).to_be_visible()
    story.see("kept")
    press(page, "开始工作")
    expect(page.get_by_role("heading", name="今日")).to_be_visible(timeout=30_000)


def before_the_gate(story: Field) -> None:
    page = story.a
    enter(story.b, story.server, "wangyi")
    expect(page.get_by_text("资料已备好").first).to_be_visible(timeout=60_000)
    story.see("planned")
    story.go("/f/e")
    expect(page.get_by_text("启明精细化工").first).to_be_visible()
    story.see()
    page.get_by_text("启明精细化工").first.click()
    expect(page.get_by_text("两名执法人员证件有效")).to_be_visible()
    story.see()
    for path in ("/f/due", "/f/inbox", "/f/me", "/f/received", "/f/sync"):
        story.go(path)
        expect(page.locator("main")).to_be_visible()
        story.see("before" if path == "/f/sync" else "")


def at_the_gate(story: Field) -> None:
    page = story.a
    story.go("/f/scan")
    sheet = page.get_by_role("dialog", name="企业码是真的")
    expect(sheet.get_by_text("本机离线核对签名通过")).to_be_visible(timeout=30_000)
    story.see()
    press(sheet, "到场，开始检查")
    expect(page.get_by_text("企业码是真的")).to_be_visible()
    story.see("scanned")
    press(page, "到场，开始检查")
    page.get_by_role("main").locator(".primary", has_text="开始录音").wait_for()
    story.see("1")
    page.get_by_role("main").locator(".primary", has_text="开始录音").click()
    expect(page.get_by_role("button", name="已出示，对方已看")).to_be_visible()
    story.see("2")
    press(page, "已出示，对方已看")
    expect(page.get_by_role("button", name="普法提示")).to_be_visible()
    story.see("3")
    press(page, "普法提示")
    expect(page.get_by_role("button", name="已普法")).to_be_visible()
    story.see("lesson")
    press(page, "已普法")
    press(page, "已告知")
    page.get_by_label("姓名").fill(PARTY)
    page.get_by_label("职务").fill("总经理")
    story.see("4")
    press(page, "记下接待人")
    expect(page.get_by_role("heading", name="问题 0 个")).to_be_visible()
    story.see("empty")


def a_problem(story: Field) -> None:
    page = story.a
    page.get_by_role("button", name="接着查第").click()
    expect(page.get_by_text("有问题", exact=True)).to_be_visible()
    story.see()
    page.get_by_text("有问题", exact=True).click()
    expect(page.get_by_label("存在的问题")).to_be_visible()
    story.see("blank")
    page.get_by_label("存在的问题").fill(ALARM.problem)
    page.get_by_label("部位").fill(ALARM.place)
    page.get_by_role("button", name="判定依据").click()
    sheet = page.get_by_role("dialog", name="选判定依据")
    sheet.get_by_text(ALARM.basis, exact=True).first.click()
    story.see("clauses")
    sheet.get_by_role("button", name="引用").click()
    page.get_by_label("产生原因").fill(ALARM.cause)
    page.get_by_label("整改措施建议").fill(ALARM.measure)
    page.get_by_text("限期整改", exact=True).click()
    press(page, ALARM.due)
    expect(page.get_by_role("button", name="写好了，返回检查")).to_be_visible()
    page.get_by_role("button", name="拍照").first.click()
    press(page, "拍一张")
    expect(page.get_by_role("status").filter(has_text="已拍 1 张")).to_be_visible()
    story.see()
    press(page, "拍一张")
    expect(page.get_by_role("status").filter(has_text="已拍 2 张")).to_be_visible()
    press(page, "完成")
    story.see("whole")
    page.locator("main img").first.click()
    expect(page.get_by_role("button", name="标注")).to_be_visible()
    story.see()
    press(page, "标注")
    expect(page.get_by_text("原件不动").first).to_be_visible()
    story.see("drawing")
    press(page, "返回")
    expect(page.get_by_role("button", name="标注")).to_be_visible()
    press(page, "返回")
    press(page, "写好了，返回检查")


def in_mid_visit(story: Field) -> None:
    page = story.a
    expect(page.get_by_role("heading", name="问题 1 个")).to_be_visible()
    story.see("running")
    page.get_by_role("button", name="接着查第").click()
    page.get_by_text("符合", exact=True).click()
    expect(page.get_by_role("heading", name="检查表")).to_be_visible()
    story.see()
    press(page, "返回检查")
    press(page, "暂停录音，要写原因")
    story.see("pausing")
    page.keyboard.press("Escape")
    story.go("/f")
    expect(page.get_by_text("继续检查").first).to_be_visible()
    story.see("running")
    story.go("/f/sync")
    expect(page.get_by_text("现在同步").or_(page.get_by_text("没有网络")).first).to_be_visible()
    story.see("running")
    story.cockpit()
    page.get_by_role("button", name="还没和企业交换意见").click()
    expect(page.get_by_text("认可", exact=True)).to_be_visible()
    story.see()
    story.cockpit()
    talk_it_over(page)
    story.cockpit()
    page.get_by_role("button", name="检查记录没写检查情况").click()
    expect(page.get_by_role("button", name="按检查表和问题写")).to_be_visible()
    story.see()
    story.cockpit()
    write_record(page, "3号罐区、中控室")
    dock(page, "结束")
    expect(page.get_by_role("button", name="结束检查，停止录音")).to_be_visible()
    story.see()
    hold(page, "结束检查，停止录音")
    expect(page.get_by_text("检查已结束")).to_be_visible()
    story.see("ended")


def the_papers(story: Field) -> None:
    page = story.a
    dock(page, "文书")
    expect(page.get_by_role("button", name="现场检查记录")).to_be_visible()
    story.see()
    issue(page, "现场检查记录", FIRST, SECOND, PARTY)
    press(page, "返回文书")
    page.get_by_role("button", name="责令限期整改指令书").click()
    expect(page.get_by_role("button", name="定稿，取文号")).to_be_visible()
    drawn(page)
    story.see("draft")
    press(page, "定稿，取文号")
    sign_all(page, FIRST, SECOND)
    expect(page.get_by_role("button", name=f"{PARTY} 签名")).to_be_visible()
    drawn(page)
    story.see("signing")
    press(page, f"{PARTY} 签名")
    expect(page.get_by_role("dialog").locator("canvas")).to_be_visible()
    story.see()
    hold(page, "按住收回手机")
    page.get_by_role("button", name="拒签").first.click()
    expect(page.get_by_role("heading", name="拒签", level=1)).to_be_visible()
    story.see()
    page.go_back()
    sign_all(page, PARTY)
    expect(page.get_by_role("button", name="按住签发")).to_be_visible()
    drawn(page)
    story.see("ready")
    hold(page, "按住签发")
    expect(page.get_by_role("status").filter(has_text="已签发")).to_be_visible(timeout=60_000)
    story.see("issued")
    press(page.get_by_role("contentinfo"), "打印送达")
    expect(page.get_by_role("button", name="打印 2 份")).to_be_visible()
    story.see()
    page.go_back()
    print_and_serve(page)
    story.see("served")


def drawn(page: Page) -> None:
    """The paper itself stands there, not how far the engine is."""
    expect(page.locator("figure iframe")).to_be_visible(timeout=60_000)


def apart(story: Field) -> None:
    """The same deadline, changed on both phones while one hears nothing of the other."""
    words = ALARM.problem[:8]
    b = story.b
    b.goto(f"{story.server.url}/#/f/v/{story.dossier}")
    b.get_by_role("button", name=words).click(timeout=60_000)
    b.context.set_offline(True)
    press(b, "3 天")
    press(b, "写好了，返回检查")
    story.cockpit()
    story.a.get_by_role("button", name=words).click()
    press(story.a, "30 天")
    press(story.a, "写好了，返回检查")


def without_a_network(story: Field) -> None:
    story.a.context.set_offline(True)
    for path in ("/f", "/f/sync", f"/f/v/{story.dossier}"):
        story.go(path)
        story.see("offline")
    story.a.context.set_offline(False)


def two_versions(story: Field) -> None:
    story.b.context.set_offline(False)
    story.go("/f")
    expect(story.a.get_by_text("有 1 处两份待选").first).to_be_visible(timeout=60_000)
    story.see("disputed")
    story.cockpit()
    story.a.get_by_role("button", name=ALARM.problem[:8]).click()
    story.see("disputed")
    press(story.a, "去选")
    expect(story.a.get_by_role("radio", name="你写的")).to_be_visible()
    story.see()


def a_recheck(story: Field) -> None:
    page = story.a
    press(page, "先放着")
    story.go(f"/f/r/{story.dossier}")
    expect(page.get_by_text("改好了", exact=True)).to_be_visible()
    story.see()
    for path in ("/f/due", "/f/sync", f"/f/e/{ENTERPRISE}", "/f/inbox"):
        story.go(path)
        story.see("after")


def leaving(story: Field) -> None:
    page = story.a
    story.go("/f/me")
    press(page, "锁定")
    expect(page.get_by_role("heading", name="安巡 · 已锁定")).to_be_visible()
    story.see()
