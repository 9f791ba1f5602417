"""The worker's side of the outbox: claim by lease, do, finish; kill -9 at any point loses nothing."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from backend.core.clock import Clock
from backend.core.database import Connection, Database
from backend.core.dossiers.tables import outbox
from backend.core.ids import Ids

logger = logging.getLogger("anxun.outbox")
LEASE_MS = 60_000
_BATCH = 20
_BACKOFF_MS = 30_000
_LONGEST_BACKOFF_MS = 3_600_000

Handler = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Job:
    """One claimed row."""

    topic: str
    key: str
    payload: dict[str, Any]
    attempts: int
    lease: str


@dataclass(frozen=True, slots=True)
class Worker:
    """Runs due jobs with the handler of their topic. Handlers are idempotent: a job may run twice."""

    database: Database
    clock: Clock
    ids: Ids
    handlers: Mapping[str, Handler]

    async def run_due(self) -> int:
        """Claim and run one batch; answers how many jobs ran."""
        jobs = await self._claim()
        for job in jobs:
            await self._run(job)
        return len(jobs)

    async def _claim(self) -> Sequence[Job]:
        now, lease = self.clock.now(), self.ids.hex(16)
        c = outbox.c
        due = sa.or_(c.lease_until.is_(None), c.lease_until < now)
        async with self.database.write() as connection:
            query = (
                sa.select(c.topic, c.key)
                .where(c.due <= now, due, c.topic.in_(self.handlers))
                .order_by(c.due)
                .limit(_BATCH)
            )
            if not self.database.sqlite:
                query = query.with_for_update(skip_locked=True)
            keys = [tuple(row) for row in await connection.execute(query)]
            return [await _lease(connection, key, lease, now + LEASE_MS) for key in keys]

    async def _run(self, job: Job) -> None:
        try:
            await self.handlers[job.topic](job.payload)
        except Exception as error:
            logger.error("job %s failed: %s", job.topic, type(error).__name__)
            await self._put_back(job, type(error).__name__)
        else:
            async with self.database.write() as connection:
                await connection.execute(outbox.delete().where(*_mine(job)))

    async def _put_back(self, job: Job, error: str) -> None:
        wait = min(_BACKOFF_MS * 2**job.attempts, _LONGEST_BACKOFF_MS)
        async with self.database.write() as connection:
            await connection.execute(
                outbox.update()
                .where(*_mine(job))
                .values(due=self.clock.now() + wait, lease=None, lease_until=None, error=error)
            )


async def _lease(connection: Connection, key: tuple[str, str], lease: str, until: int) -> Job:
    row = (
        await connection.execute(
            outbox.update()
            .where(outbox.c.topic == key[0], outbox.c.key == key[1])
            .values(lease=lease, lease_until=until, attempts=outbox.c.attempts + 1)
            .returning(outbox.c.payload, outbox.c.attempts)
        )
    ).one()
    return Job(key[0], key[1], json.loads(row.payload), row.attempts, lease)


def _mine(job: Job) -> tuple[Any, ...]:
    """A job whose lease ran out may be another worker's by now."""
    return outbox.c.topic == job.topic, outbox.c.key == job.key, outbox.c.lease == job.lease
