"""The enterprise's browser."""

from typing import Any

import pytest
from litestar.testing import TestClient

from tests.features.disclosure.visit import Browser


@pytest.fixture
def browser(client: TestClient[Any]) -> Browser:
    return Browser(client)
