"""A paper voided at the desk is void on the phone and for whoever scans its code; who may not sees who may."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PhoneBrowser, Server
from tests.browser.office import records
from tests.browser.screens.desk_story import log_in
from tests.browser.screens.people import Seats
from tests.browser.screens.routes import go_to
from tests.browser.test_open_page import served
from tests.browser.visit import enter, hold, press
from tests.features.disclosure.visit import Visit

TITLE = "责令限期整改指令书"
REASON = "整改期限写错"
Desk = Callable[[str, Visit], Page]


@pytest.fixture
def desk(browser: Browser, server: Server) -> Iterator[Desk]:
    """An officer before the page of the visit's order."""
    pages: list[Page] = []

    def sit(login: str, visit: Visit) -> Page:
        page = Seats(browser, server.url).desk()
        pages.append(page)
        log_in(page, server, login)
        expect(page.get_by_role("heading", name="工作台")).to_be_visible(timeout=30_000)
        go_to(page, server.url, f"/k/dossiers/{visit.dossier}/paper/{visit.order}")
        expect(page.get_by_text("现行", exact=True)).to_be_visible()
        return page

    yield sit
    for page in pages:
        page.context.close()


def test_a_paper_voided_at_the_desk_is_void_everywhere(
    server: Server,
    desk: Desk,
    phones: Callable[..., PhoneBrowser],
    enterprise: Page,
) -> None:
    visit = served(server)
    only_reads(desk("xujianming", visit))
    head = desk("gulnar", visit)
    voids(head)
    writes_anew(head)
    (lost,) = records(server, visit.dossier, "document")
    assert lost["void"]["reason"] == REASON
    phone_lists_it_as_void(phones("lijie").start(), server, visit)
    enterprise.goto(f"{server.url}/v/{visit.code}")
    expect(enterprise.get_by_role("heading", name="是真的，但已作废")).to_be_visible()


def only_reads(page: Page) -> None:
    """局领导 reads every dossier and writes in none."""
    expect(page.get_by_text("作废和更正由李㛃、努尔兰·哈森或者")).to_be_visible()
    for act in ("作废", "开更正文书"):
        expect(page.get_by_role("button", name=act, exact=True)).to_have_count(0)


def voids(page: Page) -> None:
    press(page, "作废")
    sheet = page.get_by_role("dialog", name="作废 37号")
    sheet.get_by_role("button", name="写明作废的原因").click()
    sheet.get_by_label("作废的原因").fill(REASON)
    hold(page, "按住作废 37号")
    expect(page.get_by_text("已作废", exact=True)).to_be_visible()
    expect(page.get_by_text(f"作废：{REASON}")).to_be_visible()


def writes_anew(page: Page) -> None:
    """The draft is opened here; it is signed and issued where its signers are."""
    expect(page.get_by_text("37号已作废，文号不再使用。重开一份？")).to_be_visible()
    press(page, "重开一份")
    expect(page.get_by_text("重开的一份在写")).to_be_visible()
    expect(page.get_by_text("全部在服务器").first).to_be_visible(timeout=60_000)


def phone_lists_it_as_void(page: Page, server: Server, visit: Visit) -> None:
    enter(page, server, "lijie")
    go_to(page, server.url, f"/f/v/{visit.dossier}/papers")
    rows = page.get_by_role("main").get_by_role("button", name=TITLE)
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("37号 · 已作废，文号不再使用")
    expect(rows.last).to_contain_text("草稿，未取文号")
