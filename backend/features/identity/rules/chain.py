"""The audit as a chain of hashes, and where it is broken. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what to whom, when (UTC ms)."""

    n: int
    at: int
    actor: str
    act: str
    subject: str
    detail: str
    hash: str


def link(prev: str, entry: Entry) -> str:
    """The hash of an entry over the one before it."""
    e = entry
    text = f"anxun/audit/1\n{prev}\n{e.n}\n{e.at}\n{e.actor}\n{e.act}\n{e.subject}\n{e.detail}\n"
    return sha256(text.encode("utf-8")).hexdigest()


def broken_at(prev: Entry | None, entries: Iterable[Entry]) -> int:
    """The first number that does not follow from the one before; 0: all do."""
    n, last = (prev.n, prev.hash) if prev else (0, "")
    for entry in entries:
        if entry.n != n + 1 or entry.hash != link(last, entry):
            return entry.n
        n, last = entry.n, entry.hash
    return 0
