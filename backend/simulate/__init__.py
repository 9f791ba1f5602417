"""`anxun simulate`: the real log behind line-JSON, with injected clock, ids and crash points.

One request an input line `{id, op, ...}`, one reply a line `{id, status, body}`. A crash drops the
transaction (`before_commit`) or the answer (`after_commit`): the reply's status is 0.
"""

import asyncio
import json
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from backend.app import make_dossiers
from backend.core.clock import FixedClock
from backend.core.database import Connection, Database
from backend.core.dossiers import tables as t
from backend.core.dossiers.carrying import Carrier, NoDossier
from backend.core.dossiers.devices import (
    Device,
    begin_timeline,
    change_timeline,
    enrol,
    find_device,
    revoke_device,
)
from backend.core.dossiers.listening import Happening, SystemWrite
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.quarantine import NotReleasable, held_items, release
from backend.core.dossiers.reading import dossier_digest
from backend.core.dossiers.routes import envelope_problem
from backend.core.dossiers.service import Dossiers
from backend.core.ids import SeededIds
from backend.core.signing import ServerKeys
from backend.features.identity import tables as people
from backend.features.identity.service import add_bureau, add_section
from backend.migrate import migrate
from backend.simulate import inline
from sync.server.push import EnvelopeError
from sync.server.wire import Check, Hello, Pull, Run

START_MS = 1_780_000_000_000
OFFICERS = ("of_1", "of_2", "of_3", "of_4")
UNCERTIFIED = "of_9"
_LINE_BYTES = 64 * 1_048_576


class Crash(Exception):
    """The server died at a crash point."""


class CrashingDatabase(Database):
    """A database whose next write transaction dies before or after its commit."""

    crash = ""

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Connection]:
        """A write transaction that may die."""
        async with super().write() as connection:
            yield connection
            if self.crash == "before_commit":
                raise Crash
        if self.crash:
            raise Crash


class Simulation:
    """The server under test and what the driver may do to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "simulation.sqlite"
        self.template = folder / "template.sqlite"
        self.clock = FixedClock(START_MS)
        self.keys = ServerKeys.at(folder / "keys")
        self.ids = SeededIds(0)
        self.crash = ""
        self.database = CrashingDatabase(
            f"sqlite+aiosqlite:///{self.file}", partial(inline.connect, self.file)
        )
        self.dossiers: Dossiers

    async def op_reset(self, seed: int = 0) -> dict[str, Any]:
        """An empty server with four certified officers of one section and one uncertified."""
        await self._close()
        shutil.copy(self.template, self.file)
        self.ids = SeededIds(seed)
        self.clock.ms = START_MS
        self._open()
        async with self.database.write() as connection:
            await begin_timeline(connection, self.ids.hex(16))
            await _people(connection)
        self.timeline = await self.dossiers.timeline()
        return {"officers": [*OFFICERS, UNCERTIFIED]}

    async def op_restart(self) -> dict[str, Any]:
        """Close and open again on the same database."""
        await self._close()
        self._open()
        return {}

    def _open(self) -> None:
        self.dossiers = make_dossiers(self.database, self.keys, self.clock, self.ids)

    async def _close(self) -> None:
        """Every connection ends; what the database has compiled stays for the next history."""
        await self.database.close()
        for suffix in ("-wal", "-shm"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)

    async def op_clock(self, now: int) -> dict[str, Any]:
        """Set the server's clock (UTC ms)."""
        self.clock.ms = now
        return {}

    async def op_crash(self, point: str) -> dict[str, Any]:
        """The next push dies at this point."""
        self.crash = point
        return {}

    async def op_backup(self) -> dict[str, Any]:
        """Copy the database."""
        await self._close()
        shutil.copy(self.file, self.folder / "backup.sqlite")
        self._open()
        return {}

    async def op_restore(self) -> dict[str, Any]:
        """Back to the last copy, with a new timeline (SN11)."""
        await self._close()
        shutil.copy(self.folder / "backup.sqlite", self.file)
        self._open()
        async with self.database.write() as connection:
            await change_timeline(connection, self.ids.hex(16))
        self.timeline = await self.dossiers.timeline()
        return {"timeline": self.timeline}

    async def op_enrol(self, officer: str, public_key: str) -> dict[str, Any]:
        """A new enrolment."""
        device = Device(self.ids.device(), officer, public_key, "simulated", revoked=False)
        async with self.database.write() as connection:
            await enrol(connection, device, self.clock.ms)
        return {"device": device.device, "epoch": 1, "timeline": await self.dossiers.timeline()}

    async def op_open(self, officers: list[str], kind: str = "inspection") -> dict[str, Any]:
        """The office opens a dossier and grants officers."""
        facts = DossierFacts("", kind, "sim", "sec")
        fields = {"kind": kind, "bureau": "sim", "section": "sec", "reason": "plan"}
        async with self.database.write() as connection:
            name = await self.dossiers.open(connection, facts, dict(fields))
            for officer in officers:
                await self._happening(connection).grant(name, officer)
        return {"dossier": name}

    async def op_write(self, dossier: str, entity: str, fields: dict[str, Any]) -> dict[str, Any]:
        """The server writes a record of its own."""
        async with self.database.write() as connection:
            write = SystemWrite(dossier, entity, fields, cause=self.ids.hex(8))
            (row,) = await self.dossiers.write(connection, [write])
        return {"record": row.changeset.record}

    def _happening(self, connection: Connection) -> Happening:
        return Happening(connection, None, (), self.clock.ms)  # type: ignore[arg-type]

    async def op_grant(self, officer: str, dossier: str) -> dict[str, Any]:
        """A later grant."""
        async with self.database.write() as connection:
            await self._happening(connection).grant(dossier, officer)
        return {}

    async def op_revoke(self, officer: str, dossier: str) -> dict[str, Any]:
        """A grant ends."""
        c = t.dossier_grant.c
        async with self.database.write() as connection:
            await connection.execute(
                t.dossier_grant.update()
                .where(c.officer == officer, c.dossier == dossier)
                .values(revoked=self.clock.ms)
            )
        return {}

    async def op_revoke_enrolment(self, device: str) -> dict[str, Any]:
        """A phone is lost."""
        async with self.database.write() as connection:
            await revoke_device(connection, device, self.clock.ms)
        return {}

    async def _carrier(self, officer: str, courier: str) -> Carrier:
        async with self.database.read() as connection:
            device = await find_device(connection, courier)
        if device is None or device.officer != officer:
            raise EnvelopeError("enrolment")
        return Carrier(self.dossiers, device)

    async def op_hello(self, officer: str, courier: str, body: Any) -> Any:
        """SN9."""
        carrier = await self._carrier(officer, courier)
        if carrier.device.revoked:
            raise EnvelopeError("enrolment")
        return await self.dossiers.hello(msgspec.convert(body, Hello), carrier.device)

    async def op_push(self, officer: str, courier: str, body: Any) -> Any:
        """SN1–SN8, with the crash point armed for this push only."""
        carrier = await self._carrier(officer, courier)
        self.database.crash, self.crash = self.crash, ""
        try:
            return await self.dossiers.push(msgspec.convert(body, Run), carrier.device)
        finally:
            self.database.crash = ""

    async def op_pull(self, officer: str, courier: str, body: Any) -> Any:
        """SN10."""
        return await (await self._reader(officer, courier)).pull(msgspec.convert(body, Pull))

    async def op_check(self, officer: str, courier: str, body: Any) -> Any:
        """LG8."""
        return await (await self._reader(officer, courier)).check(msgspec.convert(body, Check))

    async def op_snapshot(
        self, officer: str, courier: str, dossier: str, after: str = "", limit: int = 500
    ) -> Any:
        """LG7."""
        page = await (await self._reader(officer, courier)).snapshot(dossier, after, limit)
        return {"lines": [json.loads(line) for line in page.splitlines()]}

    async def _reader(self, officer: str, courier: str) -> Carrier:
        carrier = await self._carrier(officer, courier)
        if carrier.device.revoked:
            raise EnvelopeError("enrolment")
        return carrier

    async def op_quarantine(self) -> Any:
        """Everything held."""
        async with self.database.read() as connection:
            return await held_items(connection)

    async def op_release(self, dossier: str, device: str, epoch: int, n: int) -> dict[str, Any]:
        """QU7."""
        async with self.database.write() as connection:
            result = await release(
                self.dossiers, connection, (device, epoch, n), "of_1", "released"
            )
        return {"seq": result.seq}

    async def op_log(self, dossier: str) -> dict[str, Any]:
        """The whole log of a dossier and its digest."""
        c = t.changeset.c
        query = (
            sa.select(c.seq, c.device, c.epoch, c.n, c.body, c.hash, c.author, c.received)
            .where(c.dossier == dossier)
            .order_by(c.seq)
        )
        async with self.database.read() as connection:
            rows = [dict(row._mapping) for row in await connection.execute(query)]
            count, digest = await dossier_digest(connection, dossier)
        return {"rows": rows, "count": count, "digest": digest}

    async def op_all(self) -> dict[str, Any]:
        """Every phone's changeset the server knows, accepted or held."""
        known: dict[str, list[list[Any]]] = {}
        async with self.database.read() as connection:
            for name, table in (("accepted", t.changeset), ("quarantined", t.quarantine)):
                c = table.c
                query = sa.select(c.device, c.epoch, c.n, c.hash)
                if name == "quarantined":
                    query = query.where(c.state == "quarantined")
                known[name] = [list(row) for row in await connection.execute(query)]
        return known


async def _people(connection: Connection) -> None:
    await add_bureau(connection, "sim", "模拟局", "changji")
    await add_section(connection, "sim", "sec", "模拟科", "supervision", [])
    for officer in (*OFFICERS, UNCERTIFIED):
        await connection.execute(
            people.officer.insert().values(
                id=officer,
                section="sec",
                login=officer,
                password="",
                name=officer,
                phone="",
                roles='["R13"]' if officer == UNCERTIFIED else '["R1"]',
            )
        )
        if officer != UNCERTIFIED:
            await connection.execute(
                people.certificate.insert().values(
                    officer=officer,
                    number=officer,
                    scope='["综合"]',
                    issued="2020-01-01",
                    until="2099-12-31",
                )
            )


async def _answer(simulation: Simulation, request: dict[str, Any]) -> dict[str, Any]:
    op = getattr(simulation, f"op_{request.pop('op')}")
    try:
        body = msgspec.to_builtins(await op(**request))
    except Crash:
        return {"status": 0, "body": {}}
    except EnvelopeError as error:
        problem = envelope_problem(error)
        return {"status": problem.status, "body": {"code": problem.code, **problem.facts}}
    except (NoDossier, NotReleasable) as error:
        return {"status": 404, "body": {"code": type(error).__name__}}
    except msgspec.ValidationError:
        return {"status": 400, "body": {"code": "malformed"}}
    return {"status": 200, "body": body}


def main() -> None:
    """Serve requests from standard input until it ends."""
    with tempfile.TemporaryDirectory() as folder:
        simulation = Simulation(Path(folder))
        migrate(f"sqlite+aiosqlite:///{simulation.template}")
        asyncio.run(_serve(simulation))


async def _serve(simulation: Simulation) -> None:
    asked = asyncio.StreamReader(limit=_LINE_BYTES)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(asked), sys.stdin
    )
    await simulation.op_reset()
    while line := await asked.readline():
        request = json.loads(line)
        number = request.pop("id")
        reply = {"id": number, **await _answer(simulation, request)}
        reply["headers"] = {"timeline": simulation.timeline}
        sys.stdout.write(json.dumps(reply, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    await simulation.database.close()
