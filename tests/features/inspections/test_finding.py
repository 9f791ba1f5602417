"""Dossiers looked for by unit and number; findings that rest on law which has ended."""

import base64
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

from backend.settings import Settings
from tests.features.conftest import ON_BOTH
from tests.features.dossiers.phone import Phone

BODY = "第一条 为了说明，制定本办法。\n第二条 不得关闭报警装置。\n"


def bring_in(desk: Phone, year: int) -> str:
    """A version of 某条例; answers `<law>@<in force since>`."""
    text = f"# 某条例\n{year}年1月1日 施行\n{BODY}"
    data = base64.b64encode(text.encode("utf-8")).decode("ascii")
    done = desk.post("/api/v1/laws", {"name": f"{year}.md", "data": data})
    assert done.status_code == 201, done.text
    return str(done.json()["version"])


def visit_with_finding(phone: Phone, *basis: str) -> str:
    dossier = phone.open_dossier()
    inspection, finding = phone.new_record(), ""
    unit = {"name": "昌吉启明精细化工有限公司", "code": "91652301MA0001181J", "address": ""}
    fields = {"kind": "enforcement", "unit": unit, "officers": {"value": {"add": ["lijie"]}}}
    phone.author(dossier, "inspection", inspection, fields)
    finding = phone.new_record()
    clauses = {"value": {"add": list(basis), "remove": {}}}
    phone.author(dossier, "finding", finding, {"problem": "报警器关闭", "basis": clauses})
    reply = phone.push()
    assert reply.status_code == 200, reply.text
    assert reply.json()["other"] == [], reply.text
    return dossier


def ask(phone: Phone, path: str) -> Any:
    reply = phone.client.get(path, headers=phone.headers())
    assert reply.status_code == 200, reply.text
    return reply.json()


@ON_BOTH
def test_desk_names_findings_on_superseded_law_to_those_who_may_read_them(
    phone: Callable[[str], Phone],
) -> None:
    legal, officer = phone("ayinuer"), phone("lijie")
    old = bring_in(legal, 2010)
    dossier = visit_with_finding(officer, f"{old}#2", "aqscf@2021-09-01#36.3")
    assert ask(officer, "/api/v1/stale-citations")["findings"] == []

    new = bring_in(legal, 2020)
    assert new != old
    (told,) = ask(officer, "/api/v1/stale-citations")["findings"]
    assert (told["dossier"], told["citation"], told["issued"]) == (dossier, f"{old}#2", False)
    assert told["problem"] == "报警器关闭"
    assert len(ask(legal, "/api/v1/stale-citations")["findings"]) == 1
    assert ask(phone("chenjing"), "/api/v1/stale-citations")["findings"] == []


def test_dossier_is_found_by_a_part_of_the_unit_name_by_those_who_may_read_it(
    phone: Callable[[str], Phone],
) -> None:
    officer = phone("lijie")
    dossier = visit_with_finding(officer)
    assert [each["dossier"] for each in ask(officer, "/api/v1/search?q=启明精细")] == [dossier]
    assert ask(phone("chenjing"), "/api/v1/search?q=启明精细") == []
    for words in ("%", "没有这家", "_"):
        assert ask(officer, f"/api/v1/search?q={words.replace('%', '%25')}") == []
    assert ask(officer, "/api/v1/search?q=%20") == []


def test_a_number_names_every_paper_of_the_dossier_that_bears_it(
    phone: Callable[[str], Phone], settings: Settings
) -> None:
    officer = phone("lijie")
    dossier = visit_with_finding(officer)
    papers = ("责改〔2026〕41号", "检记〔2026〕41号", "检记〔2026〕7号")
    with closing(sqlite3.connect(settings.data_dir / "anxun.sqlite", isolation_level=None)) as held:
        for at, text in enumerate(papers):
            row = ("changji", text, f"{dossier}.{at}", dossier)
            held.execute(
                "INSERT INTO number_given (bureau, text, record, dossier) VALUES (?, ?, ?, ?)", row
            )
    (found,) = ask(officer, "/api/v1/search?q=41号")
    assert (found["dossier"], set(found["number"].split("、"))) == (dossier, set(papers[:2]))
