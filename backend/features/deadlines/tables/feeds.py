"""订阅日历: the one calendar feed an officer may have; its token is kept hashed, like a session's."""

import sqlalchemy as sa
from msgspec import Struct

from backend.core.database import Ascii, Connection, Instant, metadata, upsert

calendar_feed = sa.Table(
    "calendar_feed",
    metadata,
    sa.Column("officer", Ascii, primary_key=True),
    sa.Column("token_sha256", Ascii, nullable=False, unique=True),
    sa.Column("names", sa.Boolean, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("made", Instant, nullable=False),
)
"""`version` rises with each change of what the feed says, so that calendars take the new words."""


class Feed(Struct, frozen=True):
    """Whose it is, and whether it names enterprises."""

    officer: str
    names: bool
    version: int
    made: int


async def keep_feed(connection: Connection, feed: Feed, token_sha256: str) -> None:
    """The officer's feed from now on; an older address ends."""
    columns = ("token_sha256", "names", "version", "made")
    await connection.execute(
        upsert(calendar_feed, connection.dialect.name, *columns),
        {
            "officer": feed.officer,
            "token_sha256": token_sha256,
            "names": feed.names,
            "version": feed.version,
            "made": feed.made,
        },
    )


async def end_feed(connection: Connection, officer: str) -> None:
    """The address answers nothing any more."""
    await connection.execute(calendar_feed.delete().where(calendar_feed.c.officer == officer))


async def feed_of(connection: Connection, officer: str) -> Feed | None:
    """The officer's feed."""
    return await _feed(connection, calendar_feed.c.officer == officer)


async def feed_at(connection: Connection, token_sha256: str) -> Feed | None:
    """The feed behind an address."""
    return await _feed(connection, calendar_feed.c.token_sha256 == token_sha256)


async def _feed(connection: Connection, where: sa.ColumnElement[bool]) -> Feed | None:
    c = calendar_feed.c
    query = sa.select(c.officer, c.names, c.version, c.made).where(where)
    row = (await connection.execute(query)).first()
    return Feed(*row) if row else None
