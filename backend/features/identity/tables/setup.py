"""The one-time link by which an empty server gets its first administrator."""

import sqlalchemy as sa

from backend.core.database import Ascii, Connection, Instant, for_update, metadata, upsert
from backend.features.identity.tables import officer

setup_link = sa.Table(
    "setup_link",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("token_sha256", Ascii, nullable=False),
    sa.Column("until", Instant, nullable=False),
)
"""At most one row."""

_ONLY = 1


async def keep_link(connection: Connection, token_sha256: str, until: int) -> None:
    """The link of this start; the one before opens nothing any more."""
    await connection.execute(
        upsert(setup_link, connection.dialect.name, "token_sha256", "until"),
        {"id": _ONLY, "token_sha256": token_sha256, "until": until},
    )


async def link_stands(connection: Connection, token_sha256: str, now: int) -> bool:
    """Whether the link opens; locked until the transaction ends, so that it is used once."""
    c = setup_link.c
    query = sa.select(c.id).where(c.token_sha256 == token_sha256, c.until > now)
    return (
        await connection.execute(for_update(query, connection.dialect.name))
    ).first() is not None


async def drop_link(connection: Connection) -> None:
    """Used."""
    await connection.execute(setup_link.delete())


async def has_administrator(connection: Connection) -> bool:
    """Whether anybody who can log in may manage accounts."""
    query = sa.select(officer.c.id).where(
        officer.c.active, officer.c.roles.contains('"R14"'), officer.c.password != ""
    )
    return (await connection.execute(query.limit(1))).first() is not None
