"""Signing in, enrolling phones, and the registers of people that phones carry."""

import asyncio
import json
from dataclasses import dataclass, field
from functools import cache

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from backend.core.clock import Clock
from backend.core.database import Connection
from backend.core.dossiers.devices import Device, enrol
from backend.core.ids import Ids
from backend.core.limits import spend
from backend.core.problems import Problem
from backend.core.signing import read_public_key
from backend.features.identity import tables as t
from backend.features.identity.model import Certificate
from backend.features.identity.rules.people import plain_login
from backend.features.identity.rules.posts import spoken_code
from backend.features.identity.tables import Account
from backend.features.identity.tables.auditing import write_audit

_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""OWASP's figures for Argon2id."""

_LOGINS_PER_WINDOW = 10
_WINDOW_MS = 300_000


@cache
def _dummy_hash() -> str:
    """Verified for unknown logins, so that they take as long as known ones."""
    return _HASHER.hash("anxun")


@dataclass(slots=True)
class Passwords:
    """Hashing in a thread, a few at a time: each costs 19 MiB."""

    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))

    async def check(self, stored: str | None, password: str) -> bool:
        """Whether the password is the stored one; an unknown account costs the same time."""
        async with self.turns:
            return await asyncio.to_thread(_verify, stored, password)

    async def make(self, password: str) -> str:
        """The hash to be kept."""
        async with self.turns:
            return await asyncio.to_thread(hash_password, password)


def _verify(stored: str | None, password: str) -> bool:
    try:
        _HASHER.verify(stored or _dummy_hash(), password)
    except VerificationError:
        return False
    return bool(stored)


def hash_password(password: str) -> str:
    """Argon2id."""
    return _HASHER.hash(password)


async def sign_in(
    connection: Connection,
    passwords: Passwords,
    login: str,
    password: str,
    now: int,
    with_code: bool = False,
) -> Account:
    """The account of a login. A one-time code opens nothing but the choice of a password.

    Raises:
        Problem: 401 `login`, the same for an unknown login, a wrong password and a closed account;
            401 `code_over`; 409 `code`.
    """
    account = await t.find_account(connection, login=plain_login(login))
    code_until = account.code_until if account else None
    given = spoken_code(password) if code_until is not None else password
    right = await passwords.check(account.password if account else None, given)
    if account is None or not right or not account.subject.active:
        raise Problem(401, "login", "账号或密码不对。没有登录，请再试。")
    if code_until is not None and code_until <= now:
        raise Problem(401, "code_over", "一次性口令已过期。没有登录，请向管理员要新的。")
    if code_until is not None and not with_code:
        raise Problem(409, "code", "这是一次性口令。请先设自己的密码，再登录。")
    return account


async def spend_login(connection: Connection, key: str, now: int) -> None:
    """At most ten attempts per login in five minutes."""
    await spend(connection, f"login/{key}", _LOGINS_PER_WINDOW, _WINDOW_MS, now)


async def enrol_phone(
    connection: Connection, officer: str, public_key: str, name: str, ids: Ids, clock: Clock
) -> Device:
    """A new enrolment for this officer in this browser profile.

    Raises:
        Problem: 400 `public_key`.
    """
    try:
        read_public_key(public_key)
    except ValueError as error:
        raise Problem(400, "public_key", "手机送来的公钥不对，没有登记。请重新登记。") from error
    device = Device(ids.device(), officer, public_key, name[:64], revoked=False)
    await enrol(connection, device, clock.now())
    await write_audit(connection, clock.now(), officer, "enrol", device.device)
    return device


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """An account as it is set up; `password` is already hashed."""

    id: str
    section: str
    login: str
    password: str
    name: str
    phone: str
    roles: frozenset[str]
    certificate: Certificate | None


async def add_bureau(connection: Connection, bureau: str, name: str, pack: str) -> None:
    """A bureau and its jurisdiction pack."""
    await connection.execute(t.bureau.insert().values(id=bureau, name=name, pack=pack))


async def add_section(
    connection: Connection, bureau: str, section: str, name: str, kind: str, sectors: list[str]
) -> None:
    """A section; its kind is a row `section_kind` of the pack."""
    await connection.execute(
        t.section.insert().values(
            id=section,
            bureau=bureau,
            name=name,
            kind=kind,
            sectors=json.dumps(sectors, ensure_ascii=False),
        )
    )


async def pack_of(connection: Connection, bureau: str) -> str:
    """The name of the bureau's pack."""
    query = sa.select(t.bureau.c.pack).where(t.bureau.c.id == bureau)
    return str(await connection.scalar(query))


async def add_officer(connection: Connection, officer: NewOfficer) -> None:
    """An account with its certificate."""
    await connection.execute(
        t.officer.insert().values(
            id=officer.id,
            section=officer.section,
            login=officer.login,
            password=officer.password,
            name=officer.name,
            phone=officer.phone,
            roles=json.dumps(sorted(officer.roles)),
        )
    )
    held = officer.certificate
    if held:
        await connection.execute(
            t.certificate.insert().values(
                officer=officer.id,
                number=held.number,
                scope=json.dumps(held.scope, ensure_ascii=False),
                issued=held.issued,
                until=held.until,
            )
        )


async def bureau_exists(connection: Connection, bureau: str) -> bool:
    """Whether the bureau has been set up."""
    query = sa.select(t.bureau.c.id).where(t.bureau.c.id == bureau)
    return (await connection.execute(query)).first() is not None


async def bureaus(connection: Connection) -> list[tuple[str, str]]:
    """Every bureau with the name of its pack."""
    rows = await connection.execute(sa.select(t.bureau.c.id, t.bureau.c.pack))
    return [(row.id, row.pack) for row in rows]
