"""Number leases, numbers given, and what has been issued."""

from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from backend.core.database import Ascii, Connection, Instant, insert_for, metadata, upsert
from backend.core.dossiers.ports import Sight
from backend.core.dossiers.sight import names_within
from sync.server.wire import Lease

Checked = Literal["waiting", "same", "differs", "other_version"]

number_counter = sa.Table(
    "number_counter",
    metadata,
    sa.Column("bureau", Ascii, primary_key=True),
    sa.Column("kind", Ascii, primary_key=True),
    sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("last", sa.Integer, nullable=False),
)

number_lease = sa.Table(
    "number_lease",
    metadata,
    sa.Column("device", Ascii, primary_key=True),
    sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", Ascii, primary_key=True),
    sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("first", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("last", sa.Integer, nullable=False),
    sa.Column("used", sa.Integer, nullable=False, server_default="0"),
    sa.Column("prefix", sa.Text, nullable=False),
    sa.Column("suffix", sa.Text, nullable=False),
    sa.Column("given", Instant, nullable=False),
)

number_given = sa.Table(
    "number_given",
    metadata,
    sa.Column("bureau", Ascii, primary_key=True),
    sa.Column("text", sa.Text, primary_key=True),
    sa.Column("record", Ascii, primary_key=True),
    sa.Column("dossier", Ascii, nullable=False),
)

issued = sa.Table(
    "issued_document",
    metadata,
    sa.Column("record", Ascii, primary_key=True),
    sa.Column("dossier", Ascii, nullable=False, index=True),
    sa.Column("code", Ascii, nullable=False, index=True),
    sa.Column("kind", Ascii, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("bureau_name", sa.Text, nullable=False),
    sa.Column("issued", Instant, nullable=False),
    sa.Column("pdf_sha256", Ascii, nullable=False),
    sa.Column("renderer", Ascii, nullable=False),
    sa.Column("voided", Instant),
    sa.Column("checked", Ascii, nullable=False, server_default="waiting"),
)


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued paper as the server keeps it beside the dossier."""

    record: str
    dossier: str
    code: str
    kind: str
    number: str
    bureau_name: str
    issued: int
    pdf_sha256: str
    renderer: str
    voided: int | None
    checked: Checked


async def leases_of(connection: Connection, device: str, epoch: int, year: int) -> list[Lease]:
    """Leases of this epoch that still hold numbers the server has not seen used."""
    c = number_lease.c
    query = (
        sa.select(number_lease)
        .where(c.device == device, c.epoch == epoch, c.year == year, c.first + c.used <= c.last)
        .order_by(c.kind, c.first)
    )
    return [
        Lease(
            kind=row.kind,
            year=row.year,
            prefix=row.prefix,
            suffix=row.suffix,
            first=row.first + row.used,
            last=row.last,
        )
        for row in await connection.execute(query)
    ]


async def take_stretch(connection: Connection, bureau: str, kind: str, year: int, size: int) -> int:
    """Advance the counter by `size`; answers the first number of the stretch."""
    statement = insert_for(number_counter, connection.dialect.name).values(
        bureau=bureau, kind=kind, year=year, last=size
    )
    c = number_counter.c
    statement = statement.on_conflict_do_update(
        index_elements=[c.bureau, c.kind, c.year], set_={"last": c.last + size}
    ).returning(c.last)
    return int((await connection.execute(statement)).scalar_one()) - size + 1


async def sequences(connection: Connection) -> list[tuple[str, str]]:
    """Bureau and kind of every sequence from which numbers were ever leased."""
    c = number_counter.c
    found = await connection.execute(sa.select(c.bureau, c.kind).distinct().order_by(*c[:2]))
    return [(row.bureau, row.kind) for row in found]


async def count_holders(connection: Connection) -> int:
    """How many enrolments ever held a lease."""
    query = sa.select(sa.func.count(number_lease.c.device.distinct()))
    return int((await connection.execute(query)).scalar_one())


async def keep_lease(
    connection: Connection, device: str, epoch: int, lease: Lease, now: int
) -> None:
    """Remember what an enrolment may give."""
    await connection.execute(
        number_lease.insert().values(
            device=device,
            epoch=epoch,
            kind=lease.kind,
            year=lease.year,
            first=lease.first,
            last=lease.last,
            prefix=lease.prefix,
            suffix=lease.suffix,
            given=now,
        )
    )


async def mark_used(connection: Connection, device: str, kind: str, year: int, serial: int) -> None:
    """A number of a lease has arrived in a record; those before it are used up as well."""
    c = number_lease.c
    await connection.execute(
        number_lease.update()
        .where(
            c.device == device,
            c.kind == kind,
            c.year == year,
            c.first <= serial,
            c.last >= serial,
            c.first + c.used <= serial,
        )
        .values(used=serial - c.first + 1)
    )


async def give_number(
    connection: Connection, bureau: str, text: str, record: str, dossier: str
) -> list[str]:
    """Note a number as given; answers the records that gave the same one before."""
    c = number_given.c
    query = sa.select(c.record).where(c.bureau == bureau, c.text == text, c.record != record)
    earlier = list((await connection.execute(query)).scalars())
    await connection.execute(
        upsert(number_given, connection.dialect.name, "dossier"),
        {"bureau": bureau, "text": text, "record": record, "dossier": dossier},
    )
    return earlier


async def numbered(connection: Connection, sight: Sight, part: str, limit: int) -> dict[str, str]:
    """By dossier in sight, the numbers (文号) that hold these words, the latest first."""
    c = number_given.c
    query = sa.select(c.dossier, c.text).where(
        c.bureau == sight.bureau,
        c.dossier.in_(names_within(sight)),
        c.text.contains(part, autoescape=True),
    )
    rows = await connection.execute(query.order_by(c.text.desc()).limit(limit))
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.dossier, []).append(row.text)
    return {dossier: "、".join(texts) for dossier, texts in found.items()}


async def keep_issued(connection: Connection, row: dict[str, Any]) -> None:
    """An issued paper, or its voiding later."""
    await connection.execute(upsert(issued, connection.dialect.name, "voided"), row)


async def keep_check(connection: Connection, record: str, checked: Checked) -> None:
    """What the server's own rendering showed."""
    await connection.execute(
        issued.update().where(issued.c.record == record).values(checked=checked)
    )


async def find_issued(connection: Connection, **where: str) -> list[Issued]:
    """Issued papers by `code`, `record` or `dossier`, in order of issue."""
    (column, value), *_ = where.items()
    query = sa.select(issued).where(issued.c[column] == value).order_by(issued.c.issued)
    return [Issued(**row._mapping) for row in await connection.execute(query)]
