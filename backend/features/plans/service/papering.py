"""What the printed 现场检查方案 is made of, gathered at the approval."""

from typing import Any

from backend.core.database import Connection
from backend.core.days import day_of
from backend.core.packs import Pack
from backend.features.enterprises.model import Enterprise
from backend.features.identity import public as identity
from backend.features.plans.papers import PlanPaper, PlanTexts, plan_paper
from backend.features.plans.service.counting import cap_scheme, year_count
from backend.features.plans.service.drafting import PlanDraft
from backend.features.plans.service.lists import ItemList

_YES = "同意"


async def paper_of(
    connection: Connection,
    pack: Pack,
    draft: PlanDraft,
    enterprise: Enterprise,
    listed: ItemList,
    issued: tuple[str, int],
    answers: dict[str, dict[str, Any]],
) -> str:
    """The exact facts of the form; `issued` is its number and the instant of the approval."""
    number, when = issued
    titles = {item.id: item.title for item in listed.items}
    return plan_paper(
        PlanPaper(
            bureau=pack.setting("bureau.name", str),
            number=number,
            when=when,
            day=draft.planned_for,
            starts=draft.starts,
            unit=_unit(enterprise),
            sector=_sector(pack, enterprise.sector),
            place=draft.place,
            officers=await _officers(connection, draft),
            texts=PlanTexts(draft.content, draft.focus, draft.method, draft.steps),
            items=[titles[item] for item in draft.items],
            list_version=listed.version,
            bodies=[(body.name, body.task) for body in draft.joint],
            equipment=draft.equipment,
            count=await _count(connection, pack, enterprise, draft),
            exemption=_exemption(pack, draft),
            review=await _endorsed(connection, answers["review"]),
            approval=await _endorsed(connection, answers["approve"]),
            remark=draft.remark,
        )
    )


def _unit(enterprise: Enterprise) -> tuple[str, str, str, str]:
    known = enterprise
    return known.name, known.address, known.legal_representative, known.phone


def _sector(pack: Pack, sector: str) -> str:
    rows = (row.cells for row in pack.tables.get("sector", ()))
    return next((str(row["title"]) for row in rows if row["id"] == sector), sector)


async def _officers(connection: Connection, draft: PlanDraft) -> list[tuple[str, str]]:
    """With the certificate each holds on the day of the visit."""
    found = [await identity.account(connection, each) for each in dict.fromkeys(draft.officers)]
    held = [(a.name, identity.held_on(a.subject.certificates, draft.planned_for)) for a in found]
    return [(name, certificate.number) for name, certificate in held if certificate]


async def _count(
    connection: Connection, pack: Pack, enterprise: Enterprise, draft: PlanDraft
) -> str:
    """Asked before this plan holds its place: it is the one more."""
    year = await year_count(connection, pack, enterprise, draft.planned_for, draft.exemption)
    return year.verdict.words


def _exemption(pack: Pack, draft: PlanDraft) -> str:
    given = draft.exemption
    if given is None:
        return ""
    reasons = cap_scheme(pack, draft.planned_for).exempt_reasons
    title = next((each.title for each in reasons if each.code == given.code), given.code)
    said = [f"免限理由：{title}"]
    said += [f"文号 {given.reference}"] if given.reference.strip() else []
    said += [f"批准人 {given.approver}"] if given.approver.strip() else []
    said += [given.reason] if given.reason.strip() else []
    return "；".join(said)


async def _endorsed(connection: Connection, approval: dict[str, Any]) -> tuple[str, str, str]:
    """Whose words, by name and day; who was delegated to give them says by whom."""
    name, giver = approval["by"]["name"], approval["by"].get("delegated_by", "")
    if giver:
        name += f"（受{(await identity.account(connection, giver)).name}委托）"
    return approval["words"].strip() or _YES, name, day_of(approval["at"])
