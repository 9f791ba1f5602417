"""`anxun`: serve, worker, migrate, demo, law, import, code, user, backup, restore, simulate,
export-contract.
"""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import uvicorn

from backend import memory, simulate, users
from backend.app import HTTP_TYPES, contract, create_app, make_dossiers
from backend.backup.folder import BackupFault
from backend.backup.restoring import Restore, restore
from backend.backup.saving import Backup
from backend.core.blobs import open_blobs
from backend.core.clock import SystemClock
from backend.core.database import Database
from backend.core.days import day_of
from backend.core.dossiers.devices import begin_timeline
from backend.core.ids import SystemIds
from backend.core.logs import log_as_json
from backend.core.packs import load_pack
from backend.core.problems import Problem
from backend.core.signing import ServerKeys
from backend.demo.load import demo_logins, load
from backend.features.deadlines import public as deadlines
from backend.features.evidence import public as evidence
from backend.features.identity import public as identity
from backend.features.inspections.rules import stages_json
from backend.features.law import public as law
from backend.lan import serve as lan
from backend.migrate import migrate, migrate_folder
from backend.registers_cli import add_commands
from backend.settings import ROOT, Settings, read_settings
from backend.work import Work
from printing.facts import KINDS
from sync.server import export

SHUTDOWN_S = 3
"""Open streams end by themselves; a hung one must not keep the server alive."""
_HOW: dict[str, Any] = {
    "timeout_graceful_shutdown": SHUTDOWN_S,
    "access_log": False,
    "log_config": None,
}


def _serve(arguments: argparse.Namespace) -> None:
    """Migrate, then serve; an empty server prints how to set it up."""
    settings, clock = _settings_for(arguments.port), SystemClock()
    migrate(settings.database_url)
    log_as_json()
    network = lan.prepare(settings, clock) if arguments.lan else None
    settings = network.settled(settings) if network else settings
    asyncio.run(_offer_setup(settings))
    memory.settle()
    app = create_app(settings, work=not arguments.no_worker)
    if network:
        lan.serve(network, settings.port, clock, app, **_HOW)
    else:
        uvicorn.run(app, host=arguments.host, port=settings.port, **_HOW)


def _settings_for(port: int) -> Settings:
    """The port of the command line counts as the environment's: the server's address follows it."""
    asked = {"ANXUN_PORT": str(port)} if port else {}
    return read_settings({**os.environ, **asked})


async def _offer_setup(settings: Settings) -> None:
    """首次设置: printed here only, and new at each start while nobody administers."""
    database = Database(settings.database_url)
    dossiers = make_dossiers(database, ServerKeys.at(settings.data_dir / "keys"))
    async with database.write() as connection:
        await begin_timeline(connection, dossiers.ids.hex(16))
        token = await identity.offer_link(dossiers, connection)
    await database.close()
    if token:
        sys.stdout.write(f"首次设置（24 小时内用一次）：\n{settings.public_url}/#/setup/{token}\n")
        sys.stdout.flush()


def _migrate(_arguments: argparse.Namespace) -> None:
    migrate(read_settings().database_url)


def _simulate(_arguments: argparse.Namespace) -> None:
    memory.settle()
    simulate.main()


def _demo(arguments: argparse.Namespace) -> None:
    """Load the demo bureau, then print who can log in."""
    settings = read_settings()
    today = date.fromisoformat(day_of(SystemClock().now()))
    logins = demo_logins(today)
    if arguments.list:
        sys.stdout.write(json.dumps([asdict(each) for each in logins], ensure_ascii=False) + "\n")
        return
    migrate(settings.database_url)
    asyncio.run(fill_demo(settings))
    width = max(len(each.login) for each in logins)
    for each in logins:
        sys.stdout.write(
            f"{each.login:{width}}  {each.password}  {each.role}  {each.name}  {each.bureau}\n"
        )
    sys.stdout.write(f"\n{settings.public_url}\n")


async def fill_demo(settings: Settings) -> None:
    """Bring the demo bureau into a migrated database; one that has it stays as it is."""
    database = Database(settings.database_url)
    dossiers = make_dossiers(database, ServerKeys.at(settings.data_dir / "keys"))
    async with database.write() as connection:
        await begin_timeline(connection, dossiers.ids.hex(16))
        await load(dossiers, connection)
    await database.close()


def _law(arguments: argparse.Namespace) -> None:
    """Bring statute texts from a folder into the library of every bureau."""
    settings = read_settings()
    folder = Path(arguments.folder)
    if not folder.is_dir():
        sys.exit(f"没有这个文件夹：{folder}")
    migrate(settings.database_url)
    with _faults_told():
        asyncio.run(_import_laws(settings, law.files_in(folder)))


async def _import_laws(settings: Settings, files: Sequence[law.TextFile]) -> None:
    database = Database(settings.database_url)
    dossiers = make_dossiers(database, ServerKeys.at(settings.data_dir / "keys"))
    try:
        async with database.write() as connection:
            found = await identity.bureaus(connection)
            if not found:
                raise users.no_bureau()
            for bureau, name in found:
                readings = await law.import_files(dossiers, connection, bureau, files)
                await identity.carry_registers(dossiers, connection, bureau)
                words = load_pack(name).setting("bureau.short_name", str)
                sys.stdout.write(f"{words}\n{law.summary(readings)}")
    finally:
        await database.close()


def _worker(_arguments: argparse.Namespace) -> None:
    """Only the worker's jobs, until stopped."""
    log_as_json()
    memory.settle()
    settings = read_settings()
    database = Database(settings.database_url)
    dossiers = make_dossiers(database, ServerKeys.at(settings.data_dir / "keys"))
    guard = deadlines.EndpointGuard(settings.push_allow, deadlines.resolve_host)
    with suppress(KeyboardInterrupt):
        asyncio.run(Work(dossiers, open_blobs(settings.blob_url), settings, guard).run())


def _backup(arguments: argparse.Namespace) -> None:
    """A whole state of the running server into a folder."""
    settings = read_settings()
    with _faults_told():
        damaged = asyncio.run(_save(settings, Path(arguments.folder).resolve()))
    if damaged:
        sys.exit("附件已损坏，未能备份：" + "、".join(damaged))


async def _save(settings: Settings, folder: Path) -> list[str]:
    database = Database(settings.database_url)
    blobs, keys = open_blobs(settings.blob_url), settings.data_dir / "keys"
    try:
        made = await Backup(database, blobs, keys, SystemClock(), folder, _say).run()
    finally:
        await database.close()
    return made.damaged


def _restore(arguments: argparse.Namespace) -> None:
    """The newest whole state of a folder into an empty installation."""
    settings = read_settings()
    migrate_folder(settings.database_url)
    run = Restore(
        url=settings.database_url,
        blobs=open_blobs(settings.blob_url),
        keys=settings.data_dir / "keys",
        clock=SystemClock(),
        ids=SystemIds(),
        root=Path(arguments.folder).resolve(),
        replace=arguments.replace,
        say=_say,
    )
    with _faults_told():
        asyncio.run(restore(run))
    _say("已恢复。启动服务后，手机会自动补传备份之后的内容。")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def _faults_told() -> Iterator[None]:
    """A refusal is a sentence on stderr and exit code 1."""
    try:
        yield
    except BackupFault as fault:
        sys.exit(str(fault))
    except Problem as problem:
        sys.exit(problem.title)


def _export_contract(arguments: argparse.Namespace) -> None:
    """Write the contract; with --check only say whether it is fresh."""
    stale = [name for name, text in contract_files().items() if _differs(ROOT / name, text)]
    if arguments.check:
        sys.exit(f"stale: {', '.join(stale)}" if stale else 0)
    for name, text in contract_files().items():
        (ROOT / name).write_text(text, encoding="utf-8")


def contract_files() -> dict[str, str]:
    """The generated files by their path."""
    table = contract()
    return {
        "sync/contract/merge.json": export.merge_json(table),
        "sync/contract/records.ts": export.records_typescript(table),
        "sync/contract/wire.ts": export.wire_typescript(),
        "sync/contract/facts.ts": export.dataclasses_typescript(KINDS.values()),
        "sync/contract/stages.json": stages_json(),
        "pwa/src/generated/formats.json": evidence.formats_json(),
        "pwa/src/generated/http.ts": export.dataclasses_typescript(HTTP_TYPES),
    }


def _differs(path: Path, text: str) -> bool:
    return not path.exists() or path.read_text(encoding="utf-8") != text


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of the `anxun` command."""
    parser = argparse.ArgumentParser(prog="anxun", description="安巡 server")
    commands = parser.add_subparsers(required=True, metavar="command")
    _add(commands, "migrate", _migrate, "bring the database to the newest schema")
    _add(commands, "simulate", _simulate, "the log behind line-JSON, for the simulator")
    serve = _add(commands, "serve", _serve, "serve the product")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=0)
    serve.add_argument("--lan", action="store_true", help="https for phones of this network")
    serve.add_argument("--no-worker", action="store_true", help="leave the jobs to `anxun worker`")
    users.add_to(commands)
    _add(commands, "worker", _worker, "do the jobs only")
    demo = _add(commands, "demo", _demo, "load the demo bureau and print its logins")
    demo.add_argument("--list", action="store_true", help="only print the logins, as JSON")
    laws = _add(commands, "law", _law, "law import DIR: bring statute texts into the library")
    laws.add_argument("act", choices=["import"])
    laws.add_argument("folder")
    saving = _add(commands, "backup", _backup, "save database, keys and evidence while serving")
    saving.add_argument("folder")
    restoring = _add(commands, "restore", _restore, "bring the newest backup of a folder back")
    restoring.add_argument("folder")
    restoring.add_argument("--replace", default="", metavar="DATABASE", help="set this one aside")
    add_commands(commands)
    exporting = _add(commands, "export-contract", _export_contract, "write sync/contract")
    exporting.add_argument("--check", action="store_true")
    chosen = parser.parse_args(arguments)
    chosen.run(chosen)


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], None],
    about: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about)
    parser.set_defaults(run=run)
    return parser


if __name__ == "__main__":
    main()
