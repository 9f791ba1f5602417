"""Planned reminders and who is at work on them.

The primary key makes planning idempotent. A worker takes reminders under a lease: whoever dies
loses them when it ends, and whoever is late cannot finish what another has taken since.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.core.database import Ascii, Instant, insert_if_absent, metadata

reminder = sa.Table(
    "reminder",
    metadata,
    sa.Column("clock", Ascii, primary_key=True),
    sa.Column("instant", Instant, primary_key=True, autoincrement=False),
    sa.Column("officer", Ascii, primary_key=True),
    sa.Column("level", sa.Integer, nullable=False),
    sa.Column("state", Ascii, nullable=False),
    sa.Column("due", Instant, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("notification", Ascii, nullable=False, index=True),
    sa.Column("lease", Ascii),
    sa.Column("lease_until", Instant),
    sa.Index("ix_reminder_due", "state", "due"),
)
"""`level` 0 goes to the officers in charge, n to the n-th of the rule's `escalate_to`."""


class Reminder(Struct, frozen=True):
    """One reminder to one officer; `notification` once it has been told."""

    clock: str
    instant: int
    officer: str
    level: int = 0
    attempts: int = 0
    notification: str = ""


async def plan(connection: AsyncConnection, planned: Iterable[Reminder]) -> None:
    """Keep what is not planned yet."""
    rows = [
        {
            "clock": each.clock,
            "instant": each.instant,
            "officer": each.officer,
            "level": each.level,
            "state": "pending",
            "due": each.instant,
            "attempts": 0,
            "notification": "",
        }
        for each in planned
    ]
    if rows:
        await connection.execute(insert_if_absent(reminder, connection.dialect.name), rows)


async def is_planned(connection: AsyncConnection, clock: str, instant: int) -> bool:
    """Whether anything of this name is planned for that instant."""
    c = reminder.c
    query = sa.select(c.clock).where(c.clock == clock, c.instant == instant).limit(1)
    return (await connection.execute(query)).first() is not None


async def waiting(connection: AsyncConnection, now: int) -> int:
    """How many are due and not told."""
    c = reminder.c
    query = sa.select(sa.func.count()).where(
        c.due <= now, c.state.in_(("pending", "leased")), c.notification == ""
    )
    return int(await connection.scalar(query) or 0)


async def let_pass(connection: AsyncConnection, passed: Reminder) -> None:
    """There was nothing to tell."""
    c = reminder.c
    await connection.execute(
        reminder.update()
        .where(c.clock == passed.clock, c.instant == passed.instant, c.officer == passed.officer)
        .values(state="done", lease=None)
    )


async def cancel(connection: AsyncConnection, clock: str) -> None:
    """The clock has stopped: what has not rung will not."""
    c = reminder.c
    await connection.execute(
        reminder.update()
        .where(c.clock == clock, c.state.in_(("pending", "leased")))
        .values(state="cancelled", lease=None)
    )


async def claim(
    connection: AsyncConnection, now: int, lease: str, until: int, officers: int
) -> list[Reminder]:
    """Everything due of the officers who have waited longest, taken under a lease.

    Rows another worker is just taking are skipped (on SQLite the write transaction is alone).
    """
    ripe = _ripe(now, officers)
    if connection.dialect.name != "sqlite":
        ripe = ripe.with_for_update(skip_locked=True)
    taken = ripe.cte("taken")
    c = reminder.c
    statement = (
        reminder.update()
        .where(sa.tuple_(c.clock, c.instant, c.officer).in_(sa.select(taken)))
        .values(state="leased", lease=lease, lease_until=until, attempts=c.attempts + 1)
        .returning(c.clock, c.instant, c.officer, c.level, c.attempts, c.notification)
    )
    rows = (await connection.execute(statement)).all()
    return sorted((Reminder(*row) for row in rows), key=lambda each: (each.instant, each.clock))


def _ripe(now: int, officers: int) -> Any:
    c = reminder.c
    free = sa.or_(c.state == "pending", sa.and_(c.state == "leased", c.lease_until <= now))
    due = sa.and_(c.due <= now, free)
    waiting = (
        sa.select(c.officer)
        .where(due)
        .group_by(c.officer)
        .order_by(sa.func.min(c.due), c.officer)
        .limit(officers)
    )
    return sa.select(c.clock, c.instant, c.officer).where(due, c.officer.in_(waiting))


async def mark_told(
    connection: AsyncConnection, told: Sequence[Reminder], notification: str
) -> None:
    """Which notification carries these."""
    c = reminder.c
    for each in told:
        await connection.execute(
            reminder.update()
            .where(c.clock == each.clock, c.instant == each.instant, c.officer == each.officer)
            .values(notification=notification)
        )


async def holds(connection: AsyncConnection, notification: str, lease: str, until: int) -> bool:
    """Whether the lease is still ours and lasts beyond `until`."""
    c = reminder.c
    query = (
        sa.select(c.clock)
        .where(
            c.notification == notification,
            c.state == "leased",
            c.lease == lease,
            c.lease_until > until,
        )
        .limit(1)
    )
    return (await connection.execute(query)).first() is not None


async def finish(
    connection: AsyncConnection, notification: str, lease: str, again: int | None
) -> None:
    """Done, or due `again`; only what the lease still holds."""
    c = reminder.c
    state = {"state": "done"} if again is None else {"state": "pending", "due": again}
    await connection.execute(
        reminder.update()
        .where(c.notification == notification, c.state == "leased", c.lease == lease)
        .values(lease=None, **state)
    )


async def reminders_in(connection: AsyncConnection, notification: str) -> list[Reminder]:
    """What a notification carries."""
    c = reminder.c
    query = sa.select(c.clock, c.instant, c.officer, c.level, c.attempts, c.notification).where(
        c.notification == notification
    )
    return [Reminder(*row) for row in await connection.execute(query)]
