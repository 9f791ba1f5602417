"""A bureau with people, and facts told to its dossiers through the real log."""

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import convert
from sqlalchemy.ext.asyncio import create_async_engine

from backend.app import make_dossiers
from backend.core.clock import FixedClock
from backend.core.database import Database, metadata
from backend.core.dossiers import model as core_records
from backend.core.dossiers.devices import Device, begin_timeline, enrol
from backend.core.dossiers.listening import Happening, Listener, SystemWrite
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.service import Dossiers
from backend.core.dossiers.tables import dossier_grant
from backend.core.ids import SeededIds
from backend.core.signing import KeyPair, ServerKeys
from backend.features.deadlines import model, public
from backend.features.deadlines import routes as _tables_of_deadlines  # noqa: F401
from backend.features.deadlines.model import Clock
from backend.features.deadlines.tables.reminders import reminder
from backend.features.identity import tables as people
from backend.features.identity.service import add_bureau, add_section
from sync.server.schema import merge_table

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
NOON_18_SEP = 1_789_704_000_000
"""2026-09-18 12:00 in Asia/Shanghai, a Friday; Sunday the 20th is a make-up working day."""

PEOPLE = {
    "zhang": ("s1", "R1"),
    "li": ("s1", "R1"),
    "wang": ("s1", "R2"),
    "zhao": ("s2", "R2"),
    "qian": ("lead", "R7"),
    "sun": ("lead", "R5"),
    "admin": ("lead", "R14"),
}


async def hear(happening: Happening) -> None:
    """A fact says outright which clock it starts, moves or stops."""
    for row in happening.accepted:
        fact = happening.shown(row).values
        wanted = public.StartClock(
            row.changeset.dossier, fact["rule"], fact["trigger"], fact["at"], fact["officers"]
        )
        if fact["act"] == "start":
            await public.start_clock(happening, wanted)
        elif fact["act"] == "move":
            await public.move_clock(happening, wanted, happening.now)
        else:
            await public.stop_clock(
                happening, wanted.dossier, wanted.rule_id, wanted.trigger, wanted.started_ms
            )


@dataclass
class Office:
    dossiers: Dossiers
    clock: FixedClock

    @property
    def database(self) -> Database:
        return self.dossiers.database

    async def open(self, section: str = "s1", enterprise: str = "万通汽修") -> str:
        """A dossier that zhang carries."""
        facts = DossierFacts("", "inspection", "b", section)
        fields: dict[str, object] = {
            "kind": "inspection",
            "bureau": "b",
            "section": section,
            "enterprise": {"code": "91652301MA0001181J", "name": enterprise},
        }
        async with self.database.write() as connection:
            name = await self.dossiers.open(connection, facts, fields)
            grant = {"dossier": name, "officer": "zhang", "since": self.clock.ms}
            await connection.execute(dossier_grant.insert().values(grant))
        return name

    async def tell(self, dossier: str, *facts: dict[str, Any]) -> None:
        """All facts of one push."""
        async with self.database.write() as connection:
            writes = [SystemWrite(dossier, "fact", each, cause=str(each)) for each in facts]
            await self.dossiers.write(connection, writes)

    async def records(self, dossier: str) -> list[Clock]:
        """The clock records as the dossier shows them."""
        async with self.database.read() as connection:
            happening = Happening(connection, _Ledger(self.dossiers), (), self.clock.ms)  # type: ignore[arg-type]
            shown = await happening.records(dossier, "clock")
        return sorted((convert(each.values, Clock) for each in shown), key=lambda c: c.due_strict)

    async def clocks(self, dossier: str) -> list[public.RunningClock]:
        async with self.database.read() as connection:
            return await public.clocks_of(connection, dossier)

    async def rows(self, query: Any) -> list[tuple[Any, ...]]:
        async with self.database.read() as connection:
            return [tuple(row) for row in await connection.execute(query)]

    async def reminders(self) -> list[tuple[Any, ...]]:
        c = reminder.c
        return await self.rows(
            sa.select(c.officer, c.instant, c.state).order_by(c.instant, c.officer)
        )

    async def enrol(self, officer: str) -> str:
        device = Device(self.dossiers.ids.device(), officer, new_key().public, "机", revoked=False)
        async with self.database.write() as connection:
            await enrol(connection, device, self.clock.ms)
        return device.device


@dataclass
class _Ledger:
    """No transaction is under way."""

    dossiers: Dossiers

    @property
    def table(self) -> Any:
        return self.dossiers.table

    @property
    def states(self) -> dict[Any, Any]:
        return {}


def fact(act: str, rule: str, at: int, *officers: str, trigger: str = "r1") -> dict[str, Any]:
    return {"act": act, "rule": rule, "at": at, "officers": list(officers), "trigger": trigger}


def new_key() -> KeyPair:
    return KeyPair(ec.generate_private_key(ec.SECP256R1()))


async def make_tables(url: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    await engine.dispose()


async def open_office(url: str, pack: str = "changji") -> Office:
    """On a database with empty tables; the caller closes it."""
    clock = FixedClock(NOON_18_SEP)
    keys = ServerKeys(*(new_key() for _ in range(4)))
    dossiers = make_dossiers(Database(url), keys, clock, SeededIds(7))
    dossiers.table = merge_table((*core_records.ENTITIES, *model.ENTITIES))
    dossiers.listeners = [Listener("told", frozenset({"fact"}), hear)]
    async with dossiers.database.write() as connection:
        await begin_timeline(connection, "t" * 16)
        await add_bureau(connection, "b", "某局", pack)
        for section, kind in (("s1", "supervision"), ("s2", "supervision"), ("lead", "leaders")):
            await add_section(connection, "b", section, section, kind, [])
        for name, (section, role) in PEOPLE.items():
            account = {"id": name, "section": section, "login": name, "password": "", "name": name}
            account |= {"phone": "", "roles": json.dumps([role])}
            await connection.execute(people.officer.insert().values(account))
    return Office(dossiers, clock)
