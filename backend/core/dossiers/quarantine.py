"""What was not accepted: shown to who may decide, released or discarded with a reason (QU2, QU3, QU7)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from backend.core.database import Connection
from backend.core.dossiers import tables as t
from backend.core.dossiers.ports import DossierFacts, Sight
from backend.core.dossiers.service import (
    AskedAuthority,
    Dossiers,
    ListenedLog,
    facts_of_opening,
)
from backend.core.dossiers.sight import within
from sync.server.admission import RELEASABLE, Rights, read_item
from sync.server.changeset import Changeset, InvalidBody, read_changeset
from sync.server.clock import record_device
from sync.server.push import Acceptance, PushResult


@dataclass(frozen=True, slots=True)
class Held:
    """One item in quarantine."""

    device: str
    epoch: int
    n: int
    dossier: str
    reason: str
    state: str
    body: str
    author: str
    received: int
    hash: str


class NotReleasable(Exception):
    """The item is unknown, decided already, or of a kind that would break the log (QU3)."""


@dataclass(frozen=True, slots=True)
class ReleasingAuthority(AskedAuthority):
    """A person with the right has decided; the author's missing right no longer counts."""

    async def rights(self, author: str, changesets: Sequence[Changeset]) -> Rights:
        """Yes to what is released."""
        return {(each.dossier, each.entity): "yes" for each in changesets}

    async def incomplete(self, changesets: Sequence[Changeset]) -> set[str]:
        """Released as it is."""
        return set()


async def held_items(connection: Connection, *where: Any) -> list[Held]:
    """The last 1000 that wait and meet the conditions, oldest first; the caller keeps what its reader
    may decide."""
    c = t.quarantine.c
    query = (
        sa.select(t.quarantine)
        .where(c.state == "quarantined", *where)
        .order_by(c.received.desc(), c.n.desc(), c.device, c.epoch)
        .limit(1000)
    )
    return [_held(row) for row in reversed((await connection.execute(query)).all())]


def not_elsewhere(sight: Sight) -> Any:
    """Leaves out what was written into a dossier of a section out of sight: it is decided there."""
    c = t.dossier.c
    there = (c.name == t.quarantine.c.dossier, c.section != "")
    return ~sa.exists().where(*there, ~within(sight, c.name, c.bureau, c.section))


async def find_held(connection: Connection, item: tuple[str, int, int]) -> Held | None:
    """One item, whatever became of it."""
    device, epoch, n = item
    c = t.quarantine.c
    query = sa.select(t.quarantine).where(c.device == device, c.epoch == epoch, c.n == n)
    row = (await connection.execute(query)).first()
    return _held(row) if row else None


def _held(row: sa.Row[Any]) -> Held:
    body = json.loads(row.body[1:]) if row.body.startswith("\x01") else row.body
    return Held(
        row.device,
        row.epoch,
        row.n,
        row.dossier,
        row.reason,
        row.state,
        body,
        row.author,
        row.received,
        row.hash,
    )


def told(held: Held) -> Changeset | None:
    """What an item says; None for one that does not read."""
    try:
        return read_changeset(held.body)
    except InvalidBody:
        return None


async def opening_facts(connection: Connection, held: Held) -> DossierFacts:
    """Which section a quarantined dossier would belong to: as its own opening says (GR4).

    Nothing is said of it where the item names no dossier or the opening does not read.
    """
    c = t.quarantine.c
    opener = record_device(held.dossier)  # nobody else's word counts for where it belongs
    query = sa.select(t.quarantine).where(
        c.record == held.dossier, c.dossier == held.dossier, c.device == opener
    )
    row = (await connection.execute(query)).first()
    opening = told(_held(row)) if row else None
    return facts_of_opening(opening) if opening else DossierFacts(held.dossier, "", "", "")


async def release(
    dossiers: Dossiers,
    connection: Connection,
    item: tuple[str, int, int],
    who: str,
    words: str,
) -> PushResult:
    """Accept a held item now, and with it what it blocked (QU7).

    Raises:
        NotReleasable: QU3.
    """
    held = await _lock(connection, item)
    if held is None or held.state != "quarantined" or held.reason not in RELEASABLE:
        raise NotReleasable
    result = await _accept(dossiers, connection, [held], who, words)
    blocked = await _blocked_by(connection, held)
    if blocked:
        await _accept(dossiers, connection, blocked, who, words)
    dossiers.poke.wake(result.seq)
    return result


async def discard(
    dossiers: Dossiers,
    connection: Connection,
    item: tuple[str, int, int],
    who: str,
    words: str,
) -> None:
    """Decide that a held item will not count; it stays kept and readable.

    Raises:
        NotReleasable: unknown, or decided already.
    """
    held = await _lock(connection, item)
    if held is None or held.state != "quarantined":
        raise NotReleasable
    await _decide(connection, held, "discarded", who, words, dossiers.clock.now())


async def _lock(connection: Connection, item: tuple[str, int, int]) -> Held | None:
    await ListenedLog(connection, ()).lock_device(*item[:2])
    return await find_held(connection, item)


async def _accept(
    dossiers: Dossiers, connection: Connection, items: list[Held], who: str, words: str
) -> PushResult:
    now = dossiers.clock.now()
    for held in items:
        await _decide(connection, held, "released", who, words, now)
    acceptance = Acceptance(
        ListenedLog(connection, dossiers.listeners),
        dossiers.table,
        ReleasingAuthority(connection, dossiers.permissions, revoked=False),
        items[0].author,
        items[0].device,
        now,
    )
    result = PushResult(acked_n=0)
    read = [read_item(h.device, h.epoch, h.n, h.body, h.hash) for h in items]
    await acceptance.items(read, "", result)
    if result.other:
        raise NotReleasable
    return result


async def _blocked_by(connection: Connection, held: Held) -> list[Held]:
    """Held items of the same author that hung on the released one's record or dossier (MG12)."""
    c = t.quarantine.c
    query = (
        sa.select(t.quarantine)
        .where(
            c.state == "quarantined",
            c.reason == "blocked",
            c.dossier == held.dossier,
            c.author == held.author,
        )
        .order_by(c.device, c.epoch, c.n)
    )
    rows = [_held(row) for row in await connection.execute(query)]
    still = await ListenedLog(connection, ()).blocking({_record(row) for row in rows})
    return [row for row in rows if _record(row) not in still]


def _record(held: Held) -> str:
    return str(json.loads(held.body)["record"])


async def _decide(
    connection: Connection, held: Held, state: str, who: str, words: str, now: int
) -> None:
    c = t.quarantine.c
    await connection.execute(
        t.quarantine.update()
        .where(c.device == held.device, c.epoch == held.epoch, c.n == held.n)
        .values(state=state, decided_by=who, decided=now, words=words)
    )
