"""The register for the desk's searches, and the visits a year's summary is made of."""

import json
from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from backend.core.database import Ascii, Connection, Instant, for_update, metadata, upsert
from backend.features.enterprises.model import Enterprise, OpenFinding, Visit

enterprise = sa.Table(
    "enterprise",
    metadata,
    sa.Column("id", Ascii, primary_key=True),
    sa.Column("bureau", Ascii, nullable=False, index=True),
    sa.Column("section", Ascii, nullable=False),
    sa.Column("code", Ascii, nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("row", sa.Text, nullable=False),
    sa.Column("withdrawn", sa.Boolean, nullable=False, server_default=sa.false()),
)

_CODE_FRAGMENT = 4
"""Characters from which on a part of a credit code may stand anywhere in it."""

visit = sa.Table(
    "visit",
    metadata,
    sa.Column("id", Ascii, primary_key=True),
    sa.Column("dossier", Ascii, nullable=False),
    sa.Column("enterprise", Ascii, nullable=False, index=True),
    sa.Column("day", Ascii, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("kind", Ascii, nullable=False),
    sa.Column("exempt", Ascii, nullable=False),
    sa.Column("joint", sa.Boolean, nullable=False),
    sa.Column("open_findings", sa.Text, nullable=False, server_default="[]"),
)


async def save_enterprises(connection: Connection, bureau: str, rows: list[Enterprise]) -> None:
    """Bring enterprises into the register table."""
    values = [
        {
            "id": each.id,
            "bureau": bureau,
            "section": each.section,
            "code": each.code,
            "name": each.name,
            "row": msgspec.json.encode(each).decode("utf-8"),
            "withdrawn": each.withdrawn,
        }
        for each in rows
    ]
    columns = ("bureau", "section", "code", "name", "row", "withdrawn")
    if values:
        await connection.execute(upsert(enterprise, connection.dialect.name, *columns), values)


async def find_enterprise(connection: Connection, bureau: str, **where: str) -> Enterprise | None:
    """One enterprise of the bureau by `id` or `code`."""
    (column, value), *_ = where.items()
    query = sa.select(enterprise.c.row).where(
        enterprise.c.bureau == bureau, enterprise.c[column] == value
    )
    row = (await connection.execute(query)).scalars().first()
    return msgspec.json.decode(row, type=Enterprise) if row else None


async def enterprises_of(
    connection: Connection, bureau: str, section: str = "", withdrawn: bool = False
) -> list[Enterprise]:
    """The register of a bureau in the order of ids, or one section's part of it."""
    query = sa.select(enterprise.c.row).where(enterprise.c.bureau == bureau)
    if section:
        query = query.where(enterprise.c.section == section)
    if not withdrawn:
        query = query.where(sa.not_(enterprise.c.withdrawn))
    rows = (await connection.execute(query.order_by(enterprise.c.id))).scalars()
    decoder = msgspec.json.Decoder(Enterprise)
    return [decoder.decode(row) for row in rows]


async def search_enterprises(
    connection: Connection, bureau: str, words: str, start: int, most: int
) -> tuple[list[Enterprise], int]:
    """By part of the name or of the code, in the order of their names; with how many match in all.

    Of the code less than a few characters count only where it begins: everywhere they would match
    half the register.
    """
    part = words.upper()
    code = enterprise.c.code
    begins = len(part) < _CODE_FRAGMENT
    fits = sa.and_(
        enterprise.c.bureau == bureau,
        sa.not_(enterprise.c.withdrawn),
        sa.or_(
            enterprise.c.name.contains(words, autoescape=True),
            code.startswith(part, autoescape=True)
            if begins
            else code.contains(part, autoescape=True),
        ),
    )
    total = (await connection.execute(sa.select(sa.func.count()).where(fits))).scalar_one()
    query = sa.select(enterprise.c.row).where(fits).order_by(enterprise.c.name, enterprise.c.id)
    rows = (await connection.execute(query.offset(start).limit(most))).scalars()
    return [msgspec.json.decode(row, type=Enterprise) for row in rows], total


async def hold_enterprise(connection: Connection, enterprise_id: str) -> None:
    """Lock an enterprise until the transaction ends: two plans must not take one last place."""
    query = sa.select(enterprise.c.id).where(enterprise.c.id == enterprise_id)
    await connection.execute(for_update(query, connection.dialect.name))


async def save_visit(
    connection: Connection, enterprise_id: str, noted: Visit, findings: list[OpenFinding]
) -> None:
    """One visit as it stands now."""
    columns = ("dossier", "enterprise", "day", "at", "kind", "exempt", "joint", "open_findings")
    row = msgspec.structs.asdict(noted)
    row.pop("over")
    row |= {"enterprise": enterprise_id}
    row |= {"open_findings": msgspec.json.encode(findings).decode("utf-8")}
    await connection.execute(upsert(visit, connection.dialect.name, *columns), row)


async def visits_of(
    connection: Connection, enterprise_id: str
) -> tuple[list[Visit], list[OpenFinding]]:
    """Every visit in order of day, and what is still open from any of them."""
    found = await visits_of_all(connection, [enterprise_id])
    return found.get(enterprise_id, ([], []))


async def visits_of_all(
    connection: Connection, enterprises: Sequence[str]
) -> dict[str, tuple[list[Visit], list[OpenFinding]]]:
    """The same of several at once; one without a visit is left out."""
    query = (
        sa.select(visit)
        .where(visit.c.enterprise.in_(enterprises))
        .order_by(visit.c.day, visit.c.at, visit.c.id)
    )
    by_enterprise: dict[str, list[Any]] = {}
    for row in await connection.execute(query):
        by_enterprise.setdefault(row.enterprise, []).append(row)
    return {name: _visits(rows) for name, rows in by_enterprise.items()}


def _visits(rows: list[Any]) -> tuple[list[Visit], list[OpenFinding]]:
    findings = [
        msgspec.convert(each, OpenFinding) for row in rows for each in json.loads(row.open_findings)
    ]
    return [_visit(row) for row in rows], findings


def _visit(row: Any) -> Visit:
    return Visit(
        id=row.id,
        dossier=row.dossier,
        day=row.day,
        kind=row.kind,
        at=row.at,
        exempt=row.exempt,
        joint=row.joint,
    )
