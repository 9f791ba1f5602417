"""The schema on both databases: every step goes up and down, head is the metadata, data stays."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine

from backend.app import create_app
from backend.core.database import metadata
from backend.migrate import migrate, migration_config
from backend.settings import Settings
from tests.features.conftest import KINDS, ON_BOTH
from tests.features.postgres import drop_database, new_database

T = TypeVar("T")
METADATA_IS_WHOLE = create_app
"""Importing the composition root fills the metadata with every feature's tables."""

NEXT_STEP = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "next", {head!r}


def upgrade() -> None:
    with op.batch_alter_table("device") as table:
        table.add_column(sa.Column("colour", sa.Text(), server_default="red", nullable=False))
        table.alter_column("name", existing_type=sa.Text(), type_=sa.String(99))


def downgrade() -> None:
    with op.batch_alter_table("device") as table:
        table.alter_column("name", existing_type=sa.String(99), type_=sa.Text())
        table.drop_column("colour")
"""
"""Such a step copies, drops and renames the table on SQLite, while others point to it."""

CUT_SHORT = NEXT_STEP.replace(
    "\n\n\ndef downgrade",
    """
    op.create_table("shade", sa.Column("id", sa.Text(), primary_key=True))
    raise OSError("no space left")


def downgrade""",
)


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables."""
    with _new(request.param, request, tmp_path) as url:
        yield url


@pytest.fixture
def made(settings: Settings, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of the kind of `settings`, its tables made straight from the metadata."""
    with _new(sa.make_url(settings.database_url).get_backend_name(), request, tmp_path) as url:
        on(url, metadata.create_all)
        yield url


@contextmanager
def _new(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite+aiosqlite:///{folder / 'new.sqlite'}"
        return
    server = request.getfixturevalue("postgres")
    url = new_database(server)
    yield url
    drop_database(server, url)


def on(url: str, work: Callable[[sa.Connection], T]) -> T:
    """What `work` finds on a connection of its own."""

    async def run() -> T:
        engine = create_async_engine(url)
        async with engine.begin() as connection:
            found = await connection.run_sync(work)
        await engine.dispose()
        return found

    return asyncio.run(run())


def table_names(url: str) -> set[str]:
    return on(url, lambda c: set(sa.inspect(c).get_table_names())) - {"alembic_version"}


def shape(url: str) -> dict[str, Any]:
    """Everything the database tells about each table; the order of columns aside."""

    def read(connection: sa.Connection) -> dict[str, Any]:
        look = sa.inspect(connection)
        return {
            name: (
                look.get_pk_constraint(name),
                {c["name"]: _column(c) for c in look.get_columns(name)},
                *(_by_name(found) for found in _parts(look, name)),
            )
            for name in look.get_table_names()
        }

    return on(url, read)


def _column(column: Any) -> tuple[Any, ...]:
    kind = column["type"]
    return str(kind), getattr(kind, "collation", None), column["nullable"], column["default"]


def _parts(look: sa.Inspector, table: str) -> tuple[Any, ...]:
    return look.get_indexes(table), look.get_unique_constraints(table), look.get_foreign_keys(table)


def _by_name(found: list[Any]) -> list[Any]:
    return sorted(found, key=lambda each: str(each["name"]))


def rows(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table we know, in a fixed order."""

    def read(connection: sa.Connection) -> dict[str, list[tuple[Any, ...]]]:
        return {
            table.name: sorted(tuple(row) for row in connection.execute(sa.select(table)))
            for table in metadata.sorted_tables
        }

    return on(url, read)


def revisions(config: Config) -> list[str]:
    """From the first to the newest; one line, without branches."""
    script = ScriptDirectory.from_config(config)
    assert len(script.get_heads()) == 1
    return [each.revision for each in script.walk_revisions()][::-1]


def test_each_step_goes_up_down_and_up_again(empty: str) -> None:
    config = migration_config(empty)
    for revision in revisions(config):
        before = table_names(empty)
        command.upgrade(config, revision)
        first = shape(empty)
        command.downgrade(config, "-1")
        assert table_names(empty) == before
        command.upgrade(config, revision)
        assert shape(empty) == first
    assert table_names(empty) == set(metadata.tables)
    command.downgrade(config, "base")
    assert table_names(empty) == set()


@ON_BOTH
def test_head_is_what_the_metadata_says(settings: Settings) -> None:
    def differences(connection: sa.Connection) -> list[Any]:
        options = {"compare_type": True}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    assert on(settings.database_url, differences) == []


@ON_BOTH
def test_head_is_what_the_metadata_makes(settings: Settings, made: str) -> None:
    """Also what autogenerate does not compare: keys, collations, defaults, constraints."""
    ours, wanted = shape(settings.database_url), shape(made)
    del ours["alembic_version"]
    assert ours == wanted


@ON_BOTH
def test_a_start_on_a_migrated_database_changes_no_row(settings: Settings) -> None:
    before = rows(settings.database_url)
    assert before["officer"]
    assert before["changeset"]
    migrate(settings.database_url)
    assert rows(settings.database_url) == before


@ON_BOTH
def test_a_step_that_changes_a_table_keeps_its_rows_and_those_that_point_to_it(
    settings: Settings, tmp_path: Path
) -> None:
    config = with_next_step(settings.database_url, tmp_path)
    on(settings.database_url, enrol)
    before = rows(settings.database_url)
    assert before["device"]
    assert before["device_epoch"]
    command.upgrade(config, "head")
    assert rows(settings.database_url) == before
    assert on(settings.database_url, colours) == ["red"]
    command.downgrade(config, "-1")
    assert rows(settings.database_url) == before
    assert on(settings.database_url, broken_references) == []


@ON_BOTH
def test_an_upgrade_cut_short_leaves_nothing_and_the_next_start_goes_on(
    settings: Settings, tmp_path: Path
) -> None:
    url = settings.database_url
    on(url, enrol)
    before, held = shape(url), rows(url)
    with pytest.raises(OSError, match="no space left"):
        command.upgrade(with_next_step(url, tmp_path / "cut", CUT_SHORT), "head")
    assert (shape(url), rows(url)) == (before, held)
    command.upgrade(with_next_step(url, tmp_path / "whole"), "head")
    assert on(url, colours) == ["red"]


def test_a_first_start_cut_short_leaves_nothing_and_the_next_goes_on(
    empty: str, tmp_path: Path
) -> None:
    with pytest.raises(OSError, match="no space left"):
        command.upgrade(with_next_step(empty, tmp_path / "cut", CUT_SHORT), "head")
    assert shape(empty) == {}
    migrate(empty)
    assert table_names(empty) == set(metadata.tables)


def with_next_step(url: str, folder: Path, step: str = NEXT_STEP) -> Config:
    """Our migrations and one more."""
    config = migration_config(url)
    (head,) = ScriptDirectory.from_config(config).get_heads()
    ours = Path(str(config.get_main_option("script_location"))) / "versions"
    theirs = folder / "versions"
    theirs.mkdir(parents=True)
    (theirs / "next.py").write_text(step.format(head=head), encoding="utf-8")
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", f"{ours}\n{theirs}")
    return config


def enrol(connection: sa.Connection) -> None:
    device = {"device": "a3f9k2m7qx1c", "officer": "lijie", "public_key": "", "name": "测试机"}
    connection.execute(metadata.tables["device"].insert(), {**device, "enrolled": 1})
    epoch = {"device": "a3f9k2m7qx1c", "epoch": 1, "n": 7, "hash": "f" * 64}
    connection.execute(metadata.tables["device_epoch"].insert(), epoch)


def colours(connection: sa.Connection) -> list[str]:
    return list(connection.exec_driver_sql("SELECT colour FROM device").scalars())


def broken_references(connection: sa.Connection) -> list[Any]:
    """PostgreSQL keeps none; SQLite is asked."""
    if connection.dialect.name != "sqlite":
        return []
    return list(connection.exec_driver_sql("PRAGMA foreign_key_check"))
