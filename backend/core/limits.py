"""Shared rate limits: a counter row per key and window, the same for every process."""

import sqlalchemy as sa

from backend.core.database import Ascii, Connection, Instant, insert_for, metadata
from backend.core.problems import Problem

rate = sa.Table(
    "rate",
    metadata,
    sa.Column("key", Ascii, primary_key=True),
    sa.Column("window", Instant, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
)


async def spend(connection: Connection, key: str, limit: int, window_ms: int, now: int) -> int:
    """Count one use of `key`, answers how many; keys are hashes or ids, never names.

    Raises:
        Problem: 429 `rate` with `retry` in seconds once `limit` uses fell into the window.
    """
    start = now - now % window_ms
    statement = insert_for(rate, connection.dialect.name).values(key=key, window=start, count=1)
    statement = statement.on_conflict_do_update(
        index_elements=[rate.c.key, rate.c.window], set_={"count": rate.c.count + 1}
    ).returning(rate.c.count)
    used = (await connection.execute(statement)).scalar_one()
    if used > limit:
        raise Problem(429, "rate", retry=(start + window_ms - now) // 1000 + 1)
    return int(used)


async def forget_old(connection: Connection, before: int) -> None:
    """Drop windows that are over."""
    await connection.execute(rate.delete().where(rate.c.window < before))


async def spent(connection: Connection, key: str, window_ms: int, now: int) -> int:
    """How many uses of `key` fell into the running window."""
    query = sa.select(rate.c.count).where(rate.c.key == key, rate.c.window == now - now % window_ms)
    return int(await connection.scalar(query) or 0)
