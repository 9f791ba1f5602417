"""Fresh offices: on SQLite, and where SQL matters on PostgreSQL too."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from backend.core.packs import PACKS, load_pack
from backend.features.deadlines.service import packs
from tests.features.reminders.office import Office, make_tables, open_office

SILENCE = '[reminder.silence_hours]\nvalue = {0}\nsource = "s"\nin_force = 2020-01-01\n'


Opener = Callable[[str], Awaitable[Office]]


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table, made once."""
    file = tmp_path_factory.mktemp("empty") / "empty.sqlite"
    asyncio.run(make_tables(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture
async def opener(empty: Path, tmp_path: Path) -> AsyncIterator[Opener]:
    """Opens the one office of a test, on SQLite, with a pack."""
    opened: list[Office] = []

    async def open_with(pack: str) -> Office:
        file = shutil.copy(empty, tmp_path / "office.sqlite")
        opened.append(await open_office(f"sqlite+aiosqlite:///{file}", pack))
        return opened[-1]

    yield open_with
    await opened[0].database.close()


@pytest.fixture
async def office(opener: Opener) -> Office:
    return await opener("changji")


@pytest.fixture(params=["sqlite", "postgresql"])
async def each_office(
    request: pytest.FixtureRequest, empty: Path, tmp_path: Path
) -> AsyncIterator[Office]:
    if request.param == "sqlite":
        url = f"sqlite+aiosqlite:///{shutil.copy(empty, tmp_path / 'office.sqlite')}"
    else:
        url = await new_database(request.getfixturevalue("postgres"), tmp_path.name)
        await make_tables(url)
    office = await open_office(url)
    yield office
    await office.database.close()


async def new_database(server: str, test: str) -> str:
    name = "".join(letter for letter in test.lower() if letter.isalnum())[-50:]
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    await engine.dispose()
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two more packs over the real national one: `heard` waits 48 hours, `mute` for ever."""
    root = tmp_path / "packs"
    shutil.copytree(PACKS / "national", root / "national")
    for name, hours in (("heard", 48), ("mute", 0)):
        (root / name).mkdir()
        (root / name / "own.toml").write_text(SILENCE.format(hours), encoding="utf-8")
    monkeypatch.setattr(packs, "load_pack", partial(load_pack, root=root))
    packs.pack_clocks.cache_clear()
    yield
    packs.pack_clocks.cache_clear()
