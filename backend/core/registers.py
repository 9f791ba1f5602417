"""Reference dossiers: registers only the server writes, carried by every phone of a bureau.

`ref.<kind>.<bureau>`: one row a record, the whole row in its field `record` (architecture.md 3).
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from backend.core.database import Connection, insert_if_absent
from backend.core.dossiers import tables as t
from backend.core.dossiers.listening import SystemWrite
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.service import Dossiers

_BATCH = 500


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
    known = await _known(connection, name, entity)
    writes = [
        SystemWrite(name, entity, {"record": row}, known.get(row["id"], ("", None))[0], row["id"])
        for row in map(dict, rows)
        if known.get(row["id"], ("", None))[1] != row
    ]
    for start in range(0, len(writes), _BATCH):
        await dossiers.write(connection, writes[start : start + _BATCH])
    return len(writes)


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
    connection: Connection, name: str, entity: str
) -> dict[str, tuple[str, dict[str, Any]]]:
    """By row id: the record that holds it, and the row as it stands."""
    c = t.record_state.c
    query = sa.select(c.record, c.fields).where(c.dossier == name, c.entity == entity)
    known: dict[str, tuple[str, dict[str, Any]]] = {}
    for row in await connection.execute(query):
        value = json.loads(row.fields)["record"]["heads"][-1]["value"]
        known[value["id"]] = (row.record, value)
    return known


async def rows_of(
    connection: Connection, register: tuple[str, str], entity: str
) -> dict[str, dict[str, Any]]:
    """Every row of the register `(kind, bureau)` by its id."""
    known = await _known(connection, register_name(*register), entity)
    return {row_id: row for row_id, (_, row) in known.items()}


async def row_of(
    connection: Connection, name: str, entity: str, row_id: str
) -> dict[str, Any] | None:
    """One row of a register by its id."""
    found = (await _known(connection, name, entity)).get(row_id)
    return found[1] if found else None
