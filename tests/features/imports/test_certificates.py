"""执法证 that an officer had before his newest: of an import as of the desk, each by its number."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.features.conftest import ON_BOTH
from tests.features.imports.conftest import ADMINISTRATOR, Desk
from tests.features.imports.sheets import OFFICER_HEAD, officer_row, workbook

Faults = Callable[..., list[str]]
Held = tuple[str, str, str, bool]
OLD = ("65020001", "2021-01-10", "2024-01-09", True)
NEW = ("65020009", "2024-01-10", "2030-01-09", False)
LATER = {"issued": "2024-06-01", "until": "2027-05-31"}


def sheet(login: str, number: str, **over: Any) -> bytes:
    return workbook([officer_row(login, number, **over)], OFFICER_HEAD)


def officer(desk: Desk, login: str) -> dict[str, Any]:
    people = desk.get(ADMINISTRATOR, "/api/v1/admin/people").json()["people"]
    return next(each for each in people if each["login"] == login)


def held(desk: Desk, login: str) -> list[Held]:
    return sorted(
        (each["number"], each["issued"], each["until"], each.get("suspended", False))
        for each in officer(desk, login)["certificates"]
    )


@pytest.fixture
def mawen(desk: Desk) -> str:
    """Whose old certificate is suspended, with a new one beside it."""
    for number, issued, until, _ in (OLD, NEW):
        desk.apply("officers", sheet("mawen", number, issued=issued, until=until))
    path = f"/api/v1/admin/people/{officer(desk, 'mawen')['id']}/suspension"
    body = {"number": OLD[0], "suspended": True, "words": "年审未过"}
    reply = desk.client.post(path, json=body, headers=desk.headers(ADMINISTRATOR))
    assert reply.status_code == 200, reply.text
    assert held(desk, "mawen") == [OLD, NEW]
    return "mawen"


def test_a_number_that_somebody_had_before_his_newest_is_taken(faults: Faults, mawen: str) -> None:
    (found,) = faults("officers", sheet("zhaoyi", OLD[0], name="赵一"))
    assert found == f"第 2 行 F 列 执法证号：登记册里已有（{mawen}），请核对"


def test_an_old_certificate_that_stands_in_the_sheet_as_it_is_changes_nothing(
    desk: Desk, mawen: str
) -> None:
    assert desk.check("officers", sheet(mawen, OLD[0], issued=OLD[1], until=OLD[2]))["unchanged"]


def test_no_suspension_ends_by_a_spreadsheet(desk: Desk, mawen: str) -> None:
    raw = sheet(mawen, OLD[0], **LATER)
    (row,) = desk.check("officers", raw)["rows"]
    told = {each["title"]: (each["before"], each["after"]) for each in row["changes"]}
    assert told["发证日期"] == ("2021-01-10；2024-01-10", "2024-01-10；2024-06-01")
    desk.apply("officers", raw)
    assert held(desk, mawen) == [(OLD[0], *LATER.values(), True), NEW]


@ON_BOTH
def test_undoing_brings_each_certificate_back_as_it_stood(desk: Desk, mawen: str) -> None:
    changed = desk.apply("officers", sheet(mawen, OLD[0], **LATER))
    dates = {"issued": "2030-01-10", "until": "2036-01-09"}
    added = desk.apply("officers", sheet(mawen, "65020017", **dates))
    assert len(held(desk, mawen)) == 3
    assert desk.undo(added["id"]).json()["undone"]
    assert desk.undo(changed["id"]).json()["undone"]
    assert held(desk, mawen) == [OLD, NEW]


def test_a_certificate_suspended_since_keeps_a_run_from_being_undone(
    desk: Desk, mawen: str
) -> None:
    run = desk.apply("officers", sheet(mawen, NEW[0], issued=NEW[1], until="2031-01-09"))
    path = f"/api/v1/admin/people/{officer(desk, mawen)['id']}/suspension"
    body = {"number": OLD[0], "suspended": False, "words": "补审"}
    desk.client.post(path, json=body, headers=desk.headers(ADMINISTRATOR))
    assert desk.undo(run["id"]).json()["changed_since"] == ["马文"]


def test_the_number_of_an_undone_newcomer_is_free_for_who_really_holds_it(desk: Desk) -> None:
    run = desk.apply("officers", sheet("mawem", "65020001"))
    assert desk.undo(run["id"]).json()["undone"]
    assert desk.apply("officers", sheet("mawen", "65020001"))["created"] == 1
    assert held(desk, "mawem") == []
