"""Frequency caps (检查频次上限, S3-3.1).

A cap binds planning. A visit that took place over the cap is a fact: it is marked, never refused
(安全生产法 arts 62(2), 65). The numbers, reasons and kinds are the pack's.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Literal

import msgspec

Grade = Literal["1", "2", "3", "none"]
Need = Literal["reference", "approver", "reason"]

_NEED_WORDS: dict[Need, str] = {"reference": "文号", "approver": "批准人", "reason": "理由"}


class CapRow(msgspec.Struct, frozen=True):
    """At most `most` counted visits a calendar year for this sector class and grade.

    A row that names a `sector` is for that sector only and goes before the row of its class.
    """

    high_risk: bool
    grade: Grade
    most: int
    sector: str = ""


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
    """One visit. Records of a joint visit (综合查一次) bear the same `visit` and count once.

    `exempt` is the code of its 免限理由; `at` the instant it began (UTC ms), which tells apart
    visits of one day.
    """

    visit: str
    day: str
    kind: str
    exempt: str = ""
    joint: bool = False
    at: int = 0


class VisitCount(msgspec.Struct, frozen=True):
    """Visits of a year: those that count, and those shown beside them.

    `not_counted` holds the `rechecks`; `joint` are those of the counted that others joined.
    """

    counted: int
    not_counted: int
    exempt: int
    rechecks: int
    joint: int


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


def judge_cap(
    scheme: CapScheme,
    high_risk: bool,
    grade: Grade,
    counted: int,
    exemption: Exemption | None = None,
    sectors: Collection[str] = (),
) -> CapVerdict:
    """May one more visit be planned? `grade` is that of the day of the visit (`grade_on`)."""
    cap = cap_for(scheme, high_risk, grade, sectors)
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


def cap_for(
    scheme: CapScheme, high_risk: bool, grade: Grade, sectors: Collection[str] = ()
) -> int | None:
    """The number of the row that fits; None where the jurisdiction has set none.

    An enterprise in several sectors with rows of their own is spared by the lowest of them
    (assumed: no text says which holds).
    """
    fitting = [row for row in scheme.rows if (row.high_risk, row.grade) == (high_risk, grade)]
    own = [row.most for row in fitting if row.sector and row.sector in sectors]
    return min(own or [row.most for row in fitting if not row.sector], default=None)


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
    once = _once(visits, year)
    apart = {visit.visit for visit in once if visit.kind in scheme.not_counted}
    exempt = {visit.visit for visit in once if visit.exempt} - apart
    counted = [visit for visit in once if visit.visit not in apart | exempt]
    return VisitCount(
        counted=len(counted),
        not_counted=len(apart),
        exempt=len(exempt),
        rechecks=sum(visit.kind == "recheck" for visit in once if visit.visit in apart),
        joint=sum(visit.joint for visit in counted),
    )


def visits_over(
    scheme: CapScheme,
    high_risk: bool,
    periods: Sequence[GradePeriod],
    visits: Iterable[YearVisit],
    year: int,
    sectors: Collection[str] = (),
) -> dict[str, int]:
    """Which visits of a year were one too many, each with the number it was held against.

    They stand as facts and are marked. Two phones that used the last place apart: the visit that
    began later is over. The cap is that of the grade on the day, whatever the grade became since.
    """
    counting = sorted(
        (v for v in _once(visits, year) if not v.exempt and v.kind not in scheme.not_counted),
        key=lambda visit: (visit.day, visit.at, visit.visit),
    )
    over: dict[str, int] = {}
    for nth, visit in enumerate(counting, 1):
        cap = cap_for(scheme, high_risk, grade_on(periods, visit.day), sectors)
        if cap is not None and nth > cap:
            over[visit.visit] = cap
    return over


def grade_on(periods: Iterable[GradePeriod], day: str) -> Grade:
    """The standardization grade valid on a day; a later change never reaches back."""
    valid = [period for period in periods if period.since <= day <= period.until]
    return max(valid, key=lambda period: period.since).grade if valid else "none"


def _once(visits: Iterable[YearVisit], year: int) -> list[YearVisit]:
    of_year = (visit for visit in visits if visit.day.startswith(f"{year}-"))
    return list({visit.visit: visit for visit in of_year}.values())


def _reason(scheme: CapScheme, code: str) -> ExemptReason | None:
    return next((reason for reason in scheme.exempt_reasons if reason.code == code), None)


def _open_words(cap: int, counted: int) -> str:
    return f"上限 {cap} 次，本次是第 {counted + 1} 次，可以检查。"


def _full_words(cap: int, counted: int) -> str:
    if counted > cap:
        return f"今年已查 {counted} 次，超过上限 {cap} 次，计划检查不能再来。"
    return f"今年已查满 {cap} 次，计划检查不能再来。"
