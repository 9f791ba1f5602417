"""A server on a bureau of its own for each story, however full it gets."""

from typing import Any

import pytest
from litestar.testing import TestClient

from backend.settings import Settings
from tests.features.dossiers.server import Server


@pytest.fixture
def server(client: TestClient[Any], settings: Settings) -> Server:
    return Server(client, settings)
