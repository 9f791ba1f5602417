"""One database: SQLite in a file, or PostgreSQL. Core only, explicit transactions.

SQLite: the driver's own transaction handling loses updates, so it is off and every write begins
IMMEDIATE; one writer connection, several readers that cannot write. PostgreSQL: one pool.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

Connection = AsyncConnection
"""One transaction, as features see it: they need no SQLAlchemy to pass it on."""

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Ascii = sa.String().with_variant(sa.String(collation="C"), "postgresql")
"""Ids and times: compared byte by byte on both databases."""

Instant = sa.BigInteger
"""UTC milliseconds."""

Connect = Callable[[], Awaitable[Any]]
"""Opens one connection of the driver."""

_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000", "foreign_keys=ON")


class Database:
    """Hands out read and write transactions; commit at the end, rollback on any exception.

    `connect` replaces the way the driver opens an SQLite file.
    """

    def __init__(self, url: str, connect: Connect | None = None) -> None:
        self.sqlite = url.startswith("sqlite")
        if self.sqlite:
            self._writer = _sqlite_engine(url, connect, write=True)
            self._reader = _sqlite_engine(url, connect, write=False)
        else:
            self._writer = self._reader = create_async_engine(
                url, pool_size=10, max_overflow=10, pool_pre_ping=True
            )

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A write transaction."""
        async with self._writer.begin() as connection:
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A read transaction."""
        async with self._reader.begin() as connection:
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """A read transaction that sees one moment from its first look to its last, for a backup."""
        level = {} if self.sqlite else {"isolation_level": "REPEATABLE READ"}
        async with self._reader.execution_options(**level).begin() as connection:
            yield connection

    async def close(self) -> None:
        """Give every connection back."""
        await self._writer.dispose()
        await self._reader.dispose()


def _sqlite_engine(url: str, connect: Connect | None, *, write: bool) -> AsyncEngine:
    opening = {"async_creator": connect} if connect else {}
    engine = create_async_engine(url, pool_size=1 if write else 4, max_overflow=0, **opening)

    @event.listens_for(engine.sync_engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (*_PRAGMAS, *(() if write else ("query_only=ON",))):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def insert_if_absent(table: sa.Table, dialect: str) -> Any:
    """INSERT … ON CONFLICT DO NOTHING for the dialect of a connection."""
    return insert_for(table, dialect).on_conflict_do_nothing()


def upsert(table: sa.Table, dialect: str, *columns: str) -> Any:
    """INSERT … ON CONFLICT on the primary key DO UPDATE of the named columns."""
    statement = insert_for(table, dialect)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={name: statement.excluded[name] for name in columns},
    )


def insert_for(table: sa.Table, dialect: str) -> Any:
    """The dialect's own INSERT, which knows ON CONFLICT."""
    if dialect == "sqlite":
        return sqlite_insert(table)
    return postgresql_insert(table)


def for_update(query: Any, dialect: str) -> Any:
    """Lock the rows; SQLite's write transaction holds the whole file already."""
    return query if dialect == "sqlite" else query.with_for_update()
