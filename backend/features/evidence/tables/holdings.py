"""Evidence records as the log accepted them, their receipts, and the ledger of who looked."""

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from backend.core.database import Ascii, Connection, Instant, insert_if_absent, metadata
from backend.core.dossiers.tables import record_state
from backend.features.evidence.rules.custody import Act, read_act

evidence = sa.Table(
    "evidence",
    metadata,
    sa.Column("dossier", Ascii, primary_key=True),
    sa.Column("record", Ascii, primary_key=True, index=True),
    sa.Column("kind", Ascii, nullable=False),
    sa.Column("type", Ascii, nullable=False),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column("sha256", Ascii, nullable=False),
    sa.Column("receipt", Ascii, nullable=False),
)
"""`receipt` is the record of the server's receipt; empty while the file is missing."""

custody_view = sa.Table(
    "custody_view",
    metadata,
    sa.Column("dossier", Ascii, primary_key=True),
    sa.Column("n", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("evidence", Ascii, nullable=False),
    sa.Column("session", Ascii, nullable=False),
    sa.Column("act", Ascii, nullable=False),
    sa.Column("hour", sa.BigInteger, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.UniqueConstraint("evidence", "dossier", "session", "act", "hour"),
)
"""The server's own custody run of each dossier: one number a look, one look an hour and session."""


@dataclass(frozen=True, slots=True)
class Holding:
    """An evidence record and whether its file has come."""

    dossier: str
    record: str
    kind: str
    type: str
    bytes: int
    sha256: str
    receipt: str


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at evidence; `hour` counts hours since 1970 (UTC), `at` is UTC ms."""

    dossier: str
    evidence: str
    session: str
    act: str
    hour: int
    at: int


async def note_evidence(connection: Connection, held: Holding) -> None:
    """A record the log has accepted; its fields are sealed, so it is noted once."""
    values = {name: getattr(held, name) for name in Holding.__slots__}
    await connection.execute(insert_if_absent(evidence, connection.dialect.name), values)


async def find_holdings(connection: Connection, record: str) -> list[Holding]:
    """By record; more than one only where an author used a name in two dossiers."""
    query = sa.select(evidence).where(evidence.c.record == record).order_by(evidence.c.dossier)
    return [Holding(*row) for row in await connection.execute(query)]


async def find_holding(connection: Connection, dossier: str, record: str) -> Holding | None:
    """One evidence record of a dossier."""
    found = await find_holdings(connection, record)
    return next((each for each in found if each.dossier == dossier), None)


async def missing(connection: Connection, dossier: str) -> list[Holding]:
    """Evidence of the dossier whose file has not come."""
    query = (
        sa.select(evidence)
        .where(evidence.c.dossier == dossier, evidence.c.receipt == "")
        .order_by(evidence.c.record)
    )
    return [Holding(*row) for row in await connection.execute(query)]


async def note_receipt(connection: Connection, held: Holding, receipt: str) -> None:
    """The server has signed for the file."""
    await connection.execute(
        evidence.update()
        .where(evidence.c.dossier == held.dossier, evidence.c.record == held.record)
        .values(receipt=receipt)
    )


async def receipt_of(connection: Connection, held: Holding) -> dict[str, Any]:
    """The values of its receipt; empty while there is none."""
    c = record_state.c
    query = sa.select(c.fields).where(
        c.dossier == held.dossier, c.entity == "receipt", c.record == held.receipt
    )
    fields = await connection.scalar(query)
    return _sealed(json.loads(fields)) if fields else {}


async def has_looked(connection: Connection, look: Look) -> bool:
    """Whether the ledger has this session, act and hour already."""
    c = custody_view.c
    query = sa.select(c.n).where(
        c.evidence == look.evidence,
        c.dossier == look.dossier,
        c.session == look.session,
        c.act == look.act,
        c.hour == look.hour,
    )
    return (await connection.execute(query)).first() is not None


async def add_look(connection: Connection, look: Look) -> int:
    """Append to the server's run; answers the number. The dossier's row must be locked."""
    c = custody_view.c
    last = await connection.scalar(sa.select(sa.func.max(c.n)).where(c.dossier == look.dossier))
    n = int(last or 0) + 1
    values = {name: getattr(look, name) for name in Look.__slots__}
    await connection.execute(custody_view.insert().values(n=n, **values))
    return n


async def custody_acts(connection: Connection, dossier: str) -> list[Act]:
    """Every custody record of the dossier, as the log stands."""
    c = record_state.c
    query = sa.select(c.record, c.fields).where(c.dossier == dossier, c.entity == "custody")
    return [
        read_act(row.record, _sealed(json.loads(row.fields)))
        for row in await connection.execute(query)
    ]


def _sealed(fields: dict[str, Any]) -> dict[str, Any]:
    """Sealed registers have one head."""
    return {name: field["heads"][-1]["value"] for name, field in fields.items()}
