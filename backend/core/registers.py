"""Reference dossiers: registers only the server writes, carried by every phone of a bureau.

`ref.<kind>.<bureau>`: one row a record, the whole row in its field `record` (architecture.md 3).
The table `register_row` says which record holds a row, so that one row of a large register can be
written without reading the others.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from backend.core.database import Ascii, Connection, insert_if_absent, metadata
from backend.core.dossiers import tables as t
from backend.core.dossiers.listening import SystemWrite
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.service import Dossiers

_BATCH = 500

register_row = sa.Table(
    "register_row",
    metadata,
    sa.Column("register", Ascii, primary_key=True),
    sa.Column("entity", Ascii, primary_key=True),
    sa.Column("row", Ascii, primary_key=True),
    sa.Column("record", Ascii, nullable=False),
)


def register_name(kind: str, bureau: str) -> str:
    """The dossier id of a register."""
    return f"ref.{kind}.{bureau}"


async def publish(
    dossiers: Dossiers,
    connection: Connection,
    register: tuple[str, str],
    entity: str,
    rows: Iterable[Mapping[str, Any]],
) -> int:
    """Bring rows (each with its `id`) into the register `(kind, bureau)`; answers how many changed."""
    name = await _open(dossiers, connection, *register)
    changed = 0
    for batch in _batches(rows):
        known = await _known(connection, name, entity, [row["id"] for row in batch])
        writes = [
            SystemWrite(
                name, entity, {"record": row}, known.get(row["id"], ("", None))[0], row["id"]
            )
            for row in batch
            if known.get(row["id"], ("", None))[1] != row
        ]
        if writes:
            await _write(dossiers, connection, writes)
        changed += len(writes)
    return changed


def _batches(rows: Iterable[Mapping[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    whole = list(map(dict, rows))
    return (whole[start : start + _BATCH] for start in range(0, len(whole), _BATCH))


async def _write(dossiers: Dossiers, connection: Connection, writes: list[SystemWrite]) -> None:
    accepted = await dossiers.write(connection, writes)
    made = [
        {
            "register": write.dossier,
            "entity": write.entity,
            "row": write.cause,
            "record": row.changeset.record,
        }
        for write, row in zip(writes, accepted, strict=True)
        if not write.record
    ]
    if made:
        await connection.execute(register_row.insert(), made)


async def carry(connection: Connection, bureau: str, officers: Iterable[str], now: int) -> None:
    """Let these officers' phones carry every register of their bureau (GR1)."""
    query = sa.select(t.dossier.c.name).where(
        t.dossier.c.kind == "reference", t.dossier.c.bureau == bureau
    )
    names = list((await connection.execute(query)).scalars())
    rows = [
        {"dossier": name, "officer": officer, "since": now, "revoked": None}
        for name in names
        for officer in officers
    ]
    if rows:
        await connection.execute(insert_if_absent(t.dossier_grant, connection.dialect.name), rows)


async def _open(dossiers: Dossiers, connection: Connection, kind: str, bureau: str) -> str:
    name = register_name(kind, bureau)
    query = sa.select(t.dossier.c.name).where(t.dossier.c.name == name)
    if (await connection.execute(query)).first() is None:
        await dossiers.open(connection, DossierFacts(name, "reference", bureau, ""), {})
    return name


async def _known(
    connection: Connection, name: str, entity: str, ids: Sequence[str]
) -> dict[str, tuple[str, dict[str, Any]]]:
    """By row id, of those that exist: the record that holds it, and the row as it stands."""
    held, c = register_row.c, t.record_state.c
    query = (
        sa.select(held.row, c.record, c.fields)
        .join(register_row, held.record == c.record)
        .where(held.register == name, held.entity == entity, held.row.in_(ids))
        .where(c.dossier == name, c.entity == entity)
    )
    return {
        row.row: (row.record, json.loads(row.fields)["record"]["heads"][-1]["value"])
        for row in await connection.execute(query)
    }


async def rows_of(
    connection: Connection, register: tuple[str, str], entity: str
) -> dict[str, dict[str, Any]]:
    """Every row of the register `(kind, bureau)` by its id, in the order of their records."""
    c = t.record_state.c
    name = register_name(*register)
    query = sa.select(c.fields).where(c.dossier == name, c.entity == entity).order_by(c.record)
    found = (await connection.execute(query)).scalars()
    rows = (json.loads(fields)["record"]["heads"][-1]["value"] for fields in found)
    return {row["id"]: row for row in rows}


async def row_of(
    connection: Connection, name: str, entity: str, row_id: str
) -> dict[str, Any] | None:
    """One row of a register by its id."""
    found = (await _known(connection, name, entity, [row_id])).get(row_id)
    return found[1] if found else None
