"""Frequency caps (检查频次上限, S3-3.1) and the soundness of an item list.

A cap binds planning. A visit that took place over the cap is a fact: it is marked, never refused
(安全生产法 arts 62(2), 65). The numbers, reasons and kinds are the pack's.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal

import msgspec

Grade = Literal["1", "2", "3", "none"]
Need = Literal["reference", "approver", "reason"]

_NEED_WORDS: dict[Need, str] = {"reference": "文号", "approver": "批准人", "reason": "理由"}


class CapRow(msgspec.Struct, frozen=True):
    """At most `most` counted visits a calendar year for this sector class and grade."""

    high_risk: bool
    grade: Grade
    most: int


class ExemptReason(msgspec.Struct, frozen=True):
    """免限理由 and what must be given with it."""

    code: str
    title: str
    needs: tuple[Need, ...]
    source: str


class CapScheme(msgspec.Struct, frozen=True):
    """The caps of one jurisdiction (pack table `cap`). No rows: the place has set none."""

    id: str
    title: str
    source: str
    in_force: date
    rows: tuple[CapRow, ...]
    exempt_reasons: tuple[ExemptReason, ...]
    not_counted: tuple[str, ...]


class Exemption(msgspec.Struct, frozen=True):
    """Why a visit is not limited by the cap (S3-3.1x, S3-A2)."""

    code: str
    reference: str = ""
    approver: str = ""
    reason: str = ""


class YearVisit(msgspec.Struct, frozen=True):
    """One visit. Records of a joint visit (综合查一次) bear the same `visit` and count once."""

    visit: str
    day: str
    kind: str
    exempt: str = ""


class VisitCount(msgspec.Struct, frozen=True):
    """Visits of a year: those that count, and those shown beside them."""

    counted: int
    not_counted: int
    exempt: int


class GradePeriod(msgspec.Struct, frozen=True):
    """标准化等级 from its first to its last day of validity."""

    grade: Grade
    since: str
    until: str


class CapVerdict(msgspec.Struct, frozen=True):
    """`left` is what remains after this visit; `over` forbids planning it; `missing` names what an
    exemption still lacks. `cap` and `left` are None where no number is set."""

    cap: int | None
    counted: int
    left: int | None
    over: bool
    words: str
    missing: tuple[Need, ...] = ()


class ItemRow(msgspec.Struct, frozen=True):
    """检查事项 of a pack (table `item`, S3-2.1a): what to check, how, on which clauses.

    `liability` are the clauses that punish it; `problems`, `causes` and `measures` are the standard
    phrases an officer starts from.
    """

    id: str
    source: str
    in_force: date
    sector: str
    group: str
    title: str
    content: str
    method: str
    basis: tuple[str, ...]
    problems: tuple[str, ...]
    causes: tuple[str, ...]
    measures: tuple[str, ...]
    liability: tuple[str, ...] = ()


def judge_cap(
    scheme: CapScheme,
    high_risk: bool,
    grade: Grade,
    counted: int,
    exemption: Exemption | None = None,
) -> CapVerdict:
    """May one more visit be planned? `grade` is that of the day of the visit (`grade_on`)."""
    cap = cap_for(scheme, high_risk, grade)
    if cap is None:
        return CapVerdict(None, counted, None, False, "本地没有规定次数")
    missing = exemption_lacks(scheme, exemption) if exemption else ()
    reason = _reason(scheme, exemption.code) if exemption else None
    if reason and not missing:
        words = f"因{reason.title}检查，不计入次数。上限 {cap} 次，已查 {counted} 次。"
        return CapVerdict(cap, counted, max(cap - counted, 0), False, words)
    over = counted >= cap
    words = _full_words(cap, counted) if over else _open_words(cap, counted)
    if missing:
        words += f"免限理由还缺{'、'.join(_NEED_WORDS[need] for need in missing)}。"
    return CapVerdict(cap, counted, max(cap - counted - 1, 0), over, words, missing)


def cap_for(scheme: CapScheme, high_risk: bool, grade: Grade) -> int | None:
    """The number of the row that fits; None where the jurisdiction has set none."""
    fitting = (row.most for row in scheme.rows if (row.high_risk, row.grade) == (high_risk, grade))
    return next(fitting, None)


def exemption_lacks(scheme: CapScheme, exemption: Exemption) -> tuple[Need, ...]:
    """What must still be given. A code the scheme does not know is no reason, whatever else is."""
    reason = _reason(scheme, exemption.code)
    if reason is None:
        return ("reason",)
    given = {"reference": exemption.reference, "approver": exemption.approver}
    given["reason"] = exemption.reason
    return tuple(need for need in reason.needs if not given[need].strip())


def count_visits(scheme: CapScheme, visits: Iterable[YearVisit], year: int) -> VisitCount:
    """Count a calendar year. A recheck follows up and an accident cannot wait: neither counts."""
    once = {visit.visit: visit for visit in visits if visit.day.startswith(f"{year}-")}
    apart = {visit.visit for visit in once.values() if visit.kind in scheme.not_counted}
    exempt = {visit.visit for visit in once.values() if visit.exempt} - apart
    return VisitCount(len(once) - len(apart) - len(exempt), len(apart), len(exempt))


def grade_on(periods: Iterable[GradePeriod], day: str) -> Grade:
    """The standardization grade valid on a day; a later change never reaches back."""
    valid = [period for period in periods if period.since <= day <= period.until]
    return max(valid, key=lambda period: period.since).grade if valid else "none"


def item_faults(item: ItemRow, is_known_clause: Callable[[str], bool]) -> tuple[str, ...]:
    """Why an item may not enter a list: the names of its bad fields.

    A demand needs all three elements (S4-11), so an item without a cause or a measure, or with a
    cause that repeats the problem, would lead officers to papers that cannot be issued.
    """
    faults = {
        "basis": not item.basis or not all(map(is_known_clause, item.basis)),
        "liability": not all(map(is_known_clause, item.liability)),
        "problems": not _all_worded(item.problems),
        "causes": not _all_worded(item.causes) or bool({*item.causes} & {*item.problems}),
        "measures": not _all_worded(item.measures),
    }
    faults |= {name: not getattr(item, name).strip() for name in ("title", "content", "method")}
    return tuple(name for name, bad in faults.items() if bad)


def _reason(scheme: CapScheme, code: str) -> ExemptReason | None:
    return next((reason for reason in scheme.exempt_reasons if reason.code == code), None)


def _open_words(cap: int, counted: int) -> str:
    return f"上限 {cap} 次，本次是第 {counted + 1} 次，可以检查。"


def _full_words(cap: int, counted: int) -> str:
    if counted > cap:
        return f"今年已查 {counted} 次，超过上限 {cap} 次，计划检查不能再来。"
    return f"今年已查满 {cap} 次，计划检查不能再来。"


def _all_worded(texts: tuple[str, ...]) -> bool:
    return bool(texts) and all(text.strip() for text in texts)
