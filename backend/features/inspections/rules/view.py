"""What one dossier holds, read as plain values.

A view maps an entity to its records, each `{id, created, device, conflicts, ...shown values}` with
`created` in UTC ms, withdrawn ones included. Facts the dossier does not hold stand beside them:
`certified` (officers whose certificate covers the sector today), `today` (Asia/Shanghai day),
`chosen` (the record a stage is about: the draft to issue, the recheck to finish), `requested`
(orders whose recheck the unit asked for) and `transferred` (findings handed to the detachment).
"""

import json
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from backend.core.days import day_of

View = dict[str, Any]
Held = Mapping[str, Any]

ORDER = "rectification_order"
RECORD = "site_inspection_record"

_BLANKS = " \t\r\n\u3000\u00a0"
_CAPTURES = ("captured", "recording_started")


class OrderItem(msgspec.Struct, frozen=True):
    """One item of a 责令限期整改指令书 that stands; `due` is its last day, extensions counted in.

    `finding` is empty where the draft did not name it; `result` is that of the last recheck of the
    order: fixed, partly, not_fixed, or empty.
    """

    order: str
    number: int
    finding: str
    problem: str
    due: str
    result: str


def live(view: View, entity: str) -> list[Held]:
    """Records that count, in the order of the list or of making: neither withdrawn nor void."""
    ends = _corrected_ends(view)
    standing = [
        {**each, "ended": ends.get(each["id"], each["ended"])} if each.get("ended") else each
        for each in view.get(entity, ())
        if not each.get("withdrawn") and not each.get("void")
    ]
    return sorted(standing, key=_listed if entity == "check" else made)


def _listed(check: Held) -> tuple[int, int, str]:
    return check.get("order") or 0, *made(check)


def made(record: Held) -> tuple[int, str]:
    """The order of making, the same on every phone."""
    return record["created"], record["id"]


def _corrected_ends(view: View) -> dict[str, int]:
    """By record: the end its last 补充说明 gives it."""
    added = [each for each in view.get("addendum", ()) if not each.get("withdrawn")]
    return {
        each.get("of", ""): each["corrects"]["ended"]
        for each in sorted(added, key=made)
        if "ended" in (each.get("corrects") or {})
    }


def values(record: Held, path: str) -> list[Any]:
    """What stands at a dotted path; lists on the way are walked through."""
    found: list[Any] = [record]
    for name in path.split("."):
        members = (each.get(name) for each in found if isinstance(each, Mapping))
        found = [value for member in members for value in _spread(member)]
    return found


def _spread(member: Any) -> list[Any]:
    if member is None:
        return []
    return list(member) if isinstance(member, list | tuple) else [member]


def filled(record: Held, path: str) -> bool:
    """Something stands there, and no part of it is blank."""
    found = values(record, path)
    return bool(found) and not any(trimmed(value) == "" for value in found)


def trimmed(value: Any) -> Any:
    """A text without blanks at its ends, the ideographic one included."""
    return value.strip(_BLANKS) if isinstance(value, str) else value


def standing_signatures(view: View, draft: str) -> list[Held]:
    """Signatures under the draft's newest content: who changes the words must have them signed anew."""
    given = [each for each in live(view, "signature") if each.get("draft") == draft]
    newest = max(given, key=lambda each: (each.get("at") or 0, *made(each)), default=None)
    return [
        each
        for each in given
        if newest and each.get("content_sha256") == newest.get("content_sha256")
    ]


def signed_by(signature: Held) -> Literal["ink", "refusal", ""]:
    """By hand, or by a refusal with a witness or the paper left and filmed (安全生产法 68)."""
    if filled(signature, "strokes") or filled(signature, "wet_ink"):
        return "ink"
    witnessed = any(
        filled(signature, f"refusal.{name}") for name in ("witness_name", "left_evidence")
    )
    return "refusal" if filled(signature, "refusal.reason") and witnessed else ""


def signatures_missing(view: View, draft: str, officers: int, certified: bool) -> int:
    """How many signatures a draft still wants: so many officers, and the unit's or its refusal."""
    given = [each for each in standing_signatures(view, draft) if signed_by(each)]
    signers = {each.get("officer") for each in given if each.get("role") == "officer"}
    if certified:
        signers &= set(view.get("certified", ()))
    party = any(each.get("role") == "party" for each in given)
    return max(officers - len(signers), 0) + (not party)


def open_runs(view: View) -> list[Held]:
    """The last capture of each custody run that no `run_closed` follows (architecture.md 6)."""
    last: dict[str, Held] = {}
    for act in sorted(live(view, "custody"), key=lambda each: each.get("n") or 0):
        if act.get("act") in (*_CAPTURES, "run_closed"):
            last[act["id"].rsplit(".", 2)[0]] = act
    return [act for act in last.values() if act.get("act") != "run_closed"]


def order_items(view: View) -> list[OrderItem]:
    """Items of the orders that stand; of a finding ordered anew only the newest."""
    items: dict[tuple[str, str], OrderItem] = {}
    orders = [each for each in live(view, "document") if each.get("kind") == ORDER]
    for order in sorted(orders, key=lambda each: (each.get("issued") or 0, *made(each))):
        for item in _items_of(view, order):
            key = ("", item.finding) if item.finding else (order["id"], str(item.number))
            items[key] = item
    return sorted(items.values(), key=lambda item: (item.due, item.order, item.number))


def _items_of(view: View, order: Held) -> list[OrderItem]:
    drafts = {each["id"]: each.get("about") or [] for each in view.get("draft", ())}
    about = drafts.get(order.get("draft", ""), [])
    problems = json.loads(order.get("facts") or "{}").get("problems", [])
    return [
        _item(view, order["id"], about[i] if i < len(about) else "", problem)
        for i, problem in enumerate(problems)
    ]


def _item(view: View, order: str, finding: str, problem: Mapping[str, Any]) -> OrderItem:
    due = _extended(view, order, finding) or problem["due"]
    result = _last_result(view, order, finding, due)
    return OrderItem(order, problem["number"], finding, problem["text"], due, result)


def _extended(view: View, order: str, finding: str) -> str:
    """The day the last granted 整改延期 gives a finding of an order; empty without one."""
    granted = {
        each.get("of"): each.get("until")
        for each in live(view, "approval")
        if is_yes(each, "extend")
    }
    days = [
        granted[each["id"]] or each.get("until", "")
        for each in live(view, "extension")
        if each["id"] in granted
        and each.get("order") == order
        and finding in (each.get("findings") or ())
    ]
    return days[-1] if days else ""


def requested(view: View) -> list[str]:
    """Orders whose recheck the unit asked for since they were last rechecked (D10)."""
    return list(requested_at(view))


def requested_at(view: View) -> dict[str, int]:
    """Such orders, and when the unit first asked (UTC ms)."""
    rechecked: dict[str, int] = {}
    for each in live(view, "recheck"):
        order = each.get("order", "")
        rechecked[order] = max(rechecked.get(order, 0), each.get("ended") or 0)
    asked: dict[str, int] = {}
    for each in live(view, "feedback"):
        order, at = each.get("order", ""), each.get("at") or 0
        if each.get("recheck") and at > rechecked.get(order, 0):
            asked[order] = min(asked.get(order, at), at)
    return asked


def is_yes(approval: Held, act: str) -> bool:
    """Whether an approval says yes to the act."""
    return bool(approval.get("act") == act and approval.get("answer") == "yes")


def _last_result(view: View, order: str, finding: str, due: str) -> str:
    """没改好 before the last day decides nothing: the unit has its time to the end (S0-5b)."""
    rechecks = [each for each in live(view, "recheck") if each.get("order") == order]
    results = [
        (item.get("result", ""), recheck_day(view, each))
        for each in sorted(rechecks, key=lambda each: (each.get("ended") or 0, *made(each)))
        for item in each.get("items") or ()
        if finding and item.get("finding") == finding
    ]
    result, day = results[-1] if results else ("", "")
    return "" if result == "not_fixed" and day < due else result


def recheck_day(view: View, recheck: Held) -> str:
    """The day (Asia/Shanghai) a recheck is judged by: that of its end, today while it has none."""
    ended = recheck.get("ended")
    return day_of(ended) if ended else str(view.get("today", ""))
