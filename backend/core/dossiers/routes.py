"""The sync protocol over HTTP (SN). Bodies are decoded here, strictly; gzip with a cap both ways."""

import asyncio
from collections import Counter
from typing import Any, TypeVar

from litestar import Controller, Request, Response, get, post
from litestar.response import ServerSentEvent

from backend.core.bodies import JSON, decode, read_bytes
from backend.core.dossiers.carrying import Carrier, NoDossier
from backend.core.dossiers.devices import Device, find_device
from backend.core.dossiers.handing_in import HandingIn, LifeboatReply
from backend.core.dossiers.lifeboat import LIFEBOAT_TYPE, MAX_LIFEBOAT_BYTES, too_large
from backend.core.dossiers.poke import hints
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
_POLL_S = 0.25
_PUSHES_A_MINUTE = 600
_LIFEBOATS_A_MINUTE = 10
_TOO_LARGE = EnvelopeError("too_large")
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


async def _read(request: Request[Any, Any, Any], kind: type[T], cap: int) -> T:
    """A message of the protocol."""
    return decode(await read_bytes(request, JSON, cap, envelope_problem(_TOO_LARGE)), kind)


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
    """`/api/v1/sync`: hello, push, lifeboat, pull, check, snapshot, poke."""

    path = "/api/v1/sync"

    @post("/hello", status_code=200, reads=Hello, act="own")
    async def hello(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> HelloReply:
        """SN9."""
        courier = await self._courier(request, dossiers)
        hello = await _read(request, Hello, 65_536)
        if courier.revoked or hello.device != courier.device:
            raise envelope_problem(EnvelopeError("enrolment"))
        return await dossiers.hello(hello, courier)

    @post("/push", status_code=200, request_max_body_size=None, reads=Run, act="own")
    async def push(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> PushReply:
        """SN1–SN8. A revoked enrolment may still send what it has (architecture.md 3)."""
        courier = await self._courier(request, dossiers)
        await self._spend(dossiers, f"push/{courier.device}", _PUSHES_A_MINUTE)
        run = await _read(request, Run, MAX_RUN_BYTES)
        try:
            reply = await dossiers.push(run, courier)
            request.app.state.metrics.pushed(results_of(run, reply))
            return reply
        except EnvelopeError as error:
            raise envelope_problem(error) from error

    @post("/lifeboat", status_code=200, request_max_body_size=None, reads=LIFEBOAT_TYPE, act="own")
    async def lifeboat(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> LifeboatReply:
        """LB1–LB7: unsent work of any phone, brought by a colleague."""
        courier = await self._courier(request, dossiers, revoked=False)
        await self._spend(dossiers, f"lifeboat/{courier.device}", _LIFEBOATS_A_MINUTE)
        raw = await read_bytes(request, LIFEBOAT_TYPE, MAX_LIFEBOAT_BYTES, too_large())
        return await HandingIn(dossiers, courier).take(raw)

    @post("/pull", status_code=200, reads=Pull, act="own")
    async def pull(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> PullReply:
        """SN10."""
        courier = await self._courier(request, dossiers, revoked=False)
        pull = await _read(request, Pull, 1_048_576)
        try:
            return await Carrier(dossiers, courier).pull(pull)
        except EnvelopeError as error:
            raise envelope_problem(error) from error

    @post("/check", status_code=200, reads=Check, act="read")
    async def check(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> CheckReply:
        """LG8."""
        courier = await self._courier(request, dossiers, revoked=False)
        check = await _read(request, Check, 65_536)
        try:
            return await Carrier(dossiers, courier).check(check)
        except EnvelopeError as error:
            raise envelope_problem(error) from error
        except NoDossier as error:
            raise no_dossier() from error

    @get("/snapshot/{dossier:str}", media_type="application/x-ndjson", act="read")
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

    @get("/poke", media_type="text/event-stream", act="own")
    async def poke(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, device: str = ""
    ) -> ServerSentEvent:
        """Hints that a dossier has moved; no data."""
        courier = await courier_of(request, dossiers, device)
        async with dossiers.database.read() as connection:
            names = frozenset(await granted_dossiers(connection, courier.officer))
        return ServerSentEvent(hints(dossiers.poke, names))

    async def _courier(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, revoked: bool = True
    ) -> Device:
        courier = await courier_of(request, dossiers, request.headers.get(ENROLMENT, ""))
        if courier.revoked and not revoked:
            raise envelope_problem(EnvelopeError("enrolment"))
        return courier

    async def _spend(self, dossiers: Dossiers, key: str, a_minute: int) -> None:
        async with dossiers.database.write() as connection:
            await spend(connection, key, a_minute, 60_000, dossiers.clock.now())


def results_of(run: Run, reply: PushReply) -> Counter[str]:
    """How many items of a run came to what."""
    other = Counter(each.reason or each.status for each in reply.other)
    return other + Counter(accepted=len(run.items) - other.total())


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
