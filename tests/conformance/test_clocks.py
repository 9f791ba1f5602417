"""Statutory clocks against `sync/vectors/clocks.json`, which the phone's rules must pass too."""

from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from backend.features.deadlines.model import Calendar, ClockDates, ClockRule, Pause
from backend.features.deadlines.rules import (
    compute,
    remaining,
    reminder_instants,
    timeliness,
    words,
)

FILE = Path(__file__).parents[2] / "sync" / "vectors" / "clocks.json"
VECTORS: dict[str, Any] = msgspec.json.decode(FILE.read_bytes())
RULES = msgspec.convert(VECTORS["rules"], dict[str, ClockRule])
CALENDARS = msgspec.convert(VECTORS["calendars"], dict[str, Calendar])
CASES: dict[str, dict[str, Any]] = {case["name"]: case for case in VECTORS["cases"]}
SECTIONS = ("cases", "remaining", "timeliness", "reminders")


def vector_count() -> int:
    """How many expectations the file holds."""
    return sum(len(VECTORS[section]) for section in SECTIONS)


def instant(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def run(case: dict[str, Any]) -> ClockDates:
    pauses = msgspec.convert(case.get("pauses", []), list[Pause])
    calendar = CALENDARS[case["calendar"]]
    return compute(RULES[case["rule"]], instant(case["started"]), calendar, pauses)


def named(vector: dict[str, Any]) -> str:
    return str(vector.get("name") or vector["case"])


@pytest.mark.parametrize("case", VECTORS["cases"], ids=named)
def test_a_clock_ends_on_its_day(case: dict[str, Any]) -> None:
    dates, expect = run(case), case["expect"]
    assert dates.strict.isoformat() == expect["strict"]
    assert dates.rolled.isoformat() == expect["rolled"]
    assert dates.provisional == expect["provisional"]
    assert dates.due_ms_strict == instant(expect["due_strict"])
    assert dates.due_ms_rolled == instant(expect["due_rolled"])
    steps = [[step.date.isoformat(), step.kind, step.counted] for step in dates.steps]
    assert steps == expect["steps"]


@pytest.mark.parametrize("vector", VECTORS["remaining"], ids=named)
def test_what_is_left_is_said_in_its_unit(vector: dict[str, Any]) -> None:
    case = CASES[vector["case"]]
    left = remaining(run(case), instant(vector["now"]))
    said = {**msgspec.structs.asdict(left), "words": words(left, RULES[case["rule"]].at_end)}
    assert said == vector["expect"]


@pytest.mark.parametrize("vector", VECTORS["timeliness"], ids=named)
def test_an_act_is_in_time_up_to_the_last_moment(vector: dict[str, Any]) -> None:
    assert timeliness(run(CASES[vector["case"]]), instant(vector["done"])) == vector["expect"]


@pytest.mark.parametrize("vector", VECTORS["reminders"], ids=named)
def test_reminders_ring_at_their_lead_times(vector: dict[str, Any]) -> None:
    case = CASES[vector["case"]]
    rings = reminder_instants(RULES[case["rule"]], run(case))
    assert list(rings) == [instant(text) for text in vector["expect"]]


def test_the_file_is_as_large_as_agreed(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\nvectors clocks (python): {vector_count()}")
    assert len(CASES) == len(VECTORS["cases"]) >= 60
