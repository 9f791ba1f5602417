"""单位: its words mended after 首次设置; what is written from then on bears them, what was given keeps."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from litestar.testing import TestClient

from tests.features.conftest import ON_BOTH
from tests.features.dossiers.phone import Phone
from tests.features.identity.desk import Desk
from tests.features.plans.test_approval import approved, records

Enrol = Callable[[str], Phone]
PATH = "/admin/bureau"
OTHER = "guoqiang"
"""The administrator of the other bureau of this server."""

BEFORE = {
    "name": "昌吉回族自治州应急管理局",
    "district": "",
    "region": "昌",
    "government": "昌吉回族自治州人民政府",
    "court": "昌吉市人民法院",
    "phone": "",
}
AFTER = {
    "name": "阜康市应急管理局",
    "district": "阜康市",
    "region": "阜",
    "government": "阜康市人民政府",
    "court": "乌鲁木齐铁路运输中级法院",
    "phone": "0994-3221234",
}


@pytest.fixture
def desk(client: TestClient[Any]) -> Desk:
    return Desk(client)


def words(desk: Desk, login: str = "gaoyuan") -> dict[str, str]:
    shown: dict[str, str] = desk.get("/admin/people", login).json()["bureau"]
    return shown


def change(desk: Desk, **over: Any) -> Any:
    return desk.post(PATH, {**BEFORE, **over})


def register(phone: Phone, bureau: str = "changji") -> list[dict[str, Any]]:
    """Every write of the register of the bureau's pack."""
    rows: list[dict[str, Any]] = phone.pull({f"ref.packs.{bureau}": 0}).json()["pages"][0]["rows"]
    return rows


def carried(phone: Phone, bureau: str = "changji") -> dict[str, Any]:
    """The bureau's words as this phone gets them at its next contact."""
    rows = register(phone, bureau)
    values = [json.loads(row["body"])["fields"]["record"]["value"] for row in rows]
    said = {value["id"]: json.loads(value["json"]) for value in values}
    return {name: said[f"bureau.{name}"] for name in BEFORE if name != "district"}


def prefixes(phone: Phone) -> set[str]:
    """How the numbers begin that this phone may give."""
    hello = {
        "device": phone.device,
        "epoch": 1,
        "n": 0,
        "hash": phone.prev,
        "timeline": phone.timeline,
        "schema": 1,
        "now": phone.time,
    }
    leases = phone.post("/api/v1/sync/hello", hello).json()["leases"]
    return {each["prefix"][:3] for each in leases}


@ON_BOTH
def test_what_is_written_afterwards_bears_the_new_words(desk: Desk, phone: Enrol) -> None:
    held = phone("nurlan")
    assert prefixes(held) == {"（昌）"}
    assert words(desk) == BEFORE
    reply = change(desk, **{name: f" {value} " for name, value in AFTER.items()})
    assert (reply.status_code, reply.json()["bureau"]) == (200, AFTER)
    assert words(desk) == AFTER
    assert carried(held) == {name: AFTER[name] for name in AFTER if name != "district"}
    officer, dossier = approved(phone)
    (plan,) = records(officer, dossier)["plan"]
    assert plan["number"]["heads"][0]["value"].startswith("（阜）")
    assert "阜康市应急管理局" in plan["paper"]["heads"][0]["value"]
    assert prefixes(officer) == {"（阜）"}
    assert prefixes(held) == {"（昌）"}, "numbers that were given keep their sign"


@ON_BOTH
def test_the_audit_says_what_changed_and_nothing_where_nothing_did(
    desk: Desk, phone: Enrol
) -> None:
    held = phone("nurlan")
    assert change(desk, court=AFTER["court"]).status_code == 200
    said = "受理诉讼的法院：昌吉市人民法院 → 乌鲁木齐铁路运输中级法院"
    assert desk.acts()[0] == ("gaoyuan", "change_bureau", said)
    before = desk.acts(), register(held)
    assert change(desk, court=AFTER["court"]).status_code == 200
    assert (desk.acts(), register(held)) == before


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", " ", "单位全称"),
        ("name", "局", "单位全称"),
        ("name", "局" * 65, "单位全称"),
        ("district", "市" * 65, "行政区"),
        ("region", " ", "地区简称"),
        ("region", "阜" * 9, "地区简称"),
        ("government", "阜康市政府", "复议机关"),
        ("government", "人民政府", "复议机关"),
        ("government", "阜康市人民政府或者昌吉州人民政府", "复议机关"),
        ("court", "", "法院"),
        ("court", "阜康市人民法院、昌吉市人民法院", "法院"),
        ("court", "院" * 61 + "人民法院", "法院"),
        ("phone", "12345", "本局电话"),
    ],
)
def test_a_word_that_will_not_do_gets_a_reason_and_changes_nothing(
    desk: Desk, phone: Enrol, field: str, value: str, said: str
) -> None:
    reply = change(desk, **{**AFTER, field: value})
    assert (reply.status_code, reply.json()["code"]) == (422, field)
    assert said in reply.json()["title"]
    assert "什么也没有改动" in reply.json()["title"]
    assert words(desk) == BEFORE
    assert desk.acts()[0] == ("gaoyuan", "refused", field)
    assert carried(phone("nurlan"))["court"] == BEFORE["court"]


@pytest.mark.parametrize("over", [{"court": 1}, {"court": "阜康\x00人民法院"}, {"pack": "urumqi"}])
def test_a_body_that_is_none_is_malformed(desk: Desk, over: dict[str, Any]) -> None:
    reply = change(desk, **over)
    assert (reply.status_code, reply.json()["code"]) == (400, "malformed")
    assert words(desk) == BEFORE


@pytest.mark.parametrize("login", ["lijie", "gulnar", "hejianguo", "xujianming", "ayinuer"])
def test_nobody_but_the_administrator_changes_them(desk: Desk, login: str) -> None:
    reply = desk.post(PATH, AFTER, login)
    assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")
    assert words(desk) == BEFORE
    assert desk.acts()[0] == (login, "refused", "forbidden")


def test_without_a_telephone_of_its_own_the_hotline_stands(desk: Desk, phone: Enrol) -> None:
    assert carried(phone("nurlan"))["phone"] == "12345"
    assert change(desk, phone="0994-3221234").json()["bureau"]["phone"] == "0994-3221234"
    assert desk.acts()[0][2] == "本局电话：空 → 0994-3221234"
    assert change(desk, phone="").json()["bureau"]["phone"] == ""
    assert carried(phone("lijie"))["phone"] == "12345"


def test_another_bureau_keeps_its_own(desk: Desk, phone: Enrol) -> None:
    others, theirs = words(desk, OTHER), phone("sunli")
    before = register(theirs, "urumqi")
    assert change(desk, **AFTER).status_code == 200
    assert words(desk, OTHER) == others
    assert register(theirs, "urumqi") == before
    assert desk.post(PATH, {**others, "court": "新市区人民法院"}, OTHER).status_code == 200
    assert words(desk) == AFTER
