"""A visit from its approved plan to its end: what the server does when facts arrive."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from backend.core.database import Connection
from backend.core.days import day_of, year_of
from backend.core.dossiers.listening import Happening, Shown, SystemWrite
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.service import DAY_MS, Dossiers
from backend.core.packs import Pack
from backend.core.problems import Problem
from backend.features.deadlines import public as deadlines
from backend.features.enterprises import public as enterprises
from backend.features.enterprises.model import Enterprise, OpenFinding, Visit
from backend.features.identity import public as identity
from backend.features.inspections import rules, tables
from backend.features.inspections.tables import CitedClause, InspectionRow
from backend.features.law import public as law
from backend.features.plans import public as plans

SUMMARISE = "summarise_enterprise"
OVER_CAP = "over_cap"
TRANSFER_CLOCK = "D03"
_TOKEN_HEX = 32
_LONGEST_PROBLEM = 120
_VIEW_ENTITIES = (
    "dossier",
    "inspection",
    "arrival",
    "step",
    "check",
    "finding",
    "exchange",
    "evidence",
    "custody",
    "draft",
    "number",
    "signature",
    "document",
    "service",
    "print",
    "recheck",
    "plan",
    "approval",
    "addendum",
    "receipt",
    "extension",
    "feedback",
)


async def open_visit(happening: Happening, approval: Shown, token: str) -> None:
    """An approved plan becomes an inspection with its checklist, carried by its officers."""
    dossier = approval.dossier
    (plan,) = await happening.records(dossier, "plan")
    (opened,) = await happening.records(dossier, "dossier")
    bureau = opened.values["bureau"]
    pack = await identity.bureau_pack(happening.connection, bureau)
    enterprise = await enterprises.find_enterprise(
        happening.connection, bureau, id=plan.values["enterprise"]
    )
    if enterprise is None:
        raise LookupError("enterprise of an approved plan")
    cause = approval.record
    happening.write(SystemWrite(dossier, "inspection", _inspection(plan, enterprise), cause=cause))
    version = plan.values.get("list_version", "")
    listed = await plans.list_named(happening.connection, bureau, pack, version)
    for order, item in enumerate(_items(listed, plan), 1):
        fields = {
            "item": item.id,
            "order": order,
            "title": item.title,
            "content": item.content,
            "method": item.method,
            "basis": item.basis,
        }
        happening.write(SystemWrite(dossier, "check", fields, cause=f"{cause}/{item.id}"))
    fields = token_fields(pack, token, happening.now)
    happening.write(SystemWrite(dossier, "visit_token", fields, cause=cause))
    for officer in plan.values["officers"]:
        await happening.grant(dossier, officer)


def token_fields(pack: Pack, token: str, now: int) -> dict[str, Any]:
    """A `visit_token` record; its page ends when rectification is long over."""
    days = pack.setting("disclosure.token_days", int)
    return {"token": token, "until": now + days * DAY_MS}


def _inspection(plan: Shown, enterprise: Enterprise) -> dict[str, Any]:
    unit = {
        "name": enterprise.name,
        "code": enterprise.code,
        "address": enterprise.address,
        "legal_representative": enterprise.legal_representative,
        "phone": enterprise.phone,
    }
    return {
        "kind": plan.values.get("kind", "enforcement"),
        "unit": unit,
        "sector": enterprise.sector,
        "planned_for": plan.values["planned_for"],
        "reason": plan.values["reason"],
        "list_version": plan.values["list_version"],
        "officers": {"add": plan.values["officers"]},
    }


def _items(listed: plans.ItemList, plan: Shown) -> list[plans.Item]:
    """The inspection keeps the version it was planned with (S3-2.2)."""
    chosen = set(plan.values["items"])
    return [item for item in listed.items if item.id in chosen]


async def withdraw_visit(happening: Happening, cancelled: Shown) -> None:
    """A plan cancelled before arrival: the inspection is withdrawn with the reason."""
    for inspection in await happening.records(cancelled.dossier, "inspection"):
        fields = {"withdrawn": {"reason": cancelled.values.get("words", "")}}
        happening.write(
            SystemWrite(cancelled.dossier, "inspection", fields, record=inspection.record)
        )


async def grant_officers(happening: Happening, inspection: Shown) -> None:
    """Officers named on a phone get the dossier if they are certified (GR4)."""
    named = inspection.values.get("officers", [])
    day = day_of(happening.now)
    sector = inspection.values.get("sector", "")
    bad = await identity.not_certified(happening.connection, named, sector, day)
    for officer in sorted(set(named) - set(bad)):
        await happening.grant(inspection.dossier, officer)


async def refresh(happening: Happening, dossier: str) -> None:
    """After any change: the list row, the enterprise's visit, the clock of a transfer, marks."""
    if not await happening.records(dossier, "inspection"):
        return
    view = await view_of(happening, dossier)
    await _keep_row(happening, dossier, view)
    await tables.keep_citations(happening.connection, dossier, _cited(dossier, view))
    await _note_visit(happening, dossier, view)
    await _start_transfer_clock(happening, dossier, view)
    await _mark_breaches(happening, dossier, view)


async def view_of(happening: Happening, dossier: str) -> rules.View:
    """What the rules look at: the dossier's records as plain values."""
    created = await happening.created(dossier)
    view: rules.View = {"today": day_of(happening.now)}
    for entity in _VIEW_ENTITIES:
        shown = await happening.records(dossier, entity)
        view[entity] = [
            {
                **each.values,
                "id": each.record,
                "created": created.get(each.record, happening.now),
                "device": each.record.partition(".")[0],
                "conflicts": each.conflicts,
            }
            for each in shown
        ]
    view["requested"] = rules.requested(view)
    return view


async def _keep_row(happening: Happening, dossier: str, view: rules.View) -> None:
    opened, inspection = view["dossier"][0], view["inspection"][0]
    unit = inspection.get("unit") or opened.get("enterprise") or {}
    row = InspectionRow(
        dossier=dossier,
        bureau=opened.get("bureau", ""),
        section=opened.get("section", ""),
        enterprise=(opened.get("enterprise") or {}).get("id", ""),
        unit=unit.get("name", ""),
        state=rules.state(view),
        planned_for=inspection.get("planned_for", ""),
        started=inspection.get("started"),
        ended=rules.ended_at(view),
        officers=sorted(inspection.get("officers", [])),
        findings=len([each for each in view["finding"] if not each.get("withdrawn")]),
        conflicts=sum(len(each["conflicts"]) for entity in _VIEW_ENTITIES for each in view[entity]),
        changed=happening.now,
    )
    await tables.keep(happening.connection, row)


def _cited(dossier: str, view: rules.View) -> list[CitedClause]:
    """Each clause once; a finding on an issued order can no longer be cited anew."""
    issued = {item.finding for item in rules.order_items(view)}
    return [
        CitedClause(
            dossier=dossier,
            finding=each["id"],
            citation=citation,
            version=citation.partition("#")[0],
            problem=each.get("problem", "")[:_LONGEST_PROBLEM],
            issued=each["id"] in issued,
        )
        for each in view["finding"]
        if not each.get("withdrawn")
        for citation in sorted(set(each.get("basis", [])))
        if citation.isascii()
    ]


async def _note_visit(happening: Happening, dossier: str, view: rules.View) -> None:
    """A visit that began is noted at the enterprise, whose summary is then written anew."""
    opened, inspection = view["dossier"][0], view["inspection"][0]
    enterprise = (opened.get("enterprise") or {}).get("id", "")
    started = inspection.get("started")
    if not enterprise or not started:
        return
    pack = await identity.bureau_pack(happening.connection, opened["bureau"])
    visit = _visit(pack, dossier, view, started)
    findings = [
        OpenFinding(dossier=dossier, finding=item.finding, problem=item.problem, due=item.due)
        for item in rules.open_items(view, day_of(happening.now))
    ]
    await enterprises.note_visit(happening.connection, enterprise, visit, findings)
    for again in _rechecks(dossier, view):
        await enterprises.note_visit(happening.connection, enterprise, again, [])
    payload = {"bureau": opened["bureau"], "enterprise": enterprise, "year": year_of(started)}
    key = f"{enterprise}/{year_of(started)}/{happening.accepted[-1].seq}/{dossier}"
    await happening.post(SUMMARISE, key, payload)


def _visit(pack: Pack, dossier: str, view: rules.View, started: int) -> Visit:
    """How the visit counts: its kind, its 免限理由 of the plan or of the arrival, who joined."""
    inspection = view["inspection"][0]
    plan = view["plan"][0] if view["plan"] else {}
    given = [plan.get("exemption"), *(each.get("exemption") for each in view["arrival"])]
    exempt = plans.exempt_code(pack, day_of(started), [each for each in given if each])
    return Visit(
        id=dossier,
        dossier=dossier,
        day=day_of(started),
        at=started,
        kind=inspection.get("kind", ""),
        exempt=exempt,
        joint=bool(plan.get("joint")),
    )


def _rechecks(dossier: str, view: rules.View) -> list[Visit]:
    """复查 follows up and is told apart (S3-A8)."""
    return [
        Visit(
            id=each["id"],
            dossier=dossier,
            day=day_of(each["started"]),
            at=each["started"],
            kind="recheck",
        )
        for each in view["recheck"]
        if each.get("started") and not each.get("withdrawn")
    ]


async def _start_transfer_clock(happening: Happening, dossier: str, view: rules.View) -> None:
    """D03: three working days from the end, when something is to be transferred (S0-7b)."""
    ended = rules.ended_at(view)
    due = [each for each in view["finding"] if "transfer" in each.get("dispositions", [])]
    if ended is None or not due:
        return
    inspection = view["inspection"][0]
    await deadlines.start_clock(
        happening,
        deadlines.StartClock(
            dossier=dossier,
            rule_id=TRANSFER_CLOCK,
            trigger=inspection["id"],
            started_ms=ended,
            officers=tuple(sorted(inspection.get("officers", []))),
        ),
    )


async def _mark_breaches(happening: Happening, dossier: str, view: rules.View) -> None:
    """QU6: what broke only order is marked, once."""
    marked = {
        (each.values.get("of"), each.values.get("kind"))
        for each in await happening.records(dossier, "mark")
    }
    for breach in rules.breaches(view):
        if (breach.record, breach.id) not in marked:
            mark = {
                "of": breach.record,
                "kind": breach.id,
                "text": breach.says,
                "source": breach.source,
            }
            happening.write(
                SystemWrite(dossier, "mark", mark, cause=f"{breach.record}/{breach.id}")
            )


async def close(
    dossiers: Dossiers, connection: Connection, officer: str, facts: DossierFacts
) -> None:
    """结案 by the section head: nothing open, nothing disputed, nothing missing (domain.md 6.3).

    Raises:
        Problem: 403 `forbidden`, 409 `not_closable` with what keeps it open.
    """
    head = await identity.require(connection, officer, "close", facts)
    dossier = facts.name
    view = await view_of(dossiers.reading(connection), dossier)
    kept_open = rules.keeps_open(view)
    if kept_open:
        raise Problem(409, "not_closable", f"{kept_open[0]}，没有结案。", reasons=kept_open)
    approval = {
        "of": dossier,
        "act": "close",
        "answer": "yes",
        "by": {"officer": officer, "name": head.name},
        "at": dossiers.clock.now(),
    }
    await dossiers.write(connection, [SystemWrite(dossier, "approval", approval, cause=dossier)])
    await identity.write_audit(connection, dossiers.clock.now(), officer, "close", dossier)


async def ended_versions(connection: Connection, bureau: str, today: str) -> list[str]:
    """Versions of laws (`<law>@<in force since>`) no longer in force on a day."""
    pack = await identity.bureau_pack(connection, bureau)
    known = law.succession(await law.laws_of(connection, bureau, pack))
    return [
        law.version_of(each) for each in known if each.until and each.until.isoformat() <= today
    ]


async def items_citing(
    connection: Connection, bureau: str, today: str, versions: Collection[str]
) -> list[tuple[plans.Item, str]]:
    """Items of the list in force, each with a clause of one of these versions it rests on."""
    pack = await identity.bureau_pack(connection, bureau)
    listed = await plans.list_on(connection, bureau, pack, today)
    return [
        (item, citation)
        for item in listed.items
        for citation in (*item.basis, *item.liability)
        if citation.partition("#")[0] in versions
    ]


async def summarise(dossiers: Dossiers, payload: dict[str, Any]) -> None:
    """The worker's job: what phones know offline of an enterprise, written anew.

    Two phones may each have used the last place offline. Both visits stay; the one too many is
    marked in its dossier, whichever of them arrived first (domain.md 4, rule 3). What changes in a
    dossier of an earlier year may mark that year; phones are told of this one.
    """
    bureau, enterprise_id, year = payload["bureau"], payload["enterprise"], payload["year"]
    async with dossiers.database.write() as connection:
        found = await enterprises.find_enterprise(connection, bureau, id=enterprise_id)
        if found is None:
            return
        pack = await identity.bureau_pack(connection, bureau)
        today = day_of(dossiers.clock.now())
        this_year = int(today[:4])
        judged = await plans.judge_year(connection, pack, found, today)
        await enterprises.summarise(
            dossiers, connection, (bureau, enterprise_id), this_year, judged
        )
        if year != this_year:
            judged = await plans.judge_year(connection, pack, found, f"{year}-12-31")
        await _mark_over(dossiers, connection, pack, judged.over)


async def _mark_over(
    dossiers: Dossiers, connection: Connection, pack: Pack, over: Mapping[str, int]
) -> None:
    reading = dossiers.reading(connection)
    for dossier, cap in over.items():
        inspections = await reading.records(dossier, "inspection")
        marked = {each.values.get("kind") for each in await reading.records(dossier, "mark")}
        if not inspections or OVER_CAP in marked:
            continue
        mark = {
            "of": inspections[0].record,
            "kind": OVER_CAP,
            "text": f"今年的上限是 {cap} 次，这次检查超过了上限。检查有效，已标注。",
            "source": plans.cap_scheme(pack, day_of(dossiers.clock.now())).source,
        }
        write = SystemWrite(dossier, "mark", mark, cause=f"{dossier}/{OVER_CAP}")
        await dossiers.write(connection, [write])


def opened_dossiers(rows: Sequence[Any]) -> list[str]:
    """The dossiers of accepted rows, each once, registers left out."""
    return sorted(
        {row.changeset.dossier for row in rows if not row.changeset.dossier.startswith("ref.")}
    )
