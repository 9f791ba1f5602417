"""Counting rules against a second, slower way to count, over many days and years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.packs import load_pack
from backend.features.deadlines.model import ClockRule
from backend.features.deadlines.rules import (
    add_months,
    compute,
    day_kind,
    day_of,
    is_official,
    reminder_instants,
)
from backend.features.deadlines.service.packs import region_calendar

CALENDAR = region_calendar(load_pack("changji"))
DAY_MS = 86_400_000
NOON_1970 = 4 * 3_600_000
DAYS = st.dates(date(2024, 12, 1), date(2028, 3, 1))
LENGTHS = st.integers(1, 60)


def noon(day: date) -> int:
    return (day - date(1970, 1, 1)).days * DAY_MS + NOON_1970


def rule(**fields: object) -> ClockRule:
    told = {"id": "X", "title": "x", "trigger": "x", "source": "x", "confidence": "L"}
    return ClockRule(**(told | {"in_force": date(2020, 1, 1)} | fields))  # type: ignore[arg-type]


@given(DAYS, LENGTHS)
def test_working_days_up_to_the_end_are_as_many_as_the_period(start: date, length: int) -> None:
    dates = compute(rule(unit="working_day", length=length), noon(start), CALENDAR)
    after = (start + timedelta(days=n) for n in range(1, (dates.strict - start).days + 1))
    assert sum(day_kind(CALENDAR, day) != "休" for day in after) == length
    assert day_kind(CALENDAR, dates.strict) != "休"


@given(DAYS, LENGTHS)
def test_a_backward_count_leaves_the_period_before_the_day(end: date, length: int) -> None:
    dates = compute(
        rule(unit="working_day", length=length, direction="before"), noon(end), CALENDAR
    )
    before = (end - timedelta(days=n) for n in range(1, (end - dates.strict).days + 1))
    assert sum(day_kind(CALENDAR, day) != "休" for day in before) == length
    assert day_kind(CALENDAR, dates.strict) != "休"


@given(DAYS, LENGTHS)
def test_a_roll_ends_on_the_first_working_day_not_before_the_strict_one(
    start: date, length: int
) -> None:
    dates = compute(rule(unit="calendar_day", length=length, roll=True), noon(start), CALENDAR)
    assert dates.strict == start + timedelta(days=length)
    assert day_kind(CALENDAR, dates.rolled) != "休"
    skipped = range((dates.rolled - dates.strict).days)
    assert all(day_kind(CALENDAR, dates.strict + timedelta(days=n)) == "休" for n in skipped)


@given(DAYS, LENGTHS)
def test_only_dates_that_hang_on_an_unannounced_year_are_provisional(
    start: date, length: int
) -> None:
    dates = compute(rule(unit="working_day", length=length), noon(start), CALENDAR)
    days = (start + timedelta(days=n) for n in range(1, (dates.strict - start).days + 1))
    assert dates.provisional == any(day.year not in (2025, 2026) for day in days)
    unrolled = compute(rule(unit="calendar_day", length=length), noon(start), CALENDAR)
    assert not unrolled.provisional


@given(DAYS, st.integers(-40, 40))
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@given(DAYS, st.integers(0, DAY_MS - 1))
def test_a_day_lasts_from_midnight_to_midnight_in_shanghai(day: date, into: int) -> None:
    midnight = noon(day) - DAY_MS // 2
    assert day_of(midnight + into) == day


def test_every_day_of_an_announced_year_has_its_kind() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    kinds = [day_kind(CALENDAR, day) for day in days]
    assert all(is_official(CALENDAR, day) for day in days)
    assert (kinds.count("工") + kinds.count("班"), kinds.count("班")) == (248, 6)


def test_an_unreadable_lead_time_is_refused() -> None:
    clock = rule(unit="hour", length=24, lead_times=("tomorrow",))
    with pytest.raises(ValueError, match="not a lead time: tomorrow"):
        reminder_instants(clock, compute(clock, 0, CALENDAR))
