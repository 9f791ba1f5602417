"""Changes to accounts, sections and certificates."""

import json
from typing import Any

import sqlalchemy as sa

from backend.core.database import Ascii, Connection, Instant, for_update, metadata, upsert
from backend.features.identity.model import Certificate
from backend.features.identity.tables import (
    Account,
    accounts,
    bureau,
    certificate,
    officer,
    section,
)

enrolment_code = sa.Table(
    "enrolment_code",
    metadata,
    sa.Column("officer", Ascii, sa.ForeignKey("officer.id"), primary_key=True),
    sa.Column("code_sha256", Ascii, nullable=False),
    sa.Column("until", Instant, nullable=False),
    sa.Column("given_by", Ascii, nullable=False),
)
"""登记码: one standing permission for an officer to enrol one phone."""


async def update_officer(connection: Connection, whose: str, /, **values: Any) -> None:
    """Change an account."""
    if "roles" in values:
        values["roles"] = json.dumps(sorted(values["roles"]))
    await connection.execute(officer.update().where(officer.c.id == whose).values(**values))


async def swap_password(connection: Connection, held: Account, password: str) -> bool:
    """The new hash, if the old one still stands; of two who use one code the second changes nothing."""
    done = await connection.execute(
        officer.update()
        .where(officer.c.id == held.subject.officer, officer.c.password == held.password)
        .values(password=password, code_until=None)
    )
    return done.rowcount == 1


async def hold_bureau(connection: Connection, name: str) -> None:
    """Let changes of accounts of one bureau follow each other until the transaction ends."""
    query = sa.select(bureau.c.id).where(bureau.c.id == name)
    await connection.execute(for_update(query, connection.dialect.name))


async def people_of(connection: Connection, bureau_id: str) -> list[Account]:
    """Everybody with an account in the bureau."""
    return await accounts(connection, section.c.bureau == bureau_id)


async def login_taken(connection: Connection, login: str) -> bool:
    """Whether any account of this server has the login."""
    query = sa.select(officer.c.id).where(officer.c.login == login)
    return (await connection.execute(query)).first() is not None


async def bureau_row(connection: Connection, name: str) -> Any:
    """One bureau."""
    return (await connection.execute(sa.select(bureau).where(bureau.c.id == name))).one()


async def update_bureau(connection: Connection, which: str, /, **values: Any) -> None:
    """Change a bureau's settings."""
    await connection.execute(bureau.update().where(bureau.c.id == which).values(**values))


async def sections_of(connection: Connection, bureau_id: str) -> list[Any]:
    """Its sections in the order of their ids."""
    query = sa.select(section).where(section.c.bureau == bureau_id).order_by(section.c.id)
    return list((await connection.execute(query)).all())


async def update_section(connection: Connection, which: str, /, **values: Any) -> None:
    """Change a section."""
    if "sectors" in values:
        values["sectors"] = json.dumps(values["sectors"], ensure_ascii=False)
    await connection.execute(section.update().where(section.c.id == which).values(**values))


async def keep_certificate(connection: Connection, holder: str, held: Certificate) -> None:
    """A new certificate, or new dates of one he has."""
    columns = ("scope", "issued", "until", "suspended")
    await connection.execute(
        upsert(certificate, connection.dialect.name, *columns),
        {
            "officer": holder,
            "number": held.number,
            "scope": json.dumps(held.scope, ensure_ascii=False),
            "issued": held.issued,
            "until": held.until,
            "suspended": held.suspended,
        },
    )


async def holder_of(connection: Connection, bureau_id: str, number: str) -> str | None:
    """Who of the bureau has a certificate of this number."""
    query = (
        sa.select(certificate.c.officer)
        .join(officer, officer.c.id == certificate.c.officer)
        .join(section, section.c.id == officer.c.section)
        .where(certificate.c.number == number, section.c.bureau == bureau_id)
    )
    found: str | None = await connection.scalar(query)
    return found


async def keep_enrolment_code(
    connection: Connection, holder: str, code_sha256: str, until: int, given_by: str
) -> None:
    """A new one takes the place of the one before."""
    columns = ("code_sha256", "until", "given_by")
    await connection.execute(
        upsert(enrolment_code, connection.dialect.name, *columns),
        {"officer": holder, "code_sha256": code_sha256, "until": until, "given_by": given_by},
    )


async def take_enrolment_code(
    connection: Connection, holder: str, code_sha256: str, now: int
) -> bool:
    """Use it up; answers whether it was good."""
    c = enrolment_code.c
    done = await connection.execute(
        enrolment_code.delete().where(
            c.officer == holder, c.code_sha256 == code_sha256, c.until > now
        )
    )
    return done.rowcount == 1
