"""今早: one message in the morning instead of thirty (architecture.md 8).

A digest is a reminder of its own, named after the bureau and planned for today's instant: the
primary key lets it ring once a day for each officer, whatever dies in between. What else is due for
him by then goes into it; an hour clock and the silence of others still ring by themselves.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from backend.core.dossiers.ports import Sight
from backend.features.deadlines.model import ClockDates
from backend.features.deadlines.rules import digest_instant, is_near
from backend.features.deadlines.service.packs import pack_clocks
from backend.features.deadlines.tables.clocks import (
    DueFilter,
    RunningClock,
    clocks_seen,
    officers_carrying,
)
from backend.features.deadlines.tables.reminders import Reminder, is_planned, plan
from backend.features.identity.public import bureaus

LATE_MS = 2 * 3_600_000
"""A server that comes up later lets the morning pass."""

MAX_CLOCKS = 500
_PREFIX = "digest/"


async def plan_digests(connection: AsyncConnection, now: int) -> None:
    """Once a morning for each bureau: everybody who carries a running clock."""
    for bureau, name in await bureaus(connection):
        pack = pack_clocks(name)
        at = digest_instant(pack.digest, pack.calendar, now) if pack.digest else None
        if at is None or not at <= now < at + LATE_MS:
            continue
        clock = f"{_PREFIX}{bureau}"
        if not await is_planned(connection, clock, at):
            officers = await officers_carrying(connection, bureau)
            await plan(connection, (Reminder(clock, at, officer) for officer in officers))


def is_digest(planned: Reminder) -> bool:
    """Whether it is the morning's own reminder."""
    return planned.clock.startswith(_PREFIX)


def in_digest(planned: Reminder, clocks: dict[str, RunningClock]) -> bool:
    """Whether the morning digest speaks for it."""
    return is_digest(planned) or (planned.level == 0 and clocks[planned.clock].dates.unit != "hour")


async def near_ends(
    connection: AsyncConnection, rows: Sequence[Reminder], told: Iterable[RunningClock], now: int
) -> list[ClockDates]:
    """The deadlines a digest counts: what is near for the officer, and what reminds of itself."""
    digest = next(filter(is_digest, rows))
    sight = Sight(digest.clock.removeprefix(_PREFIX), "", digest.officer)
    mine = await clocks_seen(connection, sight, DueFilter(state="running"), MAX_CLOCKS)
    counted = {each.id: each.dates for each in mine if is_near(each.dates, now)}
    return list({**counted, **{each.id: each.dates for each in told}}.values())
