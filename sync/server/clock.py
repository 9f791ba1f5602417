"""Times and ids: how changesets are named and ordered (CK1–CK5, CS4, CS5)."""

import re
from functools import lru_cache
from typing import NamedTuple

MAX_SKEW_MS = 120_000
MAX_INTEGER = 2**53 - 1

_TIME = re.compile(r"[0-9]{13}-[0-9a-f]{4}")
_ID = re.compile(r"([a-z0-9]{12,16})\.([1-9][0-9]{0,15})\.([1-9][0-9]{0,15})")
_RECORD = re.compile(r"(([a-z0-9]{12,16})\.[1-9][0-9]{0,15}\.[1-9][0-9]{0,15})\.[0-9a-f]{8}")
_REFERENCE = re.compile(r"ref(\.[a-z0-9_-]{1,64}){2,3}")


class ChangesetId(NamedTuple):
    """`<device>.<epoch>.<n>` (CS4); as a tuple it compares as CK5 asks after the time."""

    device: str
    epoch: int
    n: int

    def __str__(self) -> str:
        return f"{self.device}.{self.epoch}.{self.n}"


def parse_id(text: str) -> ChangesetId | None:
    """Read an id; None when it is malformed or a number passes 2^53−1."""
    found = _ID.fullmatch(text)
    if not found:
        return None
    parsed = ChangesetId(found[1], int(found[2]), int(found[3]))
    return parsed if max(parsed.epoch, parsed.n) <= MAX_INTEGER else None


def is_time(text: str) -> bool:
    """CK1."""
    return _TIME.fullmatch(text) is not None


def effective_time(time: str, received_ms: int) -> str:
    """CK3: the author's time, but never more than two minutes ahead of its receipt."""
    return min(time, f"{received_ms + MAX_SKEW_MS:013d}-ffff")


def tick(last: str | None, wall_ms: int) -> str:
    """CK2: the next time after `last` at wall clock `wall_ms` (UTC ms)."""
    if last is None:
        return f"{wall_ms:013d}-0000"
    ms, counter = int(last[:13]), int(last[14:], 16)
    if wall_ms > ms:
        return f"{wall_ms:013d}-0000"
    if counter == 0xFFFF:
        return f"{ms + 1:013d}-0000"
    return f"{ms:013d}-{counter + 1:04x}"


@lru_cache(maxsize=4096)  # a push asks for each of its names several times
def record_device(record: str) -> str | None:
    """The device a record is named after (CS5); None for a malformed name."""
    found = _RECORD.fullmatch(record)
    return found[2] if found and parse_id(found[1]) else None


def is_reference(dossier: str) -> bool:
    """Whether the name is one of the server's registers (CS5)."""
    return _REFERENCE.fullmatch(dossier) is not None
