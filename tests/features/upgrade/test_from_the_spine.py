"""A database of the first version, brought to this one: the phone's replica still agrees, all answers."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from litestar.testing import TestClient

from backend.app import create_app
from backend.backup.restoring import Restore, restore
from backend.core.blobs import open_blobs
from backend.core.clock import SystemClock
from backend.core.ids import SystemIds
from backend.core.signing import KeyPair
from backend.demo.load import PASSWORD
from backend.settings import Settings
from tests.features.conftest import KINDS, settings_at
from tests.features.dossiers.phone import Phone
from tests.features.postgres import drop_database, new_database

HERE = Path(__file__).parent
FROZEN = json.loads((HERE / "phone.json").read_text(encoding="utf-8"))
DOSSIER = FROZEN["check"]["dossier"]
SCREENS = {
    "lijie": ("/api/v1/me", "/api/v1/inbox", "/api/v1/clocks", "/api/v1/plans", "/api/v1/calendar"),
    "gulnar": ("/api/v1/dossiers", "/api/v1/quarantine", "/api/v1/clocks", "/api/v1/enterprises"),
    "xujianming": ("/api/v1/plans", "/api/v1/delegations", "/api/v1/dossiers"),
}
"""Every list a screen begins with, asked by one who has that screen."""


@pytest.fixture(scope="module", params=KINDS)
def upgraded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    folder = tmp_path_factory.mktemp("upgraded")
    server = None if request.param == "sqlite" else request.getfixturevalue("postgres")
    url = new_database(server) if server else f"sqlite+aiosqlite:///{folder / 'anxun.sqlite'}"
    settings = settings_at(folder, url)
    saved = shutil.copytree(HERE / "spine", folder / "saved")
    blobs, keys = open_blobs(settings.blob_url), folder / "keys"
    run = Restore(url, blobs, keys, SystemClock(), SystemIds(), saved, "", lambda _line: None)
    assert asyncio.run(restore(run)).revision == "0001"
    yield settings
    if server:
        drop_database(server, url)


@pytest.fixture(scope="module")
def client(upgraded: Settings) -> Iterator[TestClient[Any]]:
    app = create_app(upgraded, work=False)
    with TestClient(app, base_url="http://localhost:8000") as client:
        yield client


def frozen_phone(client: TestClient[Any], login: str = FROZEN["login"]) -> Phone:
    """The enrolment of then, its chain where it stood; of others only the session."""
    reply = client.post("/api/v1/session", json={"login": login, "password": PASSWORD})
    client.cookies.clear()
    key = KeyPair(ec.derive_private_key(FROZEN["key"], ec.SECP256R1()))
    phone = Phone(client, login, reply.json()["token"], key, FROZEN["device"])
    phone.timeline = reply.headers["Anxun-Timeline"]
    phone.n, phone.prev = FROZEN["n"], FROZEN["prev"]
    return phone


def test_the_phones_replica_agrees_with_the_upgraded_log(client: TestClient[Any]) -> None:
    phone = frozen_phone(client)
    check = {**FROZEN["check"], "timeline": phone.timeline}
    assert phone.post("/api/v1/sync/check", check).json()["ok"]
    other = {**check, "digest": "0" * 64}
    assert not phone.post("/api/v1/sync/check", other).json().get("ok", False)


@pytest.mark.parametrize(
    ("login", "path"), [(login, path) for login, paths in SCREENS.items() for path in paths]
)
def test_every_screen_answers(client: TestClient[Any], login: str, path: str) -> None:
    reply = client.get(path, headers=frozen_phone(client, login).headers())
    assert reply.status_code == 200, reply.text


def test_clocks_evidence_and_the_paper_code_came_along(
    client: TestClient[Any], upgraded: Settings
) -> None:
    phone = frozen_phone(client)
    listed = client.get("/api/v1/clocks", headers=phone.headers()).json()["clocks"]
    assert [each["rule"] for each in listed if each["dossier"] == DOSSIER] == FROZEN["clocks"]
    assert client.get(f"/v/{FROZEN['code']}").status_code == 200
    assert len(list((upgraded.data_dir / "blobs" / "sha256").rglob("*/*"))) == 1


def test_the_phone_goes_on_with_its_chain(client: TestClient[Any]) -> None:
    phone = frozen_phone(client)
    hello = {"device": phone.device, "epoch": 1, "n": phone.n, "hash": phone.prev}
    hello |= {"timeline": phone.timeline, "schema": 1, "now": phone.time}
    reply = phone.post("/api/v1/sync/hello", hello).json()
    assert reply["device"] == {"status": "ok", "epoch": 1, "acked_n": phone.n}
    phone.author(DOSSIER, "finding", phone.new_record(), {"problem": "升级之后写的"})
    assert phone.push().json()["other"] == []
