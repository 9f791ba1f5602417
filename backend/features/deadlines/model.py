"""期限: what a statutory clock, a regional calendar and a computed deadline are.

Days are days in Asia/Shanghai, instants are ms UTC. The names are those of the wire: the phone
reads the same rules and calendars as JSON (dates `YYYY-MM-DD`).
"""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from sync.server.schema import Authority, EntityRule, Record, entity

Unit = Literal["hour", "calendar_day", "working_day", "month", "quarter", "year", "date"]
Direction = Literal["after", "before"]
DayKind = Literal["工", "休", "班"]
AtEnd = Literal["overdue", "lapsed", "open"]
LastMoment = Literal["midnight", "office"]
Confidence = Literal["H", "M", "L"]
State = Literal["running", "today", "rolled", "past"]
RemainingUnit = Literal["minute", "calendar_day", "working_day"]
Timeliness = Literal["in_time", "in_roll", "late"]
Running = Literal["running", "stopped", "lapsed"]

MonthDay = Annotated[
    str,
    Meta(
        pattern=r"^((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])"
        r"|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))$"
    ),
]
TimeOfDay = Annotated[str, Meta(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$")]
LeadTime = Annotated[
    str, Meta(pattern=r"^(start|due)([+-]\d+h|([+-]\d+[dm])? ([01]\d|2[0-3]):[0-5]\d)?$")
]
Sourced = Annotated[str, Meta(min_length=1)]


class ClockRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """期限规则: one statutory clock, as a pack states it (domain D01–D53).

    `unit` "date": the day of the start itself, or the next of `on` ("06-30") after it; "quarter":
    the end of the natural quarter that holds the first counted day. `roll`: a last day that is a
    rest day moves to the next working day (民法典 203). `last_moment` "office": the paper goes to
    an office, whose closing ends the day. `at_end`: overdue = a duty missed, lapsed = a right
    gone, open = only now may the act be done. A `setting` is assumed and for the bureau to
    confirm, `note` says what was assumed. `lead_times`: "start", "start+1h", "due-2h",
    "due-1d 09:00"; days of a working-day clock are working days. `escalate_to`: roles R1–R14.
    """

    id: str
    title: str
    trigger: str
    unit: Unit
    length: Annotated[int, Meta(ge=0)] = 0
    on: tuple[MonthDay, ...] = ()
    direction: Direction = "after"
    roll: bool = False
    last_moment: LastMoment = "midnight"
    at_end: AtEnd = "overdue"
    consequence: str = ""
    lead_times: tuple[LeadTime, ...] = ()
    escalate_to: tuple[str, ...] = ()
    source: Sourced
    confidence: Confidence
    setting: bool = False
    note: str = ""
    in_force: date

    def __post_init__(self) -> None:
        if (not self.length) != (self.unit == "date"):
            raise ValueError("a set date has no length, every other clock has one")
        if self.on and self.unit != "date":
            raise ValueError("`on` belongs to the unit date")
        if self.direction == "before" and (self.roll or self.unit in ("quarter", "date")):
            raise ValueError("a backward count never rolls, and knows no quarter or set date")


class CalendarYear(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """放假安排 of one year (`id`): days off (weekends in them need not be named) and 调休 workdays.

    `official` false: the notice is not out; dates that hang on this year are provisional.
    """

    id: Annotated[str, Meta(pattern=r"^\d{4}$")]
    days_off: tuple[date, ...]
    workdays: tuple[date, ...]
    official: bool
    source: Sourced
    in_force: date


class LocalDays(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """地方民族节日 of one year (`id`), set by the local government (放假办法 4)."""

    id: Annotated[str, Meta(pattern=r"^\d{4}$")]
    days_off: tuple[date, ...]
    workdays: tuple[date, ...]
    source: Sourced
    in_force: date


class Office(Struct, frozen=True, forbid_unknown_fields=True):
    """业务时间 (民法典 203): when an office stops taking papers, by official time; else 24:00."""

    closes: TimeOfDay


class Calendar(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """工作日历 of a region. `fixed_days_off` serves years without a row (放假办法 2)."""

    region: str
    fixed_days_off: tuple[MonthDay, ...]
    years: tuple[CalendarYear, ...]
    local: tuple[LocalDays, ...] = ()
    office: Office


class DigestRule(Struct, frozen=True, forbid_unknown_fields=True):
    """今早: when an officer is told of all his deadlines in one message, and whether on rest days."""

    at: TimeOfDay
    rest_days: bool


class Pause(Struct, frozen=True, kw_only=True):
    """扣除期间: days from `first` to `last` that the law takes out of a period, and why."""

    first: date
    last: date
    reason: str


class Step(Struct, frozen=True):
    """One day of 「怎么算的」: 工 working day, 休 rest day, 班 make-up workday; counted or not."""

    date: date
    kind: DayKind
    counted: bool


class ClockDates(Struct, frozen=True, kw_only=True):
    """A computed deadline. `due_ms_*` is the end of the last moment of that day.

    `steps` begin with day 0 for counted days, with the strict day for other units; none for hours.
    """

    unit: Unit
    direction: Direction
    started_ms: int
    strict: date
    rolled: date
    provisional: bool
    due_ms_strict: int
    due_ms_rolled: int
    steps: tuple[Step, ...]


class Remaining(Struct, frozen=True):
    """How far to the end, or past it. today: the last day runs; rolled: only the roll is left."""

    state: State
    unit: RemainingUnit
    amount: int


class Clock(Record):
    """期限 as it runs in a dossier; only the server writes it. Instants are UTC ms.

    `trigger` is the record whose fact started it, `started` the moment of that fact in the world.
    `due_strict` and `due_rolled` are days in Asia/Shanghai, their `_ms` the last moment of each.
    `stopped`: when the act was done that it ran for, whenever that was learnt. lapsed: the right
    is gone. `resolved` is the rule as it held at the start, as JSON: a later pack changes nothing.
    A due date that moves stops this record and starts another.
    """

    rule: Authority[str] = ""
    title: Authority[str] = ""
    trigger: Authority[str] = ""
    started: Authority[int] = 0
    due_strict: Authority[str] = ""
    due_rolled: Authority[str] = ""
    due_strict_ms: Authority[int] = 0
    due_rolled_ms: Authority[int] = 0
    provisional: Authority[bool] = False
    state: Authority[Running] = "running"
    stopped: Authority[int] = 0
    resolved: Authority[str] = ""
    source: Authority[str] = ""


ENTITIES: tuple[EntityRule, ...] = (entity("clock", Clock, "server"),)
