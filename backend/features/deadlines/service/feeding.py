"""订阅日历: giving out, renewing and ending the address of an officer's feed, and what it answers."""

from hashlib import sha256

from msgspec import Struct

from backend.core.database import Connection
from backend.core.ids import Ids
from backend.core.problems import Problem
from backend.features.deadlines.papers import FedClock, calendar_text
from backend.features.deadlines.service.due import sight_of
from backend.features.deadlines.tables import feeds
from backend.features.deadlines.tables.clocks import RunningClock, clocks_fed
from backend.features.deadlines.tables.feeds import Feed
from backend.features.identity.public import account, write_audit

MAX_EVENTS = 1000
KEPT_MS = 60 * 86_400_000
"""So long an ended clock still says 已取消 to calendars that ask rarely."""


class FeedWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the calendar may name enterprises. It shows on locked screens."""

    names: bool


class FeedState(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`url` only in the answer that made it: the server keeps no more than its hash."""

    on: bool
    names: bool = False
    made: int = 0
    url: str = ""


async def state_of(connection: Connection, officer: str) -> FeedState:
    """Whether there is a feed and what it says."""
    found = await feeds.feed_of(connection, officer)
    if found is None:
        return FeedState(on=False)
    return FeedState(on=True, names=found.names, made=found.made)


async def give(
    connection: Connection, ids: Ids, officer: str, wish: FeedWish, now: int, public_url: str
) -> FeedState:
    """A new address; the one before answers nothing from now on.

    Raises:
        Problem: 403 `forbidden` for one who sees no deadlines.
    """
    await sight_of(connection, officer)
    old = await feeds.feed_of(connection, officer)
    token = ids.token()
    feed = Feed(officer, wish.names, old.version + 1 if old else 0, now)
    await feeds.keep_feed(connection, feed, _hashed(token))
    await write_audit(connection, now, officer, "calendar_given", officer)
    url = f"{public_url}/calendar/{token}.ics"
    return FeedState(on=True, names=wish.names, made=now, url=url)


async def end(connection: Connection, officer: str, now: int) -> None:
    """The address answers nothing any more."""
    await feeds.end_feed(connection, officer)
    await write_audit(connection, now, officer, "calendar_ended", officer)


async def read(connection: Connection, token: str, now: int, public_url: str) -> bytes:
    """The calendar behind an address.

    Raises:
        Problem: 404 `calendar`; unknown, ended, and of one who has left look alike.
    """
    feed = await feeds.feed_at(connection, _hashed(token))
    if feed is None:
        raise _gone()
    try:
        owner = (await account(connection, feed.officer)).subject
        sight = await sight_of(connection, feed.officer)
    except Problem as problem:
        raise _gone() from problem
    if not owner.active:
        raise _gone()
    clocks = await clocks_fed(connection, sight, now - KEPT_MS, MAX_EVENTS)
    return calendar_text((_fed(c, feed.names) for c in clocks), feed.version, public_url)


def _fed(clock: RunningClock, names: bool) -> FedClock:
    ended = clock.stopped or clock.dates.due_ms_rolled if clock.state != "running" else None
    return FedClock(
        id=clock.id,
        about=clock.about if names else "",
        rule=clock.rule,
        dates=clock.dates,
        state=clock.state,
        ended=ended,
    )


def _gone() -> Problem:
    return Problem(404, "calendar", "没有这个订阅，或者已经停了。请在应用里重新订阅。")


def _hashed(token: str) -> str:
    return sha256(token.encode("utf-8")).hexdigest()
