"""A lifeboat's work through the very acceptance of a push (LB3–LB6)."""

import asyncio
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec
import sqlalchemy as sa

from backend.core.database import Connection
from backend.core.dossiers import tables as t
from backend.core.dossiers.devices import Device, find_device, read_timeline
from backend.core.dossiers.lifeboat import DeviceRun, Own, damaged, open_lifeboat
from backend.core.dossiers.service import Dossiers, VerifyHead
from backend.core.dossiers.store import LogStore
from backend.core.problems import Problem
from sync.server.chain import FIRST_PREV
from sync.server.push import EnvelopeError, open_run
from sync.server.wire import MAX_ITEMS, MAX_RUN_BYTES, Run, Wire

logger = logging.getLogger("anxun.problems")
_REFUSED = {
    "enrolment": (403, "这台手机不是在本服务器登记的，没有接收。请保留救生包，联系管理员。"),
    "fork": (409, "这台手机的资料在另一处续写过，没有接收。请保留救生包，用手机联网重传。"),
    "gap": (409, "更早的一段服务器还没有，没有接收。请保留救生包，先交更早的救生包或让手机联网。"),
}
_FORGED = "救生包里有一段签名核对不上，什么也没有接收。请保留原文件，报告管理员。"


class LifeboatRun(Wire):
    """What became of one device run, in changesets; `code` and `title` say why some were refused."""

    device: str
    epoch: int
    accepted: int
    duplicate: int
    quarantined: int
    refused: int
    code: str = ""
    title: str = ""


class LifeboatReply(Wire):
    """LB5."""

    timeline: str
    now: int
    runs: list[LifeboatRun]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the log stands with a device run: the author, the chain's end, the hashes it knows."""

    author: Device | None
    n: int | None
    known: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Proved:
    """A device run as pushes whose signatures hold; `code` says why the rest cannot be judged."""

    run: DeviceRun
    pushes: list[Run]
    code: str


@dataclass(frozen=True, slots=True)
class HandingIn:
    """One lifeboat, brought by a courier."""

    dossiers: Dossiers
    courier: Device

    async def take(self, raw: bytes) -> LifeboatReply:
        """Prove the whole file, then push it.

        Raises:
            Problem: LB3, nothing has changed; or LB6, no run of it could be taken.
        """
        boat = await asyncio.to_thread(open_lifeboat, raw, self.dossiers.keys.hpke)
        async with self.dossiers.database.read() as connection:
            timeline = await read_timeline(connection)
            standings = [await _standing(connection, run) for run in boat]
        proved = await asyncio.to_thread(_prove_all, boat, standings, timeline)
        runs = [await self._push(each) for each in proved if each.run.items]
        _tell_refusals(runs)
        return LifeboatReply(timeline=timeline, now=self.dossiers.clock.now(), runs=runs)

    async def _push(self, proved: Proved) -> LifeboatRun:
        """Push after push, until one is refused: what follows it in the chain would be a gap."""
        device, epoch = proved.run.device, proved.run.end.epoch
        result = LifeboatRun(device, epoch, 0, 0, 0, len(proved.run.items), proved.code)
        for push in proved.pushes:
            try:
                reply = await self.dossiers.push(push, self.courier)
            except EnvelopeError as error:
                result.code = error.code
                break
            duplicate = sum(other.status == "duplicate" for other in reply.other)
            result.duplicate += duplicate
            result.quarantined += len(reply.other) - duplicate
            result.accepted += len(push.items) - len(reply.other)
            result.refused -= len(push.items)
        return result


def _tell_refusals(runs: list[LifeboatRun]) -> None:
    """A refusal of part of a file stands in the answer; of all of it, it is the answer."""
    refused = [run for run in runs if run.code]
    if refused and not any(run.accepted + run.duplicate + run.quarantined for run in runs):
        raise _problem(refused[0].code)
    for run in refused:
        run.title = _problem(run.code).title
        logger.info("refused %s in a lifeboat", run.code)


def _problem(code: str) -> Problem:
    status, title = _REFUSED.get(code, (422, _FORGED))
    return Problem(status, code, title)


async def _standing(connection: Connection, run: DeviceRun) -> Standing:
    c = t.device_epoch.c
    query = sa.select(c.n).where(c.device == run.device, c.epoch == run.end.epoch)
    n = await connection.scalar(query)
    known: Mapping[int, str] = {}
    if run.items and n is not None:
        first, last = run.items[0].n - 1, min(n, run.items[-1].n)
        known = await LogStore(connection).hashes(run.device, run.end.epoch, first, last)
    return Standing(await find_device(connection, run.device), n, known)


def _prove_all(boat: list[DeviceRun], standings: list[Standing], timeline: str) -> list[Proved]:
    return [_prove(run, at, timeline) for run, at in zip(boat, standings, strict=True)]


def _prove(run: DeviceRun, at: Standing, timeline: str) -> Proved:
    _check_whole(run, at.n or 0)
    if at.author is None or at.n is None:
        return Proved(run, [], "enrolment")
    hashes = {0: FIRST_PREV} | dict(at.known) | {own.n: own.hash for own in run.items}
    pushes: list[Run] = []
    for items in _stretches(run.items):
        prev = hashes.get(items[0].n - 1)
        if prev is None:
            return Proved(run, pushes, "gap")
        pushes.append(_push_of(run, items, prev, timeline))
        _check_signed(pushes[-1], at.author)
    return Proved(run, pushes, "")


def _check_signed(push: Run, author: Device) -> None:
    try:
        open_run(push, VerifyHead(author.public_key))
    except EnvelopeError as error:
        raise Problem(422, error.code, _FORGED) from error


def _push_of(run: DeviceRun, items: list[Own], prev: str, timeline: str) -> Run:
    """With this server's timeline: a restored server takes all that continues its chain (LB4)."""
    return Run(
        timeline=timeline,
        device=run.device,
        epoch=run.end.epoch,
        first_n=items[0].n,
        first_prev=prev,
        items=[own.body for own in items],
        last_hash=items[-1].hash,
        signature=items[-1].signature,
    )


def _check_whole(run: DeviceRun, n: int) -> None:
    """What neither the phone says the server has, nor the server has, must be in the file."""
    had = max(run.end.acked, n)
    if sum(own.n > had for own in run.items) != max(run.end.n - had, 0):
        raise damaged()


def _stretches(items: list[Own]) -> Iterator[list[Own]]:
    """Without holes and within SN1: every changeset is signed, so a run may end at any."""
    stretch: list[Own] = []
    room = MAX_RUN_BYTES
    for own in items:
        size = len(msgspec.json.encode(own.body))
        hole = stretch and own.n != stretch[-1].n + 1
        if hole or len(stretch) == MAX_ITEMS or (stretch and size > room):
            yield stretch
            stretch, room = [], MAX_RUN_BYTES
        stretch.append(own)
        room -= size
    if stretch:
        yield stretch
