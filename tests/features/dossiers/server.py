"""One running server for many stories, and what its log holds before and after each."""

import asyncio
import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from litestar.testing import TestClient
from sqlalchemy.ext.asyncio import create_async_engine

from backend.core.database import metadata
from backend.demo.load import PASSWORD
from backend.settings import Settings
from sync.server import chain
from tests.features.dossiers.phone import Phone, new_key

PUSH = "/api/v1/sync/push"


@dataclass(frozen=True)
class Holdings:
    """What a refused request must leave as it was. An epoch opened and still empty is left out."""

    changesets: int
    seqs: dict[str, int]
    devices: list[Any]
    chains: list[Any]
    held: list[Any]


@dataclass
class Server:
    client: TestClient[Any]
    settings: Settings
    tokens: dict[str, str] = field(default_factory=dict)

    def phone(self, login: str) -> Phone:
        """A new enrolment; each officer logs in once."""
        if login not in self.tokens:
            body = {"login": login, "password": PASSWORD}
            self.tokens[login] = self.client.post("/api/v1/session", json=body).json()["token"]
            self.client.cookies.clear()
        return Phone(self.client, login, self.tokens[login], new_key()).enrol()

    def holdings(self) -> Holdings:
        device, dossier, end = (
            metadata.tables[name] for name in ("device", "dossier", "device_epoch")
        )
        held = metadata.tables["quarantine"].c
        count = sa.select(sa.func.count()).select_from(metadata.tables["changeset"])
        queries = (
            count,
            sa.select(dossier.c.name, dossier.c.seq),
            sa.select(device).order_by(device.c.device),
            sa.select(end).where(end.c.n > 0).order_by(end.c.device, end.c.epoch),
            sa.select(held.device, held.n, held.reason, held.body, held.signature)
            .add_columns(held.author, held.courier, held.state)
            .order_by(held.device, held.n),
        )
        (((number,),), seqs, *rest) = self.run(*queries)
        return Holdings(number, dict(seqs), *rest)

    def run(self, *statements: Any) -> list[list[Any]]:
        """The rows of each statement, on a connection of its own."""

        async def run() -> list[list[Any]]:
            engine = create_async_engine(self.settings.database_url)
            async with engine.begin() as connection:
                results = [await connection.execute(each) for each in statements]
                found = [
                    [tuple(row) for row in each] if each.returns_rows else [] for each in results
                ]
            await engine.dispose()
            return found

        return asyncio.run(run())

    def invite(self, phone: Phone, dossier: str) -> None:
        """The dossier is carried to an officer, whatever his post."""
        grant = {"dossier": dossier, "officer": phone.officer, "since": 1, "revoked": None}
        self.run(metadata.tables["dossier_grant"].insert().values(grant))

    def revoke(self, phone: Phone) -> None:
        device = metadata.tables["device"]
        self.run(device.update().where(device.c.device == phone.device).values(revoked=1))


def signed(phone: Phone, items: Sequence[str], epoch: int = 1, device: str = "") -> dict[str, Any]:
    """Any bodies as a run from number 1, linked and signed by this phone's own key."""
    device = device or phone.device
    hashes = chain.links(device, epoch, 1, chain.FIRST_PREV, list(items))
    return {
        "timeline": phone.timeline,
        "device": device,
        "epoch": epoch,
        "first_n": 1,
        "first_prev": chain.FIRST_PREV,
        "items": list(items),
        "last_hash": hashes[-1],
        "signature": phone.key.sign(chain.head_text(f"{device}.{epoch}.{len(items)}", hashes[-1])),
    }


def send_bytes(phone: Phone, raw: bytes, **headers: str) -> Any:
    """A push whose body is these bytes."""
    return phone.client.post(
        PUSH, content=raw, headers=phone.headers(**{"Content-Type": "application/json", **headers})
    )


def send_packed(phone: Phone, raw: bytes) -> Any:
    return send_bytes(phone, raw, **{"Content-Encoding": "gzip"})


def packed(run: dict[str, Any]) -> bytes:
    return gzip.compress(json.dumps(run).encode("utf-8"))


def twin(phone: Phone) -> Phone:
    """The same enrolment restored from an old backup: same key, nothing sent yet."""
    return replace(phone, n=0, prev=chain.FIRST_PREV, time=phone.time + 60_000, waiting=[])
