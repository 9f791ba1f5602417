"""心跳: each worker writes now and then that it lives; health asks, and a restore before it begins."""

import sqlalchemy as sa

from backend.core.database import Ascii, Connection, Database, Instant, metadata, upsert

BEAT_MS = 10_000
_FORGET_MS = 86_400_000

heartbeat = sa.Table(
    "heartbeat",
    metadata,
    sa.Column("worker", Ascii, primary_key=True),
    sa.Column("at", Instant, nullable=False),
)


async def beat(database: Database, worker: str, now: int) -> None:
    """This worker lives; those silent for a day are forgotten."""
    async with database.write() as connection:
        statement = upsert(heartbeat, connection.dialect.name, "at")
        await connection.execute(statement, {"worker": worker, "at": now})
        await connection.execute(heartbeat.delete().where(heartbeat.c.at < now - _FORGET_MS))


async def beats_since(connection: Connection, since: int) -> int:
    """How many workers have given a sign since then (UTC ms)."""
    query = sa.select(sa.func.count()).where(heartbeat.c.at >= since)
    return int(await connection.scalar(query) or 0)
