"""One row a dossier of an inspection: what lists and boards show without opening it."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from backend.core.database import Ascii, Connection, Instant, metadata, upsert
from backend.core.dossiers.ports import Sight
from backend.core.dossiers.sight import within
from backend.features.inspections.rules import OVER

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


async def stale(
    connection: Connection, sight: Sight, versions: Collection[str], limit: int = 500
) -> list[tuple[CitedClause, str]]:
    """Clauses of these versions that findings in sight cite, each with the unit's name.

    First those not issued yet: they can still be cited anew.
    """
    c, i = cited_clause.c, inspection.c
    query = (
        sa.select(cited_clause, i.unit)
        .join(inspection, i.dossier == c.dossier)
        .where(c.version.in_(versions), within(sight, i.dossier, i.bureau, i.section))
        .order_by(c.issued, i.changed.desc(), c.dossier, c.finding, c.citation)
        .limit(limit)
    )
    return [(CitedClause(*cited), unit) for *cited, unit in await connection.execute(query)]


async def _cited(connection: Connection, where: Any) -> list[Any]:
    c = cited_clause.c
    query = sa.select(cited_clause).where(where).order_by(c.dossier, c.finding, c.citation)
    return list(await connection.execute(query))


async def inspections(
    connection: Connection, sight: Sight, *where: Any, limit: int = 200
) -> list[InspectionRow]:
    """Rows in sight that meet the conditions, the last changed first.

    Of more than `limit` those are left out first that are over and undisputed.
    """
    c = inspection.c
    over = sa.and_(c.state.in_(OVER), c.conflicts == 0)
    query = (
        sa.select(inspection)
        .where(within(sight, c.dossier, c.bureau, c.section), *where)
        .order_by(over, c.changed.desc(), c.dossier)
        .limit(limit)
    )
    rows = [_row(row) for row in await connection.execute(query)]
    return sorted(rows, key=lambda row: row.changed, reverse=True)


def _row(row: Any) -> InspectionRow:
    values = dict(row._mapping)
    values["officers"] = json.loads(values["officers"])
    return InspectionRow(**values)
