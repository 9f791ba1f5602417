"""现场检查方案 as it is printed: the facts of the form from what was planned and answered. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from printing.dates import parsed_day, written_day
from printing.facts import Endorsement, Officer, SiteInspectionPlan, dump


@dataclass(frozen=True, slots=True)
class PlanTexts:
    """内容、重点、方法、步骤 as written; a line each becomes a paragraph."""

    content: str
    focus: str
    method: str
    steps: str


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """What the form shows beside the texts."""

    bureau: str
    number: str
    when: int
    day: str
    starts: str
    unit: tuple[str, str, str, str]
    """Name, address, contact, telephone."""
    sector: str
    place: str
    officers: Sequence[tuple[str, str]]
    texts: PlanTexts
    items: Sequence[str]
    list_version: str
    bodies: Sequence[tuple[str, str]]
    equipment: Sequence[str]
    count: str
    exemption: str
    review: tuple[str, str, str]
    approval: tuple[str, str, str]
    remark: str


def plan_paper(plan: PlanPaper) -> str:
    """The exact JSON text the form is printed from, the same bytes on phone and server."""
    name, address, contact, phone = plan.unit
    facts = SiteInspectionPlan(
        bureau=plan.bureau,
        number=plan.number,
        when=plan.when,
        wording_date=plan.day,
        verify_url=None,
        draft=False,
        practice=False,
        officers=tuple(Officer(each, number, None) for each, number in plan.officers),
        unit=name,
        address=address or "—",
        contact=contact or "—",
        phone=phone or None,
        sector=plan.sector,
        time=f"{written_day(parsed_day(plan.day))} {plan.starts}".strip(),
        place=plan.place.strip() or None,
        content=_paragraphs(plan.texts.content),
        focus=_paragraphs(plan.texts.focus),
        method=_paragraphs(plan.texts.method),
        steps=_paragraphs(plan.texts.steps),
        items=tuple(plan.items),
        list_version=plan.list_version,
        bodies=tuple(f"{body}：{task}" if task else body for body, task in plan.bodies),
        equipment=tuple(plan.equipment),
        count=plan.count,
        exemption=plan.exemption or None,
        review=Endorsement(*plan.review),
        approval=Endorsement(*plan.approval),
        remark=plan.remark.strip() or None,
    )
    return dump(facts)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
