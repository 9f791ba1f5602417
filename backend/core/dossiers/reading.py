"""Pull, snapshot and check (SN10, LG3, LG7, LG8). Rights are asked by the caller of each dossier."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from backend.core.database import Connection
from backend.core.dossiers import tables as t
from sync.server.merge import digest, digest_lines
from sync.server.wire import Check, CheckReply, Page, Receipt, Row

_MAX_LIMIT = 1000


async def pull_pages(connection: Connection, cursors: Mapping[str, int], limit: int) -> list[Page]:
    """Rows above each cursor, at most `limit` in all; dossiers without news give no page."""
    left = max(1, min(limit, _MAX_LIMIT))
    pages: list[Page] = []
    for dossier, cursor in sorted(cursors.items()):
        if left <= 0:
            pages.append(Page(dossier=dossier, rows=[], more=True))
            continue
        rows = await _rows_above(connection, dossier, cursor, left + 1)
        if rows:
            pages.append(Page(dossier=dossier, rows=rows[:left], more=len(rows) > left))
            left -= len(rows[:left])
    return pages


async def _rows_above(connection: Connection, dossier: str, cursor: int, limit: int) -> list[Row]:
    c = t.changeset.c
    query = (
        sa.select(c.seq, c.body, c.received, c.courier, c.clamped, c.heads_after)
        .where(c.dossier == dossier, c.seq > cursor)
        .order_by(c.seq)
        .limit(limit)
    )
    return [_row(row) for row in await connection.execute(query)]


def _row(row: Any) -> Row:
    return Row(
        seq=row.seq,
        body=row.body,
        received=row.received,
        courier=row.courier,
        heads_after=json.loads(row.heads_after) if row.heads_after else {},
        effective=row.clamped,
    )


async def snapshot_lines(
    connection: Connection, dossier: str, after: str, limit: int
) -> AsyncIterator[tuple[str, bytes]]:
    """Records after a key `entity/record`, in key order: (key, one NDJSON line) each."""
    c = t.record_state.c
    entity, _, record = after.partition("/")
    query = (
        sa.select(c.entity, c.record, c.seq, c.fields)
        .where(
            c.dossier == dossier,
            sa.or_(c.entity > entity, sa.and_(c.entity == entity, c.record > record)),
        )
        .order_by(c.entity, c.record)
        .limit(max(1, min(limit, _MAX_LIMIT)))
    )
    for row in await connection.execute(query):
        line = {
            "entity": row.entity,
            "record": row.record,
            "seq": row.seq,
            "fields": msgspec.Raw(row.fields.encode("utf-8")),
        }
        yield f"{row.entity}/{row.record}", msgspec.json.encode(line) + b"\n"


async def check_dossier(connection: Connection, check: Check) -> CheckReply:
    """Whether the phone's heads are the server's; where `seq` differs it must pull first."""
    seq = await connection.scalar(
        sa.select(t.dossier.c.seq).where(t.dossier.c.name == check.dossier)
    )
    if seq != check.seq:
        return CheckReply(ok=True, seq=seq or 0)
    count, found = await dossier_digest(connection, check.dossier)
    return CheckReply(ok=(count, found) == (check.count, check.digest), seq=seq)


async def dossier_digest(connection: Connection, dossier: str) -> tuple[int, str]:
    """LG8 over the whole dossier."""
    c = t.record_state.c
    query = sa.select(c.entity, c.record, c.fields).where(c.dossier == dossier)
    lines: list[str] = []
    for row in await connection.execute(query):
        lines += digest_lines(row.entity, row.record, json.loads(row.fields))
    return digest(lines)


async def receipts_of(connection: Connection, device: str) -> list[Receipt]:
    """What became of the enrolment's quarantined items (SN10)."""
    c = t.quarantine.c
    query = (
        sa.select(c.epoch, c.n, c.state, c.reason)
        .where(c.device == device)
        .order_by(c.epoch, c.n)
        .limit(_MAX_LIMIT)
    )
    return [
        Receipt(epoch=row.epoch, n=row.n, status=row.state, reason=row.reason)
        for row in await connection.execute(query)
    ]


async def seqs(connection: Connection, names: Sequence[str]) -> dict[str, int]:
    """Where dossiers stand."""
    query = sa.select(t.dossier.c.name, t.dossier.c.seq).where(t.dossier.c.name.in_(names))
    return {row.name: row.seq for row in await connection.execute(query)}
