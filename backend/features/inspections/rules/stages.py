"""The form of the required-by-stage table: rows of data, judged alike in both languages.

A test is one of a closed set; there is no expression language. A row holds when its test finds
nothing missing. `at` says in which stages it is asked and how much it weighs there: `law` forbids
on the phone, `duty` may be passed over with a reason, `advice` is only said.
"""

from typing import Literal

import msgspec

Stage = Literal[
    "start", "findings", "end", "record", "order", "issue", "leave", "recheck", "recheck_opinion"
]
Level = Literal["law", "duty", "advice"]
LEVELS: tuple[Level, ...] = ("law", "duty", "advice")
Among = Literal["", "chosen", "due", "remaining"]


class Select(msgspec.Struct, frozen=True, omit_defaults=True):
    """Records that count: `where` a field is or holds the value, `having` all these paths filled.

    `among`: the record the stage is about; the findings of the order it rechecks whose last day has
    come by then; those it found not mended.
    """

    entity: str
    where: dict[str, str | bool] = {}
    having: tuple[str, ...] = ()
    among: Among = ""


class Filled(msgspec.Struct, frozen=True, tag_field="test", tag="filled"):
    """Each record has all the fields."""

    each: Select
    fields: tuple[str, ...]


class Differs(msgspec.Struct, frozen=True, tag_field="test", tag="differs"):
    """In each record the two fields are not the same words."""

    each: Select
    fields: tuple[str, str]


class NotPast(msgspec.Struct, frozen=True, tag_field="test", tag="not_past"):
    """In each record the day is today or later."""

    each: Select
    field: str


class Records(msgspec.Struct, frozen=True, tag_field="test", tag="records"):
    """At least so many records match any of the selections."""

    of: tuple[Select, ...]
    at_least: int = 1


class EachHas(msgspec.Struct, frozen=True, tag_field="test", tag="each_has"):
    """Each record has so many others that name it in `key`, or that it names in `listed`."""

    each: Select
    has: Select
    key: str
    listed: str = ""
    at_least: int = 1
    at_most: int | None = None


class Whole(msgspec.Struct, frozen=True, tag_field="test", tag="whole"):
    """In no field of a record a blank of a standard phrase (`____`) is left open."""

    each: Select
    fields: tuple[str, ...]


class StillFits(msgspec.Struct, frozen=True, tag_field="test", tag="still_fits"):
    """Of the others that name a record in `key`, one says what the record says now.

    `same`: a path of the other, and the field it repeats; what the other does not say is not
    compared. A record nobody names holds.
    """

    each: Select
    by: Select
    key: str
    same: tuple[tuple[str, str], ...]


class Moment(msgspec.Struct, frozen=True):
    """The earliest `time` (UTC ms) of the records."""

    of: Select
    time: str


class Before(msgspec.Struct, frozen=True, tag_field="test", tag="before"):
    """The first is not later than the other; holds while one of them is not known."""

    first: Moment
    other: Moment


class Certified(msgspec.Struct, frozen=True, tag_field="test", tag="certified"):
    """So many officers named by the record are certified for the sector today."""

    each: Select
    field: str
    at_least: int


class Settled(msgspec.Struct, frozen=True, tag_field="test", tag="settled"):
    """No register of the records is in conflict (两份待选)."""

    each: Select


class Signed(msgspec.Struct, frozen=True, tag_field="test", tag="signed"):
    """One of the drafts bears the officers' signatures and the unit's, or its refusal."""

    of: Select
    officers: int
    certified: bool = False


class ClosedRuns(msgspec.Struct, frozen=True, tag_field="test", tag="closed_runs"):
    """Every custody run with a capture is closed."""


Test = (
    Filled
    | Differs
    | NotPast
    | Records
    | EachHas
    | Whole
    | StillFits
    | Before
    | Certified
    | Settled
    | Signed
    | ClosedRuns
)


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """One requirement. In `says`, {n} is the record's number in its list, or how many there are.

    `together`: one line for all records. `when`: asked only if such a record exists. `mark`: the
    kind of mark the server writes where facts stand in the wrong order (QU6). `go` names a place.
    """

    id: str
    at: dict[Stage, Level]
    test: Test
    says: str
    verb: str
    go: str
    source: str
    together: bool = False
    when: Select | None = None
    mark: str = ""


class Lack(msgspec.Struct, frozen=True):
    """What a stage still wants; `record` is the record concerned, empty where there is none."""

    id: str
    level: Level
    says: str
    verb: str
    go: str
    record: str
    source: str


class Breach(msgspec.Struct, frozen=True):
    """Facts in the wrong order: `id` is the kind of mark, `rule` the row, `record` the inspection."""

    id: str
    rule: str
    record: str
    says: str
    source: str
