"""Health and metrics: who is told what, and that neither names anybody."""

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from litestar.testing import TestClient
from prometheus_client.parser import text_string_to_metric_families

from backend.app import create_app
from backend.core.clock import SystemClock
from backend.core.database import Database
from backend.core.heartbeat import beat, heartbeat
from backend.settings import Settings
from tests.features.conftest import ON_BOTH
from tests.features.dossiers.phone import Phone

TOKEN = "a-token-of-the-keeper"
INSIDER = {"Authorization": f"Bearer {TOKEN}"}
CHECKS = {"database", "migrations", "worker", "blobs", "disk"}


@pytest.fixture
def kept(settings: Settings) -> Any:
    """A server with the token, whose worker has just given a sign."""
    beaten(settings, SystemClock().now())
    app = create_app(replace(settings, metrics_token=TOKEN), work=False)
    with TestClient(app, base_url="http://localhost:8000") as client:
        yield client


def beaten(settings: Settings, at: int) -> None:
    async def run() -> None:
        database = Database(settings.database_url)
        async with database.write() as connection:
            await connection.execute(heartbeat.delete())
        await beat(database, "w", at)
        await database.close()

    asyncio.run(run())


def samples(client: TestClient[Any]) -> dict[tuple[str, ...], float]:
    reply = client.get("/metrics", headers=INSIDER)
    assert reply.status_code == 200
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(reply.text)
        for sample in family.samples
    }


@ON_BOTH
def test_a_whole_server_is_ready_and_says_why_to_insiders_only(kept: TestClient[Any]) -> None:
    assert kept.get("/health/live").json() == {"live": True}
    told = kept.get("/health/ready", headers=INSIDER)
    assert (told.status_code, told.json()) == (200, {"ready": True, **dict.fromkeys(CHECKS, True)})
    assert kept.get("/health/ready", headers={"X-Forwarded-For": "1.2.3.4"}).json() == {
        "ready": True
    }


def test_a_silent_worker_is_not_ready(kept: TestClient[Any], settings: Settings) -> None:
    beaten(settings, SystemClock().now() - 120_000)
    told = kept.get("/health/ready", headers=INSIDER)
    assert told.status_code == 503
    assert [name for name in CHECKS if not told.json()[name]] == ["worker"]


def test_blobs_that_cannot_be_written_are_not_ready(
    kept: TestClient[Any], settings: Settings
) -> None:
    folder = settings.data_dir / "blobs"
    shutil.rmtree(folder)
    folder.write_text("no folder", encoding="utf-8")
    told = kept.get("/health/ready", headers=INSIDER).json()
    assert [name for name in CHECKS if not told[name]] == ["blobs"]


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer "}, {"Via": "1.1 proxy"}],
)
def test_a_stranger_finds_no_metrics(kept: TestClient[Any], headers: dict[str, str]) -> None:
    assert kept.get("/metrics", headers=headers).status_code == 404


def test_without_a_token_an_empty_one_opens_nothing(client: TestClient[Any]) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@ON_BOTH
def test_requests_and_pushes_are_counted_by_route_and_result(
    kept: TestClient[Any], phone_at: Callable[[TestClient[Any], str], Phone]
) -> None:
    lijie = phone_at(kept, "lijie")
    lijie.open_dossier()
    run = lijie.run()
    lijie.push(run)
    lijie.push(run)
    lijie.author("p00000000000.1.1.00000000", "finding", lijie.new_record(), {"problem": "x"})
    lijie.push()
    kept.get("/api/v1/evidence/secret-record/state")
    found = samples(kept)
    assert found["anxun_requests_total", "/api/v1/sync/push", "200", "POST"] == 3
    assert found["anxun_requests_total", "/api/v1/evidence/{record}/state", "401", "GET"] == 1
    assert found["anxun_push_items_total", "accepted"] == 1
    assert found["anxun_push_items_total", "duplicate"] == 1
    assert found["anxun_push_items_total", "no_authority"] == 1
    assert found["anxun_quarantine_held",] == 1
    assert found["anxun_database_bytes",] > 0
    assert found["anxun_outbox_jobs",] >= 0
    assert found["anxun_uploads", "stored"] == 0
    assert found["anxun_push_attempts", "sent"] == 0


def test_no_label_names_a_person_a_dossier_or_a_phone(
    kept: TestClient[Any], phone_at: Callable[[TestClient[Any], str], Phone]
) -> None:
    lijie = phone_at(kept, "lijie")
    dossier = lijie.open_dossier()
    lijie.push()
    kept.get(f"/api/v1/sync/snapshot/{dossier}", headers=lijie.headers())
    text = kept.get("/metrics", headers=INSIDER).text
    for secret in ("lijie", dossier, lijie.device, lijie.token, TOKEN):
        assert secret not in text


@pytest.fixture
def phone_at() -> Callable[[TestClient[Any], str], Phone]:
    def enrolled(client: TestClient[Any], login: str) -> Phone:
        reply = client.post("/api/v1/session", json={"login": login, "password": "anxun-demo"})
        client.cookies.clear()
        return Phone(client, login, reply.json()["token"]).enrol()

    return enrolled
