"""What enterprises sent and nobody has dealt with yet: the desk's 待办."""

from dataclasses import asdict, dataclass

import sqlalchemy as sa

from backend.core.database import Ascii, Connection, Instant, insert_if_absent, metadata
from backend.core.dossiers.ports import Sight
from backend.core.dossiers.sight import names_within

request = sa.Table(
    "enterprise_request",
    metadata,
    sa.Column("record", Ascii, primary_key=True),
    sa.Column("dossier", Ascii, nullable=False, index=True),
    sa.Column("order", Ascii, nullable=False),
    sa.Column("kind", Ascii, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("until", Ascii, nullable=False),
    sa.Column("done", Instant),
)
"""Kind: feedback until a recheck has looked at it, extension until the head has answered."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `until` is the day asked for, `at` UTC ms."""

    record: str
    dossier: str
    order: str
    kind: str
    at: int
    until: str


async def keep_request(connection: Connection, new: Request) -> None:
    """Its fields are sealed: kept once."""
    await connection.execute(insert_if_absent(request, connection.dialect.name), asdict(new))


async def settle(connection: Connection, record: str, at: int) -> None:
    """Dealt with."""
    await connection.execute(request.update().where(request.c.record == record).values(done=at))


async def settle_feedback(connection: Connection, dossier: str, order: str, at: int) -> None:
    """Every feedback on an order that came before."""
    c = request.c
    where = (c.dossier == dossier, c.order == order, c.kind == "feedback", c.done.is_(None))
    await connection.execute(request.update().where(*where).values(done=at))


async def waiting(connection: Connection, sight: Sight, limit: int = 200) -> list[Request]:
    """What waits in the dossiers in sight, the oldest first.

    Of more than `limit` feedback is left out before extensions, which must be answered in time (D11b),
    and what is older before what is newer.
    """
    c = request.c
    query = (
        sa.select(c.record, c.dossier, c.order, c.kind, c.at, c.until)
        .where(c.done.is_(None), c.dossier.in_(names_within(sight)))
        .order_by(c.kind != "extension", c.at.desc(), c.record)
        .limit(limit)
    )
    found = [Request(*row) for row in await connection.execute(query)]
    return sorted(found, key=lambda each: (each.at, each.record))
