"""Uploads on their way (tus), and the blobs they became. The offset moves by compare-and-set."""

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from backend.core.database import Ascii, Connection, Instant, insert_if_absent, metadata
from backend.core.dossiers.store import compact
from backend.core.dossiers.tables import outbox

upload = sa.Table(
    "upload",
    metadata,
    sa.Column("id", Ascii, primary_key=True),
    sa.Column("officer", Ascii, nullable=False),
    sa.Column("dossier", Ascii, nullable=False),
    sa.Column("evidence", Ascii, nullable=False, index=True),
    sa.Column("sha256", Ascii, nullable=False),
    sa.Column("type", Ascii, nullable=False),
    sa.Column("metadata", sa.Text, nullable=False),
    sa.Column("length", sa.BigInteger, nullable=False),
    sa.Column("offset", sa.BigInteger, nullable=False),
    sa.Column("parts", sa.Text, nullable=False),
    sa.Column("state", Ascii, nullable=False),
    sa.Column("mismatches", sa.Integer, nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("expires", Instant, nullable=False, index=True),
    sa.Column("received", Instant),
)
"""State: receiving, checking (all bytes are here), stored. Stored ones stay: they prove receipt."""

blob = sa.Table(
    "blob",
    metadata,
    sa.Column("sha256", Ascii, primary_key=True),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column("type", Ascii, nullable=False),
    sa.Column("stored", Instant, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Upload:
    """One row of `upload`; instants are UTC ms."""

    id: str
    officer: str
    dossier: str
    evidence: str
    sha256: str
    type: str
    metadata: str
    length: int
    offset: int
    parts: tuple[str, ...]
    state: str
    mismatches: int
    created: int
    expires: int
    received: int | None


@dataclass(frozen=True, slots=True)
class Blob:
    """A whole file the server keeps."""

    sha256: str
    bytes: int
    type: str
    stored: int


async def add_upload(connection: Connection, new: Upload) -> None:
    """An upload that begins."""
    await connection.execute(upload.insert().values(_row(new)))


async def find_upload(connection: Connection, name: str) -> Upload | None:
    """By id."""
    found = await _uploads(connection, upload.c.id == name)
    return found[0] if found else None


async def uploads_of(connection: Connection, evidence: str) -> list[Upload]:
    """Every upload for an evidence record, the stored ones first, then the furthest."""
    found = await _uploads(connection, upload.c.evidence == evidence)
    return sorted(found, key=lambda each: (each.state != "stored", -each.offset, each.id))


async def expired(connection: Connection, now: int, limit: int) -> list[Upload]:
    """Unfinished ones whose time is over."""
    return await _uploads(
        connection, upload.c.expires < now, upload.c.state == "receiving", limit=limit
    )


async def advance(
    connection: Connection, seen: Upload, part: str, size: int, expires: int
) -> Upload | None:
    """Take a staged part at the offset that was seen; None when another worker was faster."""
    offset = seen.offset + size
    state = "checking" if offset == seen.length else "receiving"
    result = await connection.execute(
        upload.update()
        .where(
            upload.c.id == seen.id,
            upload.c.offset == seen.offset,
            upload.c.state == "receiving",
            upload.c.mismatches == seen.mismatches,
        )
        .values(offset=offset, parts=compact([*seen.parts, part]), expires=expires, state=state)
    )
    return await find_upload(connection, seen.id) if result.rowcount == 1 else None


async def restart(connection: Connection, seen: Upload) -> bool:
    """Back to the first byte: what came was not what had been announced."""
    return await _leave_checking(
        connection,
        seen,
        {"state": "receiving", "offset": 0, "parts": "[]", "mismatches": seen.mismatches + 1},
    )


async def mark_stored(connection: Connection, seen: Upload, now: int) -> bool:
    """The whole file is kept; answers whether this call was the one to say so."""
    return await _leave_checking(
        connection, seen, {"state": "stored", "parts": "[]", "received": now}
    )


async def _leave_checking(connection: Connection, seen: Upload, values: dict[str, Any]) -> bool:
    result = await connection.execute(
        upload.update()
        .where(
            upload.c.id == seen.id,
            upload.c.state == "checking",
            upload.c.mismatches == seen.mismatches,
        )
        .values(values)
    )
    return result.rowcount == 1


async def drop_upload(connection: Connection, seen: Upload) -> bool:
    """Forget an unfinished upload, unless it has moved on since it was seen."""
    result = await connection.execute(
        upload.delete().where(
            upload.c.id == seen.id,
            upload.c.state == "receiving",
            upload.c.offset == seen.offset,
            upload.c.expires == seen.expires,
        )
    )
    return result.rowcount == 1


async def keep_blob(connection: Connection, kept: Blob) -> None:
    """Once by hash."""
    await connection.execute(
        insert_if_absent(blob, connection.dialect.name),
        {"sha256": kept.sha256, "bytes": kept.bytes, "type": kept.type, "stored": kept.stored},
    )


async def find_blob(connection: Connection, sha256: str) -> Blob | None:
    """By hash."""
    row = (await connection.execute(sa.select(blob).where(blob.c.sha256 == sha256))).first()
    return Blob(*row) if row else None


async def post_job(
    connection: Connection, topic: str, key: str, payload: dict[str, Any], due: int
) -> None:
    """Leave work for the worker in this transaction; the same (topic, key) is left once."""
    await connection.execute(
        insert_if_absent(outbox, connection.dialect.name),
        {"topic": topic, "key": key, "payload": compact(payload), "due": due},
    )


async def _uploads(connection: Connection, *where: Any, limit: int | None = None) -> list[Upload]:
    query = sa.select(upload).where(*where).order_by(upload.c.id).limit(limit)
    return [
        Upload(**{**row._mapping, "parts": tuple(json.loads(row.parts))})
        for row in await connection.execute(query)
    ]


def _row(each: Upload) -> dict[str, Any]:
    values = {name: getattr(each, name) for name in Upload.__slots__}
    return {**values, "parts": compact(each.parts)}


async def counts(connection: Connection) -> dict[str, int]:
    """How many uploads stand in which state."""
    query = sa.select(upload.c.state, sa.func.count()).group_by(upload.c.state)
    return {row.state: row[1] for row in await connection.execute(query)}


async def kept_bytes(connection: Connection) -> int:
    """How much is kept."""
    return int(await connection.scalar(sa.select(sa.func.sum(blob.c.bytes))) or 0)
