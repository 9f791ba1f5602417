"""The sync protocol over HTTP (SN). Bodies are decoded here, strictly; gzip with a cap both ways."""

import asyncio
import zlib
from collections.abc import AsyncIterator
from typing import Any, TypeVar

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.response import ServerSentEvent
from litestar.response.sse import ServerSentEventMessage

from backend.core.dossiers.carrying import Carrier, NoDossier
from backend.core.dossiers.devices import Device, find_device
from backend.core.dossiers.reading import seqs
from backend.core.dossiers.service import Dossiers, granted_dossiers
from backend.core.headers import ENROLMENT
from backend.core.limits import spend
from backend.core.problems import Problem
from backend.core.sessions import current_session
from sync.server.push import EnvelopeError
from sync.server.wire import (
    MAX_RUN_BYTES,
    Check,
    CheckReply,
    Hello,
    HelloReply,
    Pull,
    PullReply,
    PushReply,
    Run,
)

T = TypeVar("T")
_HEARTBEAT_S = 15
_POLL_S = 0.25
_PUSHES_A_MINUTE = 600
_STATUS = {
    "malformed": (400, "这批内容的格式读不懂，没有接收，本机内容都在。请更新应用。"),
    "enrolment": (403, "这台手机没有登记或已停用，本机内容都在。请找管理员。"),
    "fork": (409, "这份资料在另一处也写过，正在换号重传，内容没丢。"),
    "gap": (409, "中间少了一段，正在补传，内容没丢。"),
    "timeline": (409, "服务器恢复过，正在把它缺的补给它，内容没丢。"),
    "too_large": (413, "这批太大，没有接收，会分小批重传，内容没丢。"),
    "signature": (422, "签名核对不上，没有接收，本机内容都在。请报告管理员。"),
}


def envelope_problem(error: EnvelopeError) -> Problem:
    """SN6 as an answer."""
    status, title = _STATUS[error.code]
    return Problem(status, error.code, title, **error.facts)


def no_dossier() -> Problem:
    """Unknown and forbidden look alike."""
    return Problem(404, "dossier", "没有这份卷宗，或者你无权查看。")


async def read_body(request: Request[Any, Any, Any], kind: type[T], cap: int) -> T:
    """A JSON body, gunzipped with a cap, decoded strictly.

    Raises:
        Problem: 415 content type, 413 too large, 400 malformed.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Problem(415, "content_type")
    raw = await _capped(request, cap)
    if request.headers.get("content-encoding") == "gzip":
        raw = await asyncio.to_thread(_gunzip, raw, cap)
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Problem(400, "malformed") from error


async def _capped(request: Request[Any, Any, Any], cap: int) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > cap:
            raise Problem(413, "too_large", _STATUS["too_large"][1])
        parts.append(part)
    return b"".join(parts)


def _gunzip(raw: bytes, cap: int) -> bytes:
    unzip = zlib.decompressobj(wbits=31)
    try:
        plain = unzip.decompress(raw, cap + 1)
    except zlib.error as error:
        raise Problem(400, "malformed") from error
    if len(plain) > cap or unzip.unconsumed_tail:
        raise Problem(413, "too_large", _STATUS["too_large"][1])
    if not unzip.eof:
        raise Problem(400, "malformed")
    return plain


async def courier_of(request: Request[Any, Any, Any], dossiers: Dossiers, device: str) -> Device:
    """The enrolment that carries the request; it must be the session's own (SN12).

    Raises:
        Problem: 401 session, 403 enrolment.
    """
    session = current_session(request)
    async with dossiers.database.read() as connection:
        found = await find_device(connection, device)
    if found is None or found.officer != session.officer:
        raise envelope_problem(EnvelopeError("enrolment"))
    return found


class SyncRoutes(Controller):
    """`/api/v1/sync`: hello, push, pull, check, snapshot, poke."""

    path = "/api/v1/sync"

    @post("/hello", status_code=200)
    async def hello(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> HelloReply:
        """SN9."""
        hello = await read_body(request, Hello, 65_536)
        courier = await self._courier(request, dossiers)
        if courier.revoked or hello.device != courier.device:
            raise envelope_problem(EnvelopeError("enrolment"))
        return await dossiers.hello(hello, courier)

    @post("/push", status_code=200, request_max_body_size=None)
    async def push(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> PushReply:
        """SN1–SN8. A revoked enrolment may still send what it has (architecture.md 3)."""
        courier = await self._courier(request, dossiers)
        await self._spend(dossiers, courier)
        run = await read_body(request, Run, MAX_RUN_BYTES)
        try:
            return await dossiers.push(run, courier)
        except EnvelopeError as error:
            raise envelope_problem(error) from error

    @post("/pull", status_code=200)
    async def pull(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> PullReply:
        """SN10."""
        pull = await read_body(request, Pull, 1_048_576)
        courier = await self._courier(request, dossiers, revoked=False)
        try:
            return await Carrier(dossiers, courier).pull(pull)
        except EnvelopeError as error:
            raise envelope_problem(error) from error

    @post("/check", status_code=200)
    async def check(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> CheckReply:
        """LG8."""
        check = await read_body(request, Check, 65_536)
        courier = await self._courier(request, dossiers, revoked=False)
        try:
            return await Carrier(dossiers, courier).check(check)
        except EnvelopeError as error:
            raise envelope_problem(error) from error
        except NoDossier as error:
            raise no_dossier() from error

    @get("/snapshot/{dossier:str}", media_type="application/x-ndjson")
    async def snapshot(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        dossier: str,
        after: str = "",
        limit: int = 500,
    ) -> Response[bytes]:
        """LG7: one page; its last line tells where to go on."""
        courier = await self._courier(request, dossiers, revoked=False)
        try:
            return Response(await Carrier(dossiers, courier).snapshot(dossier, after, limit))
        except NoDossier as error:
            raise no_dossier() from error

    @get("/poke", media_type="text/event-stream")
    async def poke(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, device: str = ""
    ) -> ServerSentEvent:
        """Hints that a dossier has moved; no data."""
        courier = await courier_of(request, dossiers, device)
        async with dossiers.database.read() as connection:
            names = frozenset(await granted_dossiers(connection, courier.officer))
        return ServerSentEvent(_hints(dossiers, names))

    async def _courier(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, revoked: bool = True
    ) -> Device:
        courier = await courier_of(request, dossiers, request.headers.get(ENROLMENT, ""))
        if courier.revoked and not revoked:
            raise envelope_problem(EnvelopeError("enrolment"))
        return courier

    async def _spend(self, dossiers: Dossiers, courier: Device) -> None:
        async with dossiers.database.write() as connection:
            now = dossiers.clock.now()
            await spend(connection, f"push/{courier.device}", _PUSHES_A_MINUTE, 60_000, now)


async def _hints(
    dossiers: Dossiers, names: frozenset[str]
) -> AsyncIterator[ServerSentEventMessage]:
    """Woken in this process at once; moves of other processes are seen by the poll loop."""
    yield ServerSentEventMessage(data="{}", retry=3000)
    with dossiers.poke.listen(names) as stream:
        while not dossiers.poke.stopped:
            try:
                await asyncio.wait_for(stream.event.wait(), _HEARTBEAT_S)
            except TimeoutError:
                yield ServerSentEventMessage(comment="")
                continue
            stream.event.clear()
            moved, stream.moved = stream.moved, {}
            if moved:
                yield ServerSentEventMessage(data=msgspec.json.encode(moved).decode("ascii"))


async def watch_moves(dossiers: Dossiers) -> None:
    """Notice what other processes accepted: poll the followed dossiers until stopped."""
    known: dict[str, int] = {}
    while not dossiers.poke.stopped:
        await asyncio.sleep(_POLL_S)
        followed = sorted(dossiers.poke.followed())
        if followed:
            async with dossiers.database.read() as connection:
                now = await seqs(connection, followed)
            moved = {name: at for name, at in now.items() if known.get(name, at) != at}
            dossiers.poke.wake(moved)
            known = now
