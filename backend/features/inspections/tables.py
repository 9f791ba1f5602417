"""One row a dossier of an inspection: what lists and boards show without opening it."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from backend.core.database import Ascii, Connection, Instant, metadata, upsert

inspection = sa.Table(
    "inspection_index",
    metadata,
    sa.Column("dossier", Ascii, primary_key=True),
    sa.Column("bureau", Ascii, nullable=False, index=True),
    sa.Column("section", Ascii, nullable=False),
    sa.Column("enterprise", Ascii, nullable=False, index=True),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("state", Ascii, nullable=False),
    sa.Column("planned_for", Ascii, nullable=False),
    sa.Column("started", Instant),
    sa.Column("ended", Instant),
    sa.Column("officers", sa.Text, nullable=False),
    sa.Column("findings", sa.Integer, nullable=False),
    sa.Column("conflicts", sa.Integer, nullable=False),
    sa.Column("changed", Instant, nullable=False),
)

cited_clause = sa.Table(
    "cited_clause",
    metadata,
    sa.Column("dossier", Ascii, primary_key=True),
    sa.Column("finding", Ascii, primary_key=True),
    sa.Column("citation", Ascii, primary_key=True),
    sa.Column("version", Ascii, nullable=False, index=True),
    sa.Column("problem", sa.Text, nullable=False),
    sa.Column("issued", sa.Boolean, nullable=False),
)
"""判定依据 of findings by the version cited (`<law>@<in force since>`), issued or still a draft."""


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """A dossier in a list. Instants UTC ms; officers are officer ids."""

    dossier: str
    bureau: str
    section: str
    enterprise: str
    unit: str
    state: str
    planned_for: str
    started: int | None
    ended: int | None
    officers: list[str]
    findings: int
    conflicts: int
    changed: int


async def keep(connection: Connection, row: InspectionRow) -> None:
    """Bring the row of one dossier up to date."""
    values: dict[str, Any] = asdict(row)
    values["officers"] = json.dumps(row.officers)
    columns = [column.name for column in inspection.columns if column.name != "dossier"]
    await connection.execute(upsert(inspection, connection.dialect.name, *columns), values)


@dataclass(frozen=True, slots=True)
class CitedClause:
    """One clause a finding rests on."""

    dossier: str
    finding: str
    citation: str
    version: str
    problem: str
    issued: bool


async def keep_citations(connection: Connection, dossier: str, rows: list[CitedClause]) -> None:
    """What the findings of one dossier cite, as it stands now."""
    here = cited_clause.c.dossier == dossier
    before = {CitedClause(**row._mapping) for row in await _cited(connection, here)}
    if before == set(rows):
        return
    await connection.execute(sa.delete(cited_clause).where(here))
    if rows:
        await connection.execute(cited_clause.insert(), [asdict(row) for row in rows])


async def citing(connection: Connection, versions: Collection[str]) -> list[CitedClause]:
    """Clauses of these versions that findings cite, by dossier."""
    rows = await _cited(connection, cited_clause.c.version.in_(versions))
    return [CitedClause(**row._mapping) for row in rows]


async def _cited(connection: Connection, where: Any) -> list[Any]:
    c = cited_clause.c
    query = sa.select(cited_clause).where(where).order_by(c.dossier, c.finding, c.citation)
    return list(await connection.execute(query))


async def inspections(connection: Connection, *where: Any, limit: int = 200) -> list[InspectionRow]:
    """Rows that meet the conditions, the last changed first."""
    query = sa.select(inspection).where(*where).order_by(inspection.c.changed.desc()).limit(limit)
    return [_row(row) for row in await connection.execute(query)]


def _row(row: Any) -> InspectionRow:
    values = dict(row._mapping)
    values["officers"] = json.loads(values["officers"])
    return InspectionRow(**values)
