"""账号: added, changed, closed and opened again; separation of powers asked each time (domain.md 6.2).

The desk, the shell and the import of officers use the same functions; `actor` is who did it, an
officer's id or `shell`.
"""

from dataclasses import dataclass

import msgspec

from backend.core.database import Connection
from backend.core.days import day_of
from backend.core.dossiers.service import Dossiers
from backend.core.problems import Problem
from backend.core.sessions import end_sessions_of
from backend.features.identity import tables as t
from backend.features.identity.rules.people import (
    PersonRow,
    changed_fields,
    phone_fault,
    plain_phone,
    version_of,
)
from backend.features.identity.rules.posts import login_fault, post_fault
from backend.features.identity.service import NewOfficer, add_officer
from backend.features.identity.service.posts import bureau_pack, post_rules
from backend.features.identity.tables import people as p
from backend.features.identity.tables.auditing import write_audit


@dataclass(frozen=True, slots=True)
class WantedPerson:
    """An account as somebody wants it; `section` is one of the actor's bureau."""

    login: str
    name: str
    phone: str
    section: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who changes something, in which bureau, when."""

    officer: str
    bureau: str
    now: int


async def add_person(
    dossiers: Dossiers, connection: Connection, actor: Actor, wanted: WantedPerson
) -> str:
    """A new account that nobody can log in to before he is given a one-time code; answers its id.

    Raises:
        Problem: 422 `login`, `name`, `phone`, `section` or `posts`; 409 `login_taken`.
    """
    await p.hold_bureau(connection, actor.bureau)
    fault = login_fault(wanted.login)
    if fault:
        raise Problem(422, "login", f"{fault}。没有添加，请改账号。")
    if await p.login_taken(connection, wanted.login):
        raise Problem(409, "login_taken", "这个账号已经有人用，没有添加。请换一个。")
    await _check(connection, actor, wanted)
    officer = f"o{dossiers.ids.hex(15)}"
    new = NewOfficer(
        id=officer,
        section=wanted.section,
        login=wanted.login,
        password="",
        name=wanted.name.strip(),
        phone=plain_phone(wanted.phone),
        roles=wanted.roles,
        certificate=None,
    )
    await add_officer(connection, new)
    await _tell(connection, actor, "add_account", officer, " ".join(sorted(wanted.roles)))
    return officer


async def change_person(
    connection: Connection, actor: Actor, officer: str, wanted: WantedPerson, version: str
) -> None:
    """Name, telephone, section and posts; the login stays. `version`: what was read before.

    Raises:
        Problem: 404 `officer`; 422 `name`, `phone`, `section` or `posts`; 409 `stale` or
            `last_administrator`.
    """
    await p.hold_bureau(connection, actor.bureau)
    before = row_of(await person_of(connection, actor.bureau, officer))
    if version_of(before) != version:
        title = "打开以后别人改过这个人。什么也没有改动，请看现在的再保存。"
        raise Problem(409, "stale", title)
    await _check(connection, actor, wanted)
    if "R14" not in wanted.roles:
        await _keep_one_administrator(connection, actor.bureau, officer)
    after = PersonRow(
        wanted.name.strip(), plain_phone(wanted.phone), wanted.section, sorted(wanted.roles)
    )
    if after == before:
        return
    await p.update_officer(connection, officer, **msgspec.structs.asdict(after))
    await _tell(connection, actor, "change_account", officer, _changes(before, after))


def row_of(held: t.Account) -> PersonRow:
    """What a save of this account would replace."""
    subject = held.subject
    return PersonRow(held.name, held.phone, subject.section, sorted(subject.roles))


def _changes(before: PersonRow, after: PersonRow) -> str:
    """The names of the changed fields; of section and posts also from what to what."""
    fields = changed_fields(before, after)
    told = " ".join(fields)
    if not {"section", "roles"} & set(fields):
        return told
    return f"{told}: {_seat(before)} > {_seat(after)}"


def _seat(row: PersonRow) -> str:
    return " ".join((row.section, *row.roles))


async def close_person(connection: Connection, actor: Actor, officer: str, words: str) -> None:
    """停用: he logs in no more, his sessions end, what he did stays his.

    Raises:
        Problem: 404 `officer`; 422 `words`; 409 `last_administrator`.
    """
    await p.hold_bureau(connection, actor.bureau)
    await person_of(connection, actor.bureau, officer)
    await _keep_one_administrator(connection, actor.bureau, officer)
    reason = reason_of(words)
    await p.update_officer(connection, officer, active=False)
    await end_sessions_of(connection, officer, actor.now)
    await _tell(connection, actor, "close_account", officer, reason)


async def reopen_person(connection: Connection, actor: Actor, officer: str, words: str) -> None:
    """恢复: his post must still be one he may hold.

    Raises:
        Problem: 404 `officer`; 422 `words` or `posts`.
    """
    held = await person_of(connection, actor.bureau, officer)
    rules = post_rules(await bureau_pack(connection, actor.bureau), day_of(actor.now))
    fault = post_fault(rules, held.subject.roles, held.subject.section_kind)
    if fault:
        raise Problem(422, "posts", f"{fault}。没有恢复，请先改岗位。")
    reason = reason_of(words)
    await p.update_officer(connection, officer, active=True)
    await _tell(connection, actor, "reopen_account", officer, reason)


async def person_of(connection: Connection, bureau: str, officer: str) -> t.Account:
    """One of the bureau's people; another bureau's look like nobody.

    Raises:
        Problem: 404 `officer`.
    """
    found = await t.find_account(connection, id=officer)
    if found is None or found.subject.bureau != bureau:
        raise Problem(404, "officer", "没有这名人员，什么也没有改动。")
    return found


def reason_of(words: str) -> str:
    """What is written beside an act that takes something from somebody.

    Raises:
        Problem: 422 `words`.
    """
    reason = " ".join(words.split())[:200]
    if not reason:
        raise Problem(422, "words", "没有写原因，什么也没有改动。请写明原因。")
    return reason


async def _check(connection: Connection, actor: Actor, wanted: WantedPerson) -> None:
    if not wanted.name.strip() or len(wanted.name) > 64:
        raise Problem(422, "name", "姓名没有填，或者太长。什么也没有改动，请填姓名。")
    no_phone = phone_fault(plain_phone(wanted.phone))
    if no_phone:
        raise Problem(422, "phone", f"电话{no_phone}。什么也没有改动，请改好再试。")
    sections = await p.sections_of(connection, actor.bureau)
    kind = next((each.kind for each in sections if each.id == wanted.section), None)
    if kind is None:
        raise Problem(422, "section", "本局没有这个科室，什么也没有改动。请重新选科室。")
    rules = post_rules(await bureau_pack(connection, actor.bureau), day_of(actor.now))
    fault = post_fault(rules, wanted.roles, kind)
    if fault:
        raise Problem(422, "posts", f"{fault}。什么也没有改动，请改岗位。")


async def _keep_one_administrator(connection: Connection, bureau: str, officer: str) -> None:
    """Without one, nobody could ever open an account again."""
    people = [each.subject for each in await p.people_of(connection, bureau)]
    left = {each.officer for each in people if each.active and "R14" in each.roles}
    if left == {officer}:
        title = "这是最后一名管理员，不能停用或换岗，什么也没有改动。请先添加另一名管理员。"
        raise Problem(409, "last_administrator", title)


async def _tell(connection: Connection, actor: Actor, act: str, subject: str, detail: str) -> None:
    await write_audit(connection, actor.now, actor.officer, act, subject, detail)
