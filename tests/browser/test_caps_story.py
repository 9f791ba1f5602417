"""At the cap: the desk refuses, a reason opens it, and the phone stops and lets go offline (S3-3.1)."""

import json
import urllib.error
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PhoneBrowser, Server
from tests.browser.office import ask
from tests.browser.visit import enter, ready_to_go, today

FULL, LAST = "91650100MA01X0702R", "91650100MA02X1714T"
UNIT = "乌鲁木齐市米东气体充装站"


def draft(**over: Any) -> dict[str, Any]:
    return {
        "enterprise": LAST,
        "planned_for": today(),
        "reason": "年度监督检查计划",
        "officers": ["sunli", "mutalifu"],
        "items": ["WH-01", "WH-12"],
        "content": "可燃气体报警",
        "focus": "报警器停用审批",
        "method": "现场核查",
        "steps": "亮证告知，先罐区后仓库",
        "off_site": {"answer": "no", "reason": "要实测报警器"},
        **over,
    }


def approved(server: Server, **over: Any) -> None:
    plan = ask(server, "sunli", "POST", "/api/v1/plans", draft(**over))["id"]
    ask(server, "zhangwei", "POST", f"/api/v1/plans/{plan}/review", {"answer": "yes"})
    ask(server, "wanglei", "POST", f"/api/v1/plans/{plan}/approve", {"answer": "yes"})


def test_the_cap_from_the_desk_to_the_gate(
    server: Server, phones: Callable[..., PhoneBrowser]
) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask(server, "sunli", "POST", "/api/v1/plans", draft(enterprise=FULL))
    assert json.load(refused.value)["code"] == "over_cap"
    approved(server)
    phone = phones("sunli")
    page = phone.start()
    enter(page, server, "sunli")
    ready_to_go(page)
    server.kill()
    phone.reach(False)

    page.get_by_role("button", name=UNIT).first.click()
    expect(page.get_by_text("上限 4 次，本次是第 4 次，可以检查。")).to_be_visible()
    expect(page.get_by_text("复查 1 次、免限（投诉举报） 1 次，不计入。")).to_be_visible()
    expect(page.get_by_text("方案已批准")).to_be_visible()
    page.get_by_text("方案已批准").click()
    expect(page.get_by_role("heading", name="现场检查方案")).to_be_visible()
