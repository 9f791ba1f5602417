"""`anxun demo`: bureaus one can log into, written through the features' own doors."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from backend.core.database import Connection
from backend.core.days import day_of, year_of
from backend.core.dossiers.service import Dossiers
from backend.core.packs import load_pack
from backend.core.registers import carry
from backend.demo.register import (
    BUREAUS,
    DemoEnterprise,
    DemoPerson,
    DemoRegister,
    DemoVisit,
    load_demo,
)
from backend.features.enterprises import public as enterprises
from backend.features.enterprises.model import Enterprise, OpenFinding, Visit
from backend.features.identity import public as identity
from backend.features.identity.model import Certificate
from backend.features.plans import public as plans

PASSWORD = "anxun-demo"
"""For every demo login; the demo is never a real bureau."""


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """A row of the table `make run` prints."""

    login: str
    password: str
    role: str
    name: str
    bureau: str


_ROLE_WORDS = {
    "R1": "执法人员",
    "R2": "科长",
    "R3": "支队执法人员",
    "R4": "支队长",
    "R5": "法规科",
    "R6": "绩效考核",
    "R7": "局领导",
    "R9": "专家",
    "R13": "辅助人员",
    "R14": "管理员",
}


def demo_logins(today: date) -> list[DemoLogin]:
    """Everybody who can log in, with what he is."""
    return [
        DemoLogin(
            person.login,
            PASSWORD,
            "、".join(_ROLE_WORDS[role] for role in person.roles),
            person.name,
            register.bureau.short_name,
        )
        for register in (load_demo(today, folder) for folder in BUREAUS)
        for person in register.people
    ]


async def load(dossiers: Dossiers, connection: Connection) -> None:
    """Bring the demo bureaus in; one that is there already stays as it is."""
    for folder in BUREAUS:
        await _load(dossiers, connection, folder)


async def _load(dossiers: Dossiers, connection: Connection, folder: Path) -> None:
    today = day_of(dossiers.clock.now())
    register = load_demo(date.fromisoformat(today), folder)
    if await identity.bureau_exists(connection, register.bureau.id):
        return
    await _people(connection, register)
    await _registers(dossiers, connection, register)
    await _enterprises(dossiers, connection, register, today)
    officers = [person.login for person in register.people]
    await carry(connection, register.bureau.id, officers, dossiers.clock.now())


async def _people(connection: Connection, register: DemoRegister) -> None:
    bureau = register.bureau
    await identity.add_bureau(connection, bureau.id, bureau.name, bureau.pack)
    for section in register.sections:
        await identity.add_section(
            connection, bureau.id, section.id, section.name, section.kind, list(section.sectors)
        )
    password = identity.hash_password(PASSWORD)
    for person in register.people:
        await identity.add_officer(connection, _officer(person, password))


def _officer(person: DemoPerson, password: str) -> identity.NewOfficer:
    held = person.certificate
    certificate = msgspec.convert(msgspec.to_builtins(held), Certificate) if held else None
    return identity.NewOfficer(
        id=person.login,
        section=person.section,
        login=person.login,
        password=password,
        name=person.name,
        phone=person.phone,
        roles=frozenset(person.roles),
        certificate=certificate,
    )


async def _registers(dossiers: Dossiers, connection: Connection, register: DemoRegister) -> None:
    bureau = register.bureau.id
    await identity.publish_officers(dossiers, connection, bureau)
    await identity.publish_keys(dossiers, connection, bureau)
    await plans.publish_items(dossiers, connection, bureau)
    await plans.publish_pack(dossiers, connection, bureau)


async def _enterprises(
    dossiers: Dossiers, connection: Connection, register: DemoRegister, today: str
) -> None:
    bureau = register.bureau.id
    rows = [_enterprise(each) for each in register.enterprises]
    await enterprises.register_enterprises(dossiers, connection, bureau, rows)
    for n, visit in enumerate(register.visits, 1):
        await _visit(connection, visit, f"past.{bureau}.{n}")
    pack = load_pack(register.bureau.pack)
    for row in rows:
        judged = await plans.judge_year(connection, pack, row, today)
        year = year_of(dossiers.clock.now())
        await enterprises.summarise(dossiers, connection, (bureau, row.id), year, judged)


def _enterprise(demo: DemoEnterprise) -> Enterprise:
    values = msgspec.to_builtins(demo)
    return msgspec.convert({**values, "id": demo.code}, Enterprise)


async def _visit(connection: Connection, demo: DemoVisit, dossier: str) -> None:
    findings = [
        OpenFinding(dossier=dossier, finding=f"{dossier}.{n}", problem=each.problem, due=each.due)
        for n, each in enumerate(demo.findings, 1)
        if each.due
    ]
    visit = Visit(
        id=dossier,
        dossier=dossier,
        day=demo.day,
        kind=demo.kind,
        exempt=demo.exempt,
        joint=demo.joint,
    )
    await enterprises.note_visit(connection, demo.enterprise, visit, findings)
