"""What other features may ask of identity: permission, names, certificates."""

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncConnection

from backend.core.dossiers.ports import DossierFacts
from backend.core.problems import Problem
from backend.features.identity import rules, service, tables
from backend.features.identity.model import Officer
from backend.features.identity.rules import Subject, certificate_state, may_inspect
from backend.features.identity.tables import Account
from sync.server.admission import Right


async def may(connection: AsyncConnection, officer: str, act: str, dossier: DossierFacts) -> Right:
    """The one place where permission is asked. An unknown officer may nothing."""
    account = await tables.find_account(connection, id=officer)
    return rules.may(account.subject, act, dossier) if account else "no_authority"


async def require(
    connection: AsyncConnection, officer: str, act: str, dossier: DossierFacts
) -> Account:
    """The account of an officer who may do the act.

    Raises:
        Problem: 403 `forbidden`.
    """
    account = await tables.find_account(connection, id=officer)
    if account is None or rules.may(account.subject, act, dossier) != "yes":
        raise Problem(403, "forbidden", "你的岗位没有这项权限，什么也没有改动。")
    return account


async def require_or_delegated(
    connection: AsyncConnection, officer: str, act: str, dossier: DossierFacts, day: str
) -> tuple[Account, str]:
    """As `require`, but a running delegation counts too; answers who delegated, or nothing.

    Raises:
        Problem: 403 `forbidden`.
    """
    account = await tables.find_account(connection, id=officer)
    if account and rules.may(account.subject, act, dossier) == "yes":
        return account, ""
    given = await tables.delegations_to(connection, officer) if account else []
    giver = rules.delegated_by(given, act, day)
    holder = await tables.find_account(connection, id=giver) if giver else None
    if account and holder and rules.may(holder.subject, act, dossier) == "yes":
        return account, giver
    raise Problem(403, "forbidden", "你的岗位没有这项权限，什么也没有改动。")


async def account(connection: AsyncConnection, officer: str) -> Account:
    """One officer.

    Raises:
        Problem: 404 `officer`.
    """
    found = await tables.find_account(connection, id=officer)
    if found is None:
        raise Problem(404, "officer", "没有这名人员。")
    return found


async def not_certified(
    connection: AsyncConnection, officers: Collection[str], sector: str, day: str
) -> list[str]:
    """Those who do not count as one of the two officers on a day (S3-1.1)."""
    found = {a.subject.officer: a for a in await tables.accounts(connection, _among(officers))}
    return [
        officer
        for officer in sorted(officers)
        if officer not in found or not may_inspect(found[officer].subject, sector, day)
    ]


def _among(officers: Collection[str]) -> object:
    return tables.officer.c.id.in_(officers)


async def register_of_officers(connection: AsyncConnection, bureau: str) -> dict[str, Officer]:
    """The bureau's people as phones carry them (`ref.officers.<bureau>`), by officer id."""
    found = await tables.accounts(connection, tables.section.c.bureau == bureau)
    return {
        each.subject.officer: Officer(
            name=each.name,
            section=each.subject.section,
            section_name=each.section_name,
            roles=sorted(each.subject.roles),
            certificate=each.subject.certificate,
            active=each.subject.active,
            phone=each.phone,
        )
        for each in found
    }


async def officers_with(connection: AsyncConnection, bureau: str, *roles: str) -> list[Account]:
    """Active officers of the bureau who hold one of the roles."""
    found = await tables.accounts(connection, tables.section.c.bureau == bureau)
    return [a for a in found if a.subject.active and a.subject.roles & set(roles)]


pack_of = service.pack_of
write_audit = tables.write_audit

__all__ = [
    "Account",
    "Subject",
    "account",
    "certificate_state",
    "may",
    "may_inspect",
    "not_certified",
    "officers_with",
    "pack_of",
    "register_of_officers",
    "require",
    "require_or_delegated",
    "write_audit",
]
