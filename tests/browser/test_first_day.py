"""A bureau's first case, no step outside the product: from the link of an empty server to 结案."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser import first_case, first_recheck, messy
from tests.browser.conftest import PhoneBrowser, Server
from tests.browser.opening import (
    OWN,
    bring_in,
    first_login,
    first_start,
    hand_out_codes,
    log_in,
    seal,
    set_up,
)
from tests.browser.visit import ready_to_go
from tests.features.imports.sheets import code_of

DESK: ViewportSize = {"width": 1440, "height": 900}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Empty: nobody has set it up."""
    running = Server(tmp_path / "server")
    yield running
    running.kill()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Callable[[], Page]]:
    """Browsers at desks, one for each who asks."""
    made = []

    def sit() -> Page:
        made.append(browser.new_context(viewport=DESK, locale="zh-CN"))
        page = made[-1].new_page()
        page.set_default_timeout(20_000)
        return page

    yield sit
    for each in made:
        each.close()


def test_a_bureau_begins_and_closes_its_first_case(
    server: Server,
    desk: Callable[[], Page],
    phones: Callable[..., PhoneBrowser],
    enterprise: Page,
    tmp_path: Path,
) -> None:
    codes = administrator_opens(desk(), first_start(server), tmp_path)
    legal_section_publishes(desk(), server, codes["sunlegal"], tmp_path)
    head = desk()
    plan_is_approved(desk(), head, phones("leader"), server, codes)
    first = two_phones(phones, server, codes)
    first_case.arrive(first)
    first_case.inspect(first)
    code = first_recheck.issue_papers(first)
    first_recheck.report(enterprise, code, code_of(1)[-6:], tmp_path)
    first_recheck.recheck(first)
    first_recheck.close(head)
    first_recheck.shows_closed(first)
    first_recheck.has_its_papers(enterprise, first_recheck.visit_code(first))


def administrator_opens(page: Page, link: str, folder: Path) -> dict[str, str]:
    """Set-up, the two registers, the codes."""
    set_up(page, link)
    log_in(page, "guanli", OWN)
    seal(page)
    expect(page.get_by_role("heading", name="人员", exact=True)).to_be_visible()
    page.get_by_role("link", name="数据导入").click()
    register = messy.enterprises(folder, code_of(1), code_of(2))
    bring_in(page, register, "第 7 行 B 列 统一社会信用代码：应为 18 位，现在是 4 位", 2)
    page.get_by_role("group", name="导入到").get_by_text("人员", exact=True).click()
    bring_in(page, messy.officers(folder), "第 8 行 D 列 科室：没有科室“危化处”", 5)
    return hand_out_codes(page, 5)


def legal_section_publishes(page: Page, server: Server, code: str, folder: Path) -> None:
    """法规科 brings in the bureau's own list."""
    first_login(page, server, "sunlegal", code)
    page.get_by_role("link", name="数据导入").click()
    page.get_by_label("清单版本号").fill("2026.1")
    bring_in(page, messy.items(folder), "条款不认识或现在不能引用：《危化品土办法》第三条", 2)


def plan_is_approved(
    officer: Page, head: Page, leader: PhoneBrowser, server: Server, codes: dict[str, str]
) -> None:
    """Made by the officer, reviewed by the head of the section, approved on the leader's phone."""
    first_login(officer, server, "aygul", codes["aygul"])
    first_case.plan(officer)
    first_login(head, server, "zhaohead", codes["zhaohead"])
    first_case.review(head)
    page = leader.start()
    first_login(page, server, "hanleader", codes["hanleader"])
    first_case.approve(page)


def two_phones(phones: Callable[..., PhoneBrowser], server: Server, codes: dict[str, str]) -> Page:
    """Both officers; the first one's password stands since the desk."""
    one, two = phones("one"), phones("two")
    first, second = one.start(), two.start()
    first.goto(server.url)
    log_in(first, "aygul", OWN)
    seal(first)
    first_login(second, server, "mawenbo", codes["mawenbo"])
    for page in (first, second):
        ready_to_go(page)
    return first
