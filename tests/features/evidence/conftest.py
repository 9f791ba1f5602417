"""One running office for most stories; a second one where a story kills it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.features.dossiers.phone import Phone
from tests.features.evidence.office import Office

Enrol = Callable[[str], Phone]


@pytest.fixture(scope="session")
def office(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office") / "data"
    shutil.copytree(template, folder)
    running = Office(folder).start()
    yield running
    running.close()


@pytest.fixture
def own_office(template: Path, tmp_path: Path) -> Iterator[Office]:
    """An office of the story's own."""
    shutil.copytree(template, tmp_path / "data")
    running = Office(tmp_path / "data").start()
    yield running
    running.close()


@pytest.fixture
def phone(office: Office) -> Enrol:
    return office.phone
