"""What other features may ask of identity: permission, names, certificates."""

from collections.abc import Collection

import msgspec
import sqlalchemy as sa

from backend.core.database import Connection
from backend.core.dossiers.devices import devices_of
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.service import Dossiers
from backend.core.packs import load_pack
from backend.core.problems import Problem
from backend.core.registers import publish
from backend.features.identity import rules, tables
from backend.features.identity.model import Officer
from backend.features.identity.rules import (
    CONFIDENTIAL,
    Subject,
    certificate_state,
    may_inspect,
)
from backend.features.identity.service import (
    NewOfficer,
    add_bureau,
    add_officer,
    add_section,
    bureau_exists,
    bureaus,
    delegating,
    hash_password,
    pack_of,
)
from backend.features.identity.tables import Account
from sync.server.admission import Right


async def may(connection: Connection, officer: str, act: str, dossier: DossierFacts) -> Right:
    """The one place where permission is asked. An unknown officer may nothing."""
    account = await tables.find_account(connection, id=officer)
    return rules.may(account.subject, act, dossier) if account else "no_authority"


async def require(connection: Connection, officer: str, act: str, dossier: DossierFacts) -> Account:
    """The account of an officer who may do the act.

    Raises:
        Problem: 403 `forbidden`.
    """
    account = await tables.find_account(connection, id=officer)
    if account is None or rules.may(account.subject, act, dossier) != "yes":
        raise Problem(403, "forbidden", "你的岗位没有这项权限，什么也没有改动。")
    return account


async def authority_for(
    connection: Connection, officer: str, act: str, dossier: DossierFacts, day: str
) -> str | None:
    """Whose authority lets the officer act on a day: his own, or a delegator's; None for nobody's."""
    account = await tables.find_account(connection, id=officer)
    if account is None:
        return None
    if rules.may(account.subject, act, dossier) == "yes":
        return officer
    return await delegating.giver_for(connection, account.subject, act, dossier, day)


async def account(connection: Connection, officer: str) -> Account:
    """One officer.

    Raises:
        Problem: 404 `officer`.
    """
    found = await tables.find_account(connection, id=officer)
    if found is None:
        raise Problem(404, "officer", "没有这名人员。")
    return found


async def not_certified(
    connection: Connection, officers: Collection[str], sector: str, day: str
) -> list[str]:
    """Those who do not count as one of the two officers on a day (S3-1.1)."""
    found = {a.subject.officer: a for a in await tables.accounts(connection, _among(officers))}
    return [
        officer
        for officer in sorted(officers)
        if officer not in found or not may_inspect(found[officer].subject, sector, day)
    ]


async def certified_numbers(connection: Connection, numbers: Collection[str], day: str) -> set[str]:
    """Those certificate numbers that a serving officer holds, valid on the day (QU5)."""
    holders = sa.select(tables.certificate.c.officer).where(
        tables.certificate.c.number.in_(numbers)
    )
    found = await tables.accounts(connection, tables.officer.c.id.in_(holders))
    serving = [a.subject for a in found if may_inspect(a.subject, "", day)]
    held = {subject.certificate.number for subject in serving if subject.certificate}
    return held & set(numbers)


def _among(officers: Collection[str]) -> object:
    return tables.officer.c.id.in_(officers)


async def access_days(connection: Connection, officer: str) -> int:
    """How many days the officer's phones may read without contact (GR5)."""
    found = await account(connection, officer)
    pack = load_pack(await pack_of(connection, found.subject.bureau))
    return pack.setting("access.lease_days", int)


async def register_of_officers(connection: Connection, bureau: str) -> dict[str, Officer]:
    """The bureau's people as phones carry them (`ref.officers.<bureau>`), by officer id."""
    found = await tables.accounts(connection, tables.section.c.bureau == bureau)
    devices = await devices_of(connection, [each.subject.officer for each in found])
    return {
        each.subject.officer: Officer(
            id=each.subject.officer,
            name=each.name,
            section=each.subject.section,
            section_name=each.section_name,
            roles=sorted(each.subject.roles),
            certificate=each.subject.certificate,
            active=each.subject.active,
            phone=each.phone,
            devices=devices.get(each.subject.officer, []),
        )
        for each in found
    }


async def publish_officers(dossiers: Dossiers, connection: Connection, bureau: str) -> None:
    """Bring the register of the bureau's people up to date on every phone."""
    people = await register_of_officers(connection, bureau)
    rows = [msgspec.to_builtins(each) for each in people.values()]
    await publish(dossiers, connection, ("officers", bureau), "officer", rows)


async def officers_with(connection: Connection, bureau: str, *roles: str) -> list[Account]:
    """Active officers of the bureau who hold one of the roles."""
    found = await tables.accounts(connection, tables.section.c.bureau == bureau)
    return [a for a in found if a.subject.active and a.subject.roles & set(roles)]


write_audit = tables.write_audit

__all__ = [
    "CONFIDENTIAL",
    "Account",
    "NewOfficer",
    "Subject",
    "access_days",
    "account",
    "add_bureau",
    "add_officer",
    "add_section",
    "authority_for",
    "bureau_exists",
    "bureaus",
    "certificate_state",
    "certified_numbers",
    "hash_password",
    "may",
    "may_inspect",
    "not_certified",
    "officers_with",
    "pack_of",
    "publish_officers",
    "register_of_officers",
    "require",
    "write_audit",
]
