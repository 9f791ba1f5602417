"""One server of each kind for all stories of a module, its limits forgotten before each."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from litestar.testing import TestClient

from backend.app import create_app
from backend.core.database import metadata
from backend.settings import Settings
from tests.features.conftest import copied
from tests.features.disclosure.visit import Browser
from tests.features.dossiers.phone import Phone
from tests.features.dossiers.server import Server


@pytest.fixture(scope="module")
def servers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Server]]:
    made: dict[str, Server] = {}
    with ExitStack() as stack:

        def of_kind(kind: str) -> Server:
            if kind not in made:
                folder = tmp_path_factory.mktemp("disclosure") / "data"
                settings = stack.enter_context(copied(kind, request, folder))
                app = create_app(settings, work=False)
                client = stack.enter_context(TestClient(app, base_url="http://localhost:8000"))
                made[kind] = Server(client, settings)
            return made[kind]

        yield of_kind


@pytest.fixture
def settings(request: pytest.FixtureRequest, servers: Callable[[str], Server]) -> Settings:
    """On SQLite; a test marked ON_BOTH gets one of each kind."""
    return servers(getattr(request, "param", "sqlite")).settings


@pytest.fixture
def server(settings: Settings, servers: Callable[[str], Server]) -> Server:
    kind = "sqlite" if settings.database_url.startswith("sqlite") else "postgresql"
    found = servers(kind)
    found.run(metadata.tables["rate"].delete())
    return found


@pytest.fixture
def client(server: Server) -> TestClient[Any]:
    return server.client


@pytest.fixture
def phone(server: Server) -> Callable[[str], Phone]:
    return server.phone


@pytest.fixture
def browser(client: TestClient[Any]) -> Browser:
    return Browser(client)
