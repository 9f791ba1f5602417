"""首次设置: an empty server prints a link once; who opens it makes the bureau and its administrator."""

from dataclasses import dataclass

from backend.core.database import Connection
from backend.core.days import day_of
from backend.core.dossiers.service import Dossiers
from backend.core.packs import NATIONAL, PACKS, Pack, load_pack
from backend.core.problems import Problem
from backend.core.sessions import hash_token
from backend.features.identity.rules.bureau import BureauWords, words_fault
from backend.features.identity.rules.posts import login_fault
from backend.features.identity.service import NewOfficer, Passwords, add_bureau, add_officer
from backend.features.identity.service.bureau import Furnish, keep_words
from backend.features.identity.service.people import Actor
from backend.features.identity.service.posts import own_password_fault
from backend.features.identity.service.sections import (
    WantedSection,
    check_section,
    make_section,
)
from backend.features.identity.tables import people as p
from backend.features.identity.tables import setup as s
from backend.features.identity.tables.auditing import write_audit

LINK_MS = 24 * 3_600_000
ADMINISTRATION = "administration"
_NAME = "bureau.name"


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """The first account, with a password of its own."""

    login: str
    name: str
    password: str


@dataclass(frozen=True, slots=True)
class FirstBureau:
    """Everything the set-up page asks."""

    words: BureauWords
    pack: str
    sections: list[WantedSection]
    administrator: FirstAdministrator


async def offer_link(dossiers: Dossiers, connection: Connection) -> str | None:
    """The token of a new link, kept hashed; None where an administrator exists."""
    if await s.has_administrator(connection):
        await s.drop_link(connection)
        return None
    token = dossiers.ids.token()
    await s.keep_link(connection, hash_token(token), dossiers.clock.now() + LINK_MS)
    return token


def bureau_packs() -> dict[str, Pack]:
    """The packs a bureau can have: those that know a bureau's own name and number sign."""
    names = sorted(each.name for each in PACKS.iterdir() if each.is_dir())
    packs = {name: load_pack(name) for name in names if name != NATIONAL and name[0].isalpha()}
    return {name: pack for name, pack in packs.items() if _NAME in pack.settings}


async def check_link(connection: Connection, token: str, now: int) -> None:
    """Whether the link opens.

    Raises:
        Problem: 404, the same for a wrong, used or late one.
    """
    stands = await s.link_stands(connection, hash_token(token), now)
    if not stands or await s.has_administrator(connection):
        raise Problem(404, "http_404")


async def set_up(
    dossiers: Dossiers,
    connection: Connection,
    passwords: Passwords,
    furnish: Furnish,
    wanted: FirstBureau,
) -> str:
    """The bureau, its sections and its first administrator; the link is used up. Answers the bureau.

    Raises:
        Problem: 422, and the link stands as before.
    """
    now = dossiers.clock.now()
    pack = _checked(wanted, day_of(now))
    bureau = f"b{dossiers.ids.hex(11)}"
    await add_bureau(connection, bureau, wanted.words.name, wanted.pack)
    await keep_words(connection, bureau, wanted.words)
    needed = pack.setting("access.enrolment_approval", bool)
    await p.update_bureau(connection, bureau, enrolment_needs_approval=needed)
    actor = Actor("setup", bureau, now)
    made = [await make_section(connection, actor, each, dossiers.ids) for each in wanted.sections]
    desk = next(
        name
        for name, each in zip(made, wanted.sections, strict=True)
        if each.kind == ADMINISTRATION
    )
    officer = await _add_administrator(dossiers, connection, passwords, desk, wanted.administrator)
    await write_audit(connection, now, "setup", "set_up", bureau, officer)
    await furnish(dossiers, connection, bureau)
    await s.drop_link(connection)
    return bureau


async def _add_administrator(
    dossiers: Dossiers,
    connection: Connection,
    passwords: Passwords,
    section: str,
    wanted: FirstAdministrator,
) -> str:
    new = NewOfficer(
        id=f"o{dossiers.ids.hex(15)}",
        section=section,
        login=wanted.login,
        password=await passwords.make(wanted.password),
        name=wanted.name.strip(),
        phone="",
        roles=frozenset({"R14"}),
        certificate=None,
    )
    if await p.login_taken(connection, wanted.login):
        raise _refused("login", "这个账号已经有人用")
    await add_officer(connection, new)
    return new.id


def _checked(wanted: FirstBureau, day: str) -> Pack:
    pack = bureau_packs().get(wanted.pack)
    if pack is None:
        raise _refused("pack", "没有选地区，或者没有这个地区的规则")
    fault = words_fault(wanted.words)
    if fault:
        raise _refused(*fault)
    for each in wanted.sections:
        check_section(pack, each, day)
    names = [each.name.strip() for each in wanted.sections]
    if len(set(names)) < len(names) or len(names) > 40:
        raise _refused("section", "有同名的科室，或者科室太多")
    if ADMINISTRATION not in {each.kind for each in wanted.sections}:
        raise _refused("section", "还缺一个管理用的科室（办公室、信息中心），管理员要放在里面")
    _check_administrator(pack, wanted.administrator, day)
    return pack


def _check_administrator(pack: Pack, wanted: FirstAdministrator, day: str) -> None:
    if not wanted.name.strip() or len(wanted.name) > 64:
        raise _refused("administrator", "管理员姓名没有填，或者太长")
    fault = login_fault(wanted.login)
    fault = fault or own_password_fault(pack, wanted.password, wanted.login, day)
    if fault:
        raise _refused("administrator", fault)


def _refused(code: str, words: str) -> Problem:
    return Problem(422, code, f"{words}。什么也没有建立，请改好再试。")
