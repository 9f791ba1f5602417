"""人员导入: accounts without a password, certificates, and the separation of posts."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from backend.settings import Settings
from tests.features.conftest import ON_BOTH
from tests.features.imports.conftest import ADMINISTRATOR, Desk
from tests.features.imports.sheets import OFFICER_HEAD, officer_row, workbook

Faults = Callable[..., list[str]]


def sheet(*rows: list[Any]) -> bytes:
    return workbook(rows, OFFICER_HEAD)


def asked(settings: Settings, query: str, *values: str) -> list[Any]:
    with closing(sqlite3.connect(settings.data_dir / "anxun.sqlite")) as database:
        return database.execute(query, values).fetchall()


@ON_BOTH
def test_new_officers_are_registered_and_have_nothing_to_sign_in_with(desk: Desk) -> None:
    raw = sheet(officer_row("mawen", "65020001"), officer_row("zhaoyi", "65020002", name="赵一"))
    assert desk.apply("officers", raw)["created"] == 2
    reply = desk.client.post("/api/v1/session", json={"login": "mawen", "password": ""})
    assert reply.status_code == 401
    again = desk.check("officers", raw)
    assert (again["unchanged"], again["new"], again["refused"]) == (2, 0, 0)


def test_the_certificate_is_what_the_sheet_says(desk: Desk, settings: Settings) -> None:
    desk.apply("officers", sheet(officer_row("mawen", "65020001")))
    query = """SELECT number, issued, until, phone FROM certificate
        JOIN officer ON officer.id = certificate.officer WHERE login = ?"""
    assert asked(settings, query, "mawen") == [
        ("65020001", "2025-01-10", "2028-01-09", "13900000001")
    ]


def test_a_renewed_certificate_counts_and_an_undone_one_does_not(
    desk: Desk, settings: Settings
) -> None:
    first = officer_row("mawen", "65020001")
    desk.apply("officers", sheet(first))
    renewed = officer_row("mawen", "65020009", issued="2028-01-10", until="2031-01-09")
    run = desk.apply("officers", sheet(renewed))
    assert run["changed"] == 1
    query = (
        "SELECT number FROM certificate WHERE officer = (SELECT id FROM officer WHERE login = ?)"
    )
    assert len(asked(settings, query, "mawen")) == 2
    assert desk.undo(run["id"]).json()["undone"]
    assert asked(settings, query, "mawen") == [("65020001",)]
    assert desk.check("officers", sheet(first))["unchanged"] == 1


def test_an_undone_officer_is_no_longer_in_office(desk: Desk, settings: Settings) -> None:
    run = desk.apply("officers", sheet(officer_row("mawen", "65020001")))
    desk.undo(run["id"])
    assert asked(settings, "SELECT active FROM officer WHERE login = ?", "mawen") == [(0,)]


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"login": "张伟"}, "A 列 账号：要 2 到 32 位"),
        ({"phone": "111"}, "E 列 电话：要写 11 位手机号"),
        ({"login": ADMINISTRATOR}, "是管理员或你自己的账号"),
        ({"roles": "管理员"}, "管理员不能导入"),
        ({"roles": "支队长"}, "没有“支队长”这个岗位"),
        ({"section": "执法支队"}, "没有“执法人员”这个岗位"),
        ({"section": "矿山科"}, "没有科室“矿山科”"),
        ({"certificate": "31020142"}, "登记册里已有（nurlan）"),
        ({"certificate": 65020001000000123}, "后几位已经丢了"),
        ({"scope": "煤矿"}, "没有这个行业“煤矿”"),
        ({"until": "2024.1.1"}, "I 列 有效期至：早于发证日期"),
        ({"until": None}, "证号、领域和起止日期要一起填"),
    ],
)
def test_a_bad_row_is_refused(faults: Faults, over: dict[str, Any], words: str) -> None:
    values = {"certificate": "65020001", **over}
    row = officer_row(values.pop("login", "mawen"), values.pop("certificate"), **values)
    (found,) = faults("officers", sheet(row))
    assert words in found


def test_a_login_of_another_bureau_is_taken_and_its_holder_not_named(
    desk: Desk, faults: Faults, settings: Settings
) -> None:
    with closing(sqlite3.connect(settings.data_dir / "anxun.sqlite")) as database, database:
        database.execute("INSERT INTO bureau (id, name, pack) VALUES ('u', '乌局', 'urumqi')")
        database.execute("INSERT INTO section VALUES ('x', 'u', '危化处', 'supervision', '[]')")
        database.execute(
            "INSERT INTO officer (id, section, login, password, name, phone, roles)"
            " VALUES ('secret', 'x', 'alim', '', '阿力木', '', '[]')"
        )
    (found,) = faults("officers", sheet(officer_row("alim", "65020001")))
    assert found == "第 2 行 A 列 账号：登记册里已有（别处已用），请核对"


def test_a_legal_officer_may_not_import_people(desk: Desk) -> None:
    reply = desk.send("ayinuer", "officers/check", sheet(officer_row("mawen", "65020001")))
    assert reply.status_code == 403
