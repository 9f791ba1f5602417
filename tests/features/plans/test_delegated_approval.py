"""审批 by a section head under a leader's dated delegation (domain.md 6.2)."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from backend.settings import Settings
from tests.features.dossiers.phone import Phone
from tests.features.plans.leave import Office, day
from tests.features.plans.test_approval import answer, records, submit

Enrol = Callable[[str], Phone]


def reviewed(office: Office, maker: str = "lijie", head: str = "gulnar", **over: Any) -> str:
    """A plan that waits for approval."""
    reply = submit(office.desk(maker), planned_for=day(0), **over)
    assert reply.status_code == 201, reply.text
    plan = str(reply.json()["id"])
    assert answer(office.desk(head), plan, "review").status_code == 200
    return plan


def reviewed_in_gmk(office: Office) -> str:
    return reviewed(office, "wangyi", "chenjing")


def refused(office: Office, plan: str, head: str = "gulnar") -> None:
    """Neither offered nor done, and the leader still finds it waiting."""
    waiting = "/api/v1/plans?plan_state=pending_approval"
    assert [v["may"] for v in office.get(waiting, head).json() if v["id"] == plan] == []
    reply = answer(office.desk(head), plan, "approve")
    assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")
    view = office.get(f"/api/v1/plans/{plan}", "xujianming").json()
    assert (view["state"], view["may"], view["dossier"]) == ("pending_approval", ["approve"], "")


@pytest.mark.parametrize(("later", "clock"), [(1, "00:00"), (2, "12:00"), (3, "23:59:59.999")])
def test_a_running_delegation_lets_the_head_approve_in_the_leaders_name(
    office: Office, phone: Enrol, later: int, clock: str
) -> None:
    plan = reviewed(office)
    office.delegate()
    at = office.at(later, clock)
    assert office.get(f"/api/v1/plans/{plan}", "gulnar").json()["may"] == ["approve"]
    reply = answer(office.desk("gulnar"), plan, "approve")
    assert reply.status_code == 200, reply.text
    found = records(phone("lijie"), reply.json()["dossier"])["approval"]
    given = {row["act"]["heads"][0]["value"]: row for row in found}
    assert given["approve"]["by"]["heads"][0]["value"] == {
        "officer": "gulnar",
        "name": "古丽娜尔·艾山",
        "delegated_by": "xujianming",
    }
    assert given["approve"]["at"]["heads"][0]["value"] == at
    assert "delegated_by" not in given["review"]["by"]["heads"][0]["value"]


def test_an_approval_in_the_leaders_name_is_shown_and_printed_as_such(
    office: Office, phone: Enrol
) -> None:
    plan = reviewed(office)
    office.delegate()
    office.at(1)
    dossier = answer(office.desk("gulnar"), plan, "approve").json()["dossier"]
    shown = office.get(f"/api/v1/plans/{plan}", "gulnar").json()["answers"]
    assert {each["act"]: each["delegated_by"] for each in shown} == {
        "review": "",
        "approve": "徐建明",
    }
    (kept,) = records(phone("lijie"), dossier)["plan"]
    assert "古丽娜尔·艾山（受徐建明委托）" in kept["paper"]["heads"][0]["value"]


@pytest.mark.parametrize(("later", "clock"), [(0, "23:59:59.999"), (4, "00:00")])
def test_not_before_its_first_day_nor_after_its_last(
    office: Office, later: int, clock: str
) -> None:
    plan = reviewed(office)
    office.delegate()
    office.at(later, clock)
    refused(office, plan)


def test_not_after_withdrawal(office: Office) -> None:
    plan = reviewed(office)
    name = office.delegate().json()["id"]
    office.at(2)
    assert office.get(f"/api/v1/plans/{plan}", "gulnar").json()["may"] == ["approve"]
    assert office.withdraw(name).status_code == 200
    refused(office, plan)


def test_not_a_plan_of_another_section(office: Office) -> None:
    plan = reviewed_in_gmk(office)
    office.delegate()
    office.at(1)
    refused(office, plan)
    assert office.get(f"/api/v1/plans/{plan}", "gulnar").status_code == 404


def test_not_by_another_head(office: Office) -> None:
    plan = reviewed_in_gmk(office)
    office.delegate()
    office.at(1)
    refused(office, plan, "chenjing")


def test_not_the_heads_own_plan(office: Office) -> None:
    plan = reviewed(office, "gulnar")
    office.delegate()
    office.at(1)
    assert office.get(f"/api/v1/plans/{plan}", "gulnar").json()["may"] == []
    reply = answer(office.desk("gulnar"), plan, "approve")
    assert (reply.status_code, reply.json()["code"]) == (403, "own_plan")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE officer SET roles = '[\"R1\"]' WHERE id = 'gulnar'",
        "UPDATE officer SET section = 'gmk' WHERE id = 'gulnar'",
        "UPDATE officer SET active = 0 WHERE id = 'xujianming'",
        "UPDATE officer SET roles = '[\"R5\"]' WHERE id = 'xujianming'",
    ],
)
def test_it_ends_with_the_post_of_either(office: Office, settings: Settings, change: str) -> None:
    plan = reviewed(office)
    office.delegate()
    office.at(1)
    with closing(sqlite3.connect(settings.data_dir / "anxun.sqlite")) as database:
        database.execute(change)
        database.commit()
    assert answer(office.desk("gulnar"), plan, "approve").status_code == 403
    assert office.get(f"/api/v1/plans/{plan}", "hanzhigang").json()["state"] == "pending_approval"


def test_what_was_approved_under_it_stays_after_withdrawal(office: Office, phone: Enrol) -> None:
    plan = reviewed(office)
    name = office.delegate().json()["id"]
    office.at(1)
    dossier = answer(office.desk("gulnar"), plan, "approve").json()["dossier"]
    office.withdraw(name)
    assert office.get(f"/api/v1/plans/{plan}", "lijie").json()["state"] == "approved"
    assert len(records(phone("lijie"), dossier)["approval"]) == 2


def test_the_audit_says_in_whose_name(office: Office, settings: Settings) -> None:
    plan = reviewed(office)
    office.delegate()
    office.at(1)
    answer(office.desk("gulnar"), plan, "approve")
    query = "SELECT actor, detail FROM audit WHERE act = 'approve_plan' AND subject = ?"
    with closing(sqlite3.connect(settings.data_dir / "anxun.sqlite")) as database:
        found = database.execute(query, (plan,)).fetchall()
    assert found == [("gulnar", "delegated_by xujianming")]
