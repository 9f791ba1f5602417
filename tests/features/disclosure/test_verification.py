"""`/v/{code}`: answer first, in one sentence; a PDF compared and not kept (ux.md 3.27)."""

from collections.abc import Callable
from typing import Any

import pytest

from backend.settings import Settings
from tests.features.conftest import ON_BOTH
from tests.features.disclosure.visit import PDF, Browser, Visit, day, issue, served_visit
from tests.features.dossiers.test_push import Enrol


def verify(browser: Browser, visit: Visit) -> Any:
    return browser.get(f"/v/{visit.code}")


def compare(browser: Browser, visit: Visit, body: bytes, name: str = "a.pdf") -> Any:
    files = [("file", (name, body, "application/pdf"))]
    return browser.post(f"/v/{visit.code}/compare", {}, files)


def void(visit: Visit) -> None:
    lijie = visit.phone
    reason = {"reason": "期限写错", "at": lijie.time}
    lijie.author(visit.dossier, "document", visit.order, {"void": reason})
    assert lijie.push().json()["other"] == []


@ON_BOTH
def test_a_paper_that_stands_is_genuine(phone: Enrol, browser: Browser) -> None:
    visit = served_visit(phone)
    page = verify(browser, visit)
    assert page.status_code == 200
    for words in ("这份文书是真的", "责令限期整改指令书", "应急责改〔2026〕37号", "反馈整改情况"):
        assert words in page.text
    assert "昌吉市人民法院" in page.text
    assert "周启明" not in page.text
    assert "启明精细" not in page.text
    assert len(page.content) <= 40_000


def test_the_remedy_is_the_papers_own_after_the_bureau_has_another_court(
    phone: Enrol, browser: Browser
) -> None:
    visit, administrator = served_visit(phone), phone("gaoyuan")
    people = "/api/v1/admin/people"
    held = browser.client.get(people, headers=administrator.headers()).json()["bureau"]
    moved = {**held, "court": "乌鲁木齐铁路运输中级人民法院"}
    assert administrator.post("/api/v1/admin/bureau", moved).status_code == 200
    page = verify(browser, visit).text
    assert "昌吉市人民法院" in page
    assert "铁路运输" not in page


@ON_BOTH
def test_a_void_paper_and_a_corrected_one_are_told_apart(phone: Enrol, browser: Browser) -> None:
    visit = served_visit(phone)
    void(visit)
    page = verify(browser, visit).text
    assert "是真的，但已作废" in page
    assert "期限写错" in page
    old = visit.code
    visit.code = old[::-1]
    issue(visit, day(40))
    page = browser.get(f"/v/{old}").text
    assert "是真的，但已被更正" in page
    assert "这份文书是真的" in verify(browser, visit).text


def test_an_unknown_code_is_never_called_false(browser: Browser) -> None:
    answers = [browser.get(f"/v/{code}") for code in ("zzzz3mz5d2n8rw4xc6hbt9fyae1", "x", "%27")]
    for page in answers:
        assert page.status_code == 200
        assert "查不到这个码" in page.text
        assert "假的" not in page.text


@ON_BOTH
def test_a_pdf_is_compared_and_nothing_is_stored(
    phone: Enrol, browser: Browser, settings: Settings, stored: Callable[[], int]
) -> None:
    visit = served_visit(phone)
    before = stored()
    assert "内容与存档一致" in compare(browser, visit, PDF).text
    differs = compare(browser, visit, PDF + b" ")
    assert "内容与存档不一致" in differs.text
    for body in (b"", b"\xff\xd8\xff a photo"):
        reply = compare(browser, visit, body)
        assert reply.status_code == 422
        assert "没有选文件，或者不是 PDF" in reply.text
    assert stored() == before


@pytest.fixture
def stored(settings: Settings) -> Callable[[], int]:
    folder = settings.data_dir / "blobs"
    return lambda: sum(path.is_file() for path in folder.rglob("*"))
