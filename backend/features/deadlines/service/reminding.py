"""Ringing what is due: into the inbox first, then to each browser, then up if nobody answers.

The inbox line is written in the transaction that takes the reminders; the network is only used
between transactions, under a lease that is checked before each message. A worker that dies is
followed by another; only what it was just sending goes out twice, under the same Topic.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from backend.core.clock import Clock
from backend.core.database import Database
from backend.core.dossiers.ports import DossierFacts
from backend.core.ids import Ids
from backend.features.deadlines.rules import day_of, digest_words, due_words, end_of_day
from backend.features.deadlines.service.digesting import (
    in_digest,
    is_digest,
    near_ends,
    plan_digests,
)
from backend.features.deadlines.service.pushing import (
    SEND_MS,
    Message,
    Payload,
    Sender,
    Sent,
    topic,
)
from backend.features.deadlines.tables import inbox, reminders
from backend.features.deadlines.tables.clocks import RunningClock, clocks_named
from backend.features.deadlines.tables.inbox import Attempt, Notification
from backend.features.deadlines.tables.reminders import Reminder
from backend.features.identity.public import may, officers_with

LEASE_MS = 60_000
DIGEST_FROM = 5
"""So many reminders at once are one message."""

MAX_ATTEMPTS = 8
FIRST_BACKOFF_MS, LAST_BACKOFF_MS = 30_000, 3_600_000
SENDING_AT_ONCE = 20
DAY_MS = 86_400_000
INBOX_URL = "/#/f/inbox"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A notification to be pushed, how often it has been tried, and by which lease it is ours."""

    told: Notification
    attempts: int
    lease: str


async def run_due(
    database: Database, sender: Sender, clock: Clock, ids: Ids, limit: int = 50
) -> int:
    """Ring what is due, of at most `limit` officers; answers how many notifications were handled."""
    async with database.write() as connection:
        await plan_digests(connection, clock.now())
        await _escalate(connection, clock.now(), limit)
    async with database.write() as connection:
        claimed = await _claim(connection, clock.now(), ids, limit)
    turns = asyncio.Semaphore(SENDING_AT_ONCE)
    async with asyncio.TaskGroup() as group:
        for each in claimed:
            group.create_task(_deliver(database, sender, clock, each, turns))
    return len(claimed)


async def _claim(connection: AsyncConnection, now: int, ids: Ids, limit: int) -> list[Claimed]:
    lease = ids.hex(32)
    taken = await reminders.claim(connection, now, lease, now + LEASE_MS, limit)
    clocks = await clocks_named(connection, {each.clock for each in taken})
    for rows in _bundles([each for each in taken if not each.notification], clocks):
        told = await _notification(connection, rows, clocks, ids.hex(32), now)
        if told is None:
            await reminders.let_pass(connection, rows[0])
            continue
        await inbox.insert_notification(connection, told)
        await reminders.mark_told(connection, rows, told.id)
        taken += [_told(row, told.id) for row in rows]
    attempts = {each.notification: each.attempts for each in taken if each.notification}
    found = await inbox.notifications(connection, attempts)
    return [Claimed(each, attempts[each.id], lease) for each in found]


def _told(row: Reminder, notification: str) -> Reminder:
    return Reminder(row.clock, row.instant, row.officer, row.level, row.attempts, notification)


def _bundles(fresh: Sequence[Reminder], clocks: dict[str, RunningClock]) -> list[list[Reminder]]:
    """One bundle a reminder; one for the morning digest; one for all where they are many."""
    by_officer: dict[str, list[Reminder]] = {}
    for each in fresh:
        by_officer.setdefault(each.officer, []).append(each)
    return [bundle for rows in by_officer.values() for bundle in _bundles_of_one(rows, clocks)]


def _bundles_of_one(rows: list[Reminder], clocks: dict[str, RunningClock]) -> list[list[Reminder]]:
    morning = [row for row in rows if in_digest(row, clocks)] if any(map(is_digest, rows)) else []
    rest = [row for row in rows if row not in morning]
    bundles = [rest] if len(rest) >= DIGEST_FROM else [[row] for row in rest]
    return [morning, *bundles] if morning else bundles


async def _notification(
    connection: AsyncConnection,
    rows: Sequence[Reminder],
    clocks: dict[str, RunningClock],
    id: str,
    now: int,
) -> Notification | None:
    told = [clocks[row.clock] for row in rows if not is_digest(row)]
    morning = len(told) < len(rows)
    ends = await near_ends(connection, rows, told, now) if morning else []
    if morning and not ends:
        return None
    single = told[0] if len(rows) == 1 and not morning else None
    counted = digest_words(ends or [clock.dates for clock in told], now)
    head = f"今早 {len(ends)} 件：{counted}" if morning else f"{len(told)} 件期限提醒"
    return Notification(
        id=id,
        officer=rows[0].officer,
        dossier=single.dossier if single else "",
        clock=single.id if single else "",
        title=single.rule.title if single else head,
        body=_body(single, rows[0].level, now) if single else _digest_body(counted, morning),
        url=f"/#/f/v/{single.dossier}" if single else INBOX_URL,
        created=now,
        expires=end_of_day(now) if morning else max(clock.dates.due_ms_rolled for clock in told),
        escalate_at=_escalate_at(rows, clocks, now),
    )


def _escalate_at(rows: Sequence[Reminder], clocks: dict[str, RunningClock], now: int) -> int | None:
    """The shortest silence of what is told, where somebody stands above."""
    told = [(clocks[row.clock], row.level) for row in rows if not is_digest(row)]
    rungs = [clock.silence_ms for clock, level in told if _next_role(clock, level)]
    silences = [silence for silence in rungs if silence]
    return now + min(silences) if silences else None


def _body(clock: RunningClock, level: int, now: int) -> str:
    """Nothing of the dossier: a push lies on a locked screen and in the browser's files."""
    silent = "承办人没有回应，" if level else ""
    return f"{silent}{due_words(clock.rule, clock.dates, now)}，打开查看"


def _digest_body(counted: str, morning: bool) -> str:
    return "打开看先办哪件" if morning else f"{counted}，打开查看"


async def _deliver(
    database: Database, sender: Sender, clock: Clock, claimed: Claimed, turns: asyncio.Semaphore
) -> None:
    told = claimed.told
    async with database.read() as connection:
        targets = await inbox.subscriptions_left(connection, told.officer, told.id)
    message = _message(told, clock.now())
    answers: list[tuple[Attempt, Sent]] = []
    async with turns:
        for target in targets:
            if not await _still_ours(database, claimed, clock.now() + SEND_MS):
                break
            sent = await sender.send(target, message)
            attempt = Attempt(target.endpoint, clock.now(), sent.status, sent.outcome)
            answers.append((attempt, sent))
    again = _again([sent for _, sent in answers], claimed.attempts, clock.now())
    async with database.write() as connection:
        await inbox.keep_attempts(connection, told.officer, told.id, [a for a, _ in answers])
        if len(answers) == len(targets):
            await reminders.finish(connection, told.id, claimed.lease, again)


async def _still_ours(database: Database, claimed: Claimed, until: int) -> bool:
    """Whether a message begun now is over before another worker may begin with it."""
    async with database.read() as connection:
        return await reminders.holds(connection, claimed.told.id, claimed.lease, until)


def _message(told: Notification, now: int) -> Message:
    day = day_of(told.created).isoformat()
    tag = topic(told.clock) if told.clock else topic("digest", told.officer, day)
    payload = Payload(told.title, told.body, tag, told.url, told.clock)
    return Message(payload, told.expires, urgent=told.expires - now < DAY_MS)


def _again(answers: Sequence[Sent], attempts: int, now: int) -> int | None:
    """When to try once more, if a push service is down; the inbox holds the line in any case."""
    asked = [sent.retry_s * 1000 for sent in answers if sent.outcome == "retry"]
    if not asked or attempts >= MAX_ATTEMPTS:
        return None
    backoff = min(FIRST_BACKOFF_MS << (attempts - 1), LAST_BACKOFF_MS)
    return now + max(backoff, *asked)


async def _escalate(connection: AsyncConnection, now: int, limit: int) -> None:
    """Silence longer than the pack allows: the next of the rule's roles is told."""
    for told in await inbox.take_unanswered(connection, now, limit):
        rows = await reminders.reminders_in(connection, told.id)
        clocks = await clocks_named(connection, {row.clock for row in rows})
        roles: dict[str, None] = {}
        for row in filter(lambda row: not is_digest(row), rows):
            role = await _tell_next(connection, clocks[row.clock], row.level, told.escalate_at or 0)
            roles |= {role: None} if role else {}
        await inbox.mark_escalated(connection, told.id, ",".join(roles))


async def _tell_next(
    connection: AsyncConnection, clock: RunningClock, level: int, instant: int
) -> str:
    """The role that was told; roles nobody holds who may see the clock are passed over."""
    while clock.state == "running" and (role := _next_role(clock, level)):
        level += 1
        officers = await _holders(connection, clock, role)
        if officers:
            rows = (Reminder(clock.id, instant, officer, level) for officer in officers)
            await reminders.plan(connection, rows)
            return role
    return ""


def _next_role(clock: RunningClock, level: int) -> str:
    return clock.rule.escalate_to[level] if level < len(clock.rule.escalate_to) else ""


async def _holders(connection: AsyncConnection, clock: RunningClock, role: str) -> list[str]:
    dossier = DossierFacts(clock.dossier, "", clock.bureau, clock.section)
    holders = [a.subject.officer for a in await officers_with(connection, clock.bureau, role)]
    return [
        officer
        for officer in holders
        if await may(connection, officer, "see_clocks", dossier) == "yes"
    ]
