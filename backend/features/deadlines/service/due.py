"""期限看板: the clocks an officer may see, with what is left of each and who has answered."""

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.core.dossiers.ports import Sight
from backend.core.problems import Problem
from backend.features.deadlines.model import AtEnd, Running
from backend.features.deadlines.rules import remaining, words
from backend.features.deadlines.tables.clocks import DueFilter, RunningClock, clocks_seen
from backend.features.deadlines.tables.inbox import Answered, answers
from backend.features.identity import public as identity

MAX_CLOCKS = 500


class DueClock(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row. Dates are days in Asia/Shanghai, instants UTC ms; `left` is for the screen.

    `reminded` counts notifications, `acknowledged` is the last answer, `escalated_to` the role
    that was told of silence.
    """

    id: str
    dossier: str
    rule: str
    title: str
    source: str
    about: str
    section: str
    trigger: str
    started: int
    due_strict: str
    due_rolled: str
    due_strict_ms: int
    due_rolled_ms: int
    provisional: bool
    at_end: AtEnd
    state: Running
    stopped: int | None = None
    left: str = ""
    reminded: int = 0
    acknowledged: int | None = None
    escalated_to: str = ""


class DueClocks(Struct, frozen=True):
    """The rows due first; `more`: there are others, ask more narrowly."""

    clocks: list[DueClock]
    more: bool


async def sight_of(connection: AsyncConnection, officer: str) -> Sight:
    """How far the right `see_clocks` reaches.

    Raises:
        Problem: 403 `forbidden`.
    """
    sight = await identity.sight_of(connection, officer, "see_clocks")
    if sight is None:
        raise Problem(403, "forbidden", "你的岗位没有这项权限，什么也没有改动。")
    return sight


async def due_list(
    connection: AsyncConnection, sight: Sight, asked: DueFilter, now: int
) -> DueClocks:
    """What lies within sight, the one due first in front; of too many, first those that run."""
    found = await clocks_seen(connection, sight, asked, MAX_CLOCKS + 1)
    shown = sorted(found[:MAX_CLOCKS], key=lambda clock: (clock.dates.due_ms_strict, clock.id))
    answered = await answers(connection, [clock.id for clock in shown])
    rows = [_row(clock, answered.get(clock.id, Answered()), now) for clock in shown]
    return DueClocks(rows, len(found) > MAX_CLOCKS)


def _row(clock: RunningClock, answered: Answered, now: int) -> DueClock:
    rule, dates = clock.rule, clock.dates
    return DueClock(
        id=clock.id,
        dossier=clock.dossier,
        rule=rule.id,
        title=rule.title,
        source=rule.source,
        about=clock.about,
        section=clock.section,
        trigger=clock.trigger,
        started=dates.started_ms,
        due_strict=dates.strict.isoformat(),
        due_rolled=dates.rolled.isoformat(),
        due_strict_ms=dates.due_ms_strict,
        due_rolled_ms=dates.due_ms_rolled,
        provisional=dates.provisional,
        at_end=rule.at_end,
        state=clock.state,
        stopped=clock.stopped,
        left=words(remaining(dates, now), rule.at_end) if clock.state == "running" else "",
        reminded=answered.reminded,
        acknowledged=answered.acknowledged,
        escalated_to=rule.escalate_to[answered.level - 1] if answered.level else "",
    )
