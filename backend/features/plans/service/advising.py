"""What the desk says while a plan is being written: the year, merging, self-check, whose it is."""

import msgspec

from backend.core.database import Connection
from backend.core.dossiers.ports import DossierFacts
from backend.core.packs import Pack
from backend.features.enterprises import public as enterprises
from backend.features.enterprises.model import Enterprise
from backend.features.identity import public as identity
from backend.features.plans import tables
from backend.features.plans.rules import (
    Advice,
    CapVerdict,
    GradePeriod,
    SelfCheck,
    VisitCount,
    Waiting,
    checks_itself,
    grade_on,
    mergeable,
)
from backend.features.plans.service.counting import year_count
from backend.features.plans.service.drafting import PlanDraft, known_enterprise


class PlanAdvice(msgspec.Struct):
    """`reserved` of the counted are approved and not begun; `last` is the plan to copy from."""

    verdict: CapVerdict
    count: VisitCount
    reserved: int
    floor_left: int
    advice: list[Advice]
    off_site_first: bool
    required: list[str]
    last: PlanDraft | None


async def advise(connection: Connection, officer: str, enterprise_id: str, day: str) -> PlanAdvice:
    """Everything known of an enterprise of the reader's bureau before a visit on a day, for who may
    plan one.

    Raises:
        Problem: 403 `forbidden`, 404 `enterprise`.
    """
    subject = (await identity.account(connection, officer)).subject
    bureau = subject.bureau
    facts = DossierFacts("", "inspection", bureau, subject.section)
    await identity.require(connection, officer, "make_plan", facts)
    pack = await identity.bureau_pack(connection, bureau)
    enterprise = await known_enterprise(connection, bureau, enterprise_id)
    year = await year_count(connection, pack, enterprise, day)
    told = [
        *_floor(pack, year.floor_left),
        *_self_check(pack, enterprise, day),
        *_owner(pack, enterprise),
        *await _merge(connection, pack, enterprise, day),
    ]
    return PlanAdvice(
        verdict=year.verdict,
        count=year.count,
        reserved=year.reserved,
        floor_left=year.floor_left,
        advice=told,
        off_site_first=pack.setting("plan.off_site_first", bool),
        required=pack.setting("plan.required", list[str]),
        last=await _last(connection, enterprise),
    )


def _floor(pack: Pack, left: int) -> list[Advice]:
    if left == 0:
        return []
    source = pack.settings["plan.floor"].source
    return [Advice("floor", f"重点企业每年至少查一次，今年还差 {left} 次。", source)]


def _self_check(pack: Pack, enterprise: Enterprise, day: str) -> list[Advice]:
    """S3-A7b: suggested, never asked for."""
    if "plan.self_check" not in pack.settings:
        return []
    rule = pack.setting("plan.self_check", SelfCheck)
    periods = [msgspec.convert(msgspec.to_builtins(g), GradePeriod) for g in enterprise.grades]
    grade = grade_on(periods, day)
    if not checks_itself(rule, enterprise.credit, grade, enterprise.last_accident, day):
        return []
    words = f"信用好、已定级、{rule.accident_free_years} 年以上没有事故：可以由企业自我检查代替这次检查。"
    return [Advice("self_check", words, pack.settings["plan.self_check"].source)]


def _owner(pack: Pack, enterprise: Enterprise) -> list[Advice]:
    """S3-A8: one enterprise, one level; a spot check goes jointly."""
    if not enterprise.owner or "plan.one_level" not in pack.settings:
        return []
    words = f"这家企业由{enterprise.owner}负责。抽查要和它联合，不重复检查同一事项。"
    return [Advice("owner", words, pack.settings["plan.one_level"].source)]


async def _merge(
    connection: Connection, pack: Pack, enterprise: Enterprise, day: str
) -> list[Advice]:
    """综合查一次 (S3-3.3b): another plan of the same enterprise is near."""
    begun = {v.dossier for v in (await enterprises.visits_of(connection, enterprise.id))[0]}
    open_plans = await tables.plans_of(
        connection, enterprise.id, "pending_review", "pending_approval", "approved"
    )
    waiting = [
        Waiting(plan.id, plan.draft["planned_for"], plan.draft["reason"])
        for plan in open_plans
        if plan.dossier not in begun or not plan.dossier
    ]
    near = mergeable(waiting, day, pack.setting("plan.merge_days", int))
    if not near:
        return []
    days = "、".join(each.day for each in near)
    words = f"这家企业另有 {len(near)} 份方案（{days}）。能合并的合并，综合查一次。"
    names = tuple(each.plan for each in near)
    return [Advice("merge", words, pack.settings["plan.merge_days"].source, names)]


async def _last(connection: Connection, enterprise: Enterprise) -> PlanDraft | None:
    found = await tables.approved_of(connection, enterprise.id)
    return msgspec.convert(found[0].draft, PlanDraft) if found else None
