"""The enterprise's side in a real browser without script: who came, feedback, extension, answer."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Page, expect

from tests.browser.conftest import PhoneBrowser, Server
from tests.browser.office import approved_inspection, records
from tests.browser.visit import enter, press, today
from tests.features.disclosure.visit import TAIL, Visit, day, issue
from tests.features.dossiers.phone import Phone

JPEG = b"\xff\xd8\xff\xe0 the alarm, working again "


def served(server: Server) -> Visit:
    """An order of two items in the enterprise's hands."""
    dossier = approved_inspection(server, today())
    client: Any = httpx.Client(base_url=server.url, timeout=30)
    phone = Phone(client, "lijie", server.login("lijie")).enrol()
    (token,) = records(server, dossier, "visit_token")
    visit = Visit(phone, dossier, token["token"])
    issue(visit, day(30))
    return visit


def test_an_enterprise_reads_reports_and_asks_and_the_head_answers(
    server: Server,
    enterprise: Page,
    phones: Callable[..., PhoneBrowser],
    tmp_path: Path,
) -> None:
    visit = served(server)
    door = f"{server.url}/o/{visit.token}"
    enterprise.goto(door)
    reads_who_came(enterprise)
    reports_with_photos(enterprise, tmp_path)
    asks_for_more_time(enterprise)
    head_answers(server, phones, visit)
    enterprise.goto(door)
    expect(enterprise.get_by_text("同意，延到")).to_be_visible()
    (feedback,) = records(server, visit.dossier, "feedback")
    assert (len(feedback["photos"]), feedback["recheck"]) == (2, True)
    verifies(enterprise, server, visit)


def reads_who_came(page: Page) -> None:
    expect(page.get_by_role("heading", name="今天谁来检查")).to_be_visible()
    expect(page.get_by_text("31020117")).to_be_visible()
    expect(page.get_by_role("heading", name="您的权利")).to_be_visible()


def reports_with_photos(page: Page, folder: Path) -> None:
    page.get_by_role("link", name="反馈整改").first.click()
    page.get_by_label("统一社会信用代码的后六位").fill(TAIL.lower())
    page.get_by_role("button", name="继续").click()
    page.get_by_label("怎么改的").fill("已恢复")
    for name in ("one.jpg", "two.jpg"):
        photo = folder / name
        photo.write_bytes(JPEG + name.encode())
        page.get_by_label("照片").set_input_files(photo)
        page.get_by_role("button", name="先传照片，接着写").click()
    expect(page.get_by_text("已传 2 张")).to_be_visible()
    expect(page.get_by_label("怎么改的")).to_have_value("已恢复")
    page.get_by_label("您的姓名").fill("周启明")
    page.get_by_label("您的电话").fill("13900001111")
    page.get_by_label("已经改好，申请提前复查").check()
    page.get_by_role("button", name="发出反馈").click()
    expect(page.get_by_role("heading", name="反馈已收到")).to_be_visible()
    page.get_by_role("link", name="返回本次检查").click()


def refused_and_back_again(page: Page) -> None:
    """A day no later than the old one is refused; who looks elsewhere comes back to his words."""
    page.get_by_label("想延到哪一天").fill(day(30))
    page.get_by_label("为什么不能按期改完").fill("等备件")
    page.get_by_label("您的姓名").fill("周启明")
    page.get_by_label("您的电话").fill("13900001111")
    page.get_by_role("button", name="发出申请").click()
    expect(page.get_by_role("alert")).to_contain_text("要晚于现在的期限")
    page.get_by_role("link", name="返回").click()
    expect(page.get_by_role("heading", name="今天谁来检查")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("为什么不能按期改完")).to_have_value("等备件")


def asks_for_more_time(page: Page) -> None:
    page.get_by_role("link", name="申请延期").nth(1).click()
    refused_and_back_again(page)
    page.get_by_label("想延到哪一天").fill(day(60))
    page.get_by_label("为什么不能按期改完").fill("备件要从厂家订")
    page.get_by_label("您的姓名").fill("周启明")
    page.get_by_label("您的电话").fill("13900001111")
    page.get_by_role("button", name="发出申请").click()
    expect(page.get_by_role("heading", name="延期申请已收到")).to_be_visible()


def head_answers(server: Server, phones: Callable[..., PhoneBrowser], visit: Visit) -> None:
    """At the desk, from the board."""
    desk = phones("desk").start()
    enter(desk, server, "gulnar")
    desk.set_viewport_size({"width": 1440, "height": 900})
    desk.goto(f"{server.url}/#/k")
    desk.get_by_role("button", name="企业申请延期").click()
    expect(desk.get_by_text("备件要从厂家订")).to_be_visible()
    press(desk, "同意延期")
    expect(desk.get_by_text("同意延期，延到")).to_contain_text("古丽娜尔·艾山")
    expect(desk.get_by_role("button", name="同意延期")).to_have_count(0)
    (answer,) = [e for e in records(server, visit.dossier, "approval") if e["act"] == "extend"]
    assert (answer["answer"], answer["until"]) == ("yes", day(60))
    what_is_chosen_is_in_sight(desk)
    desk.goto(f"{server.url}/#/k/requests/{visit.dossier}/unknown")
    expect(desk.get_by_text("没有这份反馈或申请")).to_be_visible()


def what_is_chosen_is_in_sight(desk: Page) -> None:
    """In the dossier, on the smallest desk."""
    desk.set_viewport_size({"width": 1280, "height": 720})
    press(desk, "打开卷宗")
    for tab, shown in (("问题", "整改要求三要素"), ("文书", "看文书和签名")):
        desk.get_by_role("tab", name=tab).click()
        row = desk.get_by_role("tabpanel").get_by_role("button").last
        expect(row).not_to_have_attribute("aria-current", "true")
        row.click()
        expect(row).to_have_attribute("aria-current", "true")
        expect(desk.get_by_text(shown)).to_be_in_viewport()


def verifies(page: Page, server: Server, visit: Visit) -> None:
    page.goto(f"{server.url}/v/{visit.code}")
    expect(page.get_by_role("heading", name="这份文书是真的")).to_be_visible()
