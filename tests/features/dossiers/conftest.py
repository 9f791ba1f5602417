"""A phone whose work is unsent, and the key its lifeboat is wrapped to."""

import pytest

from backend.core.signing import KeyPair, ServerKeys
from backend.settings import Settings
from tests.features.dossiers.lifeboats import Packer, add_visit
from tests.features.dossiers.test_push import Enrol


@pytest.fixture
def server(settings: Settings) -> KeyPair:
    return ServerKeys.at(settings.data_dir / "keys").hpke


@pytest.fixture
def packed(phone: Enrol, server: KeyPair) -> Packer:
    lijie = phone("lijie")
    add_visit(lijie)
    return Packer(lijie, server)
