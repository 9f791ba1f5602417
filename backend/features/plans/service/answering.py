"""审核 (R2), then 审批 (R7 or a dated delegation); the last yes opens a dossier on the phones."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

import msgspec

from backend.core.database import Connection
from backend.core.days import day_of, year_of
from backend.core.dossiers.listening import SystemWrite
from backend.core.dossiers.ports import DossierFacts, Sight
from backend.core.dossiers.service import Dossiers
from backend.core.problems import Problem
from backend.features.enterprises import public as enterprises
from backend.features.enterprises.model import Enterprise
from backend.features.identity import public as identity
from backend.features.plans import tables
from backend.features.plans.model import Approver, Plan
from backend.features.plans.service.drafting import PlanDraft, check_draft, known_enterprise
from backend.features.plans.service.lists import list_on
from backend.features.plans.service.papering import paper_of
from backend.features.plans.service.publishing import number_text
from backend.features.plans.tables import PlanState, StoredPlan

PLAN_KIND = "site_inspection_plan"
Act = Literal["review", "approve"]

_ACTS: tuple[Act, ...] = get_args(Act)
_TURN: dict[Act, PlanState] = {"review": "pending_review", "approve": "pending_approval"}
_UNKNOWN = "没有这份方案。"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reviewer or approver says; `yes` or `no`, with words where it is no."""

    act: Act
    answer: Literal["yes", "no"]
    words: str


async def shown_plan(
    connection: Connection, officer: str, plan_id: str, day: str
) -> tuple[StoredPlan, list[Act]]:
    """A plan for its maker or for who answers such plans, with the answers he may give now.

    Whose post it is to answer goes on seeing it afterwards: told that somebody was quicker, he must
    be able to see where it stands.

    Raises:
        Problem: 404 `plan`, the same for an unknown plan and for one that is not his to see.
    """
    stored = await tables.read_plan(connection, plan_id)
    if stored is None:
        raise Problem(404, "plan", _UNKNOWN)
    authorities = [await _authority(connection, officer, stored, act, day) for act in _ACTS]
    if officer != stored.created_by and not any(authorities):
        raise Problem(404, "plan", _UNKNOWN)
    return stored, await answers_open(connection, officer, stored, day)


async def listed_plans(
    connection: Connection, officer: str, state: PlanState, day: str
) -> list[tuple[StoredPlan, list[Act]]]:
    """Plans in one state that an officer made or may answer, with the answers he may give now."""
    subject = (await identity.account(connection, officer)).subject
    sight = await _sight(connection, subject, state, day)
    found = [
        (each, await answers_open(connection, officer, each, day))
        for each in await tables.list_plans(connection, sight, state)
    ]
    return [(each, may) for each, may in found if may or each.created_by == officer]


async def _sight(
    connection: Connection, subject: identity.Subject, state: PlanState, day: str
) -> Sight:
    """His own plans, and those of the bureau or of his section that it is his turn to answer."""
    bureau, section, officer = subject.bureau, subject.section, subject.officer
    turn = _turn(state)
    for sight in (Sight(bureau), Sight(bureau, section, officer)) if turn else ():
        facts = DossierFacts("", "inspection", bureau, sight.section)
        if await identity.authority_for(connection, officer, f"{turn}_plan", facts, day):
            return sight
    return Sight(bureau, officer=officer)


def _turn(state: PlanState) -> Act | None:
    return next((act for act, turn in _TURN.items() if turn == state), None)


async def answers_open(
    connection: Connection, officer: str, stored: StoredPlan, day: str
) -> list[Act]:
    """The answers an officer may give now: what is shown as open will not be refused."""
    turn = _turn(stored.state)
    if turn is None or _is_own(officer, stored, turn):
        return []
    return [turn] if await _authority(connection, officer, stored, turn, day) else []


async def _authority(
    connection: Connection, officer: str, stored: StoredPlan, act: Act, day: str
) -> str | None:
    facts = DossierFacts("", "inspection", stored.bureau, stored.section)
    return await identity.authority_for(connection, officer, f"{act}_plan", facts, day)


def _is_own(officer: str, stored: StoredPlan, act: Act) -> bool:
    """Who planned does not approve his own plan (domain.md 6.2, case-level exclusion)."""
    return act == "approve" and officer == stored.created_by


async def answer_plan(
    dossiers: Dossiers, connection: Connection, officer: str, plan_id: str, answer: Answer
) -> StoredPlan:
    """Review or approve; the last yes opens the dossier.

    Raises:
        Problem: 403, 404 plan, 409 when it is not this answer's turn, 422.
    """
    stored = await tables.find_plan(connection, plan_id)
    if stored is None:
        raise Problem(404, "plan", _UNKNOWN)
    now = dossiers.clock.now()
    giver = await _may_answer(connection, officer, stored, answer.act, day_of(now))
    _check_turn(stored, answer)
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
    detail = f"delegated_by {giver}" if giver else ""
    await identity.write_audit(connection, now, officer, f"{answer.act}_plan", plan_id, detail)
    await _move(dossiers, connection, stored, answer)
    return await tables.find_plan(connection, plan_id) or stored


def _check_turn(stored: StoredPlan, answer: Answer) -> None:
    if stored.state != _TURN[answer.act]:
        raise Problem(409, "plan_state", "这份方案已经有人处理过，没有改动。")
    if answer.answer == "no" and not answer.words.strip():
        no = "不同意" if answer.act == "review" else "不批准"
        raise Problem(422, "words", f"{no}要写明理由，没有改动。")


async def _may_answer(
    connection: Connection, officer: str, stored: StoredPlan, act: Act, day: str
) -> str:
    """Who delegated it; nothing where the officer answers by his own post."""
    authority = await _authority(connection, officer, stored, act, day)
    if authority is None:
        raise Problem(403, "forbidden", "你的岗位没有这项权限，什么也没有改动。")
    if _is_own(officer, stored, act):
        raise Problem(403, "own_plan", "自己写的方案不能自己审批，什么也没有改动。")
    return "" if authority == officer else authority


async def _move(
    dossiers: Dossiers, connection: Connection, stored: StoredPlan, answer: Answer
) -> None:
    if answer.answer == "no":
        await tables.move_plan(connection, stored.id, "refused")
    elif answer.act == "review":
        await tables.move_plan(connection, stored.id, "pending_approval")
    else:
        await _approve(dossiers, connection, stored)


async def _approve(dossiers: Dossiers, connection: Connection, stored: StoredPlan) -> None:
    now = dossiers.clock.now()
    draft = msgspec.convert(stored.draft, PlanDraft)
    pack = await identity.bureau_pack(connection, stored.bureau)
    enterprise = await known_enterprise(connection, stored.bureau, stored.enterprise)
    await enterprises.hold_enterprise(connection, enterprise.id)
    await check_draft(connection, pack, stored.bureau, enterprise, draft, apart=stored.id)
    serial = await tables.next_serial(connection, stored.bureau, year_of(now), "plan")
    number = number_text(pack, PLAN_KIND, year_of(now), serial, day_of(now))
    name = await _open_dossier(dossiers, connection, stored, enterprise, draft.reason)
    listed = await list_on(connection, stored.bureau, pack, draft.planned_for)
    answers = {
        row.act: await _approval(connection, row)
        for row in await tables.answers_of(connection, stored.id)
    }
    issued = (number, now)
    paper = await paper_of(connection, pack, draft, enterprise, listed, issued, answers)
    await tables.move_plan(connection, stored.id, "approved", name, number)
    plan = _plan_record(draft, number, listed.version, paper)
    approvals = [
        SystemWrite(name, "approval", approval, cause=f"{stored.id}/{act}")
        for act, approval in answers.items()
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


def _plan_record(draft: PlanDraft, number: str, version: str, paper: str) -> dict[str, Any]:
    written = msgspec.to_builtins(draft)
    extra = {"number": number, "list_version": version, "paper": paper}
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
