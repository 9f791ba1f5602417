"""Reading what clients put into headers: tus 1.0 metadata and checksums, HTTP ranges (RFC 9110)."""

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from sync.server.clock import is_reference, record_device

_SHA256 = re.compile(r"[0-9a-f]{64}")
_RANGE = re.compile(r"bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))")


@dataclass(frozen=True, slots=True)
class Announced:
    """What an upload says it will bring: the SHA-256 of the whole file, and whose record it is."""

    dossier: str
    evidence: str
    sha256: str
    type: str


def read_metadata(header: str) -> Announced | None:
    """tus `Upload-Metadata` with dossier, evidence, sha256 and type; None when it does not do."""
    try:
        found = {name: _decoded(value) for name, value in map(_pair, header.split(","))}
        announced = Announced(*(found[name] for name in Announced.__slots__))
    except (KeyError, ValueError):
        return None
    named = record_device(announced.evidence) and (
        record_device(announced.dossier) or is_reference(announced.dossier)
    )
    return announced if named and _SHA256.fullmatch(announced.sha256) else None


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.strip().partition(" ")
    return name, value


def _decoded(value: str) -> str:
    return base64.b64decode(value, validate=True).decode("utf-8")


def read_checksum(header: str) -> bytes | None:
    """The digest of `Upload-Checksum: sha256 <base64>`; None for anything else."""
    algorithm, _, digest = header.partition(" ")
    try:
        raw = base64.b64decode(digest, validate=True)
    except binascii.Error:
        return None
    return raw if algorithm == "sha256" and len(raw) == sha256().digest_size else None


def read_range(header: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; None when the header asks for no one stretch.

    Raises:
        IndexError: the stretch begins behind the end (416).
    """
    found = _RANGE.fullmatch(header)
    if found is None:
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        start, end = max(0, size - int(suffix)), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return None
    if start >= size:
        raise IndexError("range not satisfiable")
    return start, end
