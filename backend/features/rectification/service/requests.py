"""整改反馈 and 整改延期: what an enterprise sends, and what follows it (D10, D11, D11b)."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from backend.core.database import Connection
from backend.core.days import day_of
from backend.core.dossiers.listening import Happening, Shown, SystemWrite
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.service import Dossiers
from backend.core.dossiers.store import LogStore
from backend.core.problems import Problem
from backend.features.deadlines import public as deadlines
from backend.features.identity import public as identity
from backend.features.inspections import public as inspections
from backend.features.rectification import tables
from backend.features.rectification.service import keep_clocks
from backend.features.rectification.tables import Request

ANSWER_CLOCK = "D11b"
EXTEND = "extend"


async def follow_request(happening: Happening, shown: Shown) -> None:
    """It waits at the desk; an extension starts the clock of its answer (D11b), a wish to be
    rechecked that of the recheck (D10)."""
    if shown.values.get("withdrawn"):
        return
    values, extension = shown.values, shown.entity == "extension"
    await tables.keep_request(
        happening.connection,
        Request(
            record=shown.record,
            dossier=shown.dossier,
            order=values.get("order", ""),
            kind="extension" if extension else "feedback",
            at=happening.now,
            until=values.get("until", "") if extension else "",
        ),
    )
    if extension:
        await deadlines.start_clock(
            happening,
            deadlines.StartClock(
                dossier=shown.dossier,
                rule_id=ANSWER_CLOCK,
                trigger=shown.record,
                started_ms=happening.now,
                officers=await _heads(happening, shown.dossier),
            ),
        )
    elif values.get("recheck"):
        view = await inspections.view_of(happening, shown.dossier)
        await keep_clocks(happening, shown.dossier, values["order"], view, happening.now)


async def _heads(happening: Happening, dossier: str) -> tuple[str, ...]:
    """科室负责人 of the dossier's section: the extension is theirs to decide."""
    (opened,) = await happening.records(dossier, "dossier")
    bureau, section = opened.values.get("bureau", ""), opened.values.get("section", "")
    heads = await identity.officers_with(happening.connection, bureau, "R2")
    return tuple(each.subject.officer for each in heads if each.subject.section == section)


async def follow_answer(happening: Happening, approval: Shown) -> None:
    """The answer stops D11b; a yes moves the clocks of the order to its new last day."""
    values = approval.values
    if values.get("act") != EXTEND:
        return
    dossier, asked = approval.dossier, values.get("of", "")
    at = values.get("at") or happening.now
    await tables.settle(happening.connection, asked, at)
    await deadlines.stop_clock(happening, dossier, ANSWER_CLOCK, asked, at)
    if values.get("answer") == "yes":
        view = await inspections.view_of(happening, dossier)
        order = next((e.get("order", "") for e in view["extension"] if e["id"] == asked), "")
        await keep_clocks(happening, dossier, order, view, at)


async def settle_feedback(happening: Happening, recheck: Shown) -> None:
    """What the enterprise reported before a recheck has been looked at by it."""
    order = recheck.values.get("order", "")
    await tables.settle_feedback(happening.connection, recheck.dossier, order, happening.now)


@dataclass(frozen=True, slots=True)
class ExtensionAnswer:
    """同意延期, to `until` where it is another day than asked, or 不同意 with words."""

    answer: Literal["yes", "no"]
    until: str
    words: str


async def answer_extension(
    dossiers: Dossiers,
    connection: Connection,
    officer: str,
    facts: DossierFacts,
    record: str,
    given: ExtensionAnswer,
) -> None:
    """By the section head, once.

    Raises:
        Problem: 403, 404 extension, 409 answered, 422 until or words.
    """
    head = await identity.require(connection, officer, "grant_extension", facts)
    await LogStore(connection).lock_dossiers([facts.name])
    view = await inspections.view_of(dossiers.reading(connection), facts.name)
    asked = next((e for e in inspections.live(view, "extension") if e["id"] == record), None)
    if asked is None:
        raise Problem(404, "extension", "没有这份延期申请，什么也没有改动。")
    if any(e.get("act") == EXTEND and e.get("of") == record for e in view["approval"]):
        raise Problem(409, "answered", "这份延期申请已经答复过，没有改动。")
    now = dossiers.clock.now()
    approval: dict[str, Any] = {
        "of": record,
        "act": EXTEND,
        "answer": given.answer,
        "by": {"officer": officer, "name": head.name},
        "words": given.words.strip(),
        "at": now,
    }
    if given.answer == "yes":
        approval["until"] = _new_day(view, dict(asked), given.until, day_of(now))
    elif not given.words.strip():
        raise Problem(422, "words", "不同意要写明理由，没有改动。")
    write = SystemWrite(facts.name, "approval", approval, cause=f"{record}/{EXTEND}")
    await dossiers.write(connection, [write])
    await identity.write_audit(connection, now, officer, "answer_extension", record, given.answer)


def _new_day(view: inspections.View, asked: dict[str, Any], until: str, today: str) -> str:
    """Later than what stands now and not gone by."""
    day = until or asked.get("until", "")
    standing = [
        item.due
        for item in inspections.order_items(view)
        if item.order == asked.get("order") and item.finding in (asked.get("findings") or ())
    ]
    if not is_day(day) or day < today or any(day <= due for due in standing):
        raise Problem(422, "until", "新的期限要晚于现在的期限，也不能是过去的日子，没有改动。")
    return day


def is_day(text: str) -> bool:
    """Only `YYYY-MM-DD`."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
