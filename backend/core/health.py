"""`/health/live`, `/health/ready`, `/metrics`: for whoever keeps the server, not for the world.

Live says only that the process answers. Ready says yes or no to everybody (a load balancer asks it) and
why to an insider: on this machine without a proxy between, or with the bearer token of the settings.
"""

import hmac
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from litestar import Controller, Request, Response, get
from litestar.exceptions import NotFoundException

from backend.core.blobs import Blobs
from backend.core.clock import Clock
from backend.core.database import Database
from backend.core.heartbeat import beats_since
from backend.core.metrics import Metrics, Reader

SILENT_MS = 60_000
LEAST_FREE_BYTES = 2**30
_PROBE = "health/probe"
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
_TEXT = "text/plain; version=0.0.4"


@dataclass(frozen=True, slots=True)
class Health:
    """What is looked at. `head` is the schema this program works on; an empty `token` opens no door."""

    database: Database
    blobs: Blobs
    clock: Clock
    metrics: Metrics
    readers: Sequence[Reader]
    head: str
    folder: Path
    token: str

    async def checks(self) -> dict[str, bool]:
        """Each by itself, so that one fault does not hide another."""
        return {
            "database": await self._database(),
            "migrations": await self._migrations(),
            "worker": await self._worker(),
            "blobs": await self._blobs(),
            "disk": shutil.disk_usage(self.folder).free >= LEAST_FREE_BYTES,
        }

    async def _database(self) -> bool:
        try:
            async with self.database.write() as connection:
                return bool(await connection.scalar(sa.text("SELECT 1")))
        except (sa.exc.SQLAlchemyError, OSError):
            return False

    async def _migrations(self) -> bool:
        try:
            async with self.database.read() as connection:
                found = await connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        except (sa.exc.SQLAlchemyError, OSError):
            return False
        return bool(found == self.head)

    async def _worker(self) -> bool:
        try:
            async with self.database.read() as connection:
                return await beats_since(connection, self.clock.now() - SILENT_MS) > 0
        except (sa.exc.SQLAlchemyError, OSError):
            return False

    async def _blobs(self) -> bool:
        """A written object is the only proof that one can write."""
        try:
            await self.blobs.stage(_PROBE, b"probe")
            await self.blobs.drop([_PROBE])
        except Exception:  # each store has errors of its own
            return False
        return True

    def is_insider(self, request: Request[Any, Any, Any]) -> bool:
        """On this machine with no proxy between, or with the token."""
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if self.token and hmac.compare_digest(given.encode(), self.token.encode()):
            return True
        if any(name in request.headers for name in _FORWARDED):
            return False
        return request.client is not None and _is_loopback(request.client.host)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class HealthRoutes(Controller):
    """The three doors."""

    @get("/health/live", open_to_all=True)
    async def live(self) -> dict[str, bool]:
        """The process answers."""
        return {"live": True}

    @get(
        "/health/ready",
        open_to_all=True,
        answers={200: "application/json", 503: "application/json"},
    )
    async def ready(self, request: Request[Any, Any, Any], health: Health) -> Response[Any]:
        """Whether work may be sent here."""
        checks = await health.checks()
        ready = all(checks.values())
        body = {"ready": ready, **(checks if health.is_insider(request) else {})}
        return Response(body, status_code=200 if ready else 503)

    @get("/metrics", media_type=_TEXT, open_to_all=True)
    async def metrics(self, request: Request[Any, Any, Any], health: Health) -> Response[bytes]:
        """Prometheus text; to strangers there is no such page."""
        if not health.is_insider(request):
            raise NotFoundException
        text = await health.metrics.text(health.database, health.readers, health.clock.now())
        return Response(text, media_type=_TEXT)
