"""Bureaus, sections, officers, certificates, delegations."""

import json
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from backend.core.database import Ascii, Connection, Instant, for_update, metadata
from backend.features.identity.model import Certificate
from backend.features.identity.rules import Delegation, Subject

bureau = sa.Table(
    "bureau",
    metadata,
    sa.Column("id", Ascii, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("pack", Ascii, nullable=False),
    sa.Column("enrolment_needs_approval", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("district", sa.Text, nullable=False, server_default=""),
    sa.Column("own", sa.Text, nullable=False, server_default="{}"),
)
"""`own`: settings of the pack that this bureau words itself, as JSON."""

section = sa.Table(
    "section",
    metadata,
    sa.Column("id", Ascii, primary_key=True),
    sa.Column("bureau", Ascii, sa.ForeignKey("bureau.id"), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", Ascii, nullable=False),
    sa.Column("sectors", sa.Text, nullable=False),
)

officer = sa.Table(
    "officer",
    metadata,
    sa.Column("id", Ascii, primary_key=True),
    sa.Column("section", Ascii, sa.ForeignKey("section.id"), nullable=False, index=True),
    sa.Column("login", Ascii, nullable=False, unique=True),
    sa.Column("password", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("phone", sa.Text, nullable=False),
    sa.Column("roles", sa.Text, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("code_until", Instant),
)
"""`password` is a hash; while `code_until` is set, that of a one-time code, which opens nothing but
the choice of a password."""

certificate = sa.Table(
    "certificate",
    metadata,
    sa.Column("officer", Ascii, sa.ForeignKey("officer.id"), primary_key=True),
    sa.Column("number", Ascii, primary_key=True),
    sa.Column("scope", sa.Text, nullable=False),
    sa.Column("issued", Ascii, nullable=False),
    sa.Column("until", Ascii, nullable=False),
    sa.Column("suspended", sa.Boolean, nullable=False, server_default=sa.false()),
)

delegation = sa.Table(
    "delegation",
    metadata,
    sa.Column("id", Ascii, primary_key=True),
    sa.Column("giver", Ascii, sa.ForeignKey("officer.id"), nullable=False, index=True),
    sa.Column("taker", Ascii, sa.ForeignKey("officer.id"), nullable=False, index=True),
    sa.Column("act", Ascii, nullable=False),
    sa.Column("since", Ascii, nullable=False),
    sa.Column("until", Ascii, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("given", Instant, nullable=False),
    sa.Column("withdrawn_at", Instant),
    sa.Column("withdrawn_by", Ascii, nullable=False, server_default=""),
)


@dataclass(frozen=True, slots=True)
class Account:
    """An officer with what signing in needs."""

    subject: Subject
    login: str
    password: str
    name: str
    phone: str
    section_name: str
    code_until: int | None = None


async def find_account(connection: Connection, **where: str) -> Account | None:
    """One officer by `id` or `login`, with section, bureau and certificates."""
    (column, value), *_ = where.items()
    found = await accounts(connection, officer.c[column] == value)
    return found[0] if found else None


async def accounts(connection: Connection, *where: Any) -> list[Account]:
    """Officers that meet the conditions, in the order of their ids."""
    query = (
        sa.select(
            officer,
            section.c.bureau,
            section.c.kind.label("section_kind"),
            section.c.name.label("section_name"),
        )
        .join(section, section.c.id == officer.c.section)
        .where(*where)
        .order_by(officer.c.id)
    )
    rows = (await connection.execute(query)).all()
    held = await _certificates(connection, [row.id for row in rows])
    return [_account(row, held.get(row.id, ())) for row in rows]


def _account(row: Any, held: tuple[Certificate, ...]) -> Account:
    subject = Subject(
        officer=row.id,
        bureau=row.bureau,
        section=row.section,
        section_kind=row.section_kind,
        roles=frozenset(json.loads(row.roles)),
        active=row.active,
        certificates=held,
    )
    return Account(
        subject,
        row.login,
        row.password,
        row.name,
        row.phone,
        row.section_name,
        row.code_until,
    )


async def _certificates(
    connection: Connection, officers: list[str]
) -> dict[str, tuple[Certificate, ...]]:
    query = (
        sa.select(certificate)
        .where(certificate.c.officer.in_(officers))
        .order_by(certificate.c.issued, certificate.c.number)
    )
    found: dict[str, tuple[Certificate, ...]] = {}
    for row in await connection.execute(query):
        held = Certificate(
            number=row.number,
            scope=json.loads(row.scope),
            issued=row.issued,
            until=row.until,
            suspended=row.suspended,
        )
        found[row.officer] = (*found.get(row.officer, ()), held)
    return found


async def insert_delegation(connection: Connection, given: Delegation) -> None:
    """Keep a new delegation."""
    await connection.execute(delegation.insert().values(**asdict(given)))


async def find_delegation(connection: Connection, name: str) -> Delegation | None:
    """One delegation; locked until the transaction ends, so that it is withdrawn once."""
    query = sa.select(delegation).where(delegation.c.id == name)
    row = (await connection.execute(for_update(query, connection.dialect.name))).first()
    return Delegation(**row._mapping) if row else None


async def delegations_to(connection: Connection, taker: str) -> list[Delegation]:
    """What others have delegated to this officer and not withdrawn."""
    query = sa.select(delegation).where(
        delegation.c.taker == taker, delegation.c.withdrawn_at.is_(None)
    )
    return [Delegation(**row._mapping) for row in await connection.execute(query)]


async def delegations_of(connection: Connection, officer: str) -> list[Delegation]:
    """Those the officer gave or was given, withdrawn ones too; the newest first."""
    query = (
        sa.select(delegation)
        .where((delegation.c.giver == officer) | (delegation.c.taker == officer))
        .order_by(delegation.c.given.desc(), delegation.c.id)
        .limit(200)
    )
    return [Delegation(**row._mapping) for row in await connection.execute(query)]


async def mark_withdrawn(connection: Connection, name: str, at: int, by: str) -> None:
    """The row stays: what was approved under it must remain explained."""
    found = delegation.c.id == name
    await connection.execute(
        delegation.update().where(found).values(withdrawn_at=at, withdrawn_by=by)
    )


async def hold_officer(connection: Connection, name: str) -> None:
    """Let changes that concern one officer follow each other until the transaction ends."""
    query = sa.select(officer.c.id).where(officer.c.id == name)
    await connection.execute(for_update(query, connection.dialect.name))
