"""Runs of imports, and what each row was before and after, so that a run can be taken back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from backend.core.database import Ascii, Connection, Instant, for_update, metadata
from backend.features.imports.model import RowView

_BATCH = 500

import_run = sa.Table(
    "import_run",
    metadata,
    sa.Column("id", Ascii, primary_key=True),
    sa.Column("bureau", Ascii, nullable=False, index=True),
    sa.Column("kind", Ascii, nullable=False),
    sa.Column("officer", Ascii, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("file_sha256", Ascii, nullable=False),
    sa.Column("list_version", sa.Text, nullable=False),
    sa.Column("published", Ascii, nullable=False),
    sa.Column("created", sa.Integer, nullable=False),
    sa.Column("changed", sa.Integer, nullable=False),
    sa.Column("refused", sa.Integer, nullable=False),
    sa.Column("undone_at", Instant),
    sa.Column("undone_by", Ascii, nullable=False, server_default=""),
    sa.Column("kept", sa.Integer, nullable=False, server_default="0"),
)

import_row = sa.Table(
    "import_row",
    metadata,
    sa.Column("run", Ascii, sa.ForeignKey("import_run.id"), primary_key=True),
    sa.Column("row", Ascii, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("before", sa.Text, nullable=False),
    sa.Column("after", sa.Text, nullable=False),
)

import_refused = sa.Table(
    "import_refused",
    metadata,
    sa.Column("run", Ascii, sa.ForeignKey("import_run.id"), primary_key=True),
    sa.Column("rows", sa.Text, nullable=False),
    sa.Column("sheet", sa.LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Run:
    """One import. `created` and `changed` count rows of the register, `refused` rows of the file."""

    id: str
    bureau: str
    kind: str
    officer: str
    at: int
    file_name: str
    file_sha256: str
    list_version: str
    published: str
    created: int
    changed: int
    refused: int
    undone_at: int | None = None
    undone_by: str = ""
    kept: int = 0


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row of the register as JSON before (empty: there was none) and after the run."""

    row: str
    name: str
    before: str
    after: str


async def keep_run(connection: Connection, run: Run, rows: Sequence[KeptRow]) -> None:
    """A run and every row it touched."""
    await connection.execute(import_run.insert().values(**asdict(run)))
    values = [{"run": run.id, **asdict(row)} for row in rows]
    for start in range(0, len(values), _BATCH):
        await connection.execute(import_row.insert(), values[start : start + _BATCH])


async def keep_refused(
    connection: Connection, run: str, rows: Sequence[RowView], sheet: bytes
) -> None:
    """The rows a run refused, with why, and the .xlsx of them to mend."""
    told = msgspec.json.encode(rows).decode()
    await connection.execute(import_refused.insert().values(run=run, rows=told, sheet=sheet))


async def refused_rows(connection: Connection, run: str) -> list[RowView]:
    """None where the run refused none, or took place before they were kept."""
    query = sa.select(import_refused.c.rows).where(import_refused.c.run == run)
    told = (await connection.execute(query)).scalars().first()
    return msgspec.json.decode(told, type=list[RowView]) if told else []


async def refused_sheet(connection: Connection, run: str) -> bytes | None:
    """The .xlsx of the same rows."""
    query = sa.select(import_refused.c.sheet).where(import_refused.c.run == run)
    return (await connection.execute(query)).scalars().first()


async def runs_of(connection: Connection, bureau: str, kinds: Sequence[str]) -> list[Run]:
    """The newest first."""
    query = (
        sa.select(import_run)
        .where(import_run.c.bureau == bureau, import_run.c.kind.in_(kinds))
        .order_by(import_run.c.at.desc(), import_run.c.id)
        .limit(100)
    )
    return [_run(row) for row in await connection.execute(query)]


async def find_run(connection: Connection, name: str, lock: bool) -> Run | None:
    """One run; locked, so that it is undone once."""
    query = sa.select(import_run).where(import_run.c.id == name)
    query = for_update(query, connection.dialect.name) if lock else query
    row = (await connection.execute(query)).first()
    return _run(row) if row else None


async def rows_of(connection: Connection, run: str) -> list[KeptRow]:
    """What the run touched."""
    query = sa.select(import_row).where(import_row.c.run == run).order_by(import_row.c.row)
    return [
        KeptRow(row.row, row.name, row.before, row.after) for row in await connection.execute(query)
    ]


async def mark_undone(connection: Connection, name: str, at: int, by: str, kept: int) -> None:
    """The run stays in the history."""
    found = import_run.c.id == name
    await connection.execute(
        import_run.update().where(found).values(undone_at=at, undone_by=by, kept=kept)
    )


def _run(row: Any) -> Run:
    return Run(**row._mapping)
