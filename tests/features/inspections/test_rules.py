"""The table of stages against the records it names, and a whole visit in the order of the law."""

import json
import re
import types
import typing
from itertools import count
from typing import Any

import msgspec
import pytest

from backend.core.dossiers import model as dossiers
from backend.features.documents import model as documents
from backend.features.evidence import model as evidence
from backend.features.inspections import model as inspections
from backend.features.inspections import rules
from backend.features.inspections.rules.stages import Moment, Select
from backend.features.plans import model as plans
from backend.features.rectification import model as rectification
from backend.features.rectification.rules import outcome
from printing import facts

ENTITIES = {
    rule.name: rule.record
    for model in (dossiers, documents, evidence, inspections, plans, rectification)
    for rule in model.ENTITIES
}
STROKES = (((10, 20), (300, 200)),)


class Visit:
    """A visit as it grows: each fact a minute after the one before."""

    def __init__(self) -> None:
        self.view: rules.View = {"certified": ["o1", "o2"], "today": "2026-09-18"}
        self.numbers = count(1)

    def add(self, entity: str, **fields: Any) -> str:
        n = next(self.numbers)
        name = f"phone0000001.1.{n}.{n:08x}"
        record = {"id": name, "created": n * 60_000, "device": "phone0000001", **fields}
        self.view.setdefault(entity, []).append(record)
        return name

    def edit(self, entity: str, name: str, **fields: Any) -> None:
        (record,) = (each for each in self.view[entity] if each["id"] == name)
        record.update(fields)

    def blocked(self, stage: rules.Stage, **asked: str) -> list[str]:
        lacks = rules.lacks(rules.STAGES, stage, {**self.view, **asked})
        return [lack.id for lack in lacks if lack.level == "law"]

    def step(self, name: str) -> None:
        self.add("step", name=name, at=next(self.numbers) * 60_000)

    def sign(self, draft: str) -> None:
        for officer in ("o1", "o2"):
            self.add(
                "signature", draft=draft, role="officer", officer=officer, strokes=STROKES, at=0
            )
        self.add("signature", draft=draft, role="party", name="周启明", strokes=STROKES, at=0)

    def issue(self, kind: str, text: str, about: list[str]) -> str:
        draft = self.add("draft", kind=kind, content=text, about=about)
        self.add("number", kind=kind, draft=draft, text="37")
        self.sign(draft)
        assert self.blocked("issue", chosen=draft) == []
        issued = next(self.numbers) * 60_000
        return self.add("document", kind=kind, draft=draft, facts=text, issued=issued)


def order_text(due: str) -> str:
    """The facts of an order as the renderer gets them."""
    signers = [
        facts.Officer("李㛃", "31020117", STROKES),
        facts.Officer("马强", "31020142", STROKES),
    ]
    problem = facts.Problem(1, "报警器关闭", ("安全生产法第三十六条",), "无人值守", "恢复投用", due)
    return facts.dump(
        facts.RectificationOrder(
            bureau="昌吉回族自治州应急管理局",
            number="（昌）应急责改〔2026〕37号",
            when=1_789_703_520_000,
            wording_date="2026-09-18",
            verify_url="https://anxun.example.cn/v/7kq3mz5d2n8rw4xc6hbt9fyae1",
            draft=False,
            practice=False,
            officers=tuple(signers),
            party=facts.Party("周启明", "总经理", STROKES, None),
            addressee="启明精细化工",
            problems=(problem,),
            government="昌吉回族自治州人民政府",
            court="昌吉市人民法院",
            copies=None,
        )
    )


def test_a_visit_in_the_order_of_the_law_is_never_blocked() -> None:
    visit = Visit()
    visit.add("dossier", kind="inspection")
    inspection = visit.add("inspection", unit={"name": "启明精细化工"}, officers=["o1", "o2"])
    check = visit.add("check", order=1, item="GM-01")
    assert rules.state(visit.view) == "draft"

    visit.add("arrival", officer="o1", scan={"text": "AX1", "verdict": "genuine"})
    assert visit.blocked("start") == []
    visit.edit("inspection", inspection, started=200_000)
    assert visit.blocked("findings") == ["ST5"]
    for name in ("certificates_shown", "rights_told", "integrity_statement"):
        visit.step(name)
    assert visit.blocked("findings") == []
    assert rules.state(visit.view) == "in_progress"

    visit.edit("check", check, result="problem")
    finding = visit.add(
        "finding",
        problem="报警器关闭",
        check=check,
        basis=["aqscf@2021-09-01#36.3"],
        cause="无人值守",
        measure="恢复投用",
        dispositions=["order"],
        rectify_by={"due": "2026-09-28", "rule": "D09"},
    )
    visit.add("exchange", finding=finding, agreed=True)
    assert visit.blocked("end") == []
    visit.edit("inspection", inspection, ended=next(visit.numbers) * 60_000)
    assert rules.state(visit.view) == "exchanged"

    visit.edit("inspection", inspection, premises="合成车间", situation="见问题 1。")
    assert visit.blocked("order") == ["ST34"]
    assert visit.blocked("record") == []
    visit.issue("site_inspection_record", "{}", [finding])
    assert visit.blocked("order") == []
    order = visit.issue("rectification_order", order_text("2026-09-28"), [finding])
    assert rules.state(visit.view) == "signed"
    visit.add("service", document=order, way="direct")
    assert visit.blocked("leave") == []
    assert rules.state(visit.view) == "rectifying"
    assert rules.breaches(visit.view) == []

    assert rules.state({**visit.view, "today": "2026-09-29"}) == "recheck_due"
    answer = {"finding": finding, "result": "fixed"}
    recheck = visit.add(
        "recheck", order=order, started=1, ended=2, officers=["o1", "o2"], items=[answer]
    )
    assert visit.blocked("recheck", chosen=recheck) == []
    assert visit.blocked("recheck_opinion", chosen=recheck) == []
    assert (rules.state(visit.view), rules.may_close(visit.view)) == ("passed", [])
    assert {station.state for station in rules.progress(visit.view)} == {"done"}


def test_items_are_read_from_the_facts_given_to_the_renderer() -> None:
    visit = Visit()
    visit.add("inspection")
    order = visit.issue("rectification_order", order_text("2026-09-28"), ["f1"])
    (item,) = rules.open_items(visit.view, "2026-09-18")
    assert (item.order, item.number, item.finding) == (order, 1, "f1")
    assert (item.problem, item.due) == ("报警器关闭", "2026-09-28")


def test_a_breach_names_the_inspection_it_is_marked_on() -> None:
    visit = Visit()
    inspection = visit.add("inspection")
    visit.add("finding", problem="通道堵塞")
    visit.step("certificates_shown")
    (breach,) = rules.breaches(visit.view)
    assert (breach.id, breach.record) == ("certificates_after_findings", inspection)
    assert "第五十五条" in breach.source


def test_the_end_is_the_first_written_unless_an_addendum_corrects_it() -> None:
    visit = Visit()
    inspection = visit.add("inspection", ended=9_000_000)
    assert rules.ended_at(visit.view) == 9_000_000
    visit.add("addendum", of=inspection, text="多按了", corrects={"ended": 8_000_000})
    assert rules.ended_at(visit.view) == 8_000_000


def test_a_recheck_without_results_cannot_be_judged() -> None:
    with pytest.raises(ValueError, match="without results"):
        outcome([])


@pytest.mark.parametrize("row", rules.STAGES, ids=lambda row: row.id)
def test_every_field_the_table_names_stands_in_the_records(row: rules.Row) -> None:
    test = row.test
    selects = list(selects_of(test)) + ([row.when] if row.when else [])
    for select in selects:
        for path in (*select.where, *select.having):
            assert has_path(ENTITIES[select.entity], path), (select.entity, path)
    for entity, path in paths_of(test):
        assert has_path(ENTITIES[entity], path), (entity, path)


@pytest.mark.parametrize("row", rules.STAGES, ids=lambda row: row.id)
def test_every_row_can_be_said_and_stands_on_a_source(row: rules.Row) -> None:
    assert re.search(r"第.+条|S[0-4]-|本系统设定|式样", row.source)
    assert all((row.says, row.verb, row.go))
    assert set(re.findall(r"{.*?}", row.says)) <= {"{n}"}
    assert row.at or row.mark


def test_rows_are_named_once_and_every_mark_is_of_order() -> None:
    assert len({row.id for row in rules.STAGES}) == len(rules.STAGES)
    marked = {row.id for row in rules.STAGES if row.mark}
    ordering = [
        row for row in rules.STAGES if json.loads(msgspec.json.encode(row.test))["test"] == "before"
    ]
    assert marked == {row.id for row in ordering}


def selects_of(value: Any) -> typing.Iterator[Select]:
    """Every selection inside a test."""
    if isinstance(value, Select):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from selects_of(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from selects_of(each)


def paths_of(test: Any) -> list[tuple[str, str]]:
    """The fields a test reads beside those of its selections; `created` is no register."""
    moments = [
        each for each in (getattr(test, "first", None), getattr(test, "other", None)) if each
    ]
    found = [
        (m.of.entity, m.time) for m in moments if isinstance(m, Moment) and m.time != "created"
    ]
    each = getattr(test, "each", None)
    named = (*getattr(test, "fields", ()), getattr(test, "field", ""), getattr(test, "listed", ""))
    found += [(each.entity, path) for path in named if each and path]
    return found + ([(test.has.entity, test.key)] if hasattr(test, "has") else [])


def has_path(kind: Any, path: str) -> bool:
    """Whether a record class has a field, through lists and compound values."""
    head, _, rest = path.partition(".")
    hints = typing.get_type_hints(kind)
    return head in hints and (not rest or has_path(compound(hints[head]), rest))


def compound(hint: Any) -> Any:
    """The compound value an annotation ends in."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is not None:
        return next(compound(part) for part in typing.get_args(hint) if part is not type(None))
    return hint
