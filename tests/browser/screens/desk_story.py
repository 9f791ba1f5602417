"""The office's screens over what the officers sent in, and what each post lands on."""

import json
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, PIN, Server
from tests.browser.office import ENTERPRISE, ask, records
from tests.browser.screens.looker import Looker
from tests.browser.screens.people import Seats
from tests.browser.screens.routes import go_to
from tests.browser.visit import press
from tests.features.disclosure.visit import day

TABS = {"问题": "findings", "文书": "papers", "证据": "evidence", "期限": "clocks"}

FILLED = {
    "clocks": "承办人",
    "dossiers": "昌吉启明精细化工有限公司",
    "conflicts": "合起来改一份",
    "enterprises": "地址",
    "plans": "等你答复",
    "plans/new": "检查日期",
    "plans/lists": "版本",
    "plans/special": "危化品重点时段检查",
    "law": "示例机械安全规定",
}
"""The place, and what stands there once its answer has come."""


@dataclass
class Office:
    server: Server
    seats: Seats
    looker: Looker
    dossier: str

    def sit(self, login: str) -> "Desk":
        page = self.seats.desk()
        log_in(page, self.server, login)
        return Desk(self, page)


@dataclass
class Desk:
    office: Office
    page: Page

    def go(self, path: str) -> None:
        go_to(self.page, self.office.server.url, path)

    def see(self, more: str = "") -> None:
        self.office.looker.look(self.page, more, desk=True)


def log_in(page: Page, server: Server, login: str) -> None:
    """As on a phone: the account, then the PIN this browser is sealed under."""
    page.goto(server.url)
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    press(page, "登录")
    page.get_by_label("PIN", exact=True).fill(PIN)
    page.get_by_label("再输一次").fill(PIN)
    press(page, "设好了")
    press(page, "开始工作")


def asks_for_approval(server: Server, day: str, reviewed: bool) -> str:
    """A plan that waits for the section head, or for the leader."""
    draft = {
        "enterprise": ENTERPRISE,
        "planned_for": day,
        "reason": "年度监督检查计划",
        "officers": ["lijie", "nurlan"],
        "items": ["WH-01", "WH-12", "WH-15"],
        "content": "可燃气体检测报警、证照、装卸作业",
        "focus": "罐区报警器是否投用",
        "method": "查资料、看现场、问人员",
        "steps": "",
    }
    plan = str(ask(server, "lijie", "POST", "/api/v1/plans", draft)["id"])
    if reviewed:
        ask(server, "gulnar", "POST", f"/api/v1/plans/{plan}/review", {"answer": "yes"})
    return plan


def a_section_head(office: Office, plan: str) -> None:
    desk = office.sit("gulnar")
    page = desk.page
    expect(page.get_by_role("heading", name="工作台")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("heading", name="待我审批 1")).to_be_visible()
    expect(page.get_by_role("heading", name="两份待选与待受理 1")).to_be_visible()
    desk.see()
    for path, words in FILLED.items():
        desk.go(f"/k/{path}")
        expect(page.get_by_text(words).first).to_be_visible(timeout=60_000)
        desk.see()
    desk.go("/k/clocks?view=month")
    expect(page.get_by_role("button", name="下个月")).to_be_visible()
    desk.see("month")
    desk.go(f"/k/plans/{plan}")
    expect(page.get_by_role("button", name="同意", exact=True)).to_be_visible()
    desk.see()
    what_an_enterprise_asks(desk)
    a_dossier(desk)


def reports_a_special(server: Server) -> None:
    """一事一报 by the section head, waiting for the leader."""
    draft = {
        "kind": "key_period",
        "title": "危化品重点时段检查",
        "need": "冬季气温低，罐区管线易冻裂。",
        "target": "有罐区的危险化学品企业 12 家",
        "content": "防冻防凝措施、可燃气体报警",
        "since": day(1),
        "until": day(31),
    }
    ask(server, "gulnar", "POST", "/api/v1/special-checks", draft)


def what_an_enterprise_asks(desk: Desk) -> None:
    desk.go("/k")
    desk.page.get_by_role("button", name="企业申请延期").click()
    expect(desk.page.get_by_text("备件要从厂家订").first).to_be_visible()
    desk.see()


def a_dossier(desk: Desk) -> None:
    page = desk.page
    desk.go(f"/k/dossiers/{desk.office.dossier}")
    expect(page.get_by_text("责令限期整改指令书").first).to_be_visible()
    desk.see()
    for tab, more in TABS.items():
        page.get_by_role("tab", name=tab).click()
        desk.see(more)
    page.get_by_role("tab", name="问题").click()
    page.get_by_role("tabpanel").get_by_role("button").first.click()
    desk.see("finding")
    page.get_by_role("tab", name="文书").click()
    page.get_by_role("tabpanel").get_by_role("button", name="责令限期整改指令书").click()
    desk.see("paper")
    press(page, "看文书和签名")
    expect(page.locator("iframe")).to_be_visible()
    desk.see()


def a_leader(office: Office) -> None:
    page = office.seats.phone()
    log_in(page, office.server, "xujianming")
    expect(page.get_by_role("heading", name="今日")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("heading", name="待我审批")).to_be_visible()
    expect(page.get_by_role("heading", name="危化品重点时段检查")).to_be_visible()
    office.looker.look(page, "leader")
    away = {
        "taker": "gulnar",
        "act": "approve_plan",
        "since": day(1),
        "until": day(7),
        "words": "出差",
    }
    ask(office.server, "xujianming", "POST", "/api/v1/delegations", away)
    go_to(page, office.server.url, "/f/me/delegations")
    expect(page.get_by_text("委托给 ").first).to_be_visible()
    office.looker.look(page)


def a_passer_by(office: Office) -> None:
    """Anybody with a paper in the hand, and its code."""
    (order,) = [
        each
        for each in records(office.server, office.dossier, "document")
        if each["kind"] == "rectification_order"
    ]
    code = json.loads(order["facts"])["verify_url"].rpartition("/")[2]
    page = office.seats.phone()
    page.goto(f"{office.server.url}/v/{code}")
    office.looker.look(page, "verify")
    page.goto(f"{office.server.url}/v/{'0' * 32}")
    office.looker.look(page, "verify-unknown")
