"""期限: the clock rules and the calendar a bureau's pack holds."""

from datetime import date

from backend.core.packs import Pack, in_force_on
from backend.features.deadlines.model import (
    Calendar,
    CalendarYear,
    ClockRule,
    LocalDays,
    MonthDay,
    Office,
)


def clock_rules(pack: Pack, day: date) -> dict[str, ClockRule]:
    """By id (D03 …), the rules in force on a day; PackError if a row does not fit."""
    return in_force_on(pack.rows("clock", ClockRule), day)


def region_calendar(pack: Pack) -> Calendar:
    """The calendar of the bureau's region, each year in its latest version; PackError as above."""
    years = in_force_on(pack.rows("calendar_year", CalendarYear), date.max)
    local = in_force_on(pack.rows("local_days", LocalDays), date.max)
    return Calendar(
        region=pack.name,
        fixed_days_off=pack.setting("calendar.fixed_days_off", tuple[MonthDay, ...]),
        office=pack.setting("calendar.office", Office),
        years=tuple(years[id] for id in sorted(years)),
        local=tuple(local.values()),
    )
