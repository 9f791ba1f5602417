"""What follows an order: the clocks of its dates, the recheck, and what the recheck leads to."""

from datetime import datetime

from backend.core.days import CHINA
from backend.core.dossiers.listening import Happening, Shown
from backend.features.deadlines import public as deadlines
from backend.features.documents import public as documents
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
    """A recheck stops the order's clocks; what is not mended must be transferred (S1-11c, D03)."""
    values = recheck.values
    order, ended = values.get("order", ""), values.get("ended", 0)
    await _stop(happening, recheck.dossier, order, ended)
    if any(item["result"] == "not_fixed" for item in values.get("items", [])):
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
