"""What a paper shows, one frozen dataclass per kind of paper.

A facts object is lawful by being built: what the law wants of the paper is checked on
construction and refused with a FactsError. Instants are milliseconds UTC, days `YYYY-MM-DD`
in China. Standard library only; importing this module loads no layout code.
"""

import json
import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from printing.dates import moment, parsed_day
from printing.strict import FactsError, read

__all__ = [
    "BOX",
    "KINDS",
    "Endorsement",
    "Facts",
    "FactsError",
    "Officer",
    "OrderReference",
    "Paper",
    "Party",
    "Problem",
    "RecheckOpinion",
    "RectificationOrder",
    "Refusal",
    "Remaining",
    "Result",
    "Sheet",
    "SiteInspectionPlan",
    "SiteInspectionRecord",
    "Strokes",
    "Unit",
    "Witness",
    "dump",
    "load",
]

_SAFE = re.compile(r"https://|http://(localhost|127\.0\.0\.1)[:/]")
"""Safe on the way to whoever scans it; a trial on one machine has only its own address."""

BOX = (1000, 400)
"""Width and height of the box a signature is drawn in; y grows downward."""

FEWEST_OFFICERS = 2
LAST_INSTANT = 253_402_271_999_999
"""The end of the year 9999 in China."""

Strokes = tuple[tuple[tuple[int, int], ...], ...]
"""A drawn signature: strokes of points in BOX."""


@dataclass(frozen=True)
class Officer:
    """执法人员 with 证号; `strokes` is None while unsigned or signed in wet ink."""

    name: str
    certificate: str
    strokes: Strokes | None

    def __post_init__(self) -> None:
        _check_strokes(self.strokes)


@dataclass(frozen=True)
class Witness:
    """见证人 of a refusal to sign (行政强制法 art 18, 民事诉讼法 on 留置送达)."""

    name: str
    unit: str
    phone: str
    strokes: Strokes | None

    def __post_init__(self) -> None:
        _check_strokes(self.strokes)


@dataclass(frozen=True)
class Refusal:
    """拒签: the reason, who saw it, and whether the paper was left on site and that filmed."""

    reason: str
    witness: Witness | None
    left: bool

    def __post_init__(self) -> None:
        _require(self.witness is not None or self.left, "witness", "a witness or the paper left")


@dataclass(frozen=True)
class Party:
    """Who signs for the unit, in which post (安全生产法 art 68)."""

    name: str
    post: str
    strokes: Strokes | None
    refused: Refusal | None

    def __post_init__(self) -> None:
        _check_strokes(self.strokes)
        _require(not (self.strokes and self.refused), "refused", "signed and refused at once")


@dataclass(frozen=True)
class Unit:
    """被检查单位 as the record names it; `post` is the legal representative's 职务."""

    name: str
    address: str
    legal_representative: str
    post: str | None
    phone: str | None


@dataclass(frozen=True)
class Problem:
    """A problem of an order with its three elements (S4-11) and the day it must be mended by."""

    number: int
    text: str
    basis: tuple[str, ...]
    cause: str
    measure: str
    due: str

    def __post_init__(self) -> None:
        _check_elements(self.text, self.basis, self.cause)
        _day("due", self.due)


@dataclass(frozen=True)
class Remaining:
    """The three elements of what a recheck found not mended (S4-11); `due` where a new day is set."""

    basis: tuple[str, ...]
    cause: str
    measure: str
    due: str | None


@dataclass(frozen=True)
class Result:
    """复查 of one item of the order: mended (done), in part, or not; `note` is the officer's."""

    number: int
    text: str
    outcome: Literal["done", "partly", "not_done"]
    note: str | None
    remaining: Remaining | None

    def __post_init__(self) -> None:
        mended = self.outcome == "done"
        _require(mended == (self.remaining is None), "remaining", "S4-11: only what is not mended")
        if self.remaining:
            _check_elements(self.text, self.remaining.basis, self.remaining.cause, "remaining.")
            if self.remaining.due:
                _day("remaining.due", self.remaining.due)


@dataclass(frozen=True)
class OrderReference:
    """The paper that is rechecked: its title, number and day."""

    title: str
    number: str
    day: str

    def __post_init__(self) -> None:
        _day("day", self.day)


@dataclass(frozen=True)
class Sheet:
    """What every kind carries.

    `when`: the instant of issue. `wording_date`: the day whose statutory sentences are printed.
    A draft (草稿) or a practice paper (练习) has no `number`.
    """

    bureau: str
    number: str | None
    when: int
    wording_date: str
    verify_url: str | None
    draft: bool
    practice: bool

    def __post_init__(self) -> None:
        _require(0 <= self.when <= LAST_INSTANT, "when", "not an instant in milliseconds")
        _day("wording_date", self.wording_date)
        _require((self.number is not None) == self.issued, "number", "only an issued paper has one")

    @property
    def issued(self) -> bool:
        """Neither a draft nor practice."""
        return not (self.draft or self.practice)

    @property
    def day(self) -> date:
        """The day of issue in China."""
        return moment(self.when).date()


@dataclass(frozen=True)
class Paper(Sheet):
    """What officers draw up on site with the unit. Once issued it has a `verify_url`."""

    officers: tuple[Officer, ...]
    party: Party

    def __post_init__(self) -> None:
        super().__post_init__()
        issued = self.issued
        _require((self.verify_url is not None) == issued, "verify_url", "goes with the number")
        _require(not issued or _is_verify_url(self.verify_url), "verify_url", "not https://…/v/…")
        _check_officers(self.officers)


@dataclass(frozen=True)
class SiteInspectionRecord(Paper):
    """现场检查记录; `begun`, `ended` instants, `situation` the paragraphs of 检查情况."""

    unit: Unit
    place: str
    begun: int
    ended: int
    situation: tuple[str, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        _require(0 <= self.begun <= LAST_INSTANT, "begun", "not an instant in milliseconds")
        _require(self.begun <= self.ended <= LAST_INSTANT, "ended", "is before the beginning")
        _require(bool(self.situation), "situation", "must not be empty")


@dataclass(frozen=True)
class RectificationOrder(Paper):
    """责令限期整改指令书. `government`: of the same level, nobody else (行政复议法 arts 24, 27).

    `copies`: the bureau's own line on who keeps which copy; None prints the national one.
    """

    addressee: str
    problems: tuple[Problem, ...]
    government: str
    court: str
    copies: str | None

    def __post_init__(self) -> None:
        super().__post_init__()
        numbers = [problem.number for problem in self.problems]
        _require(bool(numbers), "problems", "must not be empty")
        _require(numbers == list(range(1, len(numbers) + 1)), "problems", "not numbered from 1")
        for i, problem in enumerate(self.problems):
            in_time = parsed_day(problem.due) >= self.day
            _require(in_time, f"problems[{i}].due", "is before the day of issue")
        one = self.government.endswith("人民政府") and self.government.count("人民政府") == 1
        _require(one, "government", "must be one people's government (行政复议法 art 24)")


@dataclass(frozen=True)
class RecheckOpinion(Paper):
    """整改复查意见书; `opinion`: the officers' closing words; `copies` as in the order."""

    addressee: str
    order: OrderReference
    results: tuple[Result, ...]
    opinion: str | None
    copies: str | None

    def __post_init__(self) -> None:
        super().__post_init__()
        numbers = [result.number for result in self.results]
        _require(bool(numbers), "results", "must not be empty")
        _require(numbers == sorted(set(numbers)), "results", "not in the order's own order")


@dataclass(frozen=True)
class Endorsement:
    """审核意见 or 审批意见: the words, who gave them, on which day."""

    words: str
    name: str
    day: str

    def __post_init__(self) -> None:
        _day("day", self.day)


@dataclass(frozen=True)
class SiteInspectionPlan(Sheet):
    """现场检查方案, internal: nobody of the unit signs and it bears no code for strangers.

    `items`: 检查事项 by name, from version `list_version` of the list; `count`: 频次 in words;
    `exemption`: 免限理由 with its reference; `bodies`: who checks along and what (S3-3.3a).
    """

    officers: tuple[Officer, ...]
    unit: str
    address: str
    contact: str
    phone: str | None
    sector: str
    time: str
    place: str | None
    content: tuple[str, ...]
    focus: tuple[str, ...]
    method: tuple[str, ...]
    steps: tuple[str, ...]
    items: tuple[str, ...]
    list_version: str
    bodies: tuple[str, ...]
    equipment: tuple[str, ...]
    count: str
    exemption: str | None
    review: Endorsement
    approval: Endorsement
    remark: str | None

    def __post_init__(self) -> None:
        super().__post_init__()
        _require(self.verify_url is None, "verify_url", "an internal paper has none")
        _check_officers(self.officers)
        _require(bool(self.items), "items", "must not be empty")


Facts = SiteInspectionRecord | RectificationOrder | RecheckOpinion | SiteInspectionPlan

KINDS: dict[str, type[Facts]] = {
    "site_inspection_plan": SiteInspectionPlan,
    "site_inspection_record": SiteInspectionRecord,
    "rectification_order": RectificationOrder,
    "recheck_opinion": RecheckOpinion,
}


def load(kind: str, text: str) -> Facts:
    """The facts in a JSON text; raises FactsError for an unknown kind or anything amiss."""
    if kind not in KINDS:
        raise FactsError("kind", f"unknown: {kind}")
    return read(KINDS[kind], text)


def dump(facts: Facts) -> str:
    """Canonical JSON: names in ASCII order, no blanks, characters as they are."""
    return json.dumps(asdict(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _require(holds: bool, field: str, reason: str) -> None:
    if not holds:
        raise FactsError(field, reason)


def _day(field: str, text: str) -> None:
    try:
        parsed_day(text)
    except ValueError as fault:
        raise FactsError(field, "not a day YYYY-MM-DD") from fault


def _check_officers(officers: tuple[Officer, ...]) -> None:
    """Two at least, told apart by certificate (行政处罚法 art 42, 安全生产法 art 67)."""
    _require(len(officers) >= FEWEST_OFFICERS, "officers", "at least two")
    distinct = {officer.certificate for officer in officers}
    _require(len(distinct) == len(officers), "officers", "one certificate stands twice")


def _check_strokes(strokes: Strokes | None) -> None:
    if strokes is None:
        return
    inside = all(0 <= x <= BOX[0] and 0 <= y <= BOX[1] for stroke in strokes for x, y in stroke)
    _require(inside, "strokes", "a point lies outside the box")
    _require(bool(strokes) and all(strokes), "strokes", "must not be empty")


def _check_elements(text: str, basis: tuple[str, ...], cause: str, where: str = "") -> None:
    _require(bool(basis), f"{where}basis", "S4-11: 缺判定依据")
    _require(cause != text, f"{where}cause", "S4-11: 产生原因不能照抄问题")


def _is_verify_url(url: str | None) -> bool:
    return url is not None and bool(_SAFE.match(url)) and "/v/" in url and url.isascii()
