"""Stages and states of an inspection by the vectors both languages share.

Each case is judged twice, the second time with every list of records turned round: facts of two
phones arrive in any order.
"""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from backend.features.inspections import rules
from backend.features.rectification import rules as rectification

FOLDER = Path(__file__).parents[2] / "sync"
STAGES = json.loads((FOLDER / "vectors/stages.json").read_text(encoding="utf-8"))
STATE = json.loads((FOLDER / "vectors/state.json").read_text(encoding="utf-8"))

SECTIONS = ("state", "progress", "open_items", "may_close", "keeps_open", "rechecks")
SAID = ("id", "level", "record", "says")


def case_view(vectors: dict[str, Any], case: dict[str, Any]) -> rules.View:
    """The base without what is dropped, with the case's changes and facts."""
    held = {
        entity: {record["id"]: dict(record) for record in records}
        for entity, records in vectors["base"].items()
        if entity not in case.get("drop", [])
    }
    for name, fields in case.get("change", {}).items():
        entity, record = name.split("/", 1)
        records = held.setdefault(entity, {})
        if fields is None:
            records.pop(record, None)
        else:
            records[record] = {**records.get(record, {}), "id": record, **fields}
    rows = {entity: list(records.values()) for entity, records in held.items()}
    return {**rows, **vectors["facts"], **case.get("facts", {})}


def turned_round(view: rules.View) -> rules.View:
    return {name: value[::-1] if isinstance(value, list) else value for name, value in view.items()}


def both_orders(vectors: dict[str, Any], case: dict[str, Any]) -> list[rules.View]:
    view = case_view(vectors, case)
    return [view, turned_round(view)]


def plain(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


def named(case: dict[str, Any]) -> str:
    return str(case["name"])


@pytest.mark.parametrize("case", STAGES["lacks"], ids=named)
def test_what_a_stage_still_wants(case: dict[str, Any]) -> None:
    for view in both_orders(STAGES, case):
        lacks = rules.lacks(rules.STAGES, case["stage"], view)
        said = [{key: getattr(lack, key) for key in SAID} for lack in lacks]
        assert said == case["expect"]


@pytest.mark.parametrize("case", STAGES["breaches"], ids=named)
def test_qu6_facts_in_the_wrong_order_are_marked(case: dict[str, Any]) -> None:
    for view in both_orders(STAGES, case):
        breaches = rules.breaches(view)
        assert [breach.id for breach in breaches] == case["expect"]
        assert {breach.record for breach in breaches} <= {"i1"}


@pytest.mark.parametrize("case", STATE["state"], ids=named)
def test_state_follows_from_the_facts(case: dict[str, Any]) -> None:
    for view in both_orders(STATE, case):
        assert rules.state(view) == case["expect"]


@pytest.mark.parametrize("case", STATE["progress"], ids=named)
def test_stations_follow_from_the_facts(case: dict[str, Any]) -> None:
    for view in both_orders(STATE, case):
        assert [station.state for station in rules.progress(view)] == case["expect"]


@pytest.mark.parametrize("case", STATE["open_items"], ids=named)
def test_s0_5b_items_stay_open_until_found_mended(case: dict[str, Any]) -> None:
    for view in both_orders(STATE, case):
        items = rules.open_items(view, case["today"])
        assert plain(items) == case["expect"]


@pytest.mark.parametrize("case", STATE["may_close"], ids=named)
def test_what_keeps_a_dossier_open(case: dict[str, Any]) -> None:
    for view in both_orders(STATE, case):
        assert plain(rules.may_close(view)) == case["expect"]


@pytest.mark.parametrize("case", STATE["keeps_open"], ids=named)
def test_everything_that_stands_against_closing(case: dict[str, Any]) -> None:
    for view in both_orders(STATE, case):
        assert rules.keeps_open(view) == case["expect"]


@pytest.mark.parametrize("case", STATE["rechecks"], ids=named)
def test_s1_11c_what_follows_a_recheck(case: dict[str, Any]) -> None:
    demands = msgspec.convert(case["demands"], list[rectification.Demand])
    answers = msgspec.convert(case["answers"], list[rectification.Answer])
    assert plain(rectification.due_groups(demands)) == case["groups"]
    assert rectification.unanswered(demands, answers) == case["unanswered"]
    assert rectification.outcome(answers) == case["outcome"]
    assert plain(rectification.next_duties(demands, answers, case["day"])) == case["duties"]


@pytest.mark.parametrize("row", rules.STAGES, ids=lambda row: row.id)
def test_every_row_is_broken_once_and_satisfied_once(row: rules.Row) -> None:
    asked = [case for case in STAGES["lacks"] if case["stage"] in row.at]
    broken = [case for case in asked if row.id in {lack["id"] for lack in case["expect"]}]
    marked = [case for case in STAGES["breaches"] if row.mark in case["expect"]]
    assert broken or marked
    assert len(broken) < len(asked) or len(marked) < len(STAGES["breaches"])


def test_every_state_is_reached() -> None:
    reached = {case["expect"] for case in STATE["state"]}
    assert reached == set(rules.State.__args__)


def test_vectors_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    stages = len(STAGES["lacks"]) + len(STAGES["breaches"])
    state = sum(len(STATE[section]) for section in SECTIONS)
    with capsys.disabled():
        print(f"\nvectors stages: {stages}\nvectors state: {state}")
    assert (stages >= 80, state >= 50) == (True, True)


def test_table_of_the_phone_is_fresh() -> None:
    written = (FOLDER / "contract/stages.json").read_text(encoding="utf-8")
    assert written == rules.stages_json()
