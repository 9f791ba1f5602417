"""One row a dossier of an inspection: what lists and boards show without opening it."""

import json
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


async def inspections(connection: Connection, *where: Any, limit: int = 200) -> list[InspectionRow]:
    """Rows that meet the conditions, the last changed first."""
    query = sa.select(inspection).where(*where).order_by(inspection.c.changed.desc()).limit(limit)
    return [_row(row) for row in await connection.execute(query)]


def _row(row: Any) -> InspectionRow:
    values = dict(row._mapping)
    values["officers"] = json.loads(values["officers"])
    return InspectionRow(**values)
