"""What follows an order: the clocks of its dates, the recheck, and what the recheck leads to."""

from datetime import datetime

from backend.core.days import CHINA, day_of
from backend.core.dossiers.listening import Happening, Shown
from backend.features.deadlines import public as deadlines
from backend.features.documents import public as documents
from backend.features.inspections import public as inspections
from backend.features.rectification import rules
from printing.facts import RectificationOrder

ORDER = "rectification_order"
RECTIFY_CLOCK = "D09"
RECHECK_CLOCK = "D10"
TRANSFER_CLOCK = "D03"


async def follow_order(happening: Happening, document: Shown) -> None:
    """D09 to the order's last date, D10 from that date; a voided order stops both (S0-5b).

    The clocks hang on the order's record, so that a recheck finds them by it.
    """
    read = documents.read_issued(document.values)
    if read is None or not isinstance(read.facts, RectificationOrder):
        return
    if void := document.values.get("void"):
        await _stop(happening, document.dossier, document.record, void["at"])
        return
    due = max(problem.due for problem in read.facts.problems)
    officers = await officers_of(happening, document.dossier)
    for rule in (RECTIFY_CLOCK, RECHECK_CLOCK):
        await deadlines.start_clock(
            happening,
            deadlines.StartClock(
                dossier=document.dossier,
                rule_id=rule,
                trigger=document.record,
                started_ms=noon_of(due),
                officers=officers,
            ),
        )


async def follow_recheck(happening: Happening, recheck: Shown) -> None:
    """Items still to be judged keep the order's clocks; the refused are transferred (S1-11c, D03)."""
    values = recheck.values
    order, ended = values.get("order", ""), values.get("ended", 0)
    view = await inspections.view_of(happening, recheck.dossier)
    await keep_clocks(happening, recheck.dossier, order, view, ended)
    items = [each for each in inspections.order_items(view) if each.order == order]
    demands = [rules.Demand(each.number, each.finding, each.due) for each in items]
    answers = [rules.Answer(each["finding"], each["result"]) for each in values.get("items", [])]
    duties = rules.next_duties(demands, answers, day_of(ended or happening.now))
    if any(duty.act == "transfer" for duty in duties):
        await deadlines.start_clock(
            happening,
            deadlines.StartClock(
                dossier=recheck.dossier,
                rule_id=TRANSFER_CLOCK,
                trigger=recheck.record,
                started_ms=ended,
                officers=await officers_of(happening, recheck.dossier),
            ),
        )


async def keep_clocks(
    happening: Happening, dossier: str, order: str, view: inspections.View, at: int
) -> None:
    """D09 runs to the last day of the order's items no recheck has judged, and D10 from it, or from
    the unit's asking for a recheck where that is earlier; both end when all are judged."""
    items = [each for each in inspections.order_items(view) if each.order == order]
    open_days = [each.due for each in items if each.result == ""]
    if not open_days:
        await _stop(happening, dossier, order, at)
        return
    last = noon_of(max(open_days))
    asked = inspections.requested_at(view).get(order, last)
    officers = await officers_of(happening, dossier)
    for rule, started in ((RECTIFY_CLOCK, last), (RECHECK_CLOCK, min(last, asked))):
        moved = deadlines.StartClock(dossier, rule, order, started, officers)
        await deadlines.move_clock(happening, moved, at)


async def _stop(happening: Happening, dossier: str, order: str, at: int) -> None:
    for rule in (RECTIFY_CLOCK, RECHECK_CLOCK):
        await deadlines.stop_clock(happening, dossier, rule, order, at)


async def officers_of(happening: Happening, dossier: str) -> tuple[str, ...]:
    named = [
        officer
        for inspection in await happening.records(dossier, "inspection")
        for officer in inspection.values.get("officers", [])
    ]
    return tuple(sorted(set(named)))


def noon_of(day: str) -> int:
    """An instant (UTC ms) inside a day in China."""
    return int(datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=CHINA).timestamp() * 1000)
