"""One plan, shown to who made it and to whose post it is to answer it."""

import pytest

from tests.features.plans.leave import Office, day
from tests.features.plans.test_approval import answer, submit


@pytest.fixture
def plan(office: Office) -> str:
    return str(submit(office.desk("lijie"), planned_for=day(0)).json()["id"])


def test_the_maker_sees_what_he_wrote(office: Office, plan: str) -> None:
    view = office.get(f"/api/v1/plans/{plan}", "lijie").json()
    assert (view["id"], view["state"], view["created_by"]) == (plan, "pending_review", "lijie")
    assert view["draft"]["items"] == ["WH-01", "WH-12"]
    assert view["may"] == []


def test_may_names_the_answer_whose_turn_it_is(office: Office, plan: str) -> None:
    def may(login: str) -> list[str]:
        found: list[str] = office.get(f"/api/v1/plans/{plan}", login).json()["may"]
        return found

    assert [may(login) for login in ("gulnar", "xujianming")] == [["review"], []]
    answer(office.desk("gulnar"), plan, "review")
    assert [may(login) for login in ("gulnar", "xujianming")] == [[], ["approve"]]
    approved = answer(office.desk("xujianming"), plan, "approve").json()
    assert [may(login) for login in ("gulnar", "xujianming", "hanzhigang")] == [[], [], []]
    view = office.get(f"/api/v1/plans/{plan}", "gulnar").json()
    assert (view["dossier"], view["number"]) == (approved["dossier"], approved["number"])


@pytest.mark.parametrize("login", ["nurlan", "wangyi", "chenjing", "yanglin", "ayinuer", "gaoyuan"])
def test_to_anybody_else_it_is_an_unknown_plan(office: Office, plan: str, login: str) -> None:
    hidden = office.get(f"/api/v1/plans/{plan}", login)
    unknown = office.get(f"/api/v1/plans/{'0' * 20}", login)
    assert hidden.status_code == unknown.status_code == 404
    assert {**hidden.json(), "instance": ""} == {**unknown.json(), "instance": ""}
    assert set(hidden.headers) == set(unknown.headers)


def test_without_a_session_nothing_is_told(office: Office, plan: str) -> None:
    assert office.client.get(f"/api/v1/plans/{plan}").status_code == 401
