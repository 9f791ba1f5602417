"""Starting, stopping and moving a clock as its facts come in.

Called by the listeners of upper features inside the transaction that accepted the fact, so the
dossier is locked: two pushes never start one clock twice. Facts of two phones arrive in any order,
hence a fact may be told again and the second time changes nothing.
"""

from collections.abc import Sequence
from hashlib import sha256

import msgspec
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.core.dossiers.listening import Happening, SystemWrite
from backend.core.dossiers.service import Dossiers, dossier_facts
from backend.core.dossiers.store import LogStore
from backend.features.deadlines.model import Running
from backend.features.deadlines.rules import (
    compute,
    day_of,
    instants_to_plan,
    reminder_instants,
)
from backend.features.deadlines.service.packs import pack_clocks
from backend.features.deadlines.tables.clocks import (
    RunningClock,
    clocks_past_right,
    clocks_started_by,
    end_clock,
    insert_clock,
)
from backend.features.deadlines.tables.reminders import Reminder, cancel, plan
from backend.features.identity.public import pack_of

ABOUT_LENGTH = 16
"""Enough of an enterprise's name to know it by on a locked screen."""


class StartClock(Struct, frozen=True):
    """A fact that starts a clock: `trigger` is its record, `started_ms` its moment (UTC ms).

    For a set date (D09) the moment is any instant of that day. `officers` are reminded.
    """

    dossier: str
    rule_id: str
    trigger: str
    started_ms: int
    officers: Sequence[str]


async def start_clock(happening: Happening, wanted: StartClock) -> None:
    """Start the clock unless this fact ever started it, or the bureau's pack has no such rule."""
    if not await _started_by(happening, wanted):
        await _begin(happening, wanted)


async def stop_clock(
    happening: Happening, dossier: str, rule_id: str, trigger: str, at: int
) -> None:
    """The act was done at `at` (UTC ms). A lapsed clock stops too: the act was learnt late."""
    for clock in await clocks_started_by(happening.connection, dossier, rule_id, trigger):
        if clock.state != "stopped":
            await _end(happening, clock, at)


async def move_clock(happening: Happening, wanted: StartClock, at: int) -> None:
    """The due date changed at `at`: the running clock stops, another starts.

    Starts a clock that never ran; leaves one alone that runs from this moment already, or whose
    act is done.
    """
    known = await _started_by(happening, wanted)
    running = [clock for clock in known if clock.state != "stopped"]
    if any(clock.dates.started_ms == wanted.started_ms for clock in running):
        return
    for clock in running:
        await _end(happening, clock, at)
    if running or not known:
        await _begin(happening, wanted)


async def lapse_past(dossiers: Dossiers, limit: int = 100) -> int:
    """Mark the clocks whose right is gone, in their dossiers too; answers how many."""
    now = dossiers.clock.now()
    async with dossiers.database.write() as connection:
        names = {clock.dossier for clock in await clocks_past_right(connection, now, limit)}
        await LogStore(connection).lock_dossiers(sorted(names))
        gone = [c for c in await clocks_past_right(connection, now, limit) if c.dossier in names]
        for clock in gone:
            await end_clock(connection, clock.id, "lapsed", None)
        if gone:
            await dossiers.write(connection, [_write(c, {"state": "lapsed"}) for c in gone])
    return len(gone)


async def _started_by(happening: Happening, wanted: StartClock) -> list[RunningClock]:
    return await clocks_started_by(
        happening.connection, wanted.dossier, wanted.rule_id, wanted.trigger
    )


async def _begin(happening: Happening, wanted: StartClock) -> None:
    connection = happening.connection
    facts = (await dossier_facts(connection, "", [wanted.dossier]))[wanted.dossier]
    pack = pack_clocks(await pack_of(connection, facts.bureau))
    rule = pack.rule(wanted.rule_id, day_of(wanted.started_ms))
    if rule is None:
        return
    clock = RunningClock(
        id=_record_name(happening, wanted),
        dossier=wanted.dossier,
        trigger=wanted.trigger,
        bureau=facts.bureau,
        section=facts.section,
        about=await _about(happening, wanted.dossier),
        rule=rule,
        dates=compute(rule, wanted.started_ms, pack.calendar),
        silence_ms=pack.silence_ms if rule.escalate_to else 0,
    )
    happening.write(_write(clock, _fields(clock)))
    await insert_clock(connection, clock)
    await _plan(connection, clock, wanted.officers, happening.now)


async def _plan(
    connection: AsyncConnection, clock: RunningClock, officers: Sequence[str], now: int
) -> None:
    instants = reminder_instants(clock.rule, clock.dates)
    coming = instants_to_plan(instants, clock.dates.started_ms, now)
    await plan(
        connection,
        (Reminder(clock.id, instant, who) for who in dict.fromkeys(officers) for instant in coming),
    )


async def _end(happening: Happening, clock: RunningClock, at: int) -> None:
    happening.write(_write(clock, {"state": "stopped", "stopped": at}))
    await end_clock(happening.connection, clock.id, "stopped", at)
    await cancel(happening.connection, clock.id)


def _write(clock: RunningClock, fields: dict[str, object]) -> SystemWrite:
    return SystemWrite(clock.dossier, "clock", fields, record=clock.id)


def _fields(clock: RunningClock) -> dict[str, object]:
    state: Running = "running"
    return {
        "rule": clock.rule.id,
        "title": clock.rule.title,
        "trigger": clock.trigger,
        "started": clock.dates.started_ms,
        "due_strict": clock.dates.strict.isoformat(),
        "due_rolled": clock.dates.rolled.isoformat(),
        "due_strict_ms": clock.dates.due_ms_strict,
        "due_rolled_ms": clock.dates.due_ms_rolled,
        "provisional": clock.dates.provisional,
        "state": state,
        "resolved": msgspec.json.encode(clock.rule).decode(),
        "source": clock.rule.source,
    }


def _record_name(happening: Happening, wanted: StartClock) -> str:
    """The name the new record will bear (LG6): the server's writes before it are not yet counted.

    Known beforehand because one push may hold both the fact that starts a clock and the act that
    stops it.
    """
    device, epoch, n = happening.ledger.next_system_id(wanted.dossier).split(".")
    before = sum(write.dossier == wanted.dossier for write in happening.writes)
    cause = f"{wanted.rule_id}/{wanted.trigger}/{wanted.started_ms}"
    return f"{device}.{epoch}.{int(n) + before}.{sha256(cause.encode()).hexdigest()[:8]}"


async def _about(happening: Happening, dossier: str) -> str:
    for opening in await happening.records(dossier, "dossier"):
        enterprise = opening.values.get("enterprise") or {}
        return str(enterprise.get("name", ""))[:ABOUT_LENGTH]
    return ""
