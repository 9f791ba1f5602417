"""Doors of public pages, passes, photos on their way, and the registers of complaints."""

from dataclasses import asdict, dataclass
from typing import Any, cast

import sqlalchemy as sa

from backend.core.database import (
    Ascii,
    Connection,
    Instant,
    for_update,
    insert_for,
    metadata,
    upsert,
)
from backend.core.dossiers.ports import Sight
from backend.core.dossiers.sight import names_within
from backend.features.disclosure.rules import ComplaintState

door = sa.Table(
    "visit_door",
    metadata,
    sa.Column("token_sha256", Ascii, primary_key=True),
    sa.Column("dossier", Ascii, nullable=False, index=True),
    sa.Column("until", Instant, nullable=False),
)

open_pass = sa.Table(
    "open_pass",
    metadata,
    sa.Column("token_sha256", Ascii, primary_key=True),
    sa.Column("dossier", Ascii, nullable=False),
    sa.Column("until", Instant, nullable=False, index=True),
)
"""Who typed the enterprise's code; the token lies in a cookie of that browser only."""

draft_photo = sa.Table(
    "draft_photo",
    metadata,
    sa.Column("id", Ascii, primary_key=True),
    sa.Column("pass_sha256", Ascii, nullable=False, index=True),
    sa.Column("item", Ascii, nullable=False),
    sa.Column("sha256", Ascii, nullable=False),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column("received", Instant, nullable=False),
)
"""Photos already here for a feedback that is not sent yet: what was sent once is not sent again."""

complaint = sa.Table(
    "complaint",
    metadata,
    sa.Column("dossier", Ascii, primary_key=True),
    sa.Column("bureau", Ascii, nullable=False, index=True),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("query_sha256", Ascii, nullable=False, unique=True),
    sa.Column("inspection", Ascii, nullable=False, index=True),
    sa.Column("state", Ascii, nullable=False),
    sa.Column("received", Instant, nullable=False),
    sa.Column("reply_by", Ascii, nullable=False),
)

complaint_counter = sa.Table(
    "complaint_counter",
    metadata,
    sa.Column("bureau", Ascii, primary_key=True),
    sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("last", sa.Integer, nullable=False),
)

evaluation = sa.Table(
    "evaluation",
    metadata,
    sa.Column("dossier", Ascii, primary_key=True),
    sa.Column("bureau", Ascii, nullable=False, index=True),
    sa.Column("inspection", Ascii, nullable=False, index=True),
    sa.Column("at", Instant, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Registered:
    """A complaint in the register; `reply_by` is a day, empty where no rule gives one."""

    dossier: str
    bureau: str
    number: str
    query_sha256: str
    inspection: str
    state: ComplaintState
    received: int
    reply_by: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that waits for its feedback."""

    id: str
    pass_sha256: str
    item: str
    sha256: str
    bytes: int
    received: int


async def keep_door(connection: Connection, token_sha256: str, dossier: str, until: int) -> None:
    """A token of a visit."""
    await connection.execute(
        upsert(door, connection.dialect.name, "until"),
        {"token_sha256": token_sha256, "dossier": dossier, "until": until},
    )


async def find_door(connection: Connection, token_sha256: str) -> tuple[str, int] | None:
    """The dossier behind a token, and until when."""
    query = sa.select(door.c.dossier, door.c.until).where(door.c.token_sha256 == token_sha256)
    row = (await connection.execute(query)).first()
    return (row.dossier, row.until) if row else None


async def keep_pass(connection: Connection, token_sha256: str, dossier: str, until: int) -> None:
    """A browser that gave the code."""
    await connection.execute(
        open_pass.insert().values(token_sha256=token_sha256, dossier=dossier, until=until)
    )


async def find_pass(connection: Connection, token_sha256: str, now: int) -> str | None:
    """The dossier a pass opens now."""
    c = open_pass.c
    query = sa.select(c.dossier).where(c.token_sha256 == token_sha256, c.until > now)
    return cast("str | None", await connection.scalar(query))


async def drop_passes(connection: Connection, now: int) -> None:
    """Passes that are over, and the photos nobody sent a feedback for."""
    over = sa.select(open_pass.c.token_sha256).where(open_pass.c.until <= now)
    await connection.execute(draft_photo.delete().where(draft_photo.c.pass_sha256.in_(over)))
    await connection.execute(open_pass.delete().where(open_pass.c.until <= now))


async def add_photo(connection: Connection, new: Photo) -> None:
    """A photo that has come."""
    await connection.execute(draft_photo.insert().values(asdict(new)))


async def photos_of(connection: Connection, pass_sha256: str, item: str) -> list[Photo]:
    """Those that wait, in the order they came; locked until the transaction ends."""
    c = draft_photo.c
    query = (
        sa.select(draft_photo)
        .where(c.pass_sha256 == pass_sha256, c.item == item)
        .order_by(c.received, c.id)
    )
    rows = await connection.execute(for_update(query, connection.dialect.name))
    return [Photo(**row._mapping) for row in rows]


async def drop_photos(connection: Connection, pass_sha256: str, item: str) -> None:
    """They have become evidence, or were taken back."""
    c = draft_photo.c
    await connection.execute(
        draft_photo.delete().where(c.pass_sha256 == pass_sha256, c.item == item)
    )


async def next_complaint(connection: Connection, bureau: str, year: int) -> int:
    """The next number of the year."""
    c = complaint_counter.c
    statement = insert_for(complaint_counter, connection.dialect.name).values(
        bureau=bureau, year=year, last=1
    )
    statement = statement.on_conflict_do_update(
        index_elements=[c.bureau, c.year], set_={"last": c.last + 1}
    ).returning(c.last)
    return int((await connection.execute(statement)).scalar_one())


async def register_complaint(connection: Connection, new: Registered) -> None:
    """Enter it."""
    await connection.execute(complaint.insert().values(asdict(new)))


async def complaints(connection: Connection, sight: Sight, limit: int = 500) -> list[Registered]:
    """Those in sight, the oldest first. Of more than `limit` closed ones are left out before others."""
    c = complaint.c
    query = (
        sa.select(complaint)
        .where(c.bureau == sight.bureau, c.dossier.in_(names_within(sight)))
        .order_by(c.state == "closed", c.received.desc(), c.dossier)
        .limit(limit)
    )
    found = [Registered(**row._mapping) for row in await connection.execute(query)]
    return sorted(found, key=lambda each: each.received)


async def find_complaint(connection: Connection, query_sha256: str) -> Registered | None:
    """The one asked for by its number and code."""
    query = sa.select(complaint).where(complaint.c.query_sha256 == query_sha256)
    row = (await connection.execute(query)).first()
    return Registered(**row._mapping) if row else None


async def hold_complaint(connection: Connection, dossier: str) -> Registered | None:
    """One complaint, locked until the transaction ends."""
    query = sa.select(complaint).where(complaint.c.dossier == dossier)
    row = (await connection.execute(for_update(query, connection.dialect.name))).first()
    return Registered(**row._mapping) if row else None


async def move_complaint(connection: Connection, dossier: str, state: ComplaintState) -> None:
    """Where its handling stands."""
    await connection.execute(
        complaint.update().where(complaint.c.dossier == dossier).values(state=state)
    )


async def register_evaluation(connection: Connection, values: dict[str, Any]) -> None:
    """Enter it."""
    await connection.execute(evaluation.insert().values(values))


async def evaluations(connection: Connection, sight: Sight) -> list[str]:
    """Dossiers of evaluations in sight, the newest first."""
    c = evaluation.c
    seen = (c.bureau == sight.bureau, c.dossier.in_(names_within(sight)))
    query = sa.select(c.dossier).where(*seen).order_by(c.at.desc()).limit(200)
    return list((await connection.execute(query)).scalars())


async def about_inspection(connection: Connection, inspection: str) -> list[str]:
    """Complaints and evaluations that speak of a visit."""
    found = [
        sa.select(each.c.dossier).where(each.c.inspection == inspection)
        for each in (complaint, evaluation)
    ]
    return list((await connection.execute(sa.union_all(*found))).scalars())
