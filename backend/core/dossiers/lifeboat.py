"""Reading a lifeboat (LB1–LB3): unsent work as one file that only the server's key opens.

The format is the phone's (pwa/src/store/lifeboat.ts). Everything here is CPU and changes nothing.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Annotated, Literal, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from backend.core.problems import Problem
from backend.core.signing import KeyPair, from_base64url
from sync.server.clock import MAX_INTEGER
from sync.server.wire import MAX_RUN_BYTES, Count, Epoch

LIFEBOAT_TYPE = "application/x-ndjson"
MAX_LIFEBOAT_BYTES = 33_554_432
MAX_ENROLMENTS = 64
"""Officers on one phone; each costs an opening by the private key."""

_INFO = b"anxun/lifeboat/1"
_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_KEY_BYTES = 32
_NONCE_BYTES = 12

Device = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9]{12,16}\Z")]
Number = Annotated[int, msgspec.Meta(ge=1, le=MAX_INTEGER)]
# Longer than any push could carry: not the work of a phone of ours.
Body = Annotated[str, msgspec.Meta(max_length=MAX_RUN_BYTES)]


class ChainEnd(msgspec.Struct):
    """How far a device run goes on the phone, and how far it was acknowledged."""

    epoch: Epoch
    n: Count
    hash: str
    acked: Count


class HeadLine(msgspec.Struct):
    """Begins an enrolment."""

    lifeboat: Literal["anxun/lifeboat/1"]
    device: Device
    runs: list[ChainEnd]


class KeyLine(msgspec.Struct):
    """A data key, wrapped to the server."""

    key: str
    device: Device
    server_key: str
    enc: str
    sealed: str


class OwnLine(msgspec.Struct):
    """A changeset, sealed under the key `own`."""

    device: Device
    epoch: Epoch
    n: Number
    sealed: str


class Own(msgspec.Struct):
    """What an own line holds: the author's exact body, its link, the signature of it."""

    epoch: int
    n: int
    body: Body
    hash: str
    signature: str


@dataclass(frozen=True, slots=True)
class DeviceRun:
    """What a file holds of one device and epoch, in order of n; `end` is what the phone says."""

    device: str
    end: ChainEnd
    items: list[Own]


@dataclass(slots=True)
class Enrolment:
    """The lines of one enrolment."""

    head: HeadLine
    keys: dict[str, KeyLine] = field(default_factory=dict)
    own: list[OwnLine] = field(default_factory=list)


def unreadable() -> Problem:
    """Not of our making."""
    return Problem(
        400,
        "malformed",
        "这个文件不是救生包，或者传坏了，什么也没有接收。手机里的内容都在，请重新拷贝或重新导出。",
    )


def damaged() -> Problem:
    """Of our making, and no longer whole."""
    return Problem(
        422,
        "damaged",
        "救生包缺了一段或被改动过，什么也没有接收。手机里的内容都在，请重新导出，原文件也请保留。",
    )


def too_large() -> Problem:
    """Past LB1's limits."""
    return Problem(
        413, "too_large", "救生包太大，没有接收，手机里的内容都在。请保留文件，联系管理员。"
    )


def open_lifeboat(raw: bytes, key: KeyPair) -> list[DeviceRun]:
    """Every device run of the file that has work in it, or should have.

    Raises:
        Problem: 400 malformed, 413 too_large, 422 damaged, server_key.
    """
    enrolments = _enrolments(raw)
    if len(enrolments) > MAX_ENROLMENTS:
        raise too_large()
    return [run for enrolment in enrolments for run in _runs(enrolment, key)]


def _enrolments(raw: bytes) -> list[Enrolment]:
    known: dict[str, Enrolment] = {}
    for text in raw.splitlines():
        line = _line(text)
        if isinstance(line, HeadLine):
            if line.device in known:
                raise unreadable()
            known[line.device] = Enrolment(line)
        elif line.device not in known:
            raise unreadable()
        elif isinstance(line, KeyLine):
            known[line.device].keys[line.key] = line
        else:
            known[line.device].own.append(line)
    if not known:
        raise unreadable()
    return list(known.values())


def _line(text: bytes) -> HeadLine | KeyLine | OwnLine:
    members = _decoded(text, dict[str, msgspec.Raw], unreadable())
    if "lifeboat" in members:
        return _decoded(text, HeadLine, unreadable())
    if "key" in members:
        return _decoded(text, KeyLine, unreadable())
    return _decoded(text, OwnLine, unreadable())


T = TypeVar("T")


def _decoded(text: bytes, kind: type[T], otherwise: Problem) -> T:
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise otherwise from error


def _runs(enrolment: Enrolment, key: KeyPair) -> list[DeviceRun]:
    head = enrolment.head
    runs = {end.epoch: DeviceRun(head.device, end, []) for end in head.runs}
    if len(runs) < len(head.runs):
        raise unreadable()
    for own in _unsealed(enrolment, key):
        if own.epoch not in runs:
            raise damaged()
        runs[own.epoch].items.append(own)
    for run in runs.values():
        _check(run)
    return [run for run in runs.values() if run.items or run.end.acked < run.end.n]


def _check(run: DeviceRun) -> None:
    """No n twice, none past the end; the last link is the one the phone names."""
    run.items.sort(key=lambda own: own.n)
    if any(one.n == next_one.n for one, next_one in pairwise(run.items)):
        raise damaged()
    last = run.items[-1] if run.items else None
    if last and (last.n > run.end.n or (last.n == run.end.n and last.hash != run.end.hash)):
        raise damaged()


def _unsealed(enrolment: Enrolment, key: KeyPair) -> list[Own]:
    """Keys of recordings stay closed: the recordings are not in the file (LB7)."""
    if not enrolment.own:
        return []
    if "own" not in enrolment.keys:
        raise damaged()
    cipher = AESGCM(_data_key(enrolment.keys["own"], key))
    return [_own(line, cipher) for line in enrolment.own]


def _data_key(line: KeyLine, key: KeyPair) -> bytes:
    if line.server_key != key.id:
        raise Problem(
            422,
            "server_key",
            "这个救生包是封给另一台服务器的，这里打不开，什么也没有接收。请交给手机登记的单位。",
        )
    try:
        sealed = from_base64url(line.enc) + from_base64url(line.sealed)
        plain = _SUITE.decrypt(sealed, key.private, _INFO)
    except (ValueError, InvalidTag) as error:
        raise damaged() from error
    if plain[_KEY_BYTES:] != f"key/{line.device}/{line.key}".encode():
        raise damaged()
    return plain[:_KEY_BYTES]


def _own(line: OwnLine, cipher: AESGCM) -> Own:
    place = f"anxun/own/{line.device}/{line.epoch}/{line.n}"
    try:
        sealed = from_base64url(line.sealed)
        plain = cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place.encode())
    except (ValueError, InvalidTag) as error:
        raise damaged() from error
    own = _decoded(plain, Own, damaged())
    if (own.epoch, own.n) != (line.epoch, line.n):
        raise damaged()
    return own
