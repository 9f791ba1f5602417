"""反馈整改 and 申请延期 by the enterprise: the second secret, photos, limits, the head's answer (D11)."""

from typing import Any

from tests.features.conftest import ON_BOTH
from tests.features.disclosure.visit import (
    JPEG,
    PERSON,
    TAIL,
    Browser,
    Visit,
    day,
    served_visit,
    shown,
)
from tests.features.dossiers.phone import Phone
from tests.features.dossiers.test_push import Enrol, problem

WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8 "
PNG = b"\x89PNG\r\n\x1a\n and so on"
FEEDBACK = {"words": "报警器已恢复，值班制度已改。", **PERSON, "act": "send"}
EXTENSION = {"reason": "备件要从厂家订", **PERSON}


def photos(*bodies: bytes) -> list[Any]:
    return [("photos", (f"{n}.jpg", body, "image/jpeg")) for n, body in enumerate(bodies)]


def entered(browser: Browser, visit: Visit) -> str:
    door = f"/o/{visit.token}"
    assert browser.enter(door).status_code == 303
    return door


def requests_of(reader: Phone, visit: Visit) -> list[Any]:
    """What waits in this visit's dossier for the reader."""
    found = reader.client.get("/api/v1/requests", headers=reader.headers()).json()
    return [each for each in found if each["dossier"] == visit.dossier]


def request_extension(browser: Browser, visit: Visit, until: str, **over: str) -> Any:
    door = entered(browser, visit)
    form = {**EXTENSION, "until": until, **over}
    return browser.post(f"{door}/extension/{visit.item}", form)


@ON_BOTH
def test_feedback_with_photos_is_a_record_every_phone_of_the_visit_reads(
    phone: Enrol, browser: Browser
) -> None:
    visit = served_visit(phone)
    door = f"/v/{visit.code}"
    assert browser.get(f"{door}/feedback/{visit.item}").headers["location"].startswith(door)
    assert browser.enter(door).headers["location"] == f"{door}/feedback"
    path = f"{door}/feedback/{visit.item}"
    first = browser.post(path, {**FEEDBACK, "act": "photos"}, photos(JPEG + b"1", PNG))
    assert first.status_code == 200
    assert "已传 2 张" in first.text
    assert FEEDBACK["words"] in first.text
    sent = browser.post(path, {**FEEDBACK, "recheck": "yes"}, photos(WEBP, JPEG + b"1"))
    assert sent.status_code == 201
    assert "反馈已收到" in sent.text
    (feedback,) = shown(visit.phone, visit.dossier, "feedback")
    assert (feedback["order"], feedback["finding"]) == (visit.order, visit.findings[0])
    assert feedback["recheck"] is True
    assert feedback["by"] == PERSON
    evidence = {e["sha256"]: e for e in shown(visit.phone, visit.dossier, "evidence")}
    types = sorted(each["type"] for each in evidence.values() if each.get("imported"))
    assert types == ["image/jpeg", "image/png", "image/webp"]
    assert len(feedback["photos"]) == 3
    original = visit.phone.client.get(
        f"/api/v1/evidence/{feedback['photos'][0]}/state", headers=visit.phone.headers()
    )
    assert original.json()["state"] == "stored"
    assert "已反馈，附照片 3 张" in browser.get(f"/o/{visit.token}").text


@ON_BOTH
def test_the_enterprise_may_report_several_times(phone: Enrol, browser: Browser) -> None:
    visit = served_visit(phone)
    path = f"{entered(browser, visit)}/feedback/{visit.item}"
    for words in ("改了一半", "全改完了"):
        assert browser.post(path, {**FEEDBACK, "words": words}, photos()).status_code == 201
    assert sorted(f["words"] for f in shown(visit.phone, visit.dossier, "feedback")) == [
        "全改完了",
        "改了一半",
    ]


BAD_FEEDBACK: list[tuple[dict[str, str], list[Any], str]] = [
    ({"words": " "}, [], "请写明怎么改的"),
    ({"words": "长" * 1001}, [], "最多写 1000 字"),
    ({"name": ""}, [], "请写您的姓名"),
    ({"phone": "找门卫"}, [], "请写能找到您的电话"),
    ({}, photos(b"MZ not a photo"), "只收 JPEG、PNG、WebP 照片"),
    ({}, photos(b"<svg onload=alert(1)>"), "只收 JPEG、PNG、WebP 照片"),
    ({}, photos(*[JPEG + bytes([n]) for n in range(11)]), "照片最多 10 张"),
    ({}, photos(JPEG + b"\x00" * (12 * 2**20)), "不能超过 12 MB"),
]


def test_what_is_wrong_with_a_feedback_is_said_on_the_page_and_nothing_is_written(
    phone: Enrol, browser: Browser
) -> None:
    visit = served_visit(phone)
    path = f"{entered(browser, visit)}/feedback/{visit.item}"
    for form, files, words in BAD_FEEDBACK:
        reply = browser.post(path, {**FEEDBACK, **form}, files)
        assert reply.status_code == 422, words
        assert reply.headers["content-type"].startswith("text/html")
        assert words in reply.text
        assert "没有发出，写的都还在" in reply.text
    assert shown(visit.phone, visit.dossier, "feedback") == []
    assert not [e for e in shown(visit.phone, visit.dossier, "evidence") if e.get("imported")]


def test_what_an_enterprise_types_is_shown_as_text_never_as_markup(
    phone: Enrol, browser: Browser
) -> None:
    visit = served_visit(phone)
    path = f"{entered(browser, visit)}/feedback/{visit.item}"
    reply = browser.post(path, {**FEEDBACK, "words": "<b>x</b>\x00", "name": ""})
    assert "&lt;b&gt;x&lt;/b&gt;" in reply.text
    assert "<b>x</b>" not in reply.text


@ON_BOTH
def test_without_the_code_nobody_writes_and_guessing_ends(phone: Enrol, browser: Browser) -> None:
    visit = served_visit(phone)
    door = f"/o/{visit.token}"
    for path in (f"feedback/{visit.item}", f"extension/{visit.item}"):
        reply = browser.post(f"{door}/{path}", FEEDBACK)
        assert (reply.status_code, reply.headers["location"]) == (303, f"{door}/enter?to={path}")
    for tries in range(10):
        reply = browser.enter(door, f"00000{tries}")
        assert (reply.status_code, browser.cookie) == (422, "")
        assert "代码对不上" in reply.text
    walled = browser.enter(door)
    assert walled.status_code == 429
    assert "分钟后再试" in walled.text
    assert browser.cookie == ""
    assert shown(visit.phone, visit.dossier, "feedback") == []


def test_a_pass_opens_one_dossier_only(phone: Enrol, browser: Browser) -> None:
    mine, other = served_visit(phone), served_visit(phone, problems=1)
    entered(browser, mine)
    reply = browser.post(f"/o/{other.token}/feedback/{other.item}", FEEDBACK)
    assert reply.status_code == 303
    assert "/enter" in reply.headers["location"]
    beside = browser.post(f"/o/{mine.token}/feedback/{other.item}", FEEDBACK)
    assert beside.status_code == 404
    assert shown(other.phone, other.dossier, "feedback") == []


def test_after_entering_one_stays_on_our_pages(phone: Enrol, browser: Browser) -> None:
    visit = served_visit(phone)
    door = f"/o/{visit.token}"
    for to in ("//evil.example", "https://evil.example", "../../api", "x"):
        assert browser.enter(door, TAIL, to).headers["location"] == f"{door}/feedback"


FOREIGN: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "", "Origin": "null"},
]


def test_a_foreign_page_cannot_send_our_forms(phone: Enrol, browser: Browser) -> None:
    visit = served_visit(phone)
    path = f"{entered(browser, visit)}/feedback/{visit.item}"
    for headers in FOREIGN:
        reply = browser.post(path, FEEDBACK, **headers)
        assert reply.status_code == 403
        assert "不是从本页发出的" in reply.text
    assert shown(visit.phone, visit.dossier, "feedback") == []


def test_a_body_that_is_no_form_is_refused_in_words(phone: Enrol, browser: Browser) -> None:
    visit = served_visit(phone)
    path = f"{entered(browser, visit)}/feedback/{visit.item}"
    said = {"Sec-Fetch-Site": "same-origin", "Cookie": browser.cookie}
    for kind in ("application/json", "text/plain", ""):
        headers = {**said, "Content-Type": kind}
        reply = browser.client.post(path, content=b"{}", headers=headers, follow_redirects=False)
        assert reply.status_code == 415
        assert reply.headers["content-type"].startswith("text/html")


@ON_BOTH
def test_d11_the_head_gives_another_day_and_the_clocks_and_the_page_follow(
    phone: Enrol, browser: Browser
) -> None:
    visit = served_visit(phone)
    assert request_extension(browser, visit, day(60)).status_code == 201
    gulnar = phone("gulnar")
    (waiting,) = requests_of(gulnar, visit)
    assert (waiting["kind"], waiting["until"], waiting["may_answer"]) == (
        "extension",
        day(60),
        True,
    )
    running = {c["rule"] for c in shown(visit.phone, visit.dossier, "clock")}
    assert running == {"D09", "D10", "D11b"}
    path = f"/api/v1/dossiers/{visit.dossier}/extensions/{waiting['record']}"
    assert gulnar.post(path, {"answer": "yes", "until": day(45)}).status_code == 204
    problem(gulnar.post(path, {"answer": "yes"}), 409, "answered")
    clocks = shown(visit.phone, visit.dossier, "clock")
    due = {c["rule"]: c["due_strict"] for c in clocks if c["state"] == "running"}
    assert due["D09"] == day(45)
    assert "D11b" not in due
    assert requests_of(gulnar, visit) == []
    year, month, number = map(int, day(45).split("-"))
    words = f"同意，延到 {year}年{month}月{number}日"
    assert words in browser.get(f"/o/{visit.token}").text


@ON_BOTH
def test_a_refusal_needs_words_and_the_enterprise_reads_them(
    phone: Enrol, browser: Browser
) -> None:
    visit = served_visit(phone)
    request_extension(browser, visit, day(60))
    (extension,) = requests_of(visit.phone, visit)
    path = f"/api/v1/dossiers/{visit.dossier}/extensions/{extension['record']}"
    assert extension["may_answer"] is False
    problem(visit.phone.post(path, {"answer": "yes"}), 403, "forbidden")
    gulnar = phone("gulnar")
    problem(gulnar.post(path, {"answer": "no"}), 422, "words")
    for until in (day(30), day(-1), "2026-13-01", "soon"):
        problem(gulnar.post(path, {"answer": "yes", "until": until}), 422, "until")
    assert phone("wangyi").post(path, {"answer": "yes"}).status_code == 404
    assert gulnar.post(path, {"answer": "no", "words": "备件本地有货"}).status_code == 204
    assert "不同意：备件本地有货" in browser.get(f"/o/{visit.token}").text


def test_one_extension_of_a_finding_waits_at_a_time(phone: Enrol, browser: Browser) -> None:
    visit = served_visit(phone)
    request_extension(browser, visit, day(60))
    again = request_extension(browser, visit, day(70))
    assert again.status_code == 422
    assert "已有一份申请在等答复" in again.text
    second = f"/o/{visit.token}/extension/{visit.order}/2"
    assert browser.post(second, {**EXTENSION, "until": day(50)}).status_code == 201
    assert len(shown(visit.phone, visit.dossier, "extension")) == 2


def test_d11_too_late_is_said_with_a_telephone(phone: Enrol, browser: Browser) -> None:
    visit = served_visit(phone, due=9)
    door = entered(browser, visit)
    assert "现在仍可打电话说明" in browser.get(f"{door}/extension/{visit.item}").text
    late = request_extension(browser, visit, day(60))
    assert late.status_code == 422
    assert "现在仍可打电话说明" in late.text
    assert "tel:12345" in late.text
    assert shown(visit.phone, visit.dossier, "extension") == []


BAD_EXTENSION: list[tuple[dict[str, str], str]] = [
    ({"until": ""}, "请选要延到哪一天"),
    ({"until": "2026-02-30"}, "请选要延到哪一天"),
    ({"until": "2020-01-01"}, "要晚于现在的期限"),
    ({"reason": "  "}, "请写明为什么"),
    ({"name": "名" * 41}, "请写您的姓名"),
]


def test_what_is_wrong_with_a_request_is_said_on_the_page(phone: Enrol, browser: Browser) -> None:
    visit = served_visit(phone)
    for form, words in BAD_EXTENSION:
        reply = request_extension(browser, visit, **{"until": day(60), **form})
        assert reply.status_code == 422, words
        assert words in reply.text
    assert shown(visit.phone, visit.dossier, "extension") == []


@ON_BOTH
def test_a_recheck_deals_with_what_was_reported(phone: Enrol, browser: Browser) -> None:
    visit = served_visit(phone)
    path = f"{entered(browser, visit)}/feedback/{visit.item}"
    browser.post(path, {**FEEDBACK, "recheck": "yes"}, photos())
    gulnar, lijie = phone("gulnar"), visit.phone
    (waiting,) = requests_of(gulnar, visit)
    assert waiting["kind"] == "feedback"
    rows = gulnar.client.get("/api/v1/dossiers", headers=gulnar.headers()).json()
    states = {row["dossier"]: row["state"] for row in rows}
    assert states[visit.dossier] == "recheck_due"
    items = [{"finding": f, "result": "fixed"} for f in visit.findings]
    at = lijie.time + 60_000
    fields = {"order": visit.order, "started": at, "ended": at, "items": items}
    lijie.author(visit.dossier, "recheck", lijie.new_record(), fields)
    assert lijie.push().json()["other"] == []
    assert requests_of(gulnar, visit) == []
    assert "复查：改好了" in browser.get(f"/o/{visit.token}").text
