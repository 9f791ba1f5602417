"""Reading the required-by-stage table against what a dossier holds."""

from collections.abc import Iterable

import msgspec

from backend.features.inspections.rules.stages import (
    LEVELS,
    Before,
    Breach,
    Certified,
    ClosedRuns,
    Differs,
    EachHas,
    Filled,
    Lack,
    Level,
    Moment,
    NotPast,
    Records,
    Row,
    Select,
    Settled,
    Signed,
    Stage,
    StillFits,
    Test,
    Whole,
)
from backend.features.inspections.rules.table import STAGES
from backend.features.inspections.rules.view import (
    Held,
    View,
    filled,
    live,
    open_runs,
    order_items,
    recheck_day,
    signatures_missing,
    trimmed,
    values,
)

_BLANK = "____"

Missing = tuple[str, int]
"""A record, empty where there is none, and the number its line says."""


def lacks(table: Iterable[Row], stage: Stage, view: View) -> list[Lack]:
    """What the stage still wants, legal first, then duties, then advice."""
    asked = [(row, row.at[stage]) for row in table if stage in row.at]
    found = [lack for row, level in asked for lack in _lacks_of(row, level, view)]
    return sorted(found, key=lambda lack: LEVELS.index(lack.level))


def breaches(view: View, table: Iterable[Row] = STAGES) -> list[Breach]:
    """Facts that stand in the wrong order: on the server accepted and marked (QU6)."""
    inspection = next((each["id"] for each in live(view, "inspection")), "")
    return [
        Breach(row.mark, row.id, inspection, row.says, row.source)
        for row in table
        if row.mark and _missing(row.test, view)
    ]


def stages_json() -> str:
    """The table as the phone reads it."""
    text = msgspec.json.format(
        msgspec.json.encode({"rows": STAGES}, order="deterministic"), indent=1
    )
    return text.decode("utf-8") + "\n"


def _lacks_of(row: Row, level: Level, view: View) -> list[Lack]:
    if row.when and not _select(view, row.when):
        return []
    missing = _missing(row.test, view)
    if row.together and missing:
        missing = [(missing[0][0], len(missing))]
    return [
        Lack(row.id, level, row.says.replace("{n}", str(n)), row.verb, row.go, record, row.source)
        for record, n in missing
    ]


def _missing(test: Test, view: View) -> list[Missing]:
    match test:
        case Records(of, at_least):
            count = sum(len(_select(view, select)) for select in of)
            return [] if count >= at_least else [("", count)]
        case Before(first, other):
            return _too_late(view, first, other)
        case Certified():
            return _uncertified(view, test)
        case Signed(of, officers, certified):
            drafts = [draft["id"] for draft in _select(view, of)] or [""]
            wanted = min(signatures_missing(view, each, officers, certified) for each in drafts)
            return [(drafts[-1], wanted)] if wanted else []
        case ClosedRuns():
            return [(act["id"], 1) for act in open_runs(view)]
        case (
            Filled(each)
            | Differs(each)
            | NotPast(each)
            | EachHas(each)
            | Whole(each)
            | StillFits(each)
            | Settled(each)
        ):
            return [
                (record["id"], _number(view, each.entity, record))
                for record in _select(view, each)
                if not _holds(test, record, view)
            ]


def _holds(test: Test, record: Held, view: View) -> bool:
    match test:
        case Filled(_, fields):
            return all(filled(record, field) for field in fields)
        case Differs(_, (one, two)):
            words = [trimmed(value) for value in values(record, one)]
            return not filled(record, one) or words != [trimmed(v) for v in values(record, two)]
        case NotPast(_, field):
            return all(day >= view.get("today", "") for day in values(record, field))
        case EachHas():
            count = _named(test, record, view)
            return test.at_least <= count and (test.at_most is None or count <= test.at_most)
        case Whole(_, fields):
            return not any(_BLANK in _words(record, field) for field in fields)
        case StillFits():
            naming = _naming(test, record, view)
            return not naming or any(_says_the_same(test, other, record) for other in naming)
        case _:
            return not record.get("conflicts")


def _naming(test: StillFits, record: Held, view: View) -> list[Held]:
    return [other for other in _select(view, test.by) if record["id"] in values(other, test.key)]


def _says_the_same(test: StillFits, other: Held, record: Held) -> bool:
    return all(
        not values(other, path) or _words(other, path) == _words(record, field)
        for path, field in test.same
    )


def _words(record: Held, path: str) -> str:
    return "\n".join(str(trimmed(value)) for value in values(record, path))


def _named(test: EachHas, record: Held, view: View) -> int:
    listed = values(record, test.listed) if test.listed else []
    return sum(
        record["id"] in values(other, test.key) or other["id"] in listed
        for other in _select(view, test.has)
    )


def _too_late(view: View, first: Moment, other: Moment) -> list[Missing]:
    times = [
        min(
            (time for each in _select(view, moment.of) for time in values(each, moment.time)),
            default=None,
        )
        for moment in (first, other)
    ]
    if times[0] is None or times[1] is None or times[0] <= times[1]:
        return []
    return [("", 0)]


def _uncertified(view: View, test: Certified) -> list[Missing]:
    certified = set(view.get("certified", ()))
    counts = [
        (each["id"], len(certified & set(values(each, test.field))))
        for each in _select(view, test.each)
    ]
    return [each for each in counts or [("", 0)] if each[1] < test.at_least]


def _select(view: View, select: Select) -> list[Held]:
    among = _among(view, select)
    return [
        record
        for record in live(view, select.entity)
        if (among is None or record["id"] in among)
        and all(_is(values(record, field), want) for field, want in select.where.items())
        and all(filled(record, path) for path in select.having)
    ]


def _is(found: list[object], want: str | bool) -> bool:
    """A register nobody wrote is no."""
    return want in found or (want is False and not found)


def _among(view: View, select: Select) -> set[str] | None:
    chosen = view.get("chosen", "")
    if not select.among:
        return None
    if select.among == "chosen":
        return {chosen}
    recheck = next((each for each in live(view, "recheck") if each["id"] == chosen), {})
    if select.among == "due":
        ordered = [item for item in order_items(view) if item.order == recheck.get("order")]
        return {item.finding for item in ordered if item.due <= recheck_day(view, recheck)}
    return {
        item.get("finding", "")
        for item in recheck.get("items") or ()
        if item.get("result") != "fixed"
    }


def _number(view: View, entity: str, record: Held) -> int:
    return 1 + [each["id"] for each in live(view, entity)].index(record["id"])
