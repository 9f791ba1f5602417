"""Faults officers reported, for whoever looks after the app."""

from typing import Any

import sqlalchemy as sa

from backend.core.database import Ascii, Connection, Instant, metadata
from backend.features.identity.tables import officer, section

fault = sa.Table(
    "fault",
    metadata,
    sa.Column("id", Ascii, primary_key=True),
    sa.Column("officer", Ascii, sa.ForeignKey("officer.id"), nullable=False, index=True),
    sa.Column("at", Instant, nullable=False, index=True),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("lines", sa.Text, nullable=False),
)


async def insert_fault(
    connection: Connection, name: str, who: str, at: int, words: str, lines: str
) -> None:
    """One reported fault; `lines` as the phone wrote them."""
    values = {"id": name, "officer": who, "at": at, "words": words, "lines": lines}
    await connection.execute(fault.insert().values(values))


async def faults_in(connection: Connection, of_bureau: str, limit: int) -> list[Any]:
    """Faults of a bureau, the newest first, each with its officer's name."""
    query = (
        sa.select(fault, officer.c.name.label("name"))
        .join(officer, officer.c.id == fault.c.officer)
        .join(section, section.c.id == officer.c.section)
        .where(section.c.bureau == of_bureau)
        .order_by(fault.c.at.desc(), fault.c.id)
        .limit(limit)
    )
    return list((await connection.execute(query)).all())
