"""新检查 as drafted at the desk, the lists and caps it is checked by, and what phones carry of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from backend.core.database import Connection
from backend.core.days import day_of
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.service import Dossiers
from backend.core.packs import Pack, in_force_on, load_pack
from backend.core.problems import Problem
from backend.core.registers import publish, register_name, rows_of
from backend.features.deadlines import public as deadlines
from backend.features.enterprises import public as enterprises
from backend.features.enterprises.model import Enterprise, Visit
from backend.features.identity import public as identity
from backend.features.plans import tables
from backend.features.plans.model import DocumentKind, Item, PackValue
from backend.features.plans.rules import (
    CapScheme,
    CapVerdict,
    Exemption,
    GradePeriod,
    ItemRow,
    YearVisit,
    cap_for,
    count_visits,
    grade_on,
    judge_cap,
)
from backend.features.plans.tables import StoredPlan


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
    enterprise = await known_enterprise(connection, subject.bureau, draft.enterprise)
    await check_draft(connection, pack, enterprise, draft)
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


async def known_enterprise(connection: Connection, bureau: str, enterprise: str) -> Enterprise:
    """The enterprise of a draft.

    Raises:
        Problem: 404 `enterprise`.
    """
    found = await enterprises.find_enterprise(connection, bureau, id=enterprise)
    if found is None or found.withdrawn:
        raise Problem(404, "enterprise", "登记册里没有这家企业，没有提交。")
    return found


async def check_draft(
    connection: Connection, pack: Pack, enterprise: Enterprise, draft: PlanDraft
) -> None:
    """Asked at submission and again at approval: certificates and visits change in between.

    Raises:
        Problem: 422 with what is wrong.
    """
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


async def publish_items(dossiers: Dossiers, connection: Connection, bureau: str) -> int:
    """Bring the item list into the register phones carry."""
    pack = load_pack(await identity.pack_of(connection, bureau))
    today = day_of(dossiers.clock.now())
    rows = [msgspec.to_builtins(item) for item in items_of(pack, today)]
    return await publish(dossiers, connection, ("items", bureau), "item", rows)


async def list_of(connection: Connection, bureau: str) -> list[Item]:
    """The item list as the bureau's phones carry it, withdrawn items too."""
    rows = await rows_of(connection, register_name("items", bureau), "item")
    return [msgspec.convert(row, Item) for row in rows]


async def import_items(
    dossiers: Dossiers, connection: Connection, bureau: str, items: Sequence[Item]
) -> int:
    """Publish items of a version of the bureau's own list; each names the version it came with.

    Items of the register that are not among them stay as they are.
    """
    rows = [msgspec.to_builtins(item) for item in items]
    return await publish(dossiers, connection, ("items", bureau), "item", rows)


def cap_of(pack: Pack, enterprise: Enterprise, day: str) -> int:
    """频次上限 of an enterprise on a day as its summary says it; -1 where none is set."""
    periods = [msgspec.convert(msgspec.to_builtins(g), GradePeriod) for g in enterprise.grades]
    cap = cap_for(cap_scheme(pack, day), enterprise.high_risk, grade_on(periods, day))
    return -1 if cap is None else cap


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
