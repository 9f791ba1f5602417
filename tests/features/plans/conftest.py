"""Plans of a bureau whose leader is away."""

from typing import Any

import pytest
from litestar.testing import TestClient

from tests.features.plans.leave import Office


@pytest.fixture
def office(client: TestClient[Any], monkeypatch: pytest.MonkeyPatch) -> Office:
    office = Office(client, monkeypatch)
    office.at(0)
    return office
