"""A running server with its data folder, and what the stories do with it from outside."""

import asyncio
import base64
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import httpx

from backend.app import make_dossiers
from backend.core.blobs import Blobs, open_blobs
from backend.core.clock import FixedClock, SystemClock
from backend.core.database import Database
from backend.core.dossiers.service import Dossiers
from backend.core.ids import SystemIds
from backend.core.outbox import Worker
from backend.core.signing import ServerKeys
from backend.demo.load import PASSWORD
from backend.features.evidence.public import handlers
from backend.settings import Settings
from tests.features.dossiers.phone import Phone
from tests.features.evidence.serving import settings_of

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[3]
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = {**TUS, "Content-Type": "application/offset+octet-stream"}
JPEG = b"\xff\xd8\xff\xe0"


def photo(size: int, seed: int = 0) -> bytes:
    """Bytes that begin like a JPEG and go on like nothing else."""
    block = sha256(str(seed).encode()).digest() * 4096
    return (JPEG + block * (size // len(block) + 1))[:size]


def metadata(dossier: str, evidence: str, data: bytes, kind: str = "image/jpeg") -> dict[str, str]:
    return {
        "dossier": dossier,
        "evidence": evidence,
        "sha256": sha256(data).hexdigest(),
        "type": kind,
    }


def announce(facts: dict[str, str], length: int) -> dict[str, str]:
    pairs = (f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in facts.items())
    return {**TUS, "Upload-Length": str(length), "Upload-Metadata": ",".join(pairs)}


def checksum(data: bytes) -> str:
    return "sha256 " + base64.b64encode(sha256(data).digest()).decode()


@dataclass
class Office:
    """`stop` and `start` keep the address: the listening socket stays with the test."""

    folder: Path
    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    process: subprocess.Popen[bytes] | None = None
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return settings_of(self.folder)

    @property
    def address(self) -> tuple[str, int]:
        return self.listening.getsockname()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.address[1]}"

    def start(self) -> "Office":
        number = self.listening.fileno()
        command = [
            sys.executable,
            "-m",
            "tests.features.evidence.serving",
            str(number),
            self.folder,
        ]
        self.process = subprocess.Popen(command, cwd=ROOT, pass_fds=[number])
        return self

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        self.kill()
        self.listening.close()

    def phone(self, login: str) -> Phone:
        """A new enrolment of an officer; one session per officer."""
        client = httpx.Client(base_url=self.url, timeout=90)
        if login not in self.tokens:
            self.tokens[login] = self.new_session(login)
        return Phone(client, login, self.tokens[login]).enrol()  # type: ignore[arg-type]

    def new_session(self, login: str) -> str:
        reply = httpx.post(
            f"{self.url}/api/v1/session", json={"login": login, "password": PASSWORD}, timeout=90
        )
        assert reply.status_code == 201, reply.text
        return str(reply.json()["token"])

    def with_log(self, ask: Callable[[Dossiers, Blobs], Awaitable[T]], later: int = 0) -> T:
        """Ask the feature directly, beside the running server; `later` moves the clock on (ms)."""

        async def asked() -> T:
            settings, clock = self.settings, FixedClock(SystemClock().now() + later)
            database = Database(settings.database_url)
            keys = ServerKeys.at(settings.data_dir / "keys")
            try:
                dossiers = make_dossiers(database, keys, clock)
                return await ask(dossiers, open_blobs(settings.blob_url))
            finally:
                await database.close()

        return asyncio.run(asked())

    def work(self, later: int = 0) -> int:
        """One round of the worker."""

        async def run(dossiers: Dossiers, blobs: Blobs) -> int:
            jobs = handlers(dossiers, blobs)
            return await Worker(dossiers.database, dossiers.clock, SystemIds(), jobs).run_due()

        return self.with_log(run, later)

    def staged(self) -> list[Path]:
        folder = self.folder / "blobs" / "staging"
        return [path for path in folder.rglob("*") if path.is_file()]

    def kept(self, data: bytes) -> Path:
        content = sha256(data).hexdigest()
        return self.folder / "blobs" / "sha256" / content[:2] / content


def evidence(phone: Phone, dossier: str, data: bytes, kind: str = "image/jpeg") -> str:
    """Author an evidence record for a file; it waits in the phone until it pushes."""
    record = phone.new_record()
    fields = {
        "kind": "photo",
        "type": kind,
        "bytes": len(data),
        "sha256": sha256(data).hexdigest(),
        "captured": phone.time,
        "officer": phone.officer,
    }
    phone.author(dossier, "evidence", record, fields)
    return record


def create(phone: Phone, facts: dict[str, str], length: int, **more: str) -> httpx.Response:
    return phone.client.post(  # type: ignore[return-value]
        "/uploads", headers=phone.headers(**announce(facts, length), **more)
    )


def send(phone: Phone, where: str, offset: int, data: bytes, **more: str) -> httpx.Response:
    headers = phone.headers(**PIECE, **{"Upload-Offset": str(offset)}, **more)
    return phone.client.patch(where, content=data, headers=headers)  # type: ignore[return-value]


def stand(phone: Phone, where: str) -> httpx.Response:
    return phone.client.head(where, headers=phone.headers(**TUS))  # type: ignore[return-value]


def offset(phone: Phone, where: str) -> int:
    return int(stand(phone, where).headers["Upload-Offset"])


def upload(phone: Phone, facts: dict[str, str], data: bytes) -> httpx.Response:
    """Create and send in one piece; answers the PATCH."""
    made = create(phone, facts, len(data))
    assert made.status_code == 201, made.text
    return send(phone, made.headers["Location"], 0, data)


def records(phone: Phone, dossier: str, entity: str) -> list[dict[str, Any]]:
    """Shown sealed and authority values of the dossier's records, by a snapshot."""
    reply = phone.client.get(
        f"/api/v1/sync/snapshot/{dossier}", params={"limit": 1000}, headers=phone.headers()
    )
    lines = [httpx.Response(200, content=line).json() for line in reply.text.splitlines()]
    return [
        {"record": line["record"]}
        | {name: shown["heads"][-1]["value"] for name, shown in line["fields"].items()}
        for line in lines
        if line.get("entity") == entity
    ]


def cut_off(address: tuple[str, int], request: bytes) -> None:
    """Send part of a request and hang up."""
    with suppress(OSError), socket.create_connection(address) as line:
        line.sendall(request)
