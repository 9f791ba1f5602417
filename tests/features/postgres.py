"""Databases on the tests' PostgreSQL: new ones, empty or as copies, and dropping them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

EMPTY = "template1"
_numbers = count(1)


def new_database(server: str, template: str = EMPTY) -> str:
    """The URL of a fresh database, a copy of `template`, to which nobody may be connected."""
    name = f"story_{next(_numbers)}"
    run_on(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


def spare_the_disk(server: str) -> None:
    """Nothing of these databases need survive a power cut; each drop would wait for the disk."""
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        run_on(server, f"ALTER SYSTEM SET {setting} = off")
    run_on(server, "SELECT pg_reload_conf()")


def drop_database(server: str, url: str) -> None:
    """Also where a connection was left open."""
    run_on(server, f'DROP DATABASE "{name_of(url)}" WITH (FORCE)')


def name_of(url: str) -> str:
    return str(sa.make_url(url).database)


def run_on(server: str, statement: str) -> None:
    """One statement outside any transaction; a test asks for its database from within a loop too."""

    async def run() -> None:
        engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.exec_driver_sql(statement)
        await engine.dispose()

    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, run()).result()
