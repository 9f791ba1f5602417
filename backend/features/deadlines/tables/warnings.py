"""Which ends of certificates have been told, so that each warning comes once."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.core.database import Ascii, Instant, insert_if_absent, metadata

certificate_warning = sa.Table(
    "certificate_warning",
    metadata,
    sa.Column("officer", Ascii, primary_key=True),
    sa.Column("until", Ascii, primary_key=True),
    sa.Column("step", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("told", Instant, nullable=False),
)


async def note_warning(
    connection: AsyncConnection, officer: str, until: str, step: int, now: int
) -> bool:
    """False where it was told before."""
    row = {"officer": officer, "until": until, "step": step, "told": now}
    statement = insert_if_absent(certificate_warning, connection.dialect.name)
    return (await connection.execute(statement, row)).rowcount == 1
