"""Alembic on both databases: foreign keys off on SQLite, all that is new in one transaction.

A start cut short in the middle leaves the schema as it was, and the next one begins anew.
"""

import asyncio
from typing import Any

from alembic import context
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.ext.asyncio import create_async_engine

from backend import app  # noqa: F401 - fills the metadata with every feature's tables
from backend.core.database import metadata

_LOCK = 7_201_806_113
"""Two servers that start together migrate one after the other."""

_PRAGMAS = ("busy_timeout=10000", "foreign_keys=OFF")


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


def _hold_whole(engine: Engine) -> None:
    """SQLite's driver would commit each CREATE by itself. Foreign keys cannot be put off within a
    transaction, and a table that is copied and dropped must not take along what points to it.
    """

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


async def _run(url: str) -> None:
    engine = create_async_engine(url)
    if engine.dialect.name == "sqlite":
        _hold_whole(engine.sync_engine)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_migrate)
    finally:
        await engine.dispose()


url = context.config.get_main_option("sqlalchemy.url")
if url is None:
    raise RuntimeError("no database url")
asyncio.run(_run(url))
