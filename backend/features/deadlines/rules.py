"""期间的计算: statutory clocks (民法典 200–203, 行政处罚法 85, 行政强制法 69, 行政复议法 88).

The day of the event is never counted. Hours run from the moment itself, through nights and
holidays. Both ends are given: the strict one for our own duties and reminders, the rolled one
(顺延) before which nobody is late. The offset of Asia/Shanghai is fixed, so no time zone data
is needed; Xinjiang counts by it too. Not done here: a paper posted in time (邮寄在途) is judged
by passing its moment of posting to `timeliness`; which fact starts a clock the listener says.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from backend.features.deadlines.model import (
    AtEnd,
    Calendar,
    CalendarYear,
    ClockDates,
    ClockRule,
    DayKind,
    DigestRule,
    LastMoment,
    Pause,
    Remaining,
    State,
    Step,
    Timeliness,
)

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
OFFSET_MS = 8 * HOUR_MS
EPOCH = date(1970, 1, 1)
ONE_DAY = timedelta(days=1)
URGENCIES = ("逾期", "今天到期", "本周到期", "以后到期")
LEAD = re.compile(r"(start|due)(?:([+-]\d+)([hdm]))?(?: (\d\d:\d\d))?")


def compute(
    rule: ClockRule, started_ms: int, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> ClockDates:
    """When the clock ends that a fact of the world started at `started_ms`.

    For a set date (rule without `on`) `started_ms` is any instant of that day. Pauses take whole
    days out of day, month and year clocks; a set date and hours are never paused.
    """
    if rule.unit == "hour":
        return _hours(rule, started_ms)
    start = day_of(started_ms)
    counted = rule.unit in ("calendar_day", "working_day")
    steps = tuple(_count(rule, start, calendar, pauses)) if counted else ()
    strict = steps[-1].date if counted else _corresponding_day(rule, start, pauses)
    tail = tuple(_roll(strict, calendar)) if rule.roll else ()
    rolled = tail[-1].date if tail else strict
    if not counted:
        steps = (Step(strict, day_kind(calendar, strict), True),)
    judged = [step.date for step in steps[1:]] if rule.unit == "working_day" else []
    if rule.roll:
        judged += [strict, *(step.date for step in tail)]
    return ClockDates(
        unit=rule.unit,
        direction=rule.direction,
        started_ms=started_ms,
        strict=strict,
        rolled=rolled,
        provisional=any(not is_official(calendar, day) for day in judged),
        due_ms_strict=_last_moment(rule.last_moment, strict, calendar),
        due_ms_rolled=_last_moment(rule.last_moment, rolled, calendar),
        steps=steps + tail,
    )


def day_of(instant_ms: int) -> date:
    """The day in Asia/Shanghai that holds an instant (ms UTC)."""
    return EPOCH + timedelta(days=(instant_ms + OFFSET_MS) // DAY_MS)


def day_kind(calendar: Calendar, day: date) -> DayKind:
    """工, 休 or 班: the local festival days first, then the year's notice, then the week."""
    local = next((days for days in calendar.local if days.id == str(day.year)), None)
    for layer in (local, _year(calendar, day)):
        if layer and day in layer.days_off:
            return "休"
        if layer and day in layer.workdays:
            return "班"
    if day.weekday() >= 5:
        return "休"
    unknown = _year(calendar, day) is None
    return "休" if unknown and day.isoformat()[5:] in calendar.fixed_days_off else "工"


def is_official(calendar: Calendar, day: date) -> bool:
    """Whether the notice of the day's year is out; if not, what hangs on the day is provisional."""
    year = _year(calendar, day)
    return year is not None and year.official


def timeliness(dates: ClockDates, done_ms: int) -> Timeliness:
    """Whether an act was in time; the last moment itself is. By post: the moment of posting."""
    if done_ms <= dates.due_ms_strict:
        return "in_time"
    return "in_roll" if done_ms <= dates.due_ms_rolled else "late"


def remaining(dates: ClockDates, now_ms: int) -> Remaining:
    """How much is left to the strict end, then to the rolled one, then how far it is past."""
    if dates.unit == "hour":
        left = dates.due_ms_strict - now_ms
        return Remaining("running" if left > 0 else "past", "minute", abs(left) // MINUTE_MS)
    today = day_of(now_ms)
    if now_ms >= dates.due_ms_rolled:
        return Remaining("past", "calendar_day", (today - dates.rolled).days)
    if now_ms >= dates.due_ms_strict:
        return Remaining("rolled", "calendar_day", (dates.rolled - today).days)
    state: State = "today" if today == dates.strict else "running"
    if dates.unit == "working_day" and dates.direction == "after":
        left = sum(step.counted and step.date > today for step in dates.steps)
        return Remaining(state, "working_day", left)
    return Remaining(state, "calendar_day", (dates.strict - today).days)


def words(left: Remaining, at_end: AtEnd) -> str:
    """The remaining time as the screen says it, e.g. 还剩 2 个工作日."""
    if left.state == "today":
        return "今天到期"
    if left.state == "running":
        return f"还剩 {_amount(left)}" if left.amount else "还剩不到 1 分"
    if left.state == "rolled":
        return f"顺延期内，还剩 {_amount(left)}" if left.amount else "顺延期内，今天到期"
    if at_end == "open":
        return "期已满"
    if at_end == "lapsed":
        return "期已过"
    return f"逾期 {_amount(left)}" if left.amount else "已逾期"


def reminder_instants(rule: ClockRule, dates: ClockDates) -> tuple[int, ...]:
    """When to remind (ms UTC, ascending), those already gone included: the caller drops them.

    Before the end the strict date leads; after it ("due+1d 09:00") the rolled one, because nobody
    is late before that.
    """
    instants = (_lead_instant(lead, dates) for lead in rule.lead_times)
    return tuple(sorted({instant for instant in instants if instant is not None}))


def instants_to_plan(instants: Sequence[int], started_ms: int, now_ms: int) -> tuple[int, ...]:
    """The reminders still to come; of those missed since the start only the last.

    A fact learnt late must not ring thrice at once, nor not at all. What lay before the start
    (seven days' notice of a date set in five) is nobody's miss.
    """
    missed = [instant for instant in instants if started_ms <= instant <= now_ms]
    return (*missed[-1:], *(instant for instant in instants if instant > now_ms))


def due_words(rule: ClockRule, dates: ClockDates, now_ms: int) -> str:
    """The strict end as a message says it; absolute, for a message may be read days later."""
    moment = f"{dates.strict.month}月{dates.strict.day}日"
    if dates.unit == "hour":
        minutes = (dates.due_ms_strict + OFFSET_MS) % DAY_MS // MINUTE_MS
        moment += f" {minutes // 60:02d}:{minutes % 60:02d} "
    end = "期满" if rule.at_end == "open" else "到期"
    return f"{moment}{'已' if now_ms > dates.due_ms_strict else ''}{end}"


def digest_words(due: Sequence[ClockDates], now_ms: int) -> str:
    """One message instead of many, e.g. 1 件逾期、2 件本周到期."""
    kinds = [_urgency(dates, now_ms) for dates in due]
    counted = [(kind, kinds.count(kind)) for kind in URGENCIES]
    return "、".join(f"{count} 件{kind}" for kind, count in counted if count)


def digest_instant(rule: DigestRule, calendar: Calendar, now_ms: int) -> int | None:
    """When today's morning digest rings (ms UTC); None on a day without one."""
    today = day_of(now_ms)
    if day_kind(calendar, today) == "休" and not rule.rest_days:
        return None
    return _instant(today, rule.at)


def is_near(dates: ClockDates, now_ms: int) -> bool:
    """Overdue, due today or this week: what a morning digest speaks of."""
    return _urgency(dates, now_ms) != URGENCIES[-1]


def end_of_day(now_ms: int) -> int:
    """The last moment of the day in Asia/Shanghai (ms UTC)."""
    return _instant(day_of(now_ms), "24:00")


def _urgency(dates: ClockDates, now_ms: int) -> str:
    today = day_of(now_ms)
    if now_ms > dates.due_ms_rolled:
        return "逾期"
    if dates.strict <= today:
        return "今天到期"
    week_ends = today + ONE_DAY * (6 - today.weekday())
    return "本周到期" if dates.strict <= week_ends else "以后到期"


def _hours(rule: ClockRule, started_ms: int) -> ClockDates:
    due = started_ms + _sign(rule) * rule.length * HOUR_MS
    return ClockDates(
        unit=rule.unit,
        direction=rule.direction,
        started_ms=started_ms,
        strict=day_of(due),
        rolled=day_of(due),
        provisional=False,
        due_ms_strict=due,
        due_ms_rolled=due,
        steps=(),
    )


def _count(
    rule: ClockRule, start: date, calendar: Calendar, pauses: Sequence[Pause]
) -> Iterator[Step]:
    yield Step(start, day_kind(calendar, start), False)
    day, left = start, rule.length
    while left:
        day += _sign(rule) * ONE_DAY
        kind = day_kind(calendar, day)
        counted = not (rule.unit == "working_day" and kind == "休") and not _paused(day, pauses)
        left -= counted
        yield Step(day, kind, counted)


def _corresponding_day(rule: ClockRule, start: date, pauses: Sequence[Pause]) -> date:
    if rule.unit == "date":
        return _next_listed(rule.on, start) if rule.on else start
    if rule.unit == "quarter":
        first = start + ONE_DAY
        months = 3 * ((first.month - 1) // 3 + rule.length) - first.month
        return add_months(first.replace(day=1), months + 1) - ONE_DAY
    months = rule.length * (12 if rule.unit == "year" else 1)
    return _pushed(add_months(start, _sign(rule) * months), start, pauses)


def add_months(day: date, months: int) -> date:
    """The corresponding day, or the last day of a month that has none (民法典 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _next_listed(listed: Sequence[str], start: date) -> date:
    days = (date.fromisoformat(f"{start.year + n}-{on}") for n in (0, 1) for on in listed)
    return min(day for day in days if day > start)


def _pushed(end: date, start: date, pauses: Sequence[Pause]) -> date:
    """Each paused day between start and end moves the end by one, maybe into a further pause."""
    day = start
    while pauses and day < end:
        day += ONE_DAY
        end += ONE_DAY * _paused(day, pauses)
    return end


def _roll(strict: date, calendar: Calendar) -> Iterator[Step]:
    """The days of 顺延 after a strict day that is a rest day, with the working day that ends it."""
    day = strict
    while day_kind(calendar, day) == "休":
        day += ONE_DAY
        yield Step(day, day_kind(calendar, day), False)


def _last_moment(rule: LastMoment, day: date, calendar: Calendar) -> int:
    """24:00, or where an office must take the paper its close of business (民法典 203)."""
    return _instant(day, calendar.office.closes if rule == "office" else "24:00")


def _lead_instant(lead: str, dates: ClockDates) -> int | None:
    match = LEAD.fullmatch(lead)
    if match is None:
        raise ValueError(f"not a lead time: {lead}")
    anchor, number, unit, time = match.groups()
    offset = int(number or 0)
    at_start, late = anchor == "start", offset > 0
    if time is None:
        due = dates.due_ms_rolled if late else dates.due_ms_strict
        return (dates.started_ms if at_start else due) + offset * HOUR_MS
    day = day_of(dates.started_ms) if at_start else dates.rolled if late else dates.strict
    if unit == "m":
        return _instant(add_months(day, offset), time)
    if not at_start and not late and dates.unit == "working_day" and dates.direction == "after":
        worked = [step.date for step in dates.steps if step.counted]
        return _instant(worked[offset - 1], time) if -offset < len(worked) else None
    return _instant(day + offset * ONE_DAY, time)


def _instant(day: date, time: str) -> int:
    hours, minutes = time.split(":")
    since_midnight = int(hours) * HOUR_MS + int(minutes) * MINUTE_MS
    return (day - EPOCH).days * DAY_MS + since_midnight - OFFSET_MS


def _amount(left: Remaining) -> str:
    if left.unit == "working_day":
        return f"{left.amount} 个工作日"
    if left.unit == "calendar_day":
        return f"{left.amount} 天"
    hours, minutes = divmod(left.amount, 60)
    parts = (f"{hours} 小时" if hours else "", f"{minutes} 分" if minutes else "")
    return " ".join(part for part in parts if part)


def _year(calendar: Calendar, day: date) -> CalendarYear | None:
    return next((year for year in calendar.years if year.id == str(day.year)), None)


def _paused(day: date, pauses: Sequence[Pause]) -> bool:
    return any(pause.first <= day <= pause.last for pause in pauses)


def _sign(rule: ClockRule) -> int:
    return 1 if rule.direction == "after" else -1
