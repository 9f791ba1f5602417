"""What the page of a visit says, taken from the dossier as it stands. No personal data of the
enterprise's people leaves here: officers are named, nobody else."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.core.database import Connection
from backend.core.days import day_of
from backend.core.dossiers.service import Dossiers
from backend.core.packs import Pack
from backend.features.deadlines import public as deadlines
from backend.features.disclosure.papers.words import day_words
from backend.features.disclosure.service.doors import Door
from backend.features.documents import public as documents
from backend.features.identity import public as identity
from backend.features.inspections import public as inspections
from backend.features.plans import public as plans
from backend.features.rectification import public as rectification

EXTENSION_CLOCK = "D11"
_CERTIFICATE = {
    "valid": "有效",
    "not_yet": "还没到生效日",
    "expired": "已过期",
    "suspended": "已暂停",
    "none": "没有证件",
}
_RESULTS = {"fixed": "复查：改好了", "partly": "复查：改了一部分", "not_fixed": "复查：没改好"}


@dataclass(frozen=True, slots=True)
class Visit:
    """A dossier read for a page: its records, its pack, the day."""

    door: Door
    view: inspections.View
    pack: Pack
    today: str
    now: int

    @property
    def inspection(self) -> Mapping[str, Any]:
        """The visit itself; a phone may not have sent it yet."""
        return next(iter(inspections.live(self.view, "inspection")), {})

    @property
    def unit(self) -> str:
        """被检查单位."""
        named = (self.inspection.get("unit") or {}).get("name")
        opened: Mapping[str, Any] = next(iter(self.view["dossier"]), {})
        return str(named or (opened.get("enterprise") or {}).get("name", ""))


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """One who checks, as he may be verified."""

    name: str
    section: str
    number: str
    until: str
    state: str
    good: bool


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper that was served."""

    record: str
    title: str
    number: str
    issued: int
    standing: str
    code: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What the enterprise has sent on an item, and what became of it."""

    at: int
    title: str
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One item of an order with its three elements (S4-11)."""

    order: str
    paper: str
    number: int
    finding: str
    problem: str
    basis: tuple[str, ...]
    cause: str
    measure: str
    due: str
    result: str
    mended: bool
    last_day: str | None
    pending: bool
    sent: tuple[Sent, ...]

    @property
    def path(self) -> str:
        """How pages address it."""
        return f"{self.order}/{self.number}"


async def load_visit(dossiers: Dossiers, connection: Connection, door: Door) -> Visit:
    """Read the dossier behind a door."""
    pack = await identity.bureau_pack(connection, door.facts.bureau)
    now = dossiers.clock.now()
    view = await inspections.view_of(dossiers.reading(connection), door.facts.name)
    return Visit(door, view, pack, day_of(now), now)


async def officers_of(connection: Connection, visit: Visit) -> list[OfficerLine]:
    """今天谁来检查."""
    named = visit.inspection.get("officers") or _planned(visit)
    return [await _officer(connection, visit.today, each) for each in named]


def _planned(visit: Visit) -> list[str]:
    return [each for plan in visit.view["plan"] for each in plan.get("officers", [])]


async def _officer(connection: Connection, today: str, officer: str) -> OfficerLine:
    account = await identity.account(connection, officer)
    held = identity.held_on(account.subject.certificates, today)
    state = identity.certificate_state(held, today)
    return OfficerLine(
        name=account.name,
        section=account.section_name,
        number=held.number if held else "",
        until=held.until if held else "",
        state=_CERTIFICATE[state],
        good=state == "valid" and account.subject.active,
    )


async def papers_of(connection: Connection, visit: Visit) -> list[PaperLine]:
    """Papers that reached the enterprise; drafts and papers not served are nobody's to see."""
    served = {each.get("document") for each in inspections.live(visit.view, "service")}
    titles = plans.document_kinds(visit.pack, visit.today)
    return [
        PaperLine(
            record=each.record,
            title=titles[each.kind].title if each.kind in titles else each.kind,
            number=each.number,
            issued=each.issued,
            standing="已作废" if each.voided is not None else "现行有效",
            code=each.code,
        )
        for each in await documents.find_issued(connection, dossier=visit.door.facts.name)
        if each.record in served
    ]


def problems_of(visit: Visit, papers: list[PaperLine]) -> list[ProblemLine]:
    """要整改的问题: items of the orders that were served, the first due first."""
    numbers = {paper.record: paper.number for paper in papers}
    items = [item for item in inspections.order_items(visit.view) if item.order in numbers]
    return [_problem(visit, item, numbers[item.order]) for item in items]


def problem_of(visit: Visit, papers: list[PaperLine], path: str) -> ProblemLine | None:
    """The one a form is about."""
    return next((each for each in problems_of(visit, papers) if each.path == path), None)


def _problem(visit: Visit, item: inspections.OrderItem, number: str) -> ProblemLine:
    words = _printed(visit, item)
    last_day = deadlines.due_day(visit.pack.name, EXTENSION_CLOCK, rectification.noon_of(item.due))
    asked = _extensions(visit, item)
    return ProblemLine(
        order=item.order,
        paper=number,
        number=item.number,
        finding=item.finding,
        problem=item.problem,
        basis=tuple(words.get("basis", ())),
        cause=words.get("cause", ""),
        measure=words.get("measure", ""),
        due=item.due,
        result=_RESULTS.get(item.result, ""),
        mended=item.result == "fixed",
        last_day=last_day,
        pending=any(_answer(visit, each["id"]) is None for each in asked),
        sent=tuple(sorted(_sent(visit, item, asked), key=lambda each: each.at)),
    )


def _printed(visit: Visit, item: inspections.OrderItem) -> Mapping[str, Any]:
    """The item as the order prints it."""
    order = next(each for each in visit.view["document"] if each["id"] == item.order)
    problems = json.loads(order.get("facts") or "{}").get("problems", [])
    return next((each for each in problems if each.get("number") == item.number), {})


def _extensions(visit: Visit, item: inspections.OrderItem) -> list[Mapping[str, Any]]:
    return [
        each
        for each in inspections.live(visit.view, "extension")
        if each.get("order") == item.order and item.finding in (each.get("findings") or ())
    ]


def _answer(visit: Visit, extension: str) -> Mapping[str, Any] | None:
    given = [
        each
        for each in inspections.live(visit.view, "approval")
        if each.get("act") == rectification.EXTEND and each.get("of") == extension
    ]
    return given[-1] if given else None


def _sent(visit: Visit, item: inspections.OrderItem, asked: list[Mapping[str, Any]]) -> list[Sent]:
    feedback = [
        Sent(
            each.get("at") or each["created"],
            f"已反馈，附照片 {len(each.get('photos') or ())} 张",
            each.get("words", ""),
            "已申请提前复查" if each.get("recheck") else "",
        )
        for each in inspections.live(visit.view, "feedback")
        if (each.get("order"), each.get("finding")) == (item.order, item.finding)
    ]
    return feedback + [_asked(visit, each) for each in asked]


def _asked(visit: Visit, extension: Mapping[str, Any]) -> Sent:
    answer = _answer(visit, extension["id"])
    until = extension.get("until", "")
    if answer is None:
        note = "等科长答复"
    elif answer.get("answer") == "yes":
        note = f"同意，延到 {day_words(answer.get('until') or until)}"
    else:
        note = f"不同意：{answer.get('words', '')}"
    title = f"申请延期到 {day_words(until)}"
    return Sent(extension["created"], title, extension.get("reason", ""), note)
