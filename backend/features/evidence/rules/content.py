"""Which files count as evidence, and whether bytes are what their type says (architecture.md 10)."""

import json
from dataclasses import dataclass

_EBML = b"\x1a\x45\xdf\xa3"


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: what a download is called, and the bytes at `offset` that give it away."""

    suffix: str
    magic: bytes
    offset: int = 0


FORMATS: dict[str, Format] = {
    "image/jpeg": Format("jpg", b"\xff\xd8\xff"),
    "image/png": Format("png", b"\x89PNG\r\n\x1a\n"),
    "image/webp": Format("webp", b"WEBP", 8),
    "video/webm": Format("webm", _EBML),
    "audio/webm": Format("webm", _EBML),
    "video/mp4": Format("mp4", b"ftyp", 4),
    "audio/mp4": Format("m4a", b"ftyp", 4),
    "audio/ogg": Format("ogg", b"OggS"),
    "application/pdf": Format("pdf", b"%PDF-"),
}
"""By media type. What is not here is not taken."""


def media_type(text: str) -> str:
    """The bare type: a recorder adds its codecs behind a semicolon."""
    return text.partition(";")[0].strip().lower()


def is_of_type(kind: str, head: bytes) -> bool:
    """Whether a file that begins with `head` (32 bytes, or all of it) is of the media type."""
    known = FORMATS.get(kind)
    return known is not None and head[known.offset :].startswith(known.magic)


def formats_json() -> str:
    """The table as the phone reads it, magic in hex: it seals nothing that would be refused here."""
    table = {
        kind: {"magic": known.magic.hex(), "offset": known.offset}
        for kind, known in sorted(FORMATS.items())
    }
    return json.dumps(table, indent=1) + "\n"
