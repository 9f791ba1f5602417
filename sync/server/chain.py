"""The chain of a device: links and what is signed over them (CS9, CS10, SN3, LG9)."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

FIRST_PREV: Final = "0" * 64


def body_hash(body: str) -> str:
    """SHA-256 of the body's exact UTF-8 bytes, lower-case hex."""
    return sha256(body.encode("utf-8")).hexdigest()


def link(changeset_id: str, prev: str, body_sha256: str) -> str:
    """CS9."""
    text = f"anxun/link/1\n{changeset_id}\n{prev}\n{body_sha256}"
    return sha256(text.encode("ascii")).hexdigest()


def links(
    device: str, epoch: int, first_n: int, first_prev: str, bodies: Iterable[str]
) -> list[str]:
    """The hash of every item of a run, in order (SN3)."""
    hashes = []
    prev = first_prev
    for n, body in enumerate(bodies, first_n):
        prev = link(f"{device}.{epoch}.{n}", prev, body_hash(body))
        hashes.append(prev)
    return hashes


def head_text(changeset_id: str, head_hash: str) -> str:
    """What a device signs when it authors (CS10)."""
    return f"anxun/head/1\n{changeset_id}\n{head_hash}"


def signed_text(what: str, *fields: str | int) -> str:
    """Every other signed text: a line for the purpose, then a line a field."""
    return f"anxun/{what}/1\n" + "".join(f"{field}\n" for field in fields)
