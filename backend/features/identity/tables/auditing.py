"""The audit chain: each row's hash covers the one before (architecture.md 10)."""

from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from backend.core.database import Ascii, Connection, Instant, metadata
from backend.features.identity.rules.chain import Entry, link

_BATCH = 2_000

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("n", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor", Ascii, nullable=False),
    sa.Column("act", Ascii, nullable=False),
    sa.Column("subject", Ascii, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("hash", Ascii, nullable=False),
)


async def write_audit(
    connection: Connection, at: int, actor: str, act: str, subject: str, detail: str = ""
) -> None:
    """Append to the audit chain: each row's hash covers the one before."""
    last = sa.select(audit.c.n, audit.c.hash).order_by(audit.c.n.desc()).limit(1)
    if connection.dialect.name != "sqlite":
        await connection.execute(sa.text("LOCK TABLE audit IN EXCLUSIVE MODE"))
    row = (await connection.execute(last)).first()
    n, prev = (row.n + 1, row.hash) if row else (1, "")
    entry = Entry(n, at, actor, act, subject, detail, "")
    await connection.execute(audit.insert().values(**{**asdict(entry), "hash": link(prev, entry)}))


async def in_order(connection: Connection) -> AsyncIterator[list[Entry]]:
    """The whole chain from its beginning, in batches."""
    last = 0
    while True:
        query = sa.select(audit).where(audit.c.n > last).order_by(audit.c.n).limit(_BATCH)
        rows = [Entry(**row._mapping) for row in await connection.execute(query)]
        if not rows:
            return
        yield rows
        last = rows[-1].n


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: by whom, what, from instant to instant (UTC ms), before a number of the chain."""

    actors: list[str]
    act: str = ""
    since: int = 0
    until: int = 0
    before: int = 0


async def found(connection: Connection, wanted: Wanted, limit: int) -> list[Entry]:
    """Those that meet it, the newest first; what is empty asks for nothing."""
    c = audit.c
    query = sa.select(audit).where(c.actor.in_(wanted.actors), c.at >= wanted.since)
    if wanted.act:
        query = query.where(c.act == wanted.act)
    if wanted.until:
        query = query.where(c.at < wanted.until)
    if wanted.before:
        query = query.where(c.n < wanted.before)
    rows = await connection.execute(query.order_by(c.n.desc()).limit(limit))
    return [Entry(**row._mapping) for row in rows]
