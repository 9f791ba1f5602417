"""现场检查方案 as drafted at the desk (S3-4.2b): checked, sent to review, withdrawn before arrival."""

import re
from datetime import date
from typing import Literal

import msgspec

from backend.core.database import Connection
from backend.core.dossiers.listening import SystemWrite
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.service import Dossiers
from backend.core.packs import Pack
from backend.core.problems import Problem
from backend.features.enterprises import public as enterprises
from backend.features.enterprises.model import Enterprise
from backend.features.identity import public as identity
from backend.features.plans import tables
from backend.features.plans.model import JointBody
from backend.features.plans.rules import Exemption
from backend.features.plans.service.counting import cap_verdict
from backend.features.plans.service.lists import list_on
from backend.features.plans.tables import StoredPlan

PlanKind = Literal["enforcement", "random", "special", "off_site"]

_TEXTS = {"content": "检查内容", "focus": "检查重点", "method": "检查方法", "steps": "检查步骤"}
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_OPEN_STATES = frozenset({"pending_review", "pending_approval", "approved"})


class OffSite(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """「能不能不进企业就办成？」 (S3-3.2), with the reason kept."""

    answer: Literal["yes", "no"]
    reason: str


class PlanDraft(msgspec.Struct, forbid_unknown_fields=True):
    """现场检查方案 as written at the desk: 内容、重点、方法、步骤 and who goes, when, where, why.

    `special` names the approved 专项或重点时段检查 it belongs to; `replaces` the refused plan that
    was written anew.
    """

    enterprise: str
    planned_for: str
    reason: str
    officers: list[str]
    items: list[str]
    kind: PlanKind = "enforcement"
    content: str = ""
    focus: str = ""
    method: str = ""
    steps: str = ""
    starts: str = ""
    place: str = ""
    equipment: list[str] = []
    joint: list[JointBody] = []
    off_site: OffSite | None = None
    exemption: Exemption | None = None
    special: str = ""
    remark: str = ""
    replaces: str = ""


async def submit_plan(
    dossiers: Dossiers, connection: Connection, officer: str, draft: PlanDraft
) -> StoredPlan:
    """Check a draft and send it to review.

    Raises:
        Problem: 403 forbidden, 404 enterprise or plan, 422 with what is wrong.
    """
    subject = (await identity.account(connection, officer)).subject
    facts = DossierFacts("", "inspection", subject.bureau, subject.section)
    await identity.require(connection, officer, "make_plan", facts)
    pack = await identity.bureau_pack(connection, subject.bureau)
    enterprise = await known_enterprise(connection, subject.bureau, draft.enterprise)
    await check_draft(connection, pack, subject.bureau, enterprise, draft)
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
        replaces=draft.replaces,
    )
    if draft.replaces:
        await _check_replaced(connection, subject, draft)
    await tables.insert_plan(connection, stored)
    await identity.write_audit(connection, now, officer, "submit_plan", stored.id)
    return stored


async def _check_replaced(
    connection: Connection, subject: identity.Subject, draft: PlanDraft
) -> None:
    """A refused plan stays as it was refused; the better one, of the same enterprise, names it once."""
    old = await tables.find_plan(connection, draft.replaces)
    if old is None or (old.bureau, old.section) != (subject.bureau, subject.section):
        raise Problem(404, "plan", "没有这份方案。")
    if old.enterprise != draft.enterprise:
        raise Problem(422, "replaced", "改后重报只能报原来那家企业，没有提交。查别家请另做新检查。")
    if old.state != "refused":
        raise Problem(422, "replaced", "只有没有同意的方案才能改后重报，没有提交。请刷新。")
    if await tables.replaced_by(connection, draft.replaces):
        raise Problem(422, "replaced", "这份方案已经改过重报，没有再报。请刷新。")


async def cancel_plan(
    dossiers: Dossiers, connection: Connection, officer: str, plan_id: str, words: str
) -> StoredPlan:
    """取消 before arrival, with the reason; a cancelled plan does not count (domain.md 6.3).

    Raises:
        Problem: 403, 404 plan, 409 `plan_state` or `visited`, 422 `words`.
    """
    stored = await tables.find_plan(connection, plan_id)
    subject = (await identity.account(connection, officer)).subject
    if stored is None or stored.bureau != subject.bureau:
        raise Problem(404, "plan", "没有这份方案。")
    if officer != stored.created_by:
        facts = DossierFacts("", "inspection", stored.bureau, stored.section)
        await identity.require(connection, officer, "review_plan", facts)
    if not words.strip():
        raise Problem(422, "words", "取消要写明原因，没有改动。")
    if stored.state not in _OPEN_STATES:
        raise Problem(409, "plan_state", "这份方案已经有人处理过，没有改动。")
    await _check_not_begun(connection, stored)
    now = dossiers.clock.now()
    row = {"plan": plan_id, "act": "cancel", "answer": "yes", "officer": officer}
    row |= {"delegated_by": "", "words": words.strip()}
    await tables.keep_answer(connection, {**row, "at": now})
    await tables.move_plan(connection, plan_id, "cancelled")
    await identity.write_audit(connection, now, officer, "cancel_plan", plan_id)
    if stored.dossier:
        await _tell_dossier(dossiers, connection, stored, officer, words.strip())
    return await tables.find_plan(connection, plan_id) or stored


async def _check_not_begun(connection: Connection, stored: StoredPlan) -> None:
    visits, _ = await enterprises.visits_of(connection, stored.enterprise)
    if stored.dossier and any(visit.dossier == stored.dossier for visit in visits):
        raise Problem(409, "visited", "检查已经开始，不能取消。没有改动。")


async def _tell_dossier(
    dossiers: Dossiers, connection: Connection, stored: StoredPlan, officer: str, words: str
) -> None:
    name = (await identity.account(connection, officer)).name
    approval = {
        "of": stored.id,
        "act": "cancel",
        "answer": "yes",
        "by": {"officer": officer, "name": name},
        "words": words,
        "at": dossiers.clock.now(),
    }
    write = SystemWrite(stored.dossier, "approval", approval, cause=f"{stored.id}/cancel")
    await dossiers.write(connection, [write])


async def known_enterprise(connection: Connection, bureau: str, enterprise: str) -> Enterprise:
    """The enterprise of a draft.

    Raises:
        Problem: 404 `enterprise`.
    """
    found = await enterprises.find_enterprise(connection, bureau, id=enterprise)
    if found is None:
        raise Problem(404, "enterprise", "登记册里没有这家企业，没有提交。")
    return found


async def check_draft(
    connection: Connection,
    pack: Pack,
    bureau: str,
    enterprise: Enterprise,
    draft: PlanDraft,
    apart: str = "",
) -> None:
    """Asked at submission and again at approval: certificates and visits change in between.

    Raises:
        Problem: 422 with what is wrong.
    """
    _day(draft.planned_for)
    await _check_officers(connection, pack, enterprise, draft)
    listed = await list_on(connection, bureau, pack, draft.planned_for)
    if not draft.items or not set(draft.items) <= {item.id for item in listed.items}:
        raise Problem(422, "items", "检查事项要从清单里选，没有提交。")
    _check_words(pack, draft)
    _check_off_site(pack, draft)
    await _check_special(connection, bureau, draft)
    given = (connection, pack, enterprise, draft.planned_for, draft.exemption)
    verdict = await cap_verdict(*given, apart=apart)
    if verdict.over and draft.kind != "off_site":
        raise Problem(422, "over_cap", verdict.words, missing=list(verdict.missing))


async def _check_officers(
    connection: Connection, pack: Pack, enterprise: Enterprise, draft: PlanDraft
) -> None:
    least = pack.setting("inspection.officers_at_least", int)
    if len(set(draft.officers)) < least:
        raise Problem(422, "officers", f"要 {least} 名持证执法人员，没有提交。")
    bad = await identity.not_certified(
        connection, draft.officers, enterprise.sector, draft.planned_for
    )
    if bad:
        raise Problem(
            422, "certificate", "有人的执法证件不能用于这次检查，没有提交。", officers=bad
        )


def _check_words(pack: Pack, draft: PlanDraft) -> None:
    if not draft.reason.strip():
        raise Problem(422, "reason", "要写明检查事由，没有提交。")
    for name in pack.setting("plan.required", list[str]):
        if not getattr(draft, name).strip():
            raise Problem(422, name, f"要写明{_TEXTS[name]}，没有提交。")
    if draft.starts and not _CLOCK.fullmatch(draft.starts):
        raise Problem(422, "starts", "到场时间要写成 09:30 这样，没有提交。")
    if any(not body.name.strip() for body in draft.joint):
        raise Problem(422, "joint", "联合检查要写明部门名称，没有提交。")


def _check_off_site(pack: Pack, draft: PlanDraft) -> None:
    """S3-3.2: what can be done without entering is done without entering."""
    if not pack.setting("plan.off_site_first", bool):
        return
    asked = draft.off_site
    if asked is None or not asked.reason.strip():
        raise Problem(422, "off_site", "先回答能不能不进企业就办成，并写明理由，没有提交。")
    if asked.answer == "yes" and draft.kind != "off_site":
        raise Problem(422, "off_site", "能不进企业就办成的，改为非现场检查，没有提交。")


async def _check_special(connection: Connection, bureau: str, draft: PlanDraft) -> None:
    """S3-A3: a special check has been approved as one matter and has its days."""
    if draft.kind != "special":
        return
    found = await tables.find_special(connection, draft.special)
    if found is None or found.bureau != bureau or found.state != "approved":
        raise Problem(422, "special", "先选一项已经批准的专项或重点时段检查，没有提交。")
    if not found.since <= draft.planned_for <= found.until:
        raise Problem(422, "special", "检查日期不在这项专项检查的时间内，没有提交。")


def _day(text: str) -> None:
    try:
        sound = date.fromisoformat(text).isoformat() == text
    except ValueError:
        sound = False
    if not sound:
        raise Problem(422, "planned_for", "检查日期不对，没有提交。")
