"""投诉 and 评价: each a dossier of its own that the officers of the visit never read (S3-5.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from backend.core.database import Connection
from backend.core.days import year_of
from backend.core.dossiers.listening import Happening, Shown, SystemWrite
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.service import Dossiers, bar, dossier_facts
from backend.core.dossiers.store import LogStore
from backend.core.problems import Problem
from backend.features.deadlines import public as deadlines
from backend.features.disclosure import tables
from backend.features.disclosure.rules import (
    ComplaintDeed,
    ComplaintForm,
    after,
    may_follow,
)
from backend.features.disclosure.service.doors import PUBLIC
from backend.features.disclosure.service.showing import Visit
from backend.features.disclosure.tables import Registered
from backend.features.identity import public as identity

REPLY_CLOCK = "D53"
_QUERY_HEX = 12


@dataclass(frozen=True, slots=True)
class Given:
    """What the complainant takes home: the number, the code to ask with, the day of the answer."""

    number: str
    query: str
    reply_by: str


@dataclass(frozen=True, slots=True)
class Told:
    """A complaint as its complainant or the legal section sees it."""

    registered: Registered
    complaint: dict[str, Any]
    acts: list[dict[str, Any]]


async def complain(
    dossiers: Dossiers, connection: Connection, visit: Visit, form: ComplaintForm
) -> Given:
    """Take a complaint down in a dossier of its own; it says nothing in the visit's dossier."""
    now, bureau = dossiers.clock.now(), visit.door.facts.bureau
    serial = await tables.next_complaint(connection, bureau, year_of(now))
    number = visit.pack.setting("complaint.number_pattern", str).format(
        region=visit.pack.setting("bureau.region", str), year=year_of(now), serial=serial
    )
    query = dossiers.ids.hex(_QUERY_HEX)
    reply_by = deadlines.due_day(visit.pack.name, REPLY_CLOCK, now) or ""
    name = await _open(dossiers, connection, visit, "complaint")
    await tables.register_complaint(
        connection,
        Registered(
            name,
            bureau,
            number,
            query_hash(number, query),
            visit.door.facts.name,
            "received",
            now,
            reply_by,
        ),
    )
    fields = {
        "number": number,
        "inspection": visit.door.facts.name,
        "unit": visit.unit,
        "kind": form.kind,
        "words": form.words.strip(),
        "name": form.name.strip(),
        "phone": form.phone.strip(),
        "at": now,
    }
    await dossiers.write(connection, [SystemWrite(name, "complaint", fields, cause=name)])
    await identity.write_audit(connection, now, PUBLIC, "complain", name)
    return Given(number, query, reply_by)


async def evaluate(
    dossiers: Dossiers,
    connection: Connection,
    visit: Visit,
    answers: dict[str, str],
    words: str,
) -> None:
    """Take an evaluation down."""
    now = dossiers.clock.now()
    name = await _open(dossiers, connection, visit, "evaluation")
    inspection, bureau = visit.door.facts.name, visit.door.facts.bureau
    row = {"dossier": name, "bureau": bureau, "inspection": inspection, "at": now}
    await tables.register_evaluation(connection, row)
    fields = {
        "inspection": inspection,
        "unit": visit.unit,
        "answers": answers,
        "words": words.strip(),
        "at": now,
    }
    await dossiers.write(connection, [SystemWrite(name, "evaluation", fields, cause=name)])
    await identity.write_audit(connection, now, PUBLIC, "evaluate", name)


async def _open(dossiers: Dossiers, connection: Connection, visit: Visit, kind: str) -> str:
    """No section is named and nobody is granted; who took part in the visit is barred."""
    bureau = visit.door.facts.bureau
    facts = DossierFacts("", kind, bureau, "")
    name = await dossiers.open(connection, facts, {"kind": kind, "bureau": bureau})
    await bar(connection, name, visit.inspection.get("officers") or [], dossiers.clock.now())
    return name


async def bar_named(happening: Happening, inspection: Shown) -> None:
    """Officers named after somebody had complained are barred as well."""
    officers = inspection.values.get("officers") or []
    for name in await tables.about_inspection(happening.connection, inspection.dossier):
        await bar(happening.connection, name, officers, happening.now)


async def start_reply_clock(happening: Happening, complaint: Shown) -> None:
    """D53, for the legal section; not for one of it who took part in the visit."""
    (opened,) = await happening.records(complaint.dossier, "dossier")
    people = await identity.officers_with(happening.connection, opened.values["bureau"], "R5")
    names = [each.subject.officer for each in people]
    readers = await _readers(happening.connection, names, complaint.dossier)
    clock = deadlines.StartClock(
        complaint.dossier, REPLY_CLOCK, complaint.record, complaint.values["at"], readers
    )
    await deadlines.start_clock(happening, clock)


async def stop_reply_clock(happening: Happening, act: Shown) -> None:
    """答复 ends D53."""
    if act.values.get("act") == "reply":
        (complaint,) = await happening.records(act.dossier, "complaint")
        trigger, at = complaint.record, act.values["at"]
        await deadlines.stop_clock(happening, act.dossier, REPLY_CLOCK, trigger, at)


async def _readers(connection: Connection, officers: Iterable[str], dossier: str) -> list[str]:
    readers = []
    for officer in officers:
        facts = (await dossier_facts(connection, officer, [dossier]))[dossier]
        if await identity.may(connection, officer, "read", facts) == "yes":
            readers.append(officer)
    return readers


async def told(dossiers: Dossiers, connection: Connection, registered: Registered) -> Told:
    """A complaint with what has been done about it, in order."""
    happening = dossiers.reading(connection)
    complaints = await happening.records(registered.dossier, "complaint")
    acts = await happening.records(registered.dossier, "complaint_act")
    done = sorted((each.values for each in acts), key=lambda each: each.get("at", 0))
    return Told(registered, complaints[0].values, done)


async def find_by_query(connection: Connection, number: str, query: str) -> Registered | None:
    """The complaint of a number and its code; either alone finds nothing."""
    return await tables.find_complaint(connection, query_hash(number, query))


async def follow(
    dossiers: Dossiers,
    connection: Connection,
    officer: str,
    facts: DossierFacts,
    deed: ComplaintDeed,
    words: str,
) -> None:
    """受理, 答复, 办结 by the legal section.

    Raises:
        Problem: 403, 404 complaint, 409 complaint_state, 422 words.
    """
    account = await identity.require(connection, officer, "answer_complaint", facts)
    await LogStore(connection).lock_dossiers([facts.name])
    registered = await tables.hold_complaint(connection, facts.name)
    if registered is None:
        raise Problem(404, "complaint", "没有这件投诉。")
    if not may_follow(registered.state, deed):
        raise Problem(409, "complaint_state", "这件投诉已经走到别的一步，没有改动。请刷新。")
    if deed == "reply" and not words.strip():
        raise Problem(422, "words", "答复要写给投诉人看的话，没有改动。")
    now = dossiers.clock.now()
    by = {"officer": officer, "name": account.name}
    act = {"act": deed, "words": words.strip(), "by": by, "at": now}
    await tables.move_complaint(connection, facts.name, after(deed))
    write = SystemWrite(facts.name, "complaint_act", act, cause=f"{facts.name}/{deed}")
    await dossiers.write(connection, [write])
    await identity.write_audit(connection, now, officer, f"{deed}_complaint", facts.name)


def query_hash(number: str, query: str) -> str:
    """What the register keeps of number and code, however they are spaced when typed."""
    plain = "".join(query.split()).replace("-", "").lower()
    text = f"{''.join(number.split())}/{plain}"
    return sha256(text.encode("utf-8")).hexdigest()
