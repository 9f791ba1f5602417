"""Accounts as an administrator's list brings them: made without a password, changed, taken back."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from backend.core.database import Connection
from backend.core.sessions import end_sessions_of
from backend.features.identity import tables as t
from backend.features.identity.model import Certificate
from backend.features.identity.service import NewOfficer, add_officer
from backend.features.identity.tables.people import keep_certificate


@dataclass(frozen=True, slots=True)
class Registered:
    """An account as it shall stand, with every certificate. Its password is neither known nor touched."""

    id: str
    section: str
    login: str
    name: str
    phone: str
    roles: frozenset[str]
    active: bool
    certificates: Sequence[Certificate]


async def logins_elsewhere(
    connection: Connection, bureau: str, logins: Collection[str]
) -> frozenset[str]:
    """Those of these logins that another bureau has: a login names one account of the server."""
    c = t.officer.c
    query = (
        sa.select(c.login)
        .join(t.section, t.section.c.id == c.section)
        .where(c.login.in_(sorted(logins)), t.section.c.bureau != bureau)
    )
    return frozenset((await connection.execute(query)).scalars())


async def register(
    connection: Connection, rows: Sequence[tuple[Registered, Registered | None]]
) -> None:
    """Bring accounts to where they shall stand, each with how it stood. A new one has no password:
    nobody signs in by it before the administrator gives a code (`codes`)."""
    for after, before in rows:
        if before is None:
            await add_officer(connection, _new(after))
        else:
            await _change(connection, after)
        await _certify(connection, after, before.certificates if before else ())


async def close(connection: Connection, officers: Collection[str], now: int) -> None:
    """Whoever is no longer active is signed out at once."""
    for officer in sorted(officers):
        await end_sessions_of(connection, officer, now)


def _new(row: Registered) -> NewOfficer:
    return NewOfficer(
        id=row.id,
        section=row.section,
        login=row.login,
        password="",
        name=row.name,
        phone=row.phone,
        roles=row.roles,
        certificate=None,
    )


async def _change(connection: Connection, row: Registered) -> None:
    await connection.execute(
        t.officer.update()
        .where(t.officer.c.id == row.id)
        .values(
            section=row.section,
            name=row.name,
            phone=row.phone,
            roles=json.dumps(sorted(row.roles)),
            active=row.active,
        )
    )


async def _certify(
    connection: Connection, after: Registered, before: Sequence[Certificate]
) -> None:
    """Each certificate by its number: a new one stands beside the old; one that should never have been
    there is taken out, and the audit and the import keep what it said."""
    gone = {each.number: each for each in before}
    for each in after.certificates:
        if gone.pop(each.number, None) != each:
            await keep_certificate(connection, after.id, each)
    if gone:
        c = t.certificate.c
        wrong = (c.officer == after.id, c.number.in_(sorted(gone)))
        await connection.execute(t.certificate.delete().where(*wrong))
