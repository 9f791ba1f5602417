"""How features hear of accepted changesets, and how the server writes into a dossier.

A listener gets the accepted changesets of one transaction as one list, in a SAVEPOINT. If it fails,
its effects are rolled back, the list is run one by one, and what still fails is kept as unprocessed:
the fact stays, the effect is tried again by the worker.
"""

import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from backend.core.database import Connection, insert_if_absent, upsert
from backend.core.dossiers import tables as t
from backend.core.dossiers.store import LogStore, compact
from sync.server.ledger import Accepted, Ledger
from sync.server.merge import RecordState, conflicts, shown_values

logger = logging.getLogger("anxun.listening")
_RETRY_MS = 60_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as a screen shows it: the shown value of each register."""

    dossier: str
    entity: str
    record: str
    values: dict[str, Any]
    conflicts: list[str]


@dataclass(frozen=True, slots=True)
class SystemWrite:
    """What the server will write; without `record` a new one, named after `cause`."""

    dossier: str
    entity: str
    fields: dict[str, Any]
    record: str = ""
    cause: str = ""


@dataclass(slots=True)
class Happening:
    """What a listener works with: the news, the state of the dossier after it, and its effects."""

    connection: Connection
    ledger: Ledger
    accepted: Sequence[Accepted]
    now: int
    writes: list[SystemWrite] = field(default_factory=list)

    def write(self, write: SystemWrite) -> None:
        """Append a system changeset to a dossier of this transaction once the listener is done."""
        self.writes.append(write)

    def shown(self, row: Accepted) -> Shown:
        """The record of an accepted row as it stands after the whole push."""
        changeset = row.changeset
        key = (changeset.dossier, changeset.entity, changeset.record)
        return self._show(key, self.ledger.states[key])

    async def records(self, dossier: str, entity: str) -> list[Shown]:
        """All records of one entity in the dossier, this transaction's changes included."""
        query = sa.select(t.record_state.c.record, t.record_state.c.fields).where(
            t.record_state.c.dossier == dossier, t.record_state.c.entity == entity
        )
        states = {
            row.record: RecordState(json.loads(row.fields))
            for row in await self.connection.execute(query)
        }
        for key, state in self.ledger.states.items():
            if key[:2] == (dossier, entity):
                states[key[2]] = state
        return [self._show((dossier, entity, name), state) for name, state in states.items()]

    def _show(self, key: tuple[str, str, str], state: RecordState) -> Shown:
        values = shown_values(key[1], state.fields, self.ledger.table)
        return Shown(*key, values, conflicts(state.fields))

    async def created(self, dossier: str) -> dict[str, int]:
        """By record, when its creating changeset says it was made (UTC ms)."""
        c = t.changeset.c
        first = (
            sa.select(c.record, sa.func.min(c.seq).label("seq"))
            .where(c.dossier == dossier)
            .group_by(c.record)
            .subquery()
        )
        query = sa.select(c.record, c.body).join(
            first, sa.and_(c.dossier == dossier, c.seq == first.c.seq)
        )
        made = {
            row.record: _ms(json.loads(row.body)["time"])
            for row in await self.connection.execute(query)
        }
        for row in self.ledger.rows:
            if row.changeset.dossier == dossier:
                made.setdefault(row.changeset.record, _ms(row.changeset.time))
        return made

    async def grant(self, dossier: str, officer: str) -> None:
        """Let the officer's enrolments carry the dossier (GR1); a revoked grant revives."""
        await self.connection.execute(
            upsert(t.dossier_grant, self.connection.dialect.name, "since", "revoked"),
            {"dossier": dossier, "officer": officer, "since": self.now, "revoked": None},
        )

    async def post(self, topic: str, key: str, payload: Any, due: int = 0) -> None:
        """Leave work for the worker; the same (topic, key) is left once."""
        await self.connection.execute(
            insert_if_absent(t.outbox, self.connection.dialect.name),
            {"topic": topic, "key": key, "payload": compact(payload), "due": due or self.now},
        )


def _ms(time: str) -> int:
    return int(time[:13])


@dataclass(frozen=True, slots=True)
class Listener:
    """A feature's ear: which entities it hears, and what it does."""

    name: str
    entities: frozenset[str]
    hear: Callable[[Happening], Awaitable[None]]


async def tell(
    listeners: Sequence[Listener],
    store: LogStore,
    ledger: Ledger,
    rows: Sequence[Accepted],
    now: int,
) -> None:
    """Run every listener that hears one of the rows' entities."""
    for listener in listeners:
        heard = [row for row in rows if row.changeset.entity in listener.entities]
        if not heard:
            continue
        if not await _effect(listener, store, ledger, heard, now):
            for row in heard:
                if not await _effect(listener, store, ledger, [row], now):
                    await _keep_unprocessed(listener, store, row, now)


async def _effect(
    listener: Listener, store: LogStore, ledger: Ledger, rows: Sequence[Accepted], now: int
) -> bool:
    happening = Happening(store.connection, ledger, rows, now)
    try:
        async with store.connection.begin_nested():
            await listener.hear(happening)
    except Exception as error:
        logger.error("listener %s failed: %s", listener.name, type(error).__name__)
        return False
    await append(store, ledger, happening.writes, now)
    return True


async def append(
    store: LogStore, ledger: Ledger, writes: Sequence[SystemWrite], now: int
) -> list[Accepted]:
    """Write as the server into dossiers the ledger holds (LG6)."""
    keys = {(w.dossier, w.entity, w.record) for w in writes if w.record} - set(ledger.states)
    ledger.states.update(await store.load(keys))
    return [
        ledger.append_system(w.dossier, w.entity, w.fields, now, w.record or _name(ledger, w))
        for w in writes
    ]


def _name(ledger: Ledger, write: SystemWrite) -> str:
    """A new record's name: repeatable from its cause."""
    suffix = sha256(f"{write.cause}/{write.entity}".encode()).hexdigest()[:8]
    return f"{ledger.next_system_id(write.dossier)}.{suffix}"


async def _keep_unprocessed(listener: Listener, store: LogStore, row: Accepted, now: int) -> None:
    await store.connection.execute(
        upsert(t.unprocessed, store.dialect, "error", "attempts", "due"),
        {
            "listener": listener.name,
            "dossier": row.changeset.dossier,
            "seq": row.seq,
            "error": "failed at acceptance",
            "attempts": 1,
            "due": now + _RETRY_MS,
        },
    )
