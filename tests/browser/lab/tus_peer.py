"""A small real tus 1.0 server (creation, checksum) that can be told to fail as networks do."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web

HEADERS = {"Tus-Resumable": "1.0.0"}


@dataclass
class Stored:
    """One upload: what the client promised and what has come so far."""

    length: int
    metadata: dict[str, str]
    content: bytearray = field(default_factory=bytearray)


@dataclass
class Faults:
    """What shall go wrong; each entry is used up by one PATCH."""

    cut: int = 0
    damage: int = 0
    lose_answer: int = 0
    portal: int = 0
    status: list[int] = field(default_factory=list)
    head_status: list[int] = field(default_factory=list)


class TusPeer:
    """Keeps uploads in memory. A piece is taken whole, with a right checksum, or not at all."""

    def __init__(self) -> None:
        self.uploads: dict[str, Stored] = {}
        self.faults = Faults()
        self.requests: list[str] = []
        self.headers: list[Mapping[str, str]] = []

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/uploads", self.create),
            web.head("/uploads/{name}", self.offset),
            web.patch("/uploads/{name}", self.append),
        ]

    async def create(self, request: web.Request) -> web.Response:
        self._note(request)
        name = f"u{len(self.uploads)}"
        metadata = _metadata(request.headers.get("Upload-Metadata", ""))
        self.uploads[name] = Stored(int(request.headers["Upload-Length"]), metadata)
        return web.Response(status=201, headers={**HEADERS, "Location": f"/uploads/{name}"})

    async def offset(self, request: web.Request) -> web.Response:
        self._note(request)
        if self.faults.head_status:
            return web.Response(status=self.faults.head_status.pop(0), headers=HEADERS)
        upload = self.uploads.get(request.match_info["name"])
        if upload is None:
            return web.Response(status=404, headers=HEADERS)
        return web.Response(headers=_position(upload))

    async def append(self, request: web.Request) -> web.StreamResponse:
        self._note(request)
        if self.faults.portal:
            self.faults.portal -= 1
            return web.Response(text="<h1>Log in to the network</h1>", content_type="text/html")
        if self.faults.status:
            return web.Response(status=self.faults.status.pop(0), headers=HEADERS)
        upload = self.uploads[request.match_info["name"]]
        if int(request.headers["Upload-Offset"]) != len(upload.content):
            return web.Response(status=409, headers=HEADERS)
        if self.faults.cut:
            self.faults.cut -= 1
            await request.content.readexactly(1000)
            return _hang_up(request)
        piece = bytearray(await request.content.read())
        if self.faults.damage:
            self.faults.damage -= 1
            piece[0] ^= 1
        algorithm, _, digest = request.headers["Upload-Checksum"].partition(" ")
        if base64.b64decode(digest) != hashlib.new(algorithm, piece).digest():
            return web.Response(status=460, headers=HEADERS)
        upload.content += piece
        if self.faults.lose_answer:
            self.faults.lose_answer -= 1
            return _hang_up(request)
        return web.Response(status=204, headers=_position(upload))

    def _note(self, request: web.Request) -> None:
        self.requests.append(f"{request.method} {request.headers.get('Upload-Offset', '')}".strip())
        self.headers.append(request.headers)


def _hang_up(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.close()
    return web.StreamResponse()


def _position(upload: Stored) -> dict[str, str]:
    return {
        **HEADERS,
        "Upload-Offset": str(len(upload.content)),
        "Upload-Length": str(upload.length),
    }


def _metadata(header: str) -> dict[str, str]:
    pairs = (pair.split(" ") for pair in header.split(",") if pair)
    return {name: base64.b64decode(value).decode() for name, value in pairs}
