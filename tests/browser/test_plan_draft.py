"""A plan half written at the desk: nothing is lost on a reload, and what lacks is led to."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.office import ask
from tests.browser.screens.desk_story import log_in
from tests.browser.screens.people import Seats
from tests.browser.screens.routes import go_to
from tests.browser.test_caps_story import draft
from tests.browser.visit import press, unlock

FULL = "乌鲁木齐天山精细化工有限公司"
FILLED = {
    "理由": "要实测报警器",
    "文号": "举报〔2026〕3号",
    "批准人": "王磊",
    "确需检查的理由": "举报说报警器停用",
    "检查事由": "核查举报",
    "到场时间": "09:30",
    "检查场所": "1号罐区",
    "检查内容": "可燃气体报警",
    "检查重点": "停用审批",
    "检查方法": "现场核查",
    "检查步骤": "先罐区后仓库",
    "联合检查的部门": "市消防救援支队：消防设施",
    "备注": "带气体检测仪",
}
WRITTEN = """() => [...document.querySelectorAll('form.plan input, form.plan textarea')].map((each) =>
  ['radio', 'checkbox'].includes(each.type) ? each.checked : each.value)"""


@pytest.fixture
def desk(browser: Browser, server: Server) -> Iterator[Page]:
    """孙丽 at her desk."""
    page = Seats(browser, server.url).desk()
    log_in(page, server, "sunli")
    expect(page.get_by_role("heading", name="工作台")).to_be_visible(timeout=30_000)
    yield page
    page.context.close()


def test_a_plan_keeps_every_field_and_another_enterprise_replaces_nothing(
    desk: Page, server: Server
) -> None:
    refused = ask(server, "sunli", "POST", "/api/v1/plans", draft())["id"]
    no = {"answer": "no", "words": "重点不清"}
    ask(server, "zhangwei", "POST", f"/api/v1/plans/{refused}/review", no)
    begin_anew(desk, server, refused)
    written = fill(desk, server)
    desk.reload()
    unlock(desk)
    expect(desk.get_by_label("备注")).to_have_value(FILLED["备注"])
    expect(desk.get_by_label("批准人")).to_have_value(FILLED["批准人"])
    desk.get_by_label("执法记录仪").first.wait_for(state="attached")
    assert desk.evaluate(WRITTEN) == written
    with desk.expect_request(lambda sent: sent.method == "POST" and "/plans" in sent.url) as sent:
        press(desk, "送审核")
    assert sent.value.post_data_json["replaces"] == ""
    expect(desk.get_by_text("待审核").first).to_be_visible()
    still = ask(server, "sunli", "GET", f"/api/v1/plans/{refused}")
    assert (still["state"], still["replaced_by"]) == ("refused", "")
    goes_on(desk, server, refused)


def begin_anew(page: Page, server: Server, refused: str) -> None:
    """改后重报, a word, and away."""
    go_to(page, server.url, f"/k/plans/{refused}")
    press(page, "改后重报")
    expect(page.get_by_text("换一家")).to_have_count(0)
    page.get_by_label("检查重点").fill("1号罐区报警器")


def goes_on(page: Page, server: Server, refused: str) -> None:
    """The word stands where it was written."""
    go_to(page, server.url, f"/k/plans/{refused}")
    press(page, "改后重报")
    expect(page.get_by_label("检查重点")).to_have_value("1号罐区报警器")


def fill(page: Page, server: Server) -> Any:
    """新检查 of an enterprise at its cap, led by the grey button; answers what then stands there."""
    page.get_by_role("link", name="计划与方案").click()
    press(page, "新检查")
    press(page, "先选企业")
    expect(page.get_by_role("searchbox", name="搜企业", exact=True)).to_be_focused()
    page.get_by_role("searchbox", name="搜企业", exact=True).fill("MA01X0702R")
    page.get_by_role("button", name=FULL).click()
    page.get_by_text("不能，要到现场").click()
    press(page, "先写能不能不进企业就办成的理由")
    expect(page.get_by_label("理由", exact=True)).to_be_focused()
    page.get_by_label("理由", exact=True).fill(FILLED["理由"])
    press(page, "先选免限理由")
    page.get_by_text("投诉举报", exact=True).click()
    press(page, "先写免限的文号")
    expect(page.get_by_label("文号", exact=True)).to_be_focused()
    for label, words in FILLED.items():
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_text("双随机抽查", exact=True).click()
    page.get_by_text("穆塔力甫").first.click()
    press(page, "先选检查事项")
    page.get_by_label("可燃和有毒气体检测报警").check()
    page.get_by_text("执法记录仪", exact=True).first.click()
    expect(page.get_by_role("button", name="送审核", exact=True)).to_be_visible()
    return page.evaluate(WRITTEN)
