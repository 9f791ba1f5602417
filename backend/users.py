"""`anxun user add | reset | list`: the desk of accounts from the shell, by the same service."""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from backend.app import make_dossiers
from backend.core.database import Connection, Database
from backend.core.dossiers.service import Dossiers
from backend.core.problems import Problem
from backend.core.signing import ServerKeys
from backend.features.identity import public as identity
from backend.features.identity.service import Passwords
from backend.migrate import migrate
from backend.settings import read_settings

SHELL = "shell"


@dataclass(frozen=True, slots=True)
class Shell:
    """One command at work on one bureau."""

    dossiers: Dossiers
    connection: Connection
    actor: identity.Actor


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands `user add`, `user reset`, `user list`."""
    user = commands.add_parser("user", help="accounts: add, reset, list")
    acts = user.add_subparsers(required=True, metavar="act")
    add = acts.add_parser("add", help="a new account; prints its one-time code")
    for name in ("login", "name", "section"):
        add.add_argument(f"--{name}", required=True)
    add.add_argument("--roles", required=True, help="R1,R2,…")
    add.add_argument("--phone", default="")
    add.set_defaults(run=lambda given: _run(given, _add))
    reset = acts.add_parser("reset", help="a new one-time code for an account")
    reset.add_argument("login")
    reset.set_defaults(run=lambda given: _run(given, _reset))
    listing = acts.add_parser("list", help="every account")
    listing.set_defaults(run=lambda given: _run(given, _list))
    for each in (add, reset, listing):
        each.add_argument("--bureau", default="", help="id; not needed where there is one bureau")


def _run(
    given: argparse.Namespace, act: Callable[[Shell, argparse.Namespace], Awaitable[str]]
) -> None:
    try:
        sys.stdout.write(asyncio.run(_within(given, act)))
    except Problem as problem:
        sys.exit(problem.title)


async def _within(
    given: argparse.Namespace, act: Callable[[Shell, argparse.Namespace], Awaitable[str]]
) -> str:
    async with _shell(given.bureau) as shell:
        return await act(shell, given)


@asynccontextmanager
async def _shell(bureau: str) -> AsyncIterator[Shell]:
    settings = read_settings()
    await asyncio.to_thread(migrate, settings.database_url)
    database = Database(settings.database_url)
    dossiers = make_dossiers(database, ServerKeys.at(settings.data_dir / "keys"))
    try:
        async with database.write() as connection:
            chosen = await _bureau(connection, bureau)
            actor = identity.Actor(SHELL, chosen, dossiers.clock.now())
            yield Shell(dossiers, connection, actor)
    finally:
        await database.close()


async def _bureau(connection: Connection, wanted: str) -> str:
    found = [bureau for bureau, _ in await identity.bureaus(connection)]
    if not found:
        raise no_bureau()
    if wanted in found:
        return wanted
    if wanted or len(found) > 1:
        raise Problem(422, "bureau", f"请用 --bureau 选一个单位：{'、'.join(found)}")
    return found[0]


def no_bureau() -> Problem:
    """Nothing is kept before there is somebody to keep it for."""
    words = "还没有建立单位，什么也没有写入。请启动服务，用打印出来的首次设置链接建立。"
    return Problem(404, "bureau", words)


async def _add(shell: Shell, given: argparse.Namespace) -> str:
    wanted = identity.WantedPerson(
        given.login.lower(),
        given.name,
        given.phone,
        await _section(shell, given.section),
        frozenset(given.roles.split(",")),
    )
    officer = await identity.add_person(shell.dossiers, shell.connection, shell.actor, wanted)
    await identity.publish_officers(shell.dossiers, shell.connection, shell.actor.bureau)
    await identity.carry_registers(shell.dossiers, shell.connection, shell.actor.bureau)
    return await _code(shell, officer)


async def _section(shell: Shell, wanted: str) -> str:
    """By its id or its name."""
    sections = await identity.sections(shell.connection, shell.actor.bureau)
    found = [each.id for each in sections if wanted in (each.id, each.name)]
    if not found:
        names = "、".join(each.name for each in sections)
        raise Problem(422, "section", f"没有这个科室。有：{names}")
    return str(found[0])


async def _reset(shell: Shell, given: argparse.Namespace) -> str:
    held = await identity.account_by_login(shell.connection, given.login.lower())
    if held is None:
        raise Problem(404, "officer", "没有这个账号，什么也没有改动。")
    return await _code(shell, held.subject.officer)


async def _code(shell: Shell, officer: str) -> str:
    made = await identity.make_codes(Passwords(), shell.dossiers.ids, 1)
    (given,) = await identity.give_codes(shell.connection, shell.actor, [officer], made)
    return f"{given.login}  {given.code}  {given.name}\n"


async def _list(shell: Shell, _given: argparse.Namespace) -> str:
    people = await identity.people(shell.connection, shell.actor.bureau)
    return "".join(
        f"{each.login:16} {' '.join(sorted(each.subject.roles)):12} "
        f"{'在用' if each.subject.active else '停用'}  {each.section_name}  {each.name}\n"
        for each in people
    )
