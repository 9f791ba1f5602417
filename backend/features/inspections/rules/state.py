"""The state of an inspection (domain.md 6.3) as a pure function of its facts."""

from collections.abc import Callable
from typing import Literal

import msgspec

from backend.features.inspections.rules.view import (
    ORDER,
    RECORD,
    Held,
    OrderItem,
    View,
    is_yes,
    live,
    made,
    open_runs,
    order_items,
    signatures_missing,
    signed_by,
    standing_signatures,
)

State = Literal[
    "cancelled", "closed", "transfer_required", "partly", "passed", "recheck_due", "rectifying",
    "closed_no_issue", "served", "refused", "signed", "exchanged", "ended", "in_progress",
    "planned", "plan_pending", "draft",
]  # fmt: skip
OVER: frozenset[State] = frozenset({"cancelled", "closed", "closed_no_issue"})
"""Nothing is left to be done at the enterprise."""

StationState = Literal["done", "now", "todo"]

_OFFICERS = 2


class OpenItem(OrderItem, frozen=True, kw_only=True):
    """An order item not yet found mended; `overdue` when its last day has passed."""

    overdue: bool


class Station(msgspec.Struct, frozen=True):
    """One of the six stations of a visit, by name and as the stepper says it."""

    name: str
    title: str
    state: StationState


class Obstacle(msgspec.Struct, frozen=True):
    """Why a dossier cannot be closed: missing_blob, open_run or open_item, with the records."""

    kind: str
    says: str
    records: tuple[str, ...]


def state(view: View) -> State:
    """The first state of the table whose condition holds."""
    return next(name for name, holds in _STATES if holds(view))


def ended_at(view: View) -> int | None:
    """The end of the visit (UTC ms), corrected by its last addendum; None while it lasts."""
    ended: int | None = next((e.get("ended") for e in live(view, "inspection")), None)
    return ended


def progress(view: View) -> list[Station]:
    """The six stations: done by their facts, the first undone is now."""
    done = [holds(view) for _, _, holds in _STATIONS]
    now = done.index(False) if False in done else len(done)
    states: list[StationState] = [
        "done" if each else "now" if i == now else "todo" for i, each in enumerate(done)
    ]
    return [
        Station(name, title, each) for (name, title, _), each in zip(_STATIONS, states, strict=True)
    ]


def open_items(view: View, today: str) -> list[OpenItem]:
    """Order items not yet found mended, the first due first. `today` is an Asia/Shanghai day."""
    return [
        OpenItem(**msgspec.structs.asdict(item), overdue=item.due < today)
        for item in order_items(view)
        if item.result != "fixed"
    ]


def may_close(view: View) -> list[Obstacle]:
    """What keeps the dossier open; empty when it may be closed (architecture.md 6)."""
    found = [
        ("missing_blob", "还缺 {n} 件附件，不能结案", _without_receipt(view)),
        ("open_run", "有 {n} 台手机的录音和照片没收尾，不能结案", [e["id"] for e in open_runs(view)]),
        ("open_item", "还有 {n} 个问题没整改合格，不能结案",
         [item.finding for item in order_items(view) if item.result != "fixed"]),
    ]  # fmt: skip
    return [
        Obstacle(kind, says.replace("{n}", str(len(records))), tuple(records))
        for kind, says, records in found
        if records
    ]


_CLOSABLE: frozenset[State] = frozenset({"passed", "closed_no_issue", "served"})


def keeps_open(view: View) -> list[str]:
    """Everything that stands against closing it now, in words; closed already is one."""
    if _closed(view):
        return ["已经结案"]
    if ended_at(view) is None:
        return ["检查还没结束"]
    held = [each for records in view.values() if isinstance(records, list) for each in records]
    disputed = sum(len(each.get("conflicts", ())) for each in held if isinstance(each, dict))
    two = [f"还有 {disputed} 处两份待选，不能结案"] if disputed else []
    found = two + [each.says for each in may_close(view)]
    return found or ([] if state(view) in _CLOSABLE else ["文书还没办完，不能结案"])


def _without_receipt(view: View) -> list[str]:
    """Discarded evidence counts: it is kept with its trace and must arrive like the rest."""
    received = {each.get("evidence") for each in live(view, "receipt")}
    return [
        each["id"] for each in sorted(view.get("evidence", ()), key=made)
        if each["id"] not in received
    ]  # fmt: skip


def _cancelled(view: View) -> bool:
    """Withdrawn before anybody arrived; a visit that took place cannot be unmade."""
    known = view.get("inspection", ())
    return bool(known) and not live(view, "inspection") and not live(view, "arrival")


def _closed(view: View) -> bool:
    return any(is_yes(each, "close") for each in live(view, "approval"))


def _transfer_required(view: View) -> bool:
    handed = view.get("transferred", ())
    items = order_items(view)
    return any(item.result == "not_fixed" and item.finding not in handed for item in items)


def _partly(view: View) -> bool:
    return any(item.result == "partly" for item in order_items(view))


def _passed(view: View) -> bool:
    items = order_items(view)
    return bool(items) and all(item.result == "fixed" for item in items)


def _recheck_due(view: View) -> bool:
    """A day has passed, or the unit asked earlier; only what was served binds."""
    today, requested = view.get("today", ""), view.get("requested", ())
    return any(item.due < today or item.order in requested for item in _binding(view))


def _rectifying(view: View) -> bool:
    return bool(_binding(view))


def _binding(view: View) -> list[OrderItem]:
    served = {each.get("document") for each in live(view, "service")}
    items = order_items(view)
    return [item for item in items if item.result != "fixed" and item.order in served]


def _closed_no_issue(view: View) -> bool:
    """The record is issued, and every problem, if any, was corrected on the spot."""
    settled = all(each.get("dispositions") == ["corrected"] for each in live(view, "finding"))
    return settled and bool(_papers(view, RECORD)) and not order_items(view)


def _served(view: View) -> bool:
    """The record stays in the file; every other paper has reached the unit."""
    served = {each.get("document") for each in live(view, "service")}
    outward = [each["id"] for each in live(view, "document") if each.get("kind") != RECORD]
    return bool(_papers(view, RECORD) and outward) and served.issuperset(outward)


def _refused(view: View) -> bool:
    standing = [
        each for draft in _signed_records(view) for each in standing_signatures(view, draft)
    ]
    return any(signed_by(each) == "refusal" and each.get("role") == "party" for each in standing)


def _signed(view: View) -> bool:
    return bool(_signed_records(view) or _papers(view, RECORD))


def _signed_records(view: View) -> list[str]:
    drafts = [each["id"] for each in live(view, "draft") if each.get("kind") == RECORD]
    return [each for each in drafts if not signatures_missing(view, each, _OFFICERS, False)]


def _exchanged(view: View) -> bool:
    return _has_ended(view) and _all_discussed(view)


def _all_discussed(view: View) -> bool:
    discussed = {each.get("finding") for each in live(view, "exchange")}
    return discussed.issuperset(each["id"] for each in live(view, "finding"))


def _has_ended(view: View) -> bool:
    return ended_at(view) is not None


def _in_progress(view: View) -> bool:
    return _arrived(view) or any(each.get("started") for each in live(view, "inspection"))


def _arrived(view: View) -> bool:
    return bool(live(view, "arrival"))


def _planned(view: View) -> bool:
    return any(is_yes(each, "approve") for each in _plan_answers(view))


def _plan_pending(view: View) -> bool:
    """A plan lies with the office and its last answer is no refusal."""
    last = max(_plan_answers(view), key=lambda e: (e.get("at") or 0, *made(e)), default=None)
    return bool(live(view, "plan")) and not (last and last.get("answer") == "no")


def _plan_answers(view: View) -> list[Held]:
    return [each for each in live(view, "approval") if each.get("act") in ("review", "approve")]


def _papers(view: View, kind: str) -> list[Held]:
    return [each for each in live(view, "document") if each.get("kind") == kind]


def _stepped(*names: str) -> Callable[[View], bool]:
    return lambda view: {each.get("name") for each in live(view, "step")}.issuperset(names)


def _checked(view: View) -> bool:
    checks = live(view, "check")
    return all(each.get("result") for each in checks) if checks else _has_ended(view)


def _discussed(view: View) -> bool:
    return _all_discussed(view) if live(view, "finding") else _has_ended(view)


def _documented(view: View) -> bool:
    ordered = [e for e in live(view, "finding") if "order" in (e.get("dispositions") or ())]
    return bool(_papers(view, RECORD)) and (not ordered or bool(_papers(view, ORDER)))


_STATES: tuple[tuple[State, Callable[[View], bool]], ...] = (
    ("cancelled", _cancelled),
    ("closed", _closed),
    ("transfer_required", _transfer_required),
    ("partly", _partly),
    ("passed", _passed),
    ("recheck_due", _recheck_due),
    ("rectifying", _rectifying),
    ("closed_no_issue", _closed_no_issue),
    ("served", _served),
    ("refused", _refused),
    ("signed", _signed),
    ("exchanged", _exchanged),
    ("ended", _has_ended),
    ("in_progress", _in_progress),
    ("planned", _planned),
    ("plan_pending", _plan_pending),
    ("draft", lambda _: True),
)

_STATIONS: tuple[tuple[str, str, Callable[[View], bool]], ...] = (
    ("arrival", "到场", _arrived),
    ("certificates", "亮证", _stepped("certificates_shown")),
    ("told", "告知", _stepped("rights_told", "integrity_statement")),
    ("check", "检查", _checked),
    ("exchange", "交换意见", _discussed),
    ("documents", "文书", _documented),
)
