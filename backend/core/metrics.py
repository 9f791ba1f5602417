"""What the server counts, for Prometheus. Labels are routes, results and states: never an id or a name."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from backend.core.database import Connection, Database
from backend.core.dossiers.tables import outbox, quarantine, unprocessed


class Reading(NamedTuple):
    """One number of the database as it stands now, under a name of `gauges`."""

    name: str
    value: float
    labels: Mapping[str, str] = {}


Reader = Callable[[Connection, int], Awaitable[Sequence[Reading]]]
"""What a feature tells of itself at an instant (UTC ms); `app.py` hands these in."""


class Metrics:
    """One instance a process: two servers in one process (tests) do not count into each other."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "anxun_requests",
            "Answers by route template",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self._items = Counter(
            "anxun_push_items", "Items pushed by phones", ("result",), registry=self.registry
        )

    def answered(self, route: str, method: str, status: int) -> None:
        """One answer has begun."""
        self._requests.labels(route, method, str(status)).inc()

    def pushed(self, results: Mapping[str, int]) -> None:
        """One push: how many items came to which result."""
        for result, count in results.items():
            self._items.labels(result).inc(count)

    async def text(self, database: Database, readers: Sequence[Reader], now: int) -> bytes:
        """The counters of this process and the readings of the database."""
        async with database.read() as connection:
            readings = [each for read in readers for each in await read(connection, now)]
        fresh = CollectorRegistry()
        gauges: dict[str, Gauge] = {}
        for name, value, labels in readings:
            if name not in gauges:
                gauges[name] = Gauge(name, name, tuple(labels), registry=fresh)
            (gauges[name].labels(**labels) if labels else gauges[name]).set(value)
        return generate_latest(self.registry) + generate_latest(fresh)


async def read_log(connection: Connection, now: int) -> list[Reading]:
    """What the log itself tells."""
    q, o = quarantine.c, outbox.c
    held = sa.select(sa.func.count()).where(q.state == "quarantined")
    jobs = sa.select(sa.func.count(), sa.func.min(o.due)).select_from(outbox)
    depth, oldest = (await connection.execute(jobs)).one()
    late = max(0, now - oldest) if oldest is not None else 0
    return [
        Reading("anxun_quarantine_held", await connection.scalar(held) or 0),
        Reading("anxun_outbox_jobs", depth),
        Reading("anxun_outbox_oldest_seconds", late / 1000),
        Reading("anxun_effects_unprocessed", await _count(connection, unprocessed)),
        Reading("anxun_database_bytes", await database_bytes(connection)),
    ]


async def database_bytes(connection: Connection) -> int:
    """How large the database is."""
    if connection.dialect.name == "sqlite":
        pages = await connection.scalar(sa.text("PRAGMA page_count"))
        size = await connection.scalar(sa.text("PRAGMA page_size"))
        return int(pages or 0) * int(size or 0)
    query = sa.text("SELECT pg_database_size(current_database())")
    return int(await connection.scalar(query) or 0)


async def _count(connection: Connection, table: sa.Table) -> int:
    return int(await connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)
