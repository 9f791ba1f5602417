"""What other features may ask of identity: permission, names, certificates."""

from collections.abc import Collection
from typing import Any

import msgspec
import sqlalchemy as sa

from backend.core.database import Connection
from backend.core.days import day_of
from backend.core.dossiers.devices import devices_of
from backend.core.dossiers.ports import DossierFacts, Sight
from backend.core.dossiers.service import Dossiers
from backend.core.problems import Problem
from backend.core.registers import carry, publish
from backend.features.identity import rules, tables
from backend.features.identity.model import Officer, ServerKey
from backend.features.identity.rules import (
    CONFIDENTIAL,
    Subject,
    act_of,
    certificate_state,
    held_on,
    may_inspect,
)
from backend.features.identity.rules.people import phone_fault
from backend.features.identity.rules.posts import post_fault
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
from backend.features.identity.service.certifying import Expiring, certify, expiring
from backend.features.identity.service.codes import GivenCode, NewCode, give_codes, make_codes
from backend.features.identity.service.first_start import offer_link
from backend.features.identity.service.people import (
    Actor,
    WantedPerson,
    add_person,
    change_person,
)
from backend.features.identity.service.posts import bureau_pack, post_rules
from backend.features.identity.service.registering import (
    Registered,
    close,
    logins_elsewhere,
    register,
)
from backend.features.identity.tables import Account
from backend.features.identity.tables import people as people_tables
from backend.features.identity.tables.auditing import write_audit
from sync.server.admission import Right


async def may(connection: Connection, officer: str, act: str, dossier: DossierFacts) -> Right:
    """The one place where permission is asked. An unknown officer may nothing."""
    account = await tables.find_account(connection, id=officer)
    return rules.may(account.subject, act, dossier) if account else "no_authority"


async def sight_of(
    connection: Connection, officer: str, act: str, kind: str = "inspection"
) -> Sight | None:
    """How far an officer may do an act: what a list asks before it is cut. None: nowhere."""
    account = await tables.find_account(connection, id=officer)
    return rules.sight_of(account.subject, act, kind) if account else None


async def require(connection: Connection, officer: str, act: str, dossier: DossierFacts) -> Account:
    """The account of an officer who may do the act.

    Raises:
        Problem: 403 `forbidden`.
    """
    account = await tables.find_account(connection, id=officer)
    if account is None or rules.may(account.subject, act, dossier) != "yes":
        raise Problem(403, "forbidden", "你的岗位没有这项权限，什么也没有改动。")
    return account


def may_here(subject: Subject, act: str) -> bool:
    """Whether a post reaches the whole bureau with an act: for lists of what one may do."""
    return rules.may(subject, act, DossierFacts("", "register", subject.bureau, "")) == "yes"


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
    held = {
        each.number
        for subject in serving
        for each in subject.certificates
        if certificate_state(each, day) == "valid"
    }
    return held & set(numbers)


def _among(officers: Collection[str]) -> object:
    return tables.officer.c.id.in_(officers)


async def access_days(connection: Connection, officer: str) -> int:
    """How many days the officer's phones may read without contact (GR5)."""
    found = await account(connection, officer)
    pack = await bureau_pack(connection, found.subject.bureau)
    return pack.setting("access.lease_days", int)


async def register_of_officers(connection: Connection, bureau: str, day: str) -> dict[str, Officer]:
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
            certificate=held_on(each.subject.certificates, day),
            certificates=list(each.subject.certificates),
            active=each.subject.active,
            phone=each.phone,
            devices=devices.get(each.subject.officer, []),
        )
        for each in found
    }


async def publish_officers(dossiers: Dossiers, connection: Connection, bureau: str) -> None:
    """Bring the register of the bureau's people up to date on every phone."""
    people = await register_of_officers(connection, bureau, day_of(dossiers.clock.now()))
    rows = [msgspec.to_builtins(each) for each in people.values()]
    await publish(dossiers, connection, ("officers", bureau), "officer", rows)


async def publish_keys(dossiers: Dossiers, connection: Connection, bureau: str) -> None:
    """The server's public keys, with which phones check its codes and receipts."""
    pairs = (
        ("sign", dossiers.keys.sign),
        ("code", dossiers.keys.code),
        ("hpke", dossiers.keys.hpke),
    )
    keys = [ServerKey(id=pair.id, use=use, public=pair.public) for use, pair in pairs]
    rows = [msgspec.to_builtins(each) for each in keys]
    await publish(dossiers, connection, ("keys", bureau), "server_key", rows)


async def carry_registers(dossiers: Dossiers, connection: Connection, bureau: str) -> None:
    """Every phone of the bureau's people carries every register of it: new people, new registers."""
    found = await tables.accounts(connection, tables.section.c.bureau == bureau)
    people = [each.subject.officer for each in found]
    await carry(connection, bureau, people, dossiers.clock.now())


async def account_by_login(connection: Connection, login: str) -> Account | None:
    """Whose login it is."""
    return await tables.find_account(connection, login=login)


async def people(connection: Connection, bureau: str) -> list[Account]:
    """Everybody with an account in the bureau."""
    return await people_tables.people_of(connection, bureau)


async def sections(connection: Connection, bureau: str) -> list[Any]:
    """Rows with `id`, `name`, `kind`, `sectors` (JSON)."""
    return await people_tables.sections_of(connection, bureau)


async def officers_with(connection: Connection, bureau: str, *roles: str) -> list[Account]:
    """Active officers of the bureau who hold one of the roles."""
    found = await tables.accounts(connection, tables.section.c.bureau == bureau)
    return [a for a in found if a.subject.active and a.subject.roles & set(roles)]


__all__ = [
    "CONFIDENTIAL",
    "Account",
    "Actor",
    "Expiring",
    "GivenCode",
    "NewCode",
    "NewOfficer",
    "Registered",
    "Subject",
    "WantedPerson",
    "access_days",
    "account",
    "account_by_login",
    "act_of",
    "add_bureau",
    "add_officer",
    "add_person",
    "add_section",
    "authority_for",
    "bureau_exists",
    "bureau_pack",
    "bureaus",
    "carry_registers",
    "certificate_state",
    "certified_numbers",
    "certify",
    "change_person",
    "close",
    "expiring",
    "give_codes",
    "hash_password",
    "held_on",
    "logins_elsewhere",
    "make_codes",
    "may",
    "may_here",
    "may_inspect",
    "not_certified",
    "offer_link",
    "officers_with",
    "pack_of",
    "people",
    "phone_fault",
    "post_fault",
    "post_rules",
    "publish_keys",
    "publish_officers",
    "register",
    "register_of_officers",
    "require",
    "sections",
    "sight_of",
    "write_audit",
]
