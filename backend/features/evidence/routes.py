"""tus 1.0 at `/uploads` (creation, creation-with-upload, checksum, termination, expiration), and
`/api/v1/evidence/{record}` with ranges."""

from dataclasses import asdict
from email.utils import formatdate
from hashlib import sha256
from typing import Any

import msgspec
from litestar import Controller, Request, Response, delete, get, head, patch, post, route
from litestar.exceptions import HTTPException
from litestar.response import Stream

from backend.core.blobs import Blobs
from backend.core.dossiers.service import Dossiers
from backend.core.problems import Problem, answer_problem
from backend.core.sessions import current_session
from backend.features.evidence.rules.content import FORMATS
from backend.features.evidence.rules.headers import read_checksum, read_metadata, read_range
from backend.features.evidence.service.uploads import (
    CHUNK_BYTES,
    Uploads,
    busy_problem,
    offset_problem,
)
from backend.features.evidence.service.viewing import Viewing
from backend.features.evidence.tables.holdings import Holding
from backend.features.evidence.tables.uploads import Blob, Upload

_TUS = "1.0.0"
_BYTES = "application/offset+octet-stream"
_MAX_METADATA = 4096
_EXTENSIONS = "creation,creation-with-upload,checksum,termination,expiration"


def _answer_tus(request: Request[Any, Any, Any], problem: Problem) -> Response[Any]:
    """Every answer of a tus server names its version."""
    answer = answer_problem(request, problem)
    answer.headers["Tus-Resumable"] = _TUS
    if problem.status == 412:
        answer.headers["Tus-Version"] = _TUS
    return answer


class UploadRoutes(Controller):
    """Evidence on its way to the server."""

    path = "/uploads"
    exception_handlers = {Problem: _answer_tus}

    @route(
        "/",
        http_method=["OPTIONS", "POST"],
        status_code=201,
        request_max_body_size=None,
        answers={201: "", 204: ""},
        act="write",
    )
    async def create(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, blobs: Blobs
    ) -> Response[None]:
        """Begin an upload, its first piece in the same request if the client likes.

        OPTIONS tells what the server can; it stands here, or the framework answers with its own.
        """
        if request.method == "OPTIONS":
            return _abilities(blobs)
        _check_version(request)
        session = current_session(request)
        length = _number(request, "upload-length")
        metadata = request.headers.get("upload-metadata", "")
        announced = read_metadata(metadata) if len(metadata) <= _MAX_METADATA else None
        if announced is None or length == 0:
            raise Problem(400, "metadata")
        uploads = Uploads(dossiers, blobs)
        made = await uploads.create(session.officer, announced, metadata, length)
        if request.headers.get("content-type") == _BYTES:
            made = await uploads.append(made, await _piece(request, made))
        return _tus({"Location": f"/uploads/{made.id}", **_position(made)}, 201)

    @head("/{upload:str}", answers={200: ""}, act="own")
    async def stand(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, blobs: Blobs, upload: str
    ) -> Response[None]:
        """Where to go on; `Anxun-Upload` is receiving, checking or stored."""
        _check_version(request)
        found = await _found(request, Uploads(dossiers, blobs), upload)
        headers = {
            "Upload-Length": str(found.length),
            "Upload-Metadata": found.metadata,
            "Anxun-Upload": found.state,
        }
        return _tus({**headers, **_position(found)}, 200)

    @patch(
        "/{upload:str}",
        status_code=204,
        request_max_body_size=None,
        reads=_BYTES,
        answers={204: ""},
        act="own",
    )
    async def append(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, blobs: Blobs, upload: str
    ) -> Response[None]:
        """The next piece."""
        return await _append(request, Uploads(dossiers, blobs), upload)

    @delete("/{upload:str}", status_code=204, answers={204: ""}, act="own")
    async def terminate(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, blobs: Blobs, upload: str
    ) -> Response[None]:
        """Give it up."""
        return await _terminate(request, Uploads(dossiers, blobs), upload)

    @post(
        "/{upload:str}", status_code=204, request_max_body_size=None, answers={204: ""}, act="own"
    )
    async def override(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, blobs: Blobs, upload: str
    ) -> Response[None]:
        """PATCH and DELETE for networks that let only GET and POST through."""
        acts = {"PATCH": _append, "DELETE": _terminate}
        act = acts.get(request.headers.get("x-http-method-override", ""))
        if act is None:
            raise Problem(405, "method")
        return await act(request, Uploads(dossiers, blobs), upload)


def _abilities(blobs: Blobs) -> Response[None]:
    headers = {
        "Tus-Version": _TUS,
        "Tus-Extension": _EXTENSIONS,
        "Tus-Max-Size": str(blobs.max_bytes),
        "Tus-Checksum-Algorithm": "sha256",
    }
    return _tus(headers)


async def _append(request: Request[Any, Any, Any], uploads: Uploads, name: str) -> Response[None]:
    _check_version(request)
    if request.headers.get("content-type") != _BYTES:
        raise Problem(415, "content_type")
    offset = _number(request, "upload-offset")
    found = await _found(request, uploads, name)
    if found.state == "checking":
        raise busy_problem()
    if offset != found.offset:
        raise offset_problem()
    return _tus(_position(await uploads.append(found, await _piece(request, found))))


async def _terminate(
    request: Request[Any, Any, Any], uploads: Uploads, name: str
) -> Response[None]:
    _check_version(request)
    await uploads.terminate(await _found(request, uploads, name))
    return _tus({})


async def _found(request: Request[Any, Any, Any], uploads: Uploads, name: str) -> Upload:
    return await uploads.find(current_session(request).officer, name)


async def _piece(request: Request[Any, Any, Any], upload: Upload) -> bytes:
    """The body, whole or, where the line was cut and no checksum promised, what came of it."""
    limit = min(upload.length - upload.offset, CHUNK_BYTES)
    wanted = _checksum(request)
    came = bytearray()
    cut = False
    try:
        async for part in request.stream():
            came += part
            if len(came) > limit:
                raise Problem(413, "too_large", limit=limit)
    except HTTPException:
        cut = True
    if wanted is not None and (cut or sha256(came).digest() != wanted):
        raise Problem(460, "checksum", "这一段在路上损坏了，没有接收，会重传，内容没丢。")
    return bytes(came)


def _checksum(request: Request[Any, Any, Any]) -> bytes | None:
    header = request.headers.get("upload-checksum")
    if header is None:
        return None
    digest = read_checksum(header)
    if digest is None:
        raise Problem(400, "checksum_algorithm")
    return digest


def _check_version(request: Request[Any, Any, Any]) -> None:
    if request.headers.get("tus-resumable") != _TUS:
        raise Problem(412, "tus_version", "上传协议的版本不对，没有接收。请更新应用。")


def _number(request: Request[Any, Any, Any], name: str) -> int:
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise Problem(400, "malformed")
    return int(text)


def _position(upload: Upload) -> dict[str, str]:
    headers = {"Upload-Offset": str(upload.offset)}
    if upload.state == "receiving":
        headers["Upload-Expires"] = formatdate(upload.expires / 1000, usegmt=True)
    return headers


def _tus(headers: dict[str, str], status: int = 204) -> Response[None]:
    return Response(None, status_code=status, headers={"Tus-Resumable": _TUS, **headers})


class EvidenceState(msgspec.Struct):
    """absent, uploading or stored; `receipt` is the record of the server's receipt, and what it says:
    when the file was received (UTC ms), and the signature under that by which key."""

    state: str
    offset: int
    length: int
    receipt: str
    received: int
    key: str
    signature: str


def _answer_evidence(request: Request[Any, Any, Any], problem: Problem) -> Response[Any]:
    """Who asks for a stretch behind the end is told where the end is (RFC 9110 15.5.17)."""
    answer = answer_problem(request, problem)
    if problem.status == 416:
        answer.headers["Content-Range"] = f"bytes */{problem.facts['size']}"
    return answer


class EvidenceRoutes(Controller):
    """Evidence for those who may read its dossier; every look enters the custody ledger."""

    path = "/api/v1/evidence"
    exception_handlers = {Problem: _answer_evidence}

    @get("/{record:str}", answers={200: "*/*", 206: "*/*", 304: ""}, act="read")
    async def file(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        blobs: Blobs,
        record: str,
        download: bool = False,
    ) -> Response[Any]:
        """The original, or a stretch of it."""
        session = current_session(request)
        viewing = Viewing(dossiers)
        held, kept = await viewing.file(session.officer, record)
        headers = _describe(held, kept, download)
        stretch = _stretch(request, kept, headers)
        await viewing.look(session, held, "downloaded" if download else "viewed")
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(b"", status_code=304, headers=headers)
        start, end = stretch or (0, kept.bytes)
        headers["Content-Length"] = str(end - start)
        if stretch:
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{kept.bytes}"
        return Stream(
            blobs.stream(kept.sha256, start, end),
            status_code=206 if stretch else 200,
            headers=headers,
            media_type=kept.type,
        )

    @head("/{record:str}", answers={200: "*/*"}, act="read")
    async def describe(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, record: str
    ) -> Response[None]:
        """Length, type and hash; nothing is shown, so nothing enters the ledger."""
        held, kept = await Viewing(dossiers).file(current_session(request).officer, record)
        said = {"Content-Length": str(kept.bytes), "Content-Type": kept.type}
        return Response(None, headers={**_describe(held, kept, download=False), **said})

    @get("/{record:str}/state", act="read")
    async def state(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, record: str
    ) -> EvidenceState:
        """How far the file has come."""
        found = await Viewing(dossiers).progress(current_session(request).officer, record)
        return EvidenceState(**asdict(found))


def _describe(held: Holding, kept: Blob, download: bool) -> dict[str, str]:
    way = "attachment" if download else "inline"
    return {
        "Accept-Ranges": "bytes",
        "ETag": f'"{kept.sha256}"',
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'{way}; filename="{held.record}.{FORMATS[kept.type].suffix}"',
    }


def _stretch(
    request: Request[Any, Any, Any], kept: Blob, headers: dict[str, str]
) -> tuple[int, int] | None:
    if request.headers.get("if-range", headers["ETag"]) != headers["ETag"]:
        return None
    try:
        return read_range(request.headers.get("range", ""), kept.bytes)
    except IndexError as error:
        raise Problem(416, "range", "所要的片段在文件之外。", size=kept.bytes) from error


ROUTES = (EvidenceRoutes, UploadRoutes)
