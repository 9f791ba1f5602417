"""One server with the town in it for the whole matrix."""

from collections.abc import Iterator

import pytest
from litestar.testing import TestClient

from backend.app import create_app
from tests.features.conftest import copied
from tests.features.dossiers.server import Server
from tests.features.rights.town import Town


@pytest.fixture(scope="module")
def town(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("rights") / "data"
    with copied("sqlite", request, folder) as settings:
        app = create_app(settings, work=False)
        with TestClient(app, base_url="http://localhost:8000") as client:
            yield Town(Server(client, settings)).furnish()
