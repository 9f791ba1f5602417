"""新检查 from the desk: draft → 审核 (R2) → 审批 (R7 or a dated delegation) → a dossier on the phones."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import msgspec

from backend.core.database import Connection
from backend.core.days import day_of, year_of
from backend.core.dossiers.listening import SystemWrite
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.service import Dossiers
from backend.core.packs import Pack, in_force_on, load_pack
from backend.core.problems import Problem
from backend.core.registers import publish
from backend.features.deadlines import public as deadlines
from backend.features.enterprises import public as enterprises
from backend.features.enterprises.model import Enterprise, Visit
from backend.features.identity import public as identity
from backend.features.plans import tables
from backend.features.plans.model import Approver, DocumentKind, Item, PackValue, Plan
from backend.features.plans.rules import (
    CapScheme,
    CapVerdict,
    Exemption,
    GradePeriod,
    ItemRow,
    YearVisit,
    count_visits,
    grade_on,
    judge_cap,
)
from backend.features.plans.tables import StoredPlan

PLAN_KIND = "site_inspection_plan"
Act = Literal["review", "approve"]


class PlanDraft(msgspec.Struct, forbid_unknown_fields=True):
    """现场检查方案 as written at the desk: 内容、重点、方法、步骤 and who goes, when, why."""

    enterprise: str
    planned_for: str
    reason: str
    officers: list[str]
    items: list[str]
    kind: str = "enforcement"
    content: str = ""
    focus: str = ""
    method: str = ""
    steps: str = ""
    exemption: Exemption | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reviewer or approver says; `yes` or `no`, with words where it is no."""

    act: Act
    answer: Literal["yes", "no"]
    words: str


async def submit_plan(
    dossiers: Dossiers, connection: Connection, officer: str, draft: PlanDraft
) -> StoredPlan:
    """Check a draft and send it to review.

    Raises:
        Problem: 403 forbidden, 404 enterprise, 422 with what is wrong.
    """
    maker = await identity.account(connection, officer)
    subject = maker.subject
    facts = DossierFacts("", "inspection", subject.bureau, subject.section)
    await identity.require(connection, officer, "make_plan", facts)
    pack = load_pack(await identity.pack_of(connection, subject.bureau))
    enterprise = await _enterprise(connection, subject.bureau, draft.enterprise)
    await _check_draft(connection, pack, enterprise, draft)
    now = dossiers.clock.now()
    stored = StoredPlan(
        id=dossiers.ids.hex(20),
        bureau=subject.bureau,
        section=subject.section,
        enterprise=enterprise.id,
        enterprise_name=enterprise.name,
        state="pending_review",
        created_by=officer,
        created=now,
        draft=msgspec.to_builtins(draft),
        dossier="",
        number="",
    )
    await tables.insert_plan(connection, stored)
    await identity.write_audit(connection, now, officer, "submit_plan", stored.id)
    return stored


async def _enterprise(connection: Connection, bureau: str, enterprise: str) -> Enterprise:
    found = await enterprises.find_enterprise(connection, bureau, id=enterprise)
    if found is None:
        raise Problem(404, "enterprise", "登记册里没有这家企业，没有提交。")
    return found


async def _check_draft(
    connection: Connection, pack: Pack, enterprise: Enterprise, draft: PlanDraft
) -> None:
    least = pack.setting("inspection.officers_at_least", int)
    if len(set(draft.officers)) < least:
        raise Problem(422, "officers", f"要 {least} 名持证执法人员，没有提交。")
    bad = await identity.not_certified(
        connection, draft.officers, enterprise.sector, _day(draft.planned_for)
    )
    if bad:
        raise Problem(
            422, "certificate", "有人的执法证件不能用于这次检查，没有提交。", officers=bad
        )
    known = {item.id for item in items_of(pack, draft.planned_for)}
    if not draft.items or not set(draft.items) <= known:
        raise Problem(422, "items", "检查事项要从清单里选，没有提交。")
    if not draft.reason.strip():
        raise Problem(422, "reason", "要写明检查事由，没有提交。")
    verdict = await cap_verdict(connection, pack, enterprise, draft.planned_for, draft.exemption)
    if verdict.over:
        raise Problem(422, "over_cap", verdict.words, missing=list(verdict.missing))


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise Problem(422, "planned_for", "检查日期不对，没有提交。") from error


def items_of(pack: Pack, day: str) -> list[Item]:
    """The item list in force on a day (S3-2.1a)."""
    version = pack.setting("item_list.version", str)
    rows = in_force_on(pack.rows("item", ItemRow), date.fromisoformat(_day(day)))
    return [
        Item(
            id=row.id,
            list_version=version,
            sector=row.sector,
            group=row.group,
            title=row.title,
            content=row.content,
            method=row.method,
            basis=list(row.basis),
            liability=list(row.liability),
            problems=list(row.problems),
            causes=list(row.causes),
            measures=list(row.measures),
        )
        for row in rows.values()
    ]


def document_kinds(pack: Pack, day: str) -> dict[str, DocumentKind]:
    """The kinds of paper of a jurisdiction with their number codes."""
    return in_force_on(pack.rows("document_kind", DocumentKind), date.fromisoformat(day))


def number_text(pack: Pack, kind: str, year: int, serial: int | str, day: str) -> str:
    """文号 as the jurisdiction prints it; `serial` may be a mark to find its place by."""
    pattern = pack.setting("documents.number_pattern", str)
    code = document_kinds(pack, day)[kind].code
    region = pack.setting("bureau.region", str)
    return pattern.format(region=region, code=code, year=year, serial=serial)


async def cap_verdict(
    connection: Connection,
    pack: Pack,
    enterprise: Enterprise,
    day: str,
    exemption: Exemption | None = None,
) -> CapVerdict:
    """频次上限 for one more visit on a day (S3-3.1)."""
    scheme = cap_scheme(pack, day)
    visits, _ = await enterprises.visits_of(connection, enterprise.id)
    counted = count_visits(scheme, [_year_visit(v) for v in visits], int(day[:4])).counted
    periods = [msgspec.convert(msgspec.to_builtins(g), GradePeriod) for g in enterprise.grades]
    return judge_cap(scheme, enterprise.high_risk, grade_on(periods, day), counted, exemption)


def cap_scheme(pack: Pack, day: str) -> CapScheme:
    """The jurisdiction's caps in force on a day; it is one scheme."""
    (scheme,) = in_force_on(pack.rows("cap", CapScheme), date.fromisoformat(day)).values()
    return scheme


def _year_visit(visit: Visit) -> YearVisit:
    kind = visit.kind if visit.counts else "recheck"
    return YearVisit(visit.dossier, visit.day, kind)


async def answer_plan(
    dossiers: Dossiers, connection: Connection, officer: str, plan_id: str, answer: Answer
) -> StoredPlan:
    """Review or approve; the last yes opens the dossier.

    Raises:
        Problem: 403, 404 plan, 409 when it is not this answer's turn, 422.
    """
    stored = await tables.find_plan(connection, plan_id)
    turn = {"review": "pending_review", "approve": "pending_approval"}[answer.act]
    if stored is None:
        raise Problem(404, "plan", "没有这份方案。")
    if stored.state != turn:
        raise Problem(409, "plan_state", "这份方案已经有人处理过，没有改动。请刷新。")
    if answer.answer == "no" and not answer.words.strip():
        raise Problem(422, "words", "不同意要写明理由，没有改动。")
    now = dossiers.clock.now()
    giver = await _may_answer(connection, officer, stored, answer.act, day_of(now))
    await tables.keep_answer(
        connection,
        {
            "plan": plan_id,
            "act": answer.act,
            "answer": answer.answer,
            "officer": officer,
            "delegated_by": giver,
            "words": answer.words,
            "at": now,
        },
    )
    await identity.write_audit(connection, now, officer, f"{answer.act}_plan", plan_id)
    if answer.answer == "no":
        await tables.move_plan(connection, plan_id, "refused")
    elif answer.act == "review":
        await tables.move_plan(connection, plan_id, "pending_approval")
    else:
        await _approve(dossiers, connection, stored)
    moved = await tables.find_plan(connection, plan_id)
    return moved or stored


async def _may_answer(
    connection: Connection, officer: str, stored: StoredPlan, act: Act, day: str
) -> str:
    """Who planned does not approve his own plan (domain.md 6.2, case-level exclusion)."""
    facts = DossierFacts("", "inspection", stored.bureau, stored.section)
    authority = await identity.authority_for(connection, officer, f"{act}_plan", facts, day)
    if authority is None:
        raise Problem(403, "forbidden", "你的岗位没有这项权限，什么也没有改动。")
    if act == "approve" and officer == stored.created_by:
        raise Problem(403, "own_plan", "自己写的方案不能自己审批，什么也没有改动。")
    return "" if authority == officer else authority


async def _approve(dossiers: Dossiers, connection: Connection, stored: StoredPlan) -> None:
    now = dossiers.clock.now()
    draft = msgspec.convert(stored.draft, PlanDraft)
    pack = load_pack(await identity.pack_of(connection, stored.bureau))
    enterprise = await _enterprise(connection, stored.bureau, stored.enterprise)
    await _check_draft(connection, pack, enterprise, draft)
    serial = await tables.next_plan_serial(connection, stored.bureau, year_of(now))
    number = number_text(pack, PLAN_KIND, year_of(now), serial, day_of(now))
    name = await _open_dossier(dossiers, connection, stored, enterprise, draft.reason)
    await tables.move_plan(connection, stored.id, "approved", name, number)
    plan = _plan_record(draft, stored, number, pack)
    approvals = [
        SystemWrite(
            name, "approval", await _approval(connection, row), cause=f"{stored.id}/{row.act}"
        )
        for row in await tables.answers_of(connection, stored.id)
    ]
    await dossiers.write(connection, [SystemWrite(name, "plan", plan, cause=stored.id), *approvals])


async def _open_dossier(
    dossiers: Dossiers,
    connection: Connection,
    stored: StoredPlan,
    enterprise: Enterprise,
    reason: str,
) -> str:
    facts = DossierFacts("", "inspection", stored.bureau, stored.section)
    unit = {"code": enterprise.code, "name": enterprise.name, "id": enterprise.id}
    fields: dict[str, object] = {
        "kind": "inspection",
        "bureau": stored.bureau,
        "section": stored.section,
        "enterprise": unit,
        "reason": reason,
    }
    return await dossiers.open(connection, facts, fields)


def _plan_record(draft: PlanDraft, stored: StoredPlan, number: str, pack: Pack) -> dict[str, Any]:
    written = msgspec.to_builtins(draft)
    written["exemption"] = written["exemption"] or None
    extra = {"number": number, "list_version": pack.setting("item_list.version", str)}
    known = set(Plan.__struct_fields__)
    return {name: value for name, value in {**written, **extra}.items() if name in known and value}


async def _approval(connection: Connection, row: Any) -> dict[str, Any]:
    account = await identity.account(connection, row.officer)
    by = Approver(officer=row.officer, name=account.name, delegated_by=row.delegated_by)
    return {
        "of": row.plan,
        "act": row.act,
        "answer": row.answer,
        "by": msgspec.to_builtins(by),
        "words": row.words,
        "at": row.at,
    }


async def publish_items(dossiers: Dossiers, connection: Connection, bureau: str) -> int:
    """Bring the item list into the register phones carry."""
    pack = load_pack(await identity.pack_of(connection, bureau))
    today = day_of(dossiers.clock.now())
    rows = [msgspec.to_builtins(item) for item in items_of(pack, today)]
    return await publish(dossiers, connection, ("items", bureau), "item", rows)


async def publish_pack(dossiers: Dossiers, connection: Connection, bureau: str) -> int:
    """Bring the jurisdiction's values into the register phones carry (law as data)."""
    pack = load_pack(await identity.pack_of(connection, bureau))
    today = date.fromisoformat(day_of(dossiers.clock.now()))
    rows = [
        PackValue(id=key, json=_json(each.value), source=each.source, in_force=str(each.in_force))
        for key, each in pack.settings.items()
    ]
    tables_of_phone: dict[str, Any] = {
        "table.document_kind": list(document_kinds(pack, today.isoformat()).values()),
        "table.cap": [cap_scheme(pack, today.isoformat())],
        "table.sector": [row.cells for row in pack.tables.get("sector", ())],
        "table.law": [row.cells for row in pack.tables.get("law", ())],
        "table.clock": list(deadlines.clock_rules(pack, today).values()),
        "calendar": deadlines.region_calendar(pack),
    }
    rows += [
        PackValue(id=name, json=_json(value), source=pack.name, in_force=today.isoformat())
        for name, value in tables_of_phone.items()
    ]
    values = [msgspec.to_builtins(row) for row in rows]
    return await publish(dossiers, connection, ("packs", bureau), "pack", values)


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode("utf-8")
