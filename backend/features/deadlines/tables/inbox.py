"""What was told to whom, by which way it went, and who has answered."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.core.database import Ascii, Instant, insert_if_absent, metadata, upsert
from backend.features.deadlines.tables.reminders import reminder

MAX_SUBSCRIPTIONS = 10

subscription = sa.Table(
    "subscription",
    metadata,
    sa.Column("officer", Ascii, primary_key=True),
    sa.Column("endpoint", Ascii, primary_key=True),
    sa.Column("p256dh", Ascii, nullable=False),
    sa.Column("auth", Ascii, nullable=False),
    sa.Column("device", Ascii, nullable=False),
    sa.Column("since", Instant, nullable=False),
    sa.Column("failed", sa.Integer, nullable=False),
)
"""Two officers on one phone share its endpoint. `failed`: attempts in a row that came to nothing."""

notification = sa.Table(
    "notification",
    metadata,
    sa.Column("id", Ascii, primary_key=True),
    sa.Column("officer", Ascii, nullable=False),
    sa.Column("dossier", Ascii, nullable=False),
    sa.Column("clock", Ascii, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("expires", Instant, nullable=False),
    sa.Column("acknowledged", Instant),
    sa.Column("escalate_at", Instant, index=True),
    sa.Column("escalated_to", Ascii, nullable=False),
    sa.Index("ix_notification_inbox", "officer", "created"),
)
"""`clock` and `dossier` are empty for a digest. `escalate_at` is empty once it has happened."""

delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("notification", Ascii, primary_key=True),
    sa.Column("endpoint", Ascii, primary_key=True),
    sa.Column("at", Instant, primary_key=True, autoincrement=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("outcome", Ascii, nullable=False),
)
"""Every attempt. `status` as the push service answered, 0 if it could not be reached."""


class Subscription(Struct, frozen=True):
    """Where and under which keys a browser takes messages (RFC 8291); keys base64url."""

    officer: str
    endpoint: str
    p256dh: str
    auth: str
    device: str


class Notification(Struct, frozen=True, kw_only=True):
    """One line of the inbox. `expires`: until when a push service shall keep it (UTC ms)."""

    id: str
    officer: str
    dossier: str
    clock: str
    title: str
    body: str
    url: str
    created: int
    expires: int
    acknowledged: int | None = None
    escalate_at: int | None = None
    escalated_to: str = ""


class Attempt(Struct, frozen=True):
    """What came of one try to reach one browser."""

    endpoint: str
    at: int
    status: int
    outcome: str


class Answered(Struct, frozen=True):
    """How often a clock was told of, when last acknowledged, how high it went."""

    reminded: int = 0
    acknowledged: int | None = None
    level: int = 0


async def keep_subscription(connection: AsyncConnection, kept: Subscription, now: int) -> None:
    """New, or anew with other keys; the oldest go when an officer has too many."""
    columns = ("p256dh", "auth", "device", "since", "failed")
    await connection.execute(
        upsert(subscription, connection.dialect.name, *columns),
        {
            "officer": kept.officer,
            "endpoint": kept.endpoint,
            "p256dh": kept.p256dh,
            "auth": kept.auth,
            "device": kept.device,
            "since": now,
            "failed": 0,
        },
    )
    c = subscription.c
    newest = (
        sa.select(c.endpoint)
        .where(c.officer == kept.officer)
        .order_by(c.since.desc(), c.endpoint)
        .limit(MAX_SUBSCRIPTIONS)
    )
    await connection.execute(
        subscription.delete().where(c.officer == kept.officer, c.endpoint.not_in(newest))
    )


async def drop_subscription(connection: AsyncConnection, officer: str, endpoint: str) -> None:
    """The browser takes no more messages."""
    c = subscription.c
    await connection.execute(
        subscription.delete().where(c.officer == officer, c.endpoint == endpoint)
    )


async def subscriptions_left(
    connection: AsyncConnection, officer: str, told: str
) -> list[Subscription]:
    """The officer's browsers that have not settled this notification yet."""
    c, d = subscription.c, delivery.c
    settled = sa.select(d.endpoint).where(d.notification == told, d.outcome != "retry")
    query = (
        sa.select(c.officer, c.endpoint, c.p256dh, c.auth, c.device)
        .where(c.officer == officer, c.endpoint.not_in(settled))
        .order_by(c.endpoint)
    )
    return [Subscription(*row) for row in await connection.execute(query)]


async def insert_notification(connection: AsyncConnection, told: Notification) -> None:
    """It stands in the inbox from now on."""
    await connection.execute(
        notification.insert().values({name: getattr(told, name) for name in told.__struct_fields__})
    )


async def notifications(connection: AsyncConnection, ids: Iterable[str]) -> list[Notification]:
    """By id."""
    return await _notifications(connection, notification.c.id.in_(set(ids)))


async def inbox_of(connection: AsyncConnection, officer: str, limit: int) -> list[Notification]:
    """The officer's, the newest in front."""
    return await _notifications(connection, notification.c.officer == officer, limit=limit)


async def take_unanswered(connection: AsyncConnection, now: int, limit: int) -> list[Notification]:
    """Those whose silence has lasted too long; locked until the transaction ends."""
    c = notification.c
    query = (
        sa.select(notification)
        .where(c.acknowledged.is_(None), c.escalate_at <= now)
        .order_by(c.escalate_at, c.id)
        .limit(limit)
    )
    if connection.dialect.name != "sqlite":
        query = query.with_for_update(skip_locked=True)
    return [Notification(**row._mapping) for row in await connection.execute(query)]


async def mark_escalated(connection: AsyncConnection, told: str, roles: str) -> None:
    """Not again; `roles` were told."""
    await connection.execute(
        notification.update()
        .where(notification.c.id == told)
        .values(escalate_at=None, escalated_to=roles)
    )


async def mark_acknowledged(connection: AsyncConnection, officer: str, told: str, now: int) -> bool:
    """知道了; the first time counts. Answers whether it is the officer's."""
    c = notification.c
    mine = (c.id == told, c.officer == officer)
    await connection.execute(
        notification.update().where(*mine, c.acknowledged.is_(None)).values(acknowledged=now)
    )
    return (await connection.execute(sa.select(c.id).where(*mine))).first() is not None


async def pushed(connection: AsyncConnection, ids: Iterable[str]) -> set[str]:
    """Which of these a push service has taken for at least one browser."""
    d = delivery.c
    query = sa.select(d.notification).where(d.notification.in_(set(ids)), d.outcome == "sent")
    return set((await connection.execute(query)).scalars())


async def keep_attempts(
    connection: AsyncConnection, officer: str, told: str, attempts: Iterable[Attempt]
) -> None:
    """Each attempt; browsers that are gone go, others count how often they failed."""
    c = subscription.c
    for each in attempts:
        await connection.execute(
            insert_if_absent(delivery, connection.dialect.name),
            {
                "notification": told,
                "endpoint": each.endpoint,
                "at": each.at,
                "status": each.status,
                "outcome": each.outcome,
            },
        )
        if each.outcome == "gone":
            await drop_subscription(connection, officer, each.endpoint)
            continue
        await connection.execute(
            subscription.update()
            .where(c.officer == officer, c.endpoint == each.endpoint)
            .values(failed=0 if each.outcome == "sent" else c.failed + 1)
        )


async def outcomes(connection: AsyncConnection) -> dict[str, int]:
    """How many attempts came to what."""
    d = delivery.c
    query = sa.select(d.outcome, sa.func.count()).group_by(d.outcome)
    return {row.outcome: row[1] for row in await connection.execute(query)}


async def answers(connection: AsyncConnection, clocks: Iterable[str]) -> dict[str, Answered]:
    """By clock; a clock nobody was told of is left out."""
    n, r = notification.c, reminder.c
    query = (
        sa.select(
            r.clock,
            sa.func.count(sa.distinct(n.id)),
            sa.func.max(n.acknowledged),
            sa.func.max(r.level),
        )
        .join(notification, n.id == r.notification)
        .where(r.clock.in_(set(clocks)))
        .group_by(r.clock)
    )
    return {clock: Answered(*found) for clock, *found in await connection.execute(query)}


async def _notifications(
    connection: AsyncConnection, *where: Any, limit: int | None = None
) -> list[Notification]:
    c = notification.c
    query = sa.select(notification).where(*where).order_by(c.created.desc(), c.id).limit(limit)
    return [Notification(**row._mapping) for row in await connection.execute(query)]
