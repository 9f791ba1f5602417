"""结案: who may, and what is told to who may not yet."""

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from backend.settings import Settings
from tests.features.dossiers.phone import Phone


def opened(phone: Phone) -> str:
    """A visit opened on the phone, without a plan, not yet ended."""
    name = phone.open_dossier()
    unit = {"name": "某厂", "code": "", "address": "", "legal_representative": "", "phone": ""}
    visit = {"kind": "enforcement", "unit": unit, "sector": "hazardous_chemicals", "started": 1}
    phone.author(name, "inspection", phone.new_record(), visit)
    reply = phone.push()
    assert reply.json()["other"] == [], reply.text
    return name


def close(who: Phone, dossier: str) -> Any:
    return who.post(f"/api/v1/dossiers/{dossier}/close", {})


def test_a_visit_that_goes_on_is_not_closed(phone: Callable[[str], Phone]) -> None:
    dossier = opened(phone("lijie"))
    reply = close(phone("gulnar"), dossier)
    assert reply.status_code == 409
    assert reply.json()["title"] == "检查还没结束，没有结案。"


@pytest.mark.parametrize(
    ("login", "status", "code"),
    [("lijie", 403, "forbidden"), ("chenjing", 404, "dossier"), ("yanglin", 404, "dossier")],
)
def test_only_the_sections_own_head_closes(
    phone: Callable[[str], Phone], settings: Settings, login: str, status: int, code: str
) -> None:
    author = phone("lijie")
    dossier = opened(author)
    reply = close(author if login == "lijie" else phone(login), dossier)
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    with sqlite3.connect(settings.data_dir / "anxun.sqlite") as database:
        query = "SELECT count(*) FROM record_state WHERE entity = 'approval'"
        assert database.execute(query).fetchone() == (0,)


def test_an_unknown_dossier_cannot_be_told_from_a_foreign_one(
    phone: Callable[[str], Phone],
) -> None:
    assert close(phone("gulnar"), "p00000000000.1.1.00000000").status_code == 404
