"""`/o/{token}`: who comes today, why, what rights; nothing to anybody who guesses (ux.md 3.26)."""

import re
from typing import Any

import pytest
import sqlalchemy as sa

from backend.core.clock import SystemClock
from backend.core.database import metadata
from tests.features.conftest import ON_BOTH
from tests.features.disclosure.visit import PDF, Browser, planned_visit, served_visit, shown
from tests.features.dossiers.server import Server
from tests.features.dossiers.test_push import Enrol

YEAR_MS = 366 * 86_400_000
UNKNOWN = "0123456789abcdef0123456789abcdef"


@ON_BOTH
def test_before_the_visit_the_page_says_who_comes_why_and_which_rights(
    phone: Enrol, browser: Browser
) -> None:
    visit = planned_visit(phone)
    page = browser.get(f"/o/{visit.token}")
    assert page.status_code == 200
    text = page.text
    for words in (
        "李㛃",
        "31020117",
        "证件有效",
        "努尔兰·哈森",
        "年度计划",
        "检查人员的手机还没联网",
    ):
        assert words in text
    for right in ("要求出示证件", "申请回避", "陈述和申辩", "严禁任性处罚企业", "12345"):
        assert right in text
    assert text.count("tel:12345") == 1
    assert text.index("今天谁来检查") < text.index("查什么、为什么查") < text.index("您的权利")
    assert "还没有文书" in text
    assert len(page.content) <= 40_000


@ON_BOTH
def test_after_service_it_shows_papers_and_problems_and_gives_the_original(
    phone: Enrol, browser: Browser
) -> None:
    visit = served_visit(phone)
    text = browser.get(f"/o/{visit.token}").text
    for words in ("应急责改〔2026〕37号", "判定依据", "产生原因", "整改措施建议", "反馈整改"):
        assert words in text
    assert "检查人员的手机还没联网" not in text
    assert "周启明" not in text
    assert "13900000000" not in text
    pdf = browser.get(f"/o/{visit.token}/paper/{visit.order}")
    assert pdf.content == PDF
    assert pdf.headers["content-type"] == "application/pdf"


def test_only_papers_that_were_served_are_given(phone: Enrol, browser: Browser) -> None:
    visit = served_visit(phone)
    for record in ("nothing", visit.findings[0], visit.order + "0"):
        assert browser.get(f"/o/{visit.token}/paper/{record}").status_code == 404
    other = planned_visit(phone)
    assert browser.get(f"/o/{other.token}/paper/{visit.order}").status_code == 404


@ON_BOTH
def test_unknown_late_and_malformed_tokens_are_answered_alike(
    phone: Enrol, browser: Browser
) -> None:
    planned_visit(phone)
    answers = [browser.get(f"/o/{key}") for key in (UNKNOWN, "x", "%20", UNKNOWN.upper())]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "尚未上传，请稍后再试" in answers[0].text


@ON_BOTH
def test_a_visit_opened_on_a_phone_has_its_page_once_it_has_been_sent(
    phone: Enrol, browser: Browser
) -> None:
    lijie = phone("lijie")
    dossier = lijie.open_dossier()
    record = lijie.new_record()
    lijie.author(dossier, "inspection", record, {"officers": {"value": {"add": ["lijie"]}}})
    lijie.author(dossier, "arrival", lijie.new_record(), {"officer": "lijie", "at": lijie.time})
    assert lijie.push().json()["other"] == []
    (token,) = shown(lijie, dossier, "visit_token")
    assert re.fullmatch(r"[0-9a-f]{32}", token["token"])
    text = browser.get(f"/o/{token['token']}").text
    assert "李㛃" in text
    assert "投诉举报" in text


def test_a_page_ends_with_its_time(
    phone: Enrol, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = planned_visit(phone)
    later = SystemClock().now() + YEAR_MS
    monkeypatch.setattr(SystemClock, "now", lambda _clock: later)
    page = browser.get(f"/o/{visit.token}")
    assert page.status_code == 410
    assert "链接已过期，" not in page.text
    assert "请让执法人员重新出示二维码" in page.text


def test_pages_are_not_kept_not_indexed_and_run_nothing(phone: Enrol, browser: Browser) -> None:
    visit = served_visit(phone)
    door = f"/o/{visit.token}"
    browser.enter(door)
    paths = ("", "/items", "/feedback", f"/feedback/{visit.item}", "/complaint", "/evaluation")
    for path in paths:
        page = browser.get(door + path)
        assert page.status_code == 200, path
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "same-origin"
        assert "noindex" in page.headers["x-robots-tag"]
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script" not in policy
        assert "<script" not in page.text
        assert "style=" not in page.text
        assert len(page.content) <= 40_000
        assert 'lang="zh-CN"' in page.text


def test_clauses_stand_with_their_text_on_a_page_of_their_own(
    phone: Enrol, browser: Browser
) -> None:
    visit = planned_visit(phone)
    assert "安全生产法" in browser.get(f"/o/{visit.token}/items").text


def test_who_looks_too_often_is_told_to_wait_in_words(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = SystemClock().now()
    monkeypatch.setattr(SystemClock, "now", lambda _clock: now)
    answers: list[Any] = [browser.get(f"/o/{UNKNOWN}") for _ in range(61)]
    assert answers[59].status_code == 404
    assert answers[60].status_code == 429
    assert "查得太频繁，请 1 分钟后再试。" in answers[60].text


@ON_BOTH
def test_views_and_sendings_are_audited_without_a_word_of_who(
    phone: Enrol, browser: Browser, server: Server
) -> None:
    visit = served_visit(phone)
    door = f"/o/{visit.token}"
    for _ in range(2):
        browser.get(door)
    browser.enter(door)
    form = {"words": "已恢复", "name": "周启明", "phone": "13900001111", "act": "send"}
    browser.post(f"{door}/feedback/{visit.item}", form, [])
    audit = metadata.tables["audit"].c
    rows = server.run(
        sa.select(audit.actor, audit.act, audit.detail)
        .where(audit.subject == visit.dossier, audit.actor == "public")
        .order_by(audit.n)
    )[0]
    assert rows == [
        ("public", act, "") for act in ("view_open_page", "enter_open_page", "send_feedback")
    ]


def test_who_scans_a_poster_with_a_camera_reads_whose_code_it_is(browser: Browser) -> None:
    page = browser.get("/e")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "这是执法人员签到用的二维码" in page.text
    assert 'href="/"' in page.text


@pytest.mark.parametrize(
    ("charset", "content"), [("utf-8", b"\xff"), ("nope", b"x")], ids=["no text", "no charset"]
)
def test_a_form_in_no_encoding_that_reads_is_refused_in_words(
    browser: Browser, charset: str, content: bytes
) -> None:
    head = f'Content-Disposition: form-data; name="number"\r\nContent-Type: text/plain; charset={charset}'
    sent = b"--x\r\n" + head.encode() + b"\r\n\r\n" + content + b"\r\n--x--\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=x", "Sec-Fetch-Site": "same-origin"}
    answer = browser.client.post("/o/complaint", content=sent, headers=kind)
    assert answer.status_code == 400, answer.text
    assert "内容读不懂" in answer.text


def test_a_way_back_that_is_no_form_of_ours_is_never_followed(
    phone: Enrol, browser: Browser
) -> None:
    visit = served_visit(phone)
    for order in ("中", "%0d%0aSet-Cookie:x=1"):
        answer = browser.get(f"/o/{visit.token}/feedback/{order}/1")
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/o/{visit.token}/enter?to=feedback"
