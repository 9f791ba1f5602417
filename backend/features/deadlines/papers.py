"""订阅日历: running clocks as a calendar (RFC 5545), the only thing that rings offline with the app closed.

A calendar shows on locked screens and lies with whoever runs it, so it says neither person nor
enterprise nor dossier unless the officer asked for names; the way back leads to the list of deadlines.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event
from msgspec import Struct

from backend.features.deadlines.model import AtEnd, ClockDates, ClockRule, LastMoment, Running
from backend.features.deadlines.rules import reminder_instants

CHINA = ZoneInfo("Asia/Shanghai")
DUE_URL = "/#/f/due"


class FedClock(Struct, frozen=True, kw_only=True):
    """What a calendar is told of a clock. `about` is empty where names are not wanted."""

    id: str
    about: str
    rule: ClockRule
    dates: ClockDates
    state: Running
    ended: int | None


def calendar_text(clocks: Iterable[FedClock], version: int, public_url: str) -> bytes:
    """The feed; the same clocks and words give the same bytes, so that an ETag holds."""
    calendar = Calendar()
    calendar.add("prodid", "-//Anxun//Deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "安巡期限")
    calendar.add("x-wr-timezone", CHINA.key)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for each in clocks:
        calendar.add_component(_event(each, version, public_url))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(clock: FedClock, version: int, public_url: str) -> Event:
    begin = _begin(clock.rule.unit, clock.rule.last_moment, clock.dates)
    ended = clock.state != "running"
    event = Event()
    event.add("uid", f"{sha256(clock.id.encode()).hexdigest()[:32]}@anxun")
    event.add("sequence", 2 * version + ended)
    event.add("dtstamp", _instant(clock.ended or clock.dates.started_ms))
    event.add("dtstart", begin)
    event.add("summary", " · ".join(filter(None, (clock.rule.title, clock.about))))
    event.add("description", _description(clock))
    event.add("url", public_url + DUE_URL)
    event.add("status", "CANCELLED" if ended else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if not ended:
        instants = reminder_instants(clock.rule, clock.dates)
        for instant in (each for each in instants if each != clock.dates.started_ms):
            event.add_component(_alarm(instant, begin, clock.rule.title))
    return event


def _begin(unit: str, last_moment: LastMoment, dates: ClockDates) -> date | datetime:
    """A whole day, unless the law counts in hours or an office must take the paper before it shuts."""
    if unit == "hour" or last_moment == "office":
        return _instant(dates.due_ms_strict).astimezone(CHINA)
    return dates.strict


def _description(clock: FedClock) -> str:
    last = _end_words(clock.rule.at_end)
    lines = [f"{last}：{clock.dates.strict.isoformat()}"]
    if clock.dates.rolled != clock.dates.strict:
        lines.append(f"顺延后：{clock.dates.rolled.isoformat()}")
    if clock.dates.provisional:
        lines.append("那一年的日历未公布，此日期暂定")
    return "\n".join((*lines, f"依据：{clock.rule.source}", "打开安巡去办"))


def _end_words(at_end: AtEnd) -> str:
    return "期满" if at_end == "open" else "到期"


def _alarm(instant: int, begin: date | datetime, title: str) -> Alarm:
    """At the rule's lead time, told from the beginning: phones understand that everywhere."""
    starts = begin if isinstance(begin, datetime) else datetime.combine(begin, datetime.min.time())
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _instant(instant) - starts.replace(tzinfo=CHINA))
    return alarm


def _instant(ms: int) -> datetime:
    return datetime.fromtimestamp(ms // 1000, UTC)
