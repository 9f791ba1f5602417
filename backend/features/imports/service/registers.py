"""The three registers an import knows: how each is read, told from another state, and written."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any

import msgspec

from backend.core.database import Connection
from backend.core.days import day_of, year_of
from backend.core.dossiers.service import Dossiers
from backend.core.packs import Pack
from backend.core.problems import Problem
from backend.features.enterprises import public as enterprises
from backend.features.enterprises.model import Enterprise
from backend.features.identity import public as identity
from backend.features.identity.public import Account, Registered
from backend.features.imports.model import Kind
from backend.features.imports.rules import enterprise_columns
from backend.features.imports.rules import items as item_rules
from backend.features.imports.rules import officers as officer_rules
from backend.features.imports.rules.columns import ReadRow, Table
from backend.features.imports.rules.enterprises import EnterpriseRegister
from backend.features.imports.rules.items import ItemRegister
from backend.features.imports.rules.judging import Register
from backend.features.imports.rules.officers import ANY_SECTOR, OfficerRegister, OfficerRow
from backend.features.law import public as law
from backend.features.plans import public as plans

TABLES: dict[Kind, Table] = {
    "enterprises": enterprise_columns.TABLE,
    "officers": officer_rules.TABLE,
    "items": item_rules.TABLE,
}
STRUCTS: dict[Kind, type[Enterprise | OfficerRow | plans.Item]] = {
    "enterprises": Enterprise,
    "officers": OfficerRow,
    "items": plans.Item,
}
_SUPERVISING = frozenset({"supervision", "basics"})
_ID_HEX = 16
_LONGEST_VERSION = 20

Pair = tuple[Any, Any | None]
"""A row as it shall be, and as it is; None: it is new."""


class ListVersion(msgspec.Struct, frozen=True):
    """清单版本 and the day it is published (S3-2.1b)."""

    version: str
    published: str


async def load(
    dossiers: Dossiers,
    connection: Connection,
    who: tuple[str, str],
    kind: Kind,
    rows: Sequence[ReadRow],
    version: ListVersion | None,
) -> Register:
    """The register as it stands, for `who`: bureau and importer.

    Raises:
        Problem: 422 `version`.
    """
    bureau, importer = who
    pack = await identity.bureau_pack(connection, bureau)
    if kind == "enterprises":
        return await _enterprises(dossiers, connection, bureau, pack)
    if kind == "officers":
        logins = {row.given["login"] for row in rows if "login" in row.given}
        elsewhere = await identity.logins_elsewhere(connection, bureau, logins)
        return await _officers(dossiers, connection, (bureau, importer), pack, elsewhere)
    return await _items(dossiers, connection, bureau, pack, _checked(version))


def _checked(version: ListVersion | None) -> ListVersion:
    try:
        wanted = version or ListVersion("", "")
        sound = date.fromisoformat(wanted.published).isoformat() == wanted.published
    except ValueError:
        sound = False
    if not sound or not 0 < len(wanted.version.strip()) <= _LONGEST_VERSION:
        raise Problem(422, "version", "要填清单版本号（最多 20 字）和公布日期，什么也没有改动。")
    return ListVersion(wanted.version.strip(), wanted.published)


def _by_name_or_id(rows: Sequence[tuple[str, str]]) -> dict[str, str]:
    """(id, name) → either leads to the id."""
    return {name: row for row, name in rows} | {row: row for row, _ in rows}


def _sectors(pack: Pack) -> tuple[dict[str, str], dict[str, bool]]:
    rows = [each.cells for each in pack.tables.get("sector", ())]
    names = _by_name_or_id([(str(row["id"]), str(row["title"])) for row in rows])
    return names, {str(row["id"]): bool(row["high_risk"]) for row in rows}


def _new_id(dossiers: Dossiers) -> Callable[[], str]:
    return lambda: dossiers.ids.hex(_ID_HEX)


async def _sections(connection: Connection, bureau: str) -> list[Any]:
    """By name, as the words about a wrong one list them."""
    return sorted(await identity.sections(connection, bureau), key=lambda each: str(each.name))


async def _enterprises(
    dossiers: Dossiers, connection: Connection, bureau: str, pack: Pack
) -> EnterpriseRegister:
    sections = await _sections(connection, bureau)
    names = [(each.id, each.name) for each in sections if each.kind in _SUPERVISING]
    sectors, high_risk = _sectors(pack)
    rows = await enterprises.enterprises_of(connection, bureau, withdrawn=True)
    by_code = {row.code: row for row in rows}
    return EnterpriseRegister(by_code, _by_name_or_id(names), sectors, high_risk, _new_id(dossiers))


async def _officers(
    dossiers: Dossiers,
    connection: Connection,
    who: tuple[str, str],
    pack: Pack,
    elsewhere: frozenset[str],
) -> OfficerRegister:
    bureau, importer = who
    today = day_of(dossiers.clock.now())
    sections = await _sections(connection, bureau)
    accounts = await identity.people(connection, bureau)
    return OfficerRegister(
        rows={each.login: _row(each) for each in accounts},
        sections=_by_name_or_id([(each.id, each.name) for each in sections]),
        kinds={each.id: each.kind for each in sections},
        sectors=_sectors(pack)[0] | {ANY_SECTOR: ANY_SECTOR},
        outside=elsewhere,
        importer=importer,
        post_fault=partial(identity.post_fault, identity.post_rules(pack, today)),
        new_id=_new_id(dossiers),
    )


def _row(account: Account) -> OfficerRow:
    subject = account.subject
    return OfficerRow(
        id=subject.officer,
        login=account.login,
        name=account.name,
        section=subject.section,
        roles=sorted(subject.roles),
        phone=account.phone,
        active=subject.active,
        certificates=officer_rules.in_order(subject.certificates),
    )


async def _items(
    dossiers: Dossiers, connection: Connection, bureau: str, pack: Pack, version: ListVersion
) -> ItemRegister:
    day = date.fromisoformat(version.published)
    first = max(version.published, day_of(dossiers.clock.now()))
    items = await plans.items_on(connection, bureau, pack, first)
    later = await plans.lists_after(connection, bureau, first)
    laws = await law.laws_of(connection, bureau, pack)
    return ItemRegister(
        rows={item.id: item for item in items},
        sectors=_sectors(pack)[0],
        citation_of=lambda text: law.citation_of(laws, text, day),
        list_version=version.version,
        published=day,
        later=tuple((each.version, each.in_force) for each in later),
    )


def digest(known: Register) -> bytes:
    """The state of a register: another as soon as one row is."""
    state = sha256(" ".join(sorted(known.outside)).encode("utf-8"))
    encoder = msgspec.json.Encoder()
    for key in sorted(known.rows):
        state.update(encoder.encode(known.rows[key]) + b"\n")
    return state.digest()


async def save(
    dossiers: Dossiers,
    connection: Connection,
    who: tuple[str, str],
    kind: Kind,
    pairs: Sequence[Pair],
    published: str,
) -> None:
    """Write rows and let every phone of the bureau carry them, for `who`: bureau and importer.

    Raises:
        Problem: 409 `list_version`.
    """
    bureau, _ = who
    if kind == "enterprises":
        await _save_enterprises(dossiers, connection, bureau, [after for after, _ in pairs])
    elif kind == "officers":
        await _save_officers(dossiers, connection, bureau, pairs)
    else:
        items = [after for after, _ in pairs]
        await plans.import_items(dossiers, connection, who, items, published)
    await identity.carry_registers(dossiers, connection, bureau)


async def _save_enterprises(
    dossiers: Dossiers, connection: Connection, bureau: str, rows: list[Enterprise]
) -> None:
    await enterprises.register_enterprises(dossiers, connection, bureau, rows)
    pack = await identity.bureau_pack(connection, bureau)
    now = dossiers.clock.now()
    today = day_of(now)
    years = await plans.judge_years(connection, pack, rows, today)
    await enterprises.summarise_all(dossiers, connection, bureau, year_of(now), years)


async def _save_officers(
    dossiers: Dossiers, connection: Connection, bureau: str, pairs: Sequence[Pair]
) -> None:
    rows = [
        (_registered(after), _registered(before) if before else None) for after, before in pairs
    ]
    await identity.register(connection, rows)
    closed = [after.id for after, _ in pairs if not after.active]
    await identity.close(connection, closed, dossiers.clock.now())
    await identity.publish_officers(dossiers, connection, bureau)


def _registered(row: OfficerRow) -> Registered:
    return Registered(
        id=row.id,
        section=row.section,
        login=row.login,
        name=row.name,
        phone=row.phone,
        roles=frozenset(row.roles),
        active=row.active,
        certificates=row.certificates,
    )


def withdrawn(kind: Kind, row: Any) -> Any:
    """A row that an undone import had brought: never deleted, no longer in force. An officer's certificate
    goes: its number is free again for whoever really holds it."""
    gone: dict[str, Any] = {"active": False, "certificates": []}
    return msgspec.structs.replace(row, **(gone if kind == "officers" else {"withdrawn": True}))


async def current(connection: Connection, bureau: str, kind: Kind, day: str) -> Any:
    """The register's rows by id; of items those of the list in force on a day."""
    if kind == "enterprises":
        found: Sequence[Any] = await enterprises.enterprises_of(connection, bureau, withdrawn=True)
    elif kind == "officers":
        found = [_row(each) for each in await identity.people(connection, bureau)]
    else:
        pack = await identity.bureau_pack(connection, bureau)
        found = await plans.items_on(connection, bureau, pack, day)
    return {row.id: row for row in found}
