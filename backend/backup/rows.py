"""The database as lines of JSON, table by table, and back.

The tables are read from the database itself, not from the program: a backup of an older schema goes
back into that schema.
"""

import gzip
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import GenericAlias
from typing import Any

import msgspec
import sqlalchemy as sa

from backend.backup.folder import Part, part_of
from backend.core.database import Connection

REVISION = "alembic_version"
_BATCH = 500


async def tables_in(connection: Connection) -> list[sa.Table]:
    """What the database holds, a table behind those it points to; the revision is kept apart."""

    def reflect(plain: sa.Connection) -> list[sa.Table]:
        found = sa.MetaData()
        found.reflect(plain)
        return [table for table in found.sorted_tables if table.name != REVISION]

    return await connection.run_sync(reflect)


async def revision_of(connection: Connection) -> str:
    """The schema's revision; empty in an empty database."""
    names = await connection.run_sync(lambda plain: sa.inspect(plain).get_table_names())
    if REVISION not in names:
        return ""
    return str(await connection.scalar(sa.text(f"SELECT version_num FROM {REVISION}")))


async def dump(connection: Connection, table: sa.Table, state: Path) -> Part:
    """Write one table, as this transaction sees it."""
    file, rows = f"{table.name}.jsonl.gz", 0
    with gzip.GzipFile(state / file, "wb", mtime=0) as out:
        out.write(msgspec.json.encode([str(column.name) for column in table.columns]) + b"\n")
        async for row in await connection.stream(sa.select(table)):
            out.write(msgspec.json.encode(tuple(row)) + b"\n")
            rows += 1
    return part_of(state, file, rows)


async def load(connection: Connection, table: sa.Table, path: Path) -> None:
    """Put one table's rows back."""
    with gzip.open(path, "rb") as lines:
        columns = msgspec.json.decode(next(lines))
        decoder = _decoder([table.columns[name] for name in columns])
        for batch in _batches(map(decoder.decode, lines)):
            await connection.execute(
                table.insert(), [dict(zip(columns, row, strict=True)) for row in batch]
            )


def _decoder(columns: Sequence[sa.Column[Any]]) -> msgspec.json.Decoder[tuple[Any, ...]]:
    """JSON has no bytes: they were written as base64, and only the column tells them from text."""
    kinds = [bytes | None if isinstance(c.type, sa.LargeBinary) else Any for c in columns]
    return msgspec.json.Decoder(GenericAlias(tuple, tuple(kinds)))


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch
