"""Bodies of requests: one type, a cap, gunzipped with the same cap, decoded strictly."""

import asyncio
import re
import zlib
from typing import Any, TypeVar

import msgspec
from litestar import Request

from backend.core.problems import Problem

T = TypeVar("T")
JSON = "application/json"
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""The escape of U+0000, which PostgreSQL cannot keep as text."""


def too_large() -> Problem:
    """More than this address takes."""
    return Problem(413, "too_large")


async def read_body(request: Request[Any, Any, Any], kind: type[T], cap: int) -> T:
    """A JSON body. U+0000 has no place in any text of ours; only a changeset may hold it, to be
    kept as it came (`decode` alone).

    Raises:
        Problem: 415 content type, 413 too large, 400 malformed.
    """
    raw = await read_bytes(request, JSON, cap, too_large())
    if _NUL.search(raw):
        raise Problem(400, "malformed")
    return decode(raw, kind)


def decode(raw: bytes, kind: type[T]) -> T:
    """JSON, strictly.

    Raises:
        Problem: 400 malformed.
    """
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Problem(400, "malformed") from error


async def read_bytes(
    request: Request[Any, Any, Any], content_type: str, cap: int, too_large: Problem
) -> bytes:
    """A body of one type, gunzipped with a cap.

    Raises:
        Problem: 415 content type, 400 malformed, or `too_large`.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip() != content_type:
        raise Problem(415, "content_type")
    raw = await _capped(request, cap, too_large)
    if request.headers.get("content-encoding") == "gzip":
        raw = await asyncio.to_thread(_gunzip, raw, cap, too_large)
    return raw


async def _capped(request: Request[Any, Any, Any], cap: int, too_large: Problem) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > cap:
            raise too_large
        parts.append(part)
    return b"".join(parts)


def _gunzip(raw: bytes, cap: int, too_large: Problem) -> bytes:
    unzip = zlib.decompressobj(wbits=31)
    try:
        plain = unzip.decompress(raw, cap + 1)
    except zlib.error as error:
        raise Problem(400, "malformed") from error
    if len(plain) > cap or unzip.unconsumed_tail:
        raise too_large
    if not unzip.eof:
        raise Problem(400, "malformed")
    return plain
