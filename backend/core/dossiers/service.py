"""Push and hello over the log, and the server's own writes (SN, GR4)."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from backend.core.clock import Clock
from backend.core.database import Connection, Database, insert_if_absent, upsert
from backend.core.dossiers import tables as t
from backend.core.dossiers.devices import (
    Device,
    backed_up_number,
    beacon,
    find_device,
    read_backed_up,
    read_timeline,
    touch,
)
from backend.core.dossiers.listening import Happening, Listener, SystemWrite, append, tell
from backend.core.dossiers.poke import Poke
from backend.core.dossiers.ports import DossierFacts, Permissions
from backend.core.dossiers.store import LogStore
from backend.core.ids import Ids
from backend.core.signing import ServerKeys, verify
from sync.server.admission import Rights
from sync.server.changeset import Changeset
from sync.server.ledger import Accepted, Ledger
from sync.server.merge import shown_values
from sync.server.push import (
    Acceptance,
    EnvelopeError,
    OpenedRun,
    PushResult,
    new_dossier,
    open_run,
)
from sync.server.schema import MergeTable
from sync.server.wire import (
    MAX_ITEMS,
    MAX_RUN_BYTES,
    MIN_PULL_SCHEMA,
    DeviceStatus,
    Grant,
    Hello,
    HelloReply,
    Lease,
    Limits,
    PushReply,
    Run,
)

DAY_MS = 86_400_000


@dataclass(slots=True)
class Dossiers:
    """The log as a service. One instance a process; everything it needs is handed in."""

    database: Database
    table: MergeTable
    permissions: Permissions
    listeners: Sequence[Listener]
    clock: Clock
    ids: Ids
    keys: ServerKeys
    poke: Poke = field(default_factory=Poke)

    async def timeline(self) -> str:
        """The id of this server's history (SN11)."""
        async with self.database.read() as connection:
            return await read_timeline(connection)

    async def push(self, run: Run, courier: Device) -> PushReply:
        """Accept a run carried by `courier`.

        Raises:
            EnvelopeError: SN6; nothing has changed, but for the new epoch a fork opens.
        """
        async with self.database.read() as connection:
            timeline = await read_timeline(connection)
            author = await find_device(connection, run.device)
        if run.timeline != timeline:
            raise EnvelopeError("timeline")
        if author is None:
            raise EnvelopeError("enrolment")
        opened = await asyncio.to_thread(open_run, run, _verifier(author))
        now = self.clock.now()
        try:
            async with self.database.write() as connection:
                result = await self._accept(connection, opened, author, courier, now)
        except EnvelopeError as error:
            raise await self._with_new_epoch(error, run.device) from None
        self.poke.wake(result.seq)
        return PushReply(
            timeline=timeline, now=now, acked_n=result.acked_n, other=result.other, seq=result.seq
        )

    async def _accept(
        self,
        connection: Connection,
        opened: OpenedRun,
        author: Device,
        courier: Device,
        now: int,
    ) -> PushResult:
        transaction = ListenedLog(connection, self.listeners)
        acceptance = Acceptance(
            transaction,
            self.table,
            AskedAuthority(connection, self.permissions, author.revoked),
            author.officer,
            courier.device,
            now,
        )
        return await acceptance.run(opened)

    async def _with_new_epoch(self, error: EnvelopeError, device: str) -> EnvelopeError:
        """SN4: a fork is told together with the epoch opened for it."""
        if error.code != "fork":
            return error
        async with self.database.write() as connection:
            epoch = await LogStore(connection).open_epoch(device)
        return EnvelopeError("fork", epoch=epoch)

    async def hello(self, hello: Hello, courier: Device) -> HelloReply:
        """SN9: where the courier stands, what it carries and may give."""
        now = self.clock.now()
        async with self.database.write() as connection:
            await touch(connection, hello, courier.device, now)
            timeline = await read_timeline(connection)
            status = await _status(connection, hello)
            days = await self.permissions.access_days(connection, courier.officer)
            granted = await granted_dossiers(connection, courier.officer)
            leases = await self._leases(connection, courier, status, now)
            backed_up = await read_backed_up(connection)
            backed_up_n = await backed_up_number(connection, hello.device, status.epoch)
        return HelloReply(
            timeline=timeline,
            now=now,
            beacon=beacon(self.keys.sign, timeline, courier.device, now),
            device=status,
            backed_up_n=min(status.acked_n, backed_up_n),
            backed_up=backed_up,
            grants=[Grant(dossier=name, until=now + days * DAY_MS) for name in granted],
            leases=leases,
            limits=Limits(items=MAX_ITEMS, bytes=MAX_RUN_BYTES),
            min_pull_schema=MIN_PULL_SCHEMA,
        )

    async def _leases(
        self, connection: Connection, courier: Device, status: DeviceStatus, now: int
    ) -> list[Lease]:
        """None while the chain contradicts the log: numbers belong to an epoch that goes on."""
        if status.status == "fork":
            return []
        return await self.permissions.leases(
            connection, courier.device, status.epoch, courier.officer, now
        )

    async def open(
        self, connection: Connection, facts: DossierFacts, fields: dict[str, object]
    ) -> str:
        """The office opens a dossier; answers its name. `facts.name` names a reference dossier."""
        name = facts.name or f"s{self.ids.hex(15)}.1.1.{self.ids.hex(8)}"
        await LogStore(connection).insert_dossier(
            new_dossier(name, ""), facts.kind, facts.bureau, facts.section
        )
        if fields:
            await self.write(connection, [SystemWrite(name, "dossier", fields, record=name)])
        return name

    async def shown(
        self, connection: Connection, dossier: str, entity: str, record: str
    ) -> dict[str, Any]:
        """The shown values of one record; empty when there is none."""
        key = (dossier, entity, record)
        state = (await LogStore(connection).load([key])).get(key)
        return shown_values(entity, state.fields, self.table) if state else {}

    def reading(self, connection: Connection) -> Happening:
        """The state of dossiers as listeners see it, outside a push."""
        return Happening(connection, Ledger(self.table, {}, {}), [], self.clock.now())

    async def write(self, connection: Connection, writes: Sequence[SystemWrite]) -> list[Accepted]:
        """Append system changesets, tell the listeners, wake who waits. Dossiers must exist."""
        now = self.clock.now()
        store = LogStore(connection)
        names = sorted({write.dossier for write in writes})
        ledger = Ledger(self.table, await store.lock_dossiers(names), {})
        rows = await append(store, ledger, writes, now)
        await tell(self.listeners, store, ledger, rows, now)
        await store.save(ledger)
        self.poke.wake({name: ledger.dossiers[name].seq for name in names})
        return rows


def _verifier(author: Device) -> "VerifyHead":
    return VerifyHead(author.public_key)


@dataclass(frozen=True, slots=True)
class VerifyHead:
    """Whether the author's key signed a text."""

    public_key: str

    def __call__(self, text: str, signature: str) -> bool:
        return verify(self.public_key, text, signature)


async def _status(connection: Connection, hello: Hello) -> DeviceStatus:
    """`fork` when the phone's chain is not the one the server knows."""
    store = LogStore(connection)
    head = await store.lock_device(hello.device, hello.epoch)
    if head is None:
        return DeviceStatus(status="fork", epoch=await store.open_epoch(hello.device), acked_n=0)
    known = await store.hashes(hello.device, hello.epoch, hello.n, hello.n)
    if 0 < hello.n <= head.n and known.get(hello.n) != hello.hash:
        return DeviceStatus(status="fork", epoch=await store.open_epoch(hello.device), acked_n=0)
    return DeviceStatus(status="ok", epoch=hello.epoch, acked_n=head.n)


async def granted_dossiers(connection: Connection, officer: str) -> list[str]:
    """What the officer's enrolments carry (GR1)."""
    query = (
        sa.select(t.dossier_grant.c.dossier)
        .where(t.dossier_grant.c.officer == officer, t.dossier_grant.c.revoked.is_(None))
        .order_by(t.dossier_grant.c.dossier)
    )
    return list((await connection.execute(query)).scalars())


async def bar(connection: Connection, dossier: str, officers: Iterable[str], now: int) -> None:
    """Officers who may never read a dossier: a grant that ended before it began."""
    rows = [
        {"dossier": dossier, "officer": officer, "since": now, "revoked": now}
        for officer in sorted(set(officers))
    ]
    if rows:
        statement = upsert(t.dossier_grant, connection.dialect.name, "revoked")
        await connection.execute(statement, rows)


async def dossier_facts(
    connection: Connection, officer: str, names: Sequence[str]
) -> dict[str, DossierFacts]:
    """Existing dossiers with the officer's grant to each."""
    joined = sa.outerjoin(
        t.dossier,
        t.dossier_grant,
        sa.and_(
            t.dossier_grant.c.dossier == t.dossier.c.name, t.dossier_grant.c.officer == officer
        ),
    )
    query = (
        sa.select(
            t.dossier.c.name,
            t.dossier.c.kind,
            t.dossier.c.bureau,
            t.dossier.c.section,
            t.dossier_grant.c.since,
            t.dossier_grant.c.revoked,
        )
        .select_from(joined)
        .where(t.dossier.c.name.in_(names))
    )
    return {
        row.name: DossierFacts(
            row.name,
            row.kind,
            row.bureau,
            row.section,
            granted=row.since is not None and row.revoked is None,
            revoked=row.revoked is not None,
        )
        for row in await connection.execute(query)
    }


@dataclass(frozen=True, slots=True)
class AskedAuthority:
    """`sync.server.ports.Authority`, answered by the features."""

    connection: Connection
    permissions: Permissions
    revoked: bool

    async def rights(self, author: str, changesets: Sequence[Changeset]) -> Rights:
        """Write to what exists; open what does not (GR4). A revoked enrolment may neither."""
        places = sorted({(each.dossier, each.entity) for each in changesets})
        if self.revoked:
            return dict.fromkeys(places, "revoked")
        names = sorted({dossier for dossier, _ in places})
        known = await dossier_facts(self.connection, author, names)
        opened = {d.dossier: facts_of_opening(d) for d in changesets if d.entity == "dossier"}
        facts = {**opened, **known}
        acts = {
            (dossier, entity): self.permissions.act_of(entity) if dossier in known else "open"
            for dossier, entity in places
            if dossier in facts
        }
        answers = {
            (dossier, act): await self.permissions.may(self.connection, author, act, facts[dossier])
            for dossier, act in sorted({(place[0], act) for place, act in acts.items()})
        }
        return {place: answers[place[0], act] for place, act in acts.items()}

    async def incomplete(self, changesets: Sequence[Changeset]) -> set[str]:
        """QU5."""
        documents = [each for each in changesets if each.entity == "document"]
        return await self.permissions.incomplete(self.connection, documents) if documents else set()


def facts_of_opening(changeset: Changeset) -> DossierFacts:
    """What an opening says of its dossier (GR4)."""
    return DossierFacts(
        changeset.dossier,
        _field(changeset, "kind"),
        _field(changeset, "bureau"),
        _field(changeset, "section"),
    )


def _field(changeset: Changeset, name: str) -> str:
    write = changeset.fields.get(name)
    return write.value if write and isinstance(write.value, str) else ""


class ListenedLog(LogStore):
    """The log store that also begins dossiers and tells listeners, in the same transaction."""

    def __init__(self, connection: Connection, listeners: Sequence[Listener]) -> None:
        super().__init__(connection)
        self.listeners = listeners

    async def accepted(self, ledger: Ledger, rows: Sequence[Accepted], now: int) -> None:
        """Insert the dossiers that begin here, grant their openers, tell the listeners."""
        for row in rows:
            changeset = row.changeset
            head = ledger.created.get(changeset.dossier)
            if head and changeset.entity == "dossier":
                facts = facts_of_opening(changeset)
                await self.insert_dossier(head, facts.kind, facts.bureau, facts.section)
                await self._grant(changeset.dossier, row.author, now)
        await tell(self.listeners, self, ledger, rows, now)

    async def _grant(self, dossier: str, officer: str, now: int) -> None:
        await self.connection.execute(
            insert_if_absent(t.dossier_grant, self.dialect),
            {"dossier": dossier, "officer": officer, "since": now, "revoked": None},
        )
