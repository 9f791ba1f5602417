"""授权 given, seen and withdrawn (domain.md 6.2: a leader delegates own approval, with dates)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from backend.core.packs import load_pack
from backend.features.identity.rules import Delegation, delegation_fault, delegation_state, running
from backend.settings import Settings
from tests.features.plans.leave import Office, day

LONGEST = load_pack("changji").setting("plan.delegation_days", int)


@pytest.fixture
def office(client: TestClient[Any], monkeypatch: pytest.MonkeyPatch) -> Office:
    office = Office(client, monkeypatch)
    office.at(0)
    return office


@pytest.fixture
def database(settings: Settings, office: Office) -> Iterator[sqlite3.Connection]:
    path = settings.data_dir / "anxun.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        yield database


def add_foreign_head(database: sqlite3.Connection) -> None:
    database.execute("INSERT INTO bureau (id, name, pack) VALUES ('miquan', '米泉局', 'urumqi')")
    database.execute(
        "INSERT INTO section (id, bureau, name, kind, sectors)"
        " VALUES ('wlmq', 'miquan', '危化处', 'supervision', '[]')"
    )
    database.execute(
        "INSERT INTO officer (id, section, login, password, name, phone, roles)"
        " SELECT 'alim', 'wlmq', 'alim', password, '阿力木', '', roles"
        " FROM officer WHERE id = 'gulnar'"
    )


def audited(database: sqlite3.Connection) -> list[tuple[Any, ...]]:
    query = "SELECT at, actor, act, subject, detail FROM audit WHERE act LIKE '%deleg%' ORDER BY n"
    return database.execute(query).fetchall()


def test_leader_and_head_see_it_and_nobody_else(office: Office) -> None:
    given = office.at(0)
    reply = office.delegate()
    assert reply.status_code == 201, reply.text
    view = reply.json()
    assert view == {
        "id": view["id"],
        "giver": "xujianming",
        "giver_name": "徐建明",
        "taker": "gulnar",
        "taker_name": "古丽娜尔·艾山",
        "act": "approve_plan",
        "since": day(1),
        "until": day(3),
        "words": "赴乌鲁木齐开会",
        "given": given,
        "state": "coming",
        "withdrawn_at": None,
        "withdrawn_by": "",
    }
    assert office.delegations("xujianming") == office.delegations("gulnar") == [view]
    for other in ("hanzhigang", "chenjing", "lijie", "gaoyuan"):
        assert office.delegations(other) == []


@pytest.mark.parametrize(
    ("later", "clock", "state"),
    [
        (0, "23:59:59.999", "coming"),
        (1, "00:00", "running"),
        (3, "23:59:59.999", "running"),
        (4, "00:00", "over"),
    ],
)
def test_both_days_are_whole_days_in_china(
    office: Office, later: int, clock: str, state: str
) -> None:
    office.delegate()
    office.at(later, clock)
    assert [each["state"] for each in office.delegations("gulnar")] == [state]


@pytest.mark.parametrize(
    ("over", "code", "words"),
    [
        ({"taker": "nobody"}, "taker", "本局没有"),
        ({"taker": "alim"}, "taker", "本局没有"),
        ({"taker": "xujianming"}, "taker", "本局没有"),
        ({"taker": "lijie"}, "not_head", "科长"),
        ({"taker": "hejianguo"}, "not_head", "科长"),
        ({"taker": "hanzhigang"}, "not_head", "科长"),
        ({"act": "review_plan"}, "act", "不能委托"),
        ({"act": "delegate"}, "act", "不能委托"),
        ({"since": day(-1)}, "past", "已经过去"),
        ({"since": day(-2), "until": day(-1)}, "past", "已经过去"),
        ({"since": day(3), "until": day(2)}, "reversed", "早于首日"),
        ({"until": day(LONGEST + 1)}, "overlong", f"最多委托 {LONGEST} 天"),
        ({"since": "2026-13-01"}, "dates", "日期不对"),
        ({"until": day(3).replace("-", "")}, "dates", "日期不对"),
        ({"until": "9999-12-31T00"}, "dates", "日期不对"),
    ],
)
def test_bad_input_gets_a_reason_and_changes_nothing(
    office: Office, database: sqlite3.Connection, over: dict[str, str], code: str, words: str
) -> None:
    add_foreign_head(database)
    reply = office.delegate(**over)
    assert reply.status_code == 422
    assert reply.headers["content-type"].startswith("application/problem+json")
    assert reply.json()["code"] == code
    assert words in reply.json()["title"]
    assert office.delegations("xujianming") == []
    assert audited(database) == []


def test_a_head_who_left_is_given_nothing(office: Office, database: sqlite3.Connection) -> None:
    database.execute("UPDATE officer SET active = 0 WHERE id = 'gulnar'")
    assert office.delegate().json()["code"] == "not_head"


def test_another_bureaus_head_is_told_like_nobody(
    office: Office, database: sqlite3.Connection
) -> None:
    add_foreign_head(database)
    foreign, nobody = (office.delegate(taker=each).json() for each in ("alim", "nobody"))
    assert {**foreign, "instance": ""} == {**nobody, "instance": ""}


@pytest.mark.parametrize("login", ["gulnar", "lijie", "hejianguo", "ayinuer", "gaoyuan"])
def test_only_a_leader_delegates(office: Office, database: sqlite3.Connection, login: str) -> None:
    reply = office.delegate(login, taker="chenjing")
    assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")
    assert audited(database) == []


@pytest.mark.parametrize(
    ("body", "status"), [({"unknown": 1}, 400), ({"since": 20261124}, 400), ({"words": None}, 400)]
)
def test_a_body_of_another_form_is_refused(
    office: Office, body: dict[str, Any], status: int
) -> None:
    assert office.delegate(**body).status_code == status
    assert office.delegations("xujianming") == []


def test_without_a_session_there_is_nothing(office: Office) -> None:
    path = "/api/v1/delegations"
    replies = [office.client.get(path), office.client.post(path, json={})]
    assert [reply.status_code for reply in replies] == [401, 401]


@pytest.mark.parametrize("leader", ["xujianming", "hanzhigang"])
@pytest.mark.parametrize(
    ("since", "until", "status"),
    [(1, 3, 409), (0, 1, 409), (3, 5, 409), (0, 5, 409), (2, 2, 409), (0, 0, 201), (4, 5, 201)],
)
def test_on_one_day_a_head_acts_in_one_name(
    office: Office, leader: str, since: int, until: int, status: int
) -> None:
    assert office.delegate().status_code == 201
    reply = office.delegate(leader, since=day(since), until=day(until))
    assert reply.status_code == status
    assert len(office.delegations("gulnar")) == (2 if status == 201 else 1)
    if status == 409:
        assert reply.json()["code"] == "overlap"


def test_two_heads_may_stand_in_on_one_day(office: Office) -> None:
    replies = [office.delegate(taker=each) for each in ("gulnar", "chenjing")]
    assert [reply.status_code for reply in replies] == [201, 201]


def test_a_leader_who_left_does_not_bar_his_successor(
    office: Office, database: sqlite3.Connection
) -> None:
    office.delegate()
    database.execute("UPDATE officer SET roles = '[]' WHERE id = 'xujianming'")
    assert office.delegate("hanzhigang").status_code == 201


def test_a_withdrawn_one_stays_with_who_and_when(
    office: Office, database: sqlite3.Connection
) -> None:
    given = office.at(0)
    name = office.delegate().json()["id"]
    taken_back = office.at(1, "14:30")
    reply = office.withdraw(name)
    assert reply.status_code == 200, reply.text
    (kept,) = office.delegations("gulnar")
    assert kept == reply.json()
    assert (kept["state"], kept["withdrawn_at"], kept["withdrawn_by"]) == (
        "withdrawn",
        taken_back,
        "xujianming",
    )
    span = f"approve_plan {day(1)} {day(3)} gulnar"
    assert audited(database) == [
        (given, "xujianming", "delegate", name, span),
        (taken_back, "xujianming", "withdraw_delegation", name, ""),
    ]
    assert office.delegate(since=day(1)).status_code == 201


def test_asked_twice_the_first_withdrawal_stands(
    office: Office, database: sqlite3.Connection
) -> None:
    name = office.delegate().json()["id"]
    first = office.withdraw(name).json()
    office.at(2)
    assert office.withdraw(name).json() == first
    assert len(audited(database)) == 2


def test_one_that_ran_its_time_was_not_taken_back(
    office: Office, database: sqlite3.Connection
) -> None:
    name = office.delegate().json()["id"]
    office.at(4)
    reply = office.withdraw(name)
    assert (reply.status_code, reply.json()["code"]) == (409, "delegation_over")
    assert [each["state"] for each in office.delegations("xujianming")] == ["over"]
    assert len(audited(database)) == 1


@pytest.mark.parametrize("login", ["hanzhigang", "gulnar", "chenjing", "gaoyuan"])
def test_anothers_cannot_be_withdrawn_nor_told_from_an_unknown_one(
    office: Office, login: str
) -> None:
    name = office.delegate().json()["id"]
    anothers, unknown = office.withdraw(name, login), office.withdraw("0" * 20, login)
    assert anothers.status_code == unknown.status_code == 404
    assert {**anothers.json(), "instance": ""} == {**unknown.json(), "instance": ""}
    assert [each["state"] for each in office.delegations("gulnar")] == ["coming"]


def test_a_bureau_may_do_without(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    pack, key = load_pack("changji"), "plan.delegation_allowed"
    barred = msgspec.structs.replace(pack.settings[key], value=False)
    without = msgspec.structs.replace(pack, settings={**pack.settings, key: barred})
    monkeypatch.setattr("backend.features.identity.service.posts.load_pack", lambda _name: without)
    reply = office.delegate()
    assert (reply.status_code, reply.json()["code"]) == (403, "delegation_off")
    assert office.delegations("xujianming") == []


@pytest.mark.parametrize("length", [1, LONGEST])
def test_one_day_and_the_longest_span_are_fine(length: int) -> None:
    until = f"2026-12-{length:02}"
    assert delegation_fault("approve_plan", "2026-12-01", until, "2026-12-01", LONGEST) is None, (
        until
    )


def test_what_may_no_longer_be_delegated_runs_no_more() -> None:
    held = Delegation("d", "a", "b", "close", "2026-12-01", "2026-12-02", "", 0)
    assert delegation_state(held, "2026-12-01") == "running"
    assert running([held], "close", "2026-12-01") == []
