"""A phone in a few lines: authors changesets with a real key and talks HTTP."""

import gzip
import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from litestar.testing import TestClient

from backend.core.signing import KeyPair
from sync.server import chain


def new_key() -> KeyPair:
    return KeyPair(ec.generate_private_key(ec.SECP256R1()))


@dataclass
class Phone:
    client: TestClient[Any]
    officer: str
    token: str
    key: KeyPair = field(default_factory=new_key)
    device: str = ""
    timeline: str = ""
    n: int = 0
    prev: str = chain.FIRST_PREV
    time: int = 1_780_000_000_000
    waiting: list[str] = field(default_factory=list)

    def headers(self, **more: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Anxun-Enrolment": self.device, **more}

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return self.client.post(path, json=body, headers=self.headers(**headers))

    def enrol(self) -> "Phone":
        body = {"public_key": self.key.public, "name": "测试机"}
        reply = self.post("/api/v1/enrolments", body)
        assert reply.status_code == 201, reply.text
        self.device, self.timeline = reply.json()["device"], reply.json()["timeline"]
        return self

    def new_record(self) -> str:
        return f"{self.device}.1.{self.n + len(self.waiting) + 1}.0123abcd"

    def author(
        self, dossier: str, entity: str, record: str, fields: dict[str, Any], **over: Any
    ) -> str:
        """Append a body to what waits; fields are values, or whole writes given as {"value": …}."""
        self.time += 1
        writes = {
            name: value if isinstance(value, dict) and "value" in value else {"value": value}
            for name, value in fields.items()
        }
        body = {
            "id": f"{self.device}.1.{self.n + len(self.waiting) + 1}",
            "time": f"{self.time:013d}-0000",
            "dossier": dossier,
            "entity": entity,
            "record": record,
            "schema": 1,
            "kind": "edit",
            "fields": writes,
            **over,
        }
        self.waiting.append(json.dumps(body, ensure_ascii=False, separators=(",", ":")))
        return str(body["id"])

    def run(self) -> dict[str, Any]:
        """The waiting bodies as a signed run; they count as sent."""
        hashes = chain.links(self.device, 1, self.n + 1, self.prev, self.waiting)
        last = f"{self.device}.1.{self.n + len(self.waiting)}"
        run = {
            "timeline": self.timeline,
            "device": self.device,
            "epoch": 1,
            "first_n": self.n + 1,
            "first_prev": self.prev,
            "items": self.waiting,
            "last_hash": hashes[-1],
            "signature": self.key.sign(chain.head_text(last, hashes[-1])),
        }
        self.n += len(self.waiting)
        self.prev = hashes[-1]
        self.waiting = []
        return run

    def push(self, run: dict[str, Any] | None = None, **headers: str) -> Any:
        return self.post("/api/v1/sync/push", run or self.run(), **headers)

    def open_dossier(self, section: str = "whk") -> str:
        record = self.new_record()
        fields = {
            "kind": "inspection",
            "bureau": "changji",
            "section": section,
            "enterprise": {"code": "91652301MA0001181J"},
            "reason": "投诉举报",
        }
        self.author(record, "dossier", record, fields)
        return record

    def pull(self, cursors: dict[str, int]) -> Any:
        return self.post("/api/v1/sync/pull", {"timeline": self.timeline, "cursors": cursors})


def gzipped(body: Any) -> bytes:
    return gzip.compress(json.dumps(body).encode("utf-8"))
