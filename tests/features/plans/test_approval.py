"""新检查: desk → 审核 → 审批 → on the phones (S3-4.2b, domain.md 6.2)."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.features.dossiers.phone import Phone

Enrol = Callable[[str], Phone]
CODE = "91652301MA0001181J"


def draft(**over: Any) -> dict[str, Any]:
    return {
        "enterprise": CODE,
        "planned_for": "2026-11-25",
        "reason": "年度计划",
        "officers": ["lijie", "nurlan"],
        "items": ["WH-01", "WH-12"],
        "content": "可燃气体报警",
        **over,
    }


def submit(phone: Phone, **over: Any) -> Any:
    return phone.post("/api/v1/plans", draft(**over))


def answer(phone: Phone, plan: str, act: str, said: str = "yes", words: str = "") -> Any:
    return phone.post(f"/api/v1/plans/{plan}/{act}", {"answer": said, "words": words})


def approved(phone: Enrol) -> tuple[Phone, str]:
    lijie = phone("lijie")
    plan = submit(lijie).json()["id"]
    assert answer(phone("gulnar"), plan, "review").status_code == 200
    reply = answer(phone("xujianming"), plan, "approve")
    assert reply.status_code == 200, reply.text
    return lijie, reply.json()["dossier"]


def records(phone: Phone, dossier: str) -> dict[str, list[Any]]:
    page = phone.client.get(f"/api/v1/sync/snapshot/{dossier}", headers=phone.headers())
    found: dict[str, list[Any]] = {}
    for line in page.text.splitlines()[1:-1]:
        record = json.loads(line)
        found.setdefault(record["entity"], []).append(record["fields"])
    return found


def test_the_approved_plan_is_an_inspection_on_both_officers_phones(phone: Enrol) -> None:
    lijie, dossier = approved(phone)
    found = records(lijie, dossier)
    assert {name: len(rows) for name, rows in found.items()} == {
        "dossier": 1,
        "plan": 1,
        "approval": 2,
        "inspection": 1,
        "check": 2,
        "visit_token": 1,
    }
    assert sorted(found["inspection"][0]["officers"]["union"]) == ["lijie", "nurlan"]
    grants = [c["dossier"] for c in phone("nurlan").pull({}).json()["control"]]
    assert dossier in grants
    assert dossier not in [c["dossier"] for c in phone("wangyi").pull({}).json()["control"]]


def test_the_plan_number_is_the_jurisdictions(phone: Enrol) -> None:
    lijie, dossier = approved(phone)
    number = records(lijie, dossier)["plan"][0]["number"]["heads"][0]["value"]
    assert number.startswith("（昌）应急检查〔")
    assert number.endswith("〕1号")


@pytest.mark.parametrize(
    ("over", "status", "code"),
    [
        ({"officers": ["lijie"]}, 422, "officers"),
        ({"officers": ["lijie", "lijie"]}, 422, "officers"),
        ({"officers": ["lijie", "sunpeng"]}, 422, "certificate"),
        ({"officers": ["lijie", "zhaolei"]}, 422, "certificate"),
        ({"officers": ["lijie", "dinghongwei"]}, 422, "certificate"),
        ({"items": []}, 422, "items"),
        ({"items": ["WH-99"]}, 422, "items"),
        ({"reason": " "}, 422, "reason"),
        ({"planned_for": "2026-13-01"}, 422, "planned_for"),
        ({"enterprise": "911"}, 404, "enterprise"),
        ({"unknown": 1}, 400, "malformed"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_and_nothing_is_kept(
    phone: Enrol, over: dict[str, Any], status: int, code: str
) -> None:
    lijie = phone("lijie")
    reply = submit(lijie, **over)
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert lijie.client.get("/api/v1/plans", headers=lijie.headers()).json() == []


def test_separation_of_powers_in_planning(phone: Enrol) -> None:
    assert submit(phone("yanglin")).status_code == 403
    assert submit(phone("gaoyuan")).status_code == 403
    plan = submit(phone("lijie")).json()["id"]
    for login in ("lijie", "chenjing", "gaoyuan", "xujianming"):
        assert answer(phone(login), plan, "review").status_code == 403
    assert answer(phone("xujianming"), plan, "approve").status_code == 409
    assert answer(phone("gulnar"), plan, "review").status_code == 200
    assert answer(phone("gulnar"), plan, "approve").status_code == 403


def test_a_no_needs_words_and_ends_the_plan(phone: Enrol) -> None:
    plan = submit(phone("lijie")).json()["id"]
    gulnar = phone("gulnar")
    assert answer(gulnar, plan, "review", "no").json()["code"] == "words"
    assert answer(gulnar, plan, "review", "no", "重点不清").json()["state"] == "refused"
    assert answer(gulnar, plan, "review").status_code == 409


def test_the_board_shows_each_plan_to_whose_turn_it_is(phone: Enrol) -> None:
    submit(phone("lijie"))
    for login, may in (("gulnar", ["review"]), ("lijie", [])):
        reader = phone(login)
        (view,) = reader.client.get("/api/v1/plans", headers=reader.headers()).json()
        assert view["may"] == may
    for login in ("xujianming", "wangyi", "gaoyuan"):
        reader = phone(login)
        assert reader.client.get("/api/v1/plans", headers=reader.headers()).json() == []
