"""期限看板: the clocks an officer may see, with what is left of each and who has answered."""

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.core.dossiers.ports import DossierFacts
from backend.core.problems import Problem
from backend.features.deadlines.model import AtEnd, Running
from backend.features.deadlines.rules import remaining, words
from backend.features.deadlines.tables.clocks import DueFilter, RunningClock, Sight, clocks_seen
from backend.features.deadlines.tables.inbox import Answered, answers
from backend.features.identity.public import account, may

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
    """How far the right `see_clocks` reaches, asked as of three dossiers.

    Raises:
        Problem: 403 `forbidden`, 404 `officer`.
    """
    subject = (await account(connection, officer)).subject
    questions = (
        (Sight(subject.bureau), DossierFacts("", "", subject.bureau, "")),
        (
            Sight(subject.bureau, subject.section, officer),
            DossierFacts("", "", subject.bureau, subject.section),
        ),
        (Sight(subject.bureau, "", officer), DossierFacts("", "", subject.bureau, "", True)),
    )
    for sight, dossier in questions:
        if await may(connection, officer, "see_clocks", dossier) == "yes":
            return sight
    raise Problem(403, "forbidden", "你的岗位没有这项权限，什么也没有改动。")


async def due_list(
    connection: AsyncConnection, sight: Sight, asked: DueFilter, now: int
) -> DueClocks:
    """What lies within sight, the one due first in front."""
    found = await clocks_seen(connection, sight, asked, MAX_CLOCKS + 1)
    answered = await answers(connection, [clock.id for clock in found])
    rows = [_row(clock, answered.get(clock.id, Answered()), now) for clock in found[:MAX_CLOCKS]]
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
