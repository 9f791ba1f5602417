"""投诉 and 评价: whom they speak of never learns of them; number, code, answer (S3-5.1, S2-6)."""

import json
import re
from typing import Any

from tests.features.conftest import ON_BOTH
from tests.features.disclosure.visit import Browser, Visit, planned_visit
from tests.features.dossiers.phone import Phone
from tests.features.dossiers.test_push import Enrol, problem

FORM = {"kind": "attitude", "words": "进门就骂人，没出示证件。", "name": "", "phone": ""}
OUTSIDERS = ("lijie", "nurlan", "gulnar", "yanglin", "gaoyuan")


def complained(browser: Browser, visit: Visit, **over: str) -> tuple[str, str]:
    """Number and query code."""
    reply = browser.post(f"/o/{visit.token}/complaint", {**FORM, **over})
    assert reply.status_code == 201, reply.text
    number, query = re.findall(r"<dd>(.*?)</dd>", reply.text)[:2]
    return number, query


def evaluated(browser: Browser, visit: Visit) -> Any:
    return browser.post(f"/o/{visit.token}/evaluation", {"certificates": "no", "words": "态度差"})


def get(phone: Phone, path: str) -> Any:
    return phone.client.get(path, headers=phone.headers())


def about(reader: Phone, visit: Visit, kind: str = "complaints") -> list[Any]:
    """Complaints or evaluations of this visit, as the reader gets them."""
    return [e for e in get(reader, f"/api/v1/{kind}").json() if e["inspection"] == visit.dossier]


def running(reader: Phone, dossier: str) -> list[str]:
    """Rules of the clocks that run in a dossier."""
    clocks = get(reader, "/api/v1/clocks").json()["clocks"]
    return [each["rule"] for each in clocks if each["dossier"] == dossier]


def asked(browser: Browser, number: str, query: str) -> Any:
    return browser.post("/o/complaint", {"number": number, "query": query})


@ON_BOTH
def test_nobody_of_the_visit_reads_pulls_searches_or_hears_of_it(
    phone: Enrol, browser: Browser
) -> None:
    visit = planned_visit(phone)
    complained(browser, visit)
    evaluated(browser, visit)
    legal = phone("ayinuer")
    found = about(legal, visit) + about(legal, visit, "evaluations")
    names = [each["dossier"] for each in found]
    assert len(names) == 2
    for login in OUTSIDERS:
        other = phone(login)
        assert get(other, "/api/v1/complaints").json() == [], login
        assert get(other, "/api/v1/evaluations").json() == []
        pulled = other.pull(dict.fromkeys(names, 0)).json()
        assert pulled["pages"] == []
        granted = [c["dossier"] for c in other.pull({}).json()["control"]]
        assert not set(names) & set(granted)
        for name in names:
            assert get(other, f"/api/v1/sync/snapshot/{name}").status_code == 404
            problem(other.post(f"/api/v1/complaints/{name}", {"act": "accept"}), 404, "dossier")
            checked = {"timeline": other.timeline, "dossier": name, "seq": 1, "count": 1}
            reply = other.post("/api/v1/sync/check", {**checked, "digest": "0" * 64})
            assert reply.status_code == 404
        listed = get(other, "/api/v1/dossiers").text + get(other, "/api/v1/requests").text
        listed += get(other, "/api/v1/inbox").text + get(other, "/api/v1/clocks").text
        assert not any(name in listed for name in names)
        assert "投诉" not in get(other, "/api/v1/clocks").text
    written = get(legal, f"/api/v1/sync/snapshot/{visit.dossier}").text
    assert "complain" not in written
    assert "evaluation" not in written


@ON_BOTH
def test_a_phone_can_neither_write_into_a_complaint_nor_open_one(
    phone: Enrol, browser: Browser
) -> None:
    visit = planned_visit(phone)
    complained(browser, visit)
    legal, lijie = phone("ayinuer"), phone("lijie")
    (complaint,) = about(legal, visit)
    for officer in (legal, lijie):
        record = officer.new_record()
        officer.author(complaint["dossier"], "addendum", record, {"text": "撤了吧"})
        assert officer.push().json()["other"][0]["reason"] == "no_authority"
        opened = officer.new_record()
        fields = {"kind": "complaint", "bureau": "changji", "section": "whk"}
        officer.author(opened, "dossier", opened, fields)
        assert officer.push().json()["other"][0]["reason"] == "no_authority"
    held = {each["dossier"] for each in get(phone("gulnar"), "/api/v1/quarantine").json()}
    assert complaint["dossier"] not in held


@ON_BOTH
def test_who_took_part_is_barred_even_if_he_holds_the_legal_post(
    phone: Enrol, browser: Browser
) -> None:
    visit = planned_visit(phone)
    complained(browser, visit)
    legal = phone("ayinuer")
    (complaint,) = about(legal, visit)
    lijie = visit.phone
    (inspection,) = (
        line["record"]
        for line in map(
            json.loads, get(lijie, f"/api/v1/sync/snapshot/{visit.dossier}").text.splitlines()
        )
        if line.get("entity") == "inspection"
    )
    named = {"officers": {"value": {"add": ["ayinuer"]}}}
    lijie.author(visit.dossier, "inspection", inspection, named)
    assert lijie.push().json()["other"] == []
    assert about(legal, visit) == []
    assert get(legal, f"/api/v1/sync/snapshot/{complaint['dossier']}").status_code == 404
    assert len(about(phone("zhengwenbo"), visit)) == 1


@ON_BOTH
def test_a_complaint_is_accepted_answered_and_closed_and_its_maker_reads_the_answer(
    phone: Enrol, browser: Browser
) -> None:
    visit = planned_visit(phone)
    number, query = complained(browser, visit, name="周启明", phone="13900001111")
    assert number.startswith("（昌）应急投诉〔")
    assert "已收到，还没受理" in asked(browser, number, query).text
    legal = phone("ayinuer")
    (complaint,) = about(legal, visit)
    assert complaint["words"] == FORM["words"]
    assert complaint["reply_by"] > "2026"
    assert "D53" in running(legal, complaint["dossier"])
    path = f"/api/v1/complaints/{complaint['dossier']}"
    problem(legal.post(path, {"act": "close"}), 409, "complaint_state")
    assert legal.post(path, {"act": "accept"}).status_code == 204
    problem(legal.post(path, {"act": "reply", "words": " "}), 422, "words")
    problem(phone("xujianming").post(path, {"act": "reply", "words": "x"}), 403, "forbidden")
    assert (
        legal.post(path, {"act": "reply", "words": "已批评教育，并登门道歉。"}).status_code == 204
    )
    problem(legal.post(path, {"act": "accept"}), 409, "complaint_state")
    told = asked(browser, number.replace("〔", " 〔"), query.replace(" ", "-").upper())
    assert "已批评教育，并登门道歉。" in told.text
    assert "13900001111" not in told.text
    assert legal.post(path, {"act": "close"}).status_code == 204
    (closed,) = about(legal, visit)
    assert [act["act"] for act in closed["acts"]] == ["accept", "reply", "close"]
    assert running(legal, complaint["dossier"]) == []


def test_number_and_code_only_together_tell_anything(phone: Enrol, browser: Browser) -> None:
    visit = planned_visit(phone)
    number, query = complained(browser, visit)
    other, _ = complained(browser, visit)
    for pair in ((number, "000000000000"), ("（昌）", query), (other, query), (number, "")):
        reply = asked(browser, *pair)
        assert reply.status_code == 422
        assert "编号和查询码对不上" in reply.text


BAD_COMPLAINT: list[tuple[dict[str, str], str]] = [
    ({"kind": ""}, "请选是哪一类问题"),
    ({"kind": "made_up"}, "请选是哪一类问题"),
    ({"words": "\n "}, "请写明发生了什么"),
    ({"words": "长" * 1001}, "最多写 1000 字"),
    ({"phone": "<script>"}, "电话只能写数字"),
]


def test_what_is_wrong_with_a_complaint_is_said_and_none_is_registered(
    phone: Enrol, browser: Browser
) -> None:
    visit = planned_visit(phone)
    for over, words in BAD_COMPLAINT:
        reply = browser.post(f"/o/{visit.token}/complaint", {**FORM, **over})
        assert reply.status_code == 422, words
        assert words in reply.text
    assert about(phone("ayinuer"), visit) == []


def test_an_empty_evaluation_and_made_up_answers_are_not_kept(
    phone: Enrol, browser: Browser
) -> None:
    visit = planned_visit(phone)
    path = f"/o/{visit.token}/evaluation"
    assert browser.post(path, {"certificates": "maybe", "stars": "5"}).status_code == 303
    assert about(phone("ayinuer"), visit, "evaluations") == []
    assert evaluated(browser, visit).status_code == 201
    (kept,) = about(phone("xujianming"), visit, "evaluations")
    assert (kept["answers"], kept["words"]) == ({"certificates": "no"}, "态度差")


def test_forms_have_a_limit_for_each_client(phone: Enrol, browser: Browser) -> None:
    visit = planned_visit(phone)
    replies = [evaluated(browser, visit).status_code for _ in range(21)]
    assert replies == [201] * 20 + [429]
