"""Running clocks as lists and reminders read them. Their history is the log's (`clock` records)."""

from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.core.database import Ascii, Instant, metadata
from backend.core.dossiers.ports import Sight
from backend.core.dossiers.sight import carried_by, within
from backend.core.dossiers.tables import dossier_grant
from backend.features.deadlines.model import ClockDates, ClockRule, Running
from sync.server.clock import MAX_INTEGER

running_clock = sa.Table(
    "running_clock",
    metadata,
    sa.Column("id", Ascii, primary_key=True),
    sa.Column("dossier", Ascii, nullable=False),
    sa.Column("rule", Ascii, nullable=False),
    sa.Column("trigger", Ascii, nullable=False),
    sa.Column("bureau", Ascii, nullable=False),
    sa.Column("section", Ascii, nullable=False),
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("due_strict", Instant, nullable=False),
    sa.Column("due_rolled", Instant, nullable=False),
    sa.Column("at_end", Ascii, nullable=False),
    sa.Column("silence", Instant, nullable=False),
    sa.Column("resolved", sa.Text, nullable=False),
    sa.Column("dates", sa.Text, nullable=False),
    sa.Column("state", Ascii, nullable=False),
    sa.Column("stopped", Instant),
    sa.Index("ix_running_clock_trigger", "dossier", "rule", "trigger"),
    sa.Index("ix_running_clock_due", "bureau", "state", "due_strict"),
)

_ended = sa.func.coalesce(running_clock.c.stopped, running_clock.c.due_rolled)
"""When one that runs no more ended: it was stopped, or lapsed with its last day."""


class RunningClock(Struct, frozen=True, kw_only=True):
    """A clock with its rule as it held at the start. `id` is its record in the dossier.

    `about` is the enterprise's name, cut short; `silence_ms` after which an unanswered reminder
    goes to the next of `rule.escalate_to` (0: never).
    """

    id: str
    dossier: str
    trigger: str
    bureau: str
    section: str
    about: str
    rule: ClockRule
    dates: ClockDates
    silence_ms: int
    state: Running = "running"
    stopped: int | None = None


class DueFilter(Struct, frozen=True, kw_only=True):
    """What the clocks board asks for; empty asks for all. `until`: strictly due before (UTC ms)."""

    rule: str = ""
    section: str = ""
    officer: str = ""
    state: str = ""
    until: int = MAX_INTEGER


async def insert_clock(connection: AsyncConnection, clock: RunningClock) -> None:
    """A clock that begins."""
    await connection.execute(
        running_clock.insert().values(
            id=clock.id,
            dossier=clock.dossier,
            rule=clock.rule.id,
            trigger=clock.trigger,
            bureau=clock.bureau,
            section=clock.section,
            about=clock.about,
            due_strict=clock.dates.due_ms_strict,
            due_rolled=clock.dates.due_ms_rolled,
            at_end=clock.rule.at_end,
            silence=clock.silence_ms,
            resolved=msgspec.json.encode(clock.rule).decode(),
            dates=msgspec.json.encode(clock.dates).decode(),
            state=clock.state,
            stopped=clock.stopped,
        )
    )


async def end_clock(connection: AsyncConnection, id: str, state: Running, at: int | None) -> None:
    """Stopped at an instant, or lapsed without one."""
    await connection.execute(
        running_clock.update().where(running_clock.c.id == id).values(state=state, stopped=at)
    )


async def clocks_started_by(
    connection: AsyncConnection, dossier: str, rule: str, trigger: str
) -> list[RunningClock]:
    """Every clock this fact ever started under the rule, ended ones included."""
    c = running_clock.c
    return await _clocks(connection, c.dossier == dossier, c.rule == rule, c.trigger == trigger)


async def clocks_in(connection: AsyncConnection, dossier: str) -> list[RunningClock]:
    """Every clock of a dossier, the one due first in front."""
    return await _clocks(connection, running_clock.c.dossier == dossier)


async def clocks_named(connection: AsyncConnection, ids: set[str]) -> dict[str, RunningClock]:
    """By id."""
    return {each.id: each for each in await _clocks(connection, running_clock.c.id.in_(ids))}


async def clocks_past_right(
    connection: AsyncConnection, now: int, limit: int
) -> list[RunningClock]:
    """Still running though the right they guard is gone."""
    c = running_clock.c
    gone = (c.state == "running", c.at_end == "lapsed", c.due_rolled < now)
    return await _clocks(connection, *gone, limit=limit)


async def clocks_seen(
    connection: AsyncConnection, sight: Sight, asked: DueFilter, limit: int
) -> list[RunningClock]:
    """What lies within sight and filter, those that still run in front."""
    c = running_clock.c
    where = [_in(sight), c.due_strict < asked.until]
    if asked.officer:
        where.append(c.dossier.in_(carried_by(asked.officer)))
    wanted = {"rule": asked.rule, "section": asked.section, "state": asked.state}
    where += [c[name] == value for name, value in wanted.items() if value]
    return await _open_first(connection, *where, limit=limit)


async def clocks_fed(
    connection: AsyncConnection, sight: Sight, since: int, limit: int
) -> list[RunningClock]:
    """What runs within sight, then what ended since an instant (UTC ms): a calendar must hear of it."""
    told = sa.or_(running_clock.c.state == "running", _ended >= since)
    return await _open_first(connection, _in(sight), told, limit=limit)


async def officers_carrying(connection: AsyncConnection, bureau: str) -> list[str]:
    """Who carries a dossier in which a clock runs."""
    c, g = running_clock.c, dossier_grant.c
    query = (
        sa.select(g.officer)
        .join(running_clock, c.dossier == g.dossier)
        .where(c.bureau == bureau, c.state == "running", g.revoked.is_(None))
        .distinct()
    )
    return sorted((await connection.execute(query)).scalars())


def _in(sight: Sight) -> Any:
    c = running_clock.c
    return within(sight, c.dossier, c.bureau, c.section)


async def _open_first(connection: AsyncConnection, *where: Any, limit: int) -> list[RunningClock]:
    """Those that run, the one due first in front; then those over, the last ended in front."""
    runs = running_clock.c.state == "running"
    order = (~runs, sa.case((runs, running_clock.c.due_strict), else_=-_ended))
    return await _clocks(connection, *where, order=order, limit=limit)


async def _clocks(
    connection: AsyncConnection,
    *where: Any,
    order: Sequence[Any] = (running_clock.c.due_strict,),
    limit: int | None = None,
) -> list[RunningClock]:
    query = sa.select(running_clock).where(*where).order_by(*order, running_clock.c.id).limit(limit)
    return [_clock(row) for row in await connection.execute(query)]


def _clock(row: Any) -> RunningClock:
    return RunningClock(
        id=row.id,
        dossier=row.dossier,
        trigger=row.trigger,
        bureau=row.bureau,
        section=row.section,
        about=row.about,
        rule=msgspec.json.decode(row.resolved, type=ClockRule),
        dates=msgspec.json.decode(row.dates, type=ClockDates),
        silence_ms=row.silence,
        state=row.state,
        stopped=row.stopped,
    )
