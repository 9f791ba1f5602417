"""The built app: index, service worker, assets, engine; 304s, gzip beside, nothing else."""

import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path
from typing import Any

from litestar import Controller, Request, Response, get
from litestar.exceptions import NotFoundException

from backend.core.openapi import OPEN

mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("application/wasm", ".wasm")
mimetypes.add_type("text/javascript", ".mjs")

PACKED_ALREADY = "packed_already"
"""Marks handlers whose answers the compression middleware must leave alone."""

_FOREVER = "public, max-age=31536000, immutable"
_A_DAY = "public, max-age=86400"
"""A browser asks for the icon again at each change of place."""
_REVALIDATE = "no-cache"


class SiteRoutes(Controller):
    """Static files of `pwa/dist`."""

    @get(["/", "/{path:path}"], include_in_schema=False, opt={PACKED_ALREADY: True, OPEN: True})
    async def file(self, request: Request[Any, Any, Any], path: str = "/") -> Response[bytes]:
        """One file; the app's own routes live behind `#`, so unknown paths are 404."""
        found = _find(request.app.state.site, path)
        if found is None:
            raise NotFoundException
        gzipped = found.with_name(found.name + ".gz")
        packed = "gzip" in request.headers.get("accept-encoding", "") and gzipped.exists()
        source = gzipped if packed else found
        etag = f'"{_digest(source, source.stat().st_mtime_ns)}"'
        headers = {
            "ETag": etag,
            "Cache-Control": _kept(path),
            "Vary": "Accept-Encoding",
        }
        if request.headers.get("if-none-match") == etag:
            return Response(b"", status_code=304, headers=headers)
        if packed:
            headers["Content-Encoding"] = "gzip"
        kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        return Response(source.read_bytes(), headers=headers, media_type=kind)


def _kept(path: str) -> str:
    if path.startswith("/assets/"):
        return _FOREVER
    return _A_DAY if path.startswith("/icons/") else _REVALIDATE


def _find(site: Path, path: str) -> Path | None:
    root = site.resolve()
    wanted = (root / path.lstrip("/")).resolve() if path != "/" else root / "index.html"
    inside = wanted.is_relative_to(root) and wanted.is_file()
    return wanted if inside and not wanted.name.endswith(".gz") else None


@lru_cache(maxsize=512)
def _digest(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:32]
