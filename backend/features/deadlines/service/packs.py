"""期限: the clock rules and the calendar a bureau's pack holds."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from backend.core.packs import Pack, in_force_on, load_pack
from backend.features.deadlines.model import (
    Calendar,
    CalendarYear,
    ClockRule,
    DigestRule,
    LocalDays,
    MonthDay,
    Office,
)
from backend.features.deadlines.rules import compute, day_of

HOUR_MS = 3_600_000
SILENCE = "reminder.silence_hours"
DIGEST = "reminder.digest"


@dataclass(frozen=True, slots=True)
class PackClocks:
    """What a pack says of clocks. Without `silence_ms` nobody is told of unanswered reminders;
    without `digest` each rings by itself.
    """

    pack: Pack
    calendar: Calendar
    silence_ms: int
    digest: DigestRule | None

    def rule(self, id: str, day: date) -> ClockRule | None:
        """The rule in force on a day, if this bureau has one."""
        return clock_rules(self.pack, day).get(id)


@cache
def pack_clocks(name: str) -> PackClocks:
    """Read once a process: packs are files that come with a version of the program."""
    pack = load_pack(name)
    hours = pack.setting(SILENCE, int) if SILENCE in pack.settings else 0
    digest = pack.setting(DIGEST, DigestRule) if DIGEST in pack.settings else None
    return PackClocks(pack, region_calendar(pack), hours * HOUR_MS, digest)


def due_day(pack: str, rule_id: str, started_ms: int) -> str | None:
    """The last day (rolled) of a clock that a fact starts at an instant; None without such a rule.

    For a rule that counts backwards it is the last day on which the act may still be done.
    """
    clocks = pack_clocks(pack)
    rule = clocks.rule(rule_id, day_of(started_ms))
    return compute(rule, started_ms, clocks.calendar).rolled.isoformat() if rule else None


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
