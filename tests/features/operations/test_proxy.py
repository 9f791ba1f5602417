"""The proxy lets through whatever the server takes, so that what is too large is refused in words."""

import re
from pathlib import Path
from typing import Any

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute
from litestar.testing import TestClient

from backend.core.blobs import MAX_BYTES
from backend.core.dossiers.lifeboat import MAX_LIFEBOAT_BYTES
from backend.features.imports.papers.workbook import MAX_FILE
from backend.settings import ROOT
from sync.server.wire import MAX_RUN_BYTES

CONF = Path(ROOT, "backend", "operations", "nginx.conf").read_text(encoding="utf-8")
LOCATION = re.compile(r"location (= )?(\S+)\s*\{(.*?)\}", re.DOTALL)
SIZE = re.compile(r"client_max_body_size (\d+)(m?);")
UNLIMITED = 0

COUNTED_WHILE_READ = {
    "/api/v1/sync/push": MAX_RUN_BYTES,
    "/api/v1/sync/lifeboat": MAX_LIFEBOAT_BYTES,
    "/api/v1/imports/{kind}/check": MAX_FILE,
    "/api/v1/imports/{kind}/apply": MAX_FILE,
    "/uploads": MAX_BYTES,
    "/uploads/{upload}": MAX_BYTES,
}
"""Routes that tell the framework no limit and keep one themselves."""


def taken(app: Litestar) -> dict[str, int | None]:
    """By path, the most bytes of a body; None where the framework keeps no limit."""
    return {
        route.path_format: handler.resolve_request_max_body_size()
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if isinstance(handler, HTTPRouteHandler) and handler.http_methods & {"POST", "PATCH"}
    }


def let_through(path: str) -> float:
    """As nginx chooses: the exact location, else the longest that the path begins with."""
    found = {(where, bool(exact)): words for exact, where, words in LOCATION.findall(CONF)}
    begun = [where for where, exact in found if not exact and path.startswith(where)]
    words = found.get((path, True)) or found[max(begun, key=len), False]
    size = SIZE.search(words)
    assert size, f"{path}: nginx would take 1 MB"
    bytes_ = int(size[1]) * (2**20 if size[2] else 1)
    return float("inf") if bytes_ == UNLIMITED else bytes_


def test_no_body_the_server_takes_is_stopped_at_the_proxy(client: TestClient[Any]) -> None:
    limits = taken(client.app)
    assert {path for path, most in limits.items() if most is None} == set(COUNTED_WHILE_READ)
    stopped = {
        path: let_through(path)
        for path, most in (limits | COUNTED_WHILE_READ).items()
        if let_through(path) < most
    }
    assert stopped == {}


def test_only_evidence_comes_without_a_limit(client: TestClient[Any]) -> None:
    free = {path for path in taken(client.app) if let_through(path) == float("inf")}
    assert free == {"/uploads", "/uploads/{upload}"}
