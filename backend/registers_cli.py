"""`anxun import` and `anxun code`: registers in from spreadsheets, codes out as posters.

Whoever may run these has the database in his hands already, so no post is asked; both are audited.
"""

import argparse
import asyncio
import sys
from pathlib import Path

from backend.app import make_dossiers
from backend.core.clock import SystemClock
from backend.core.database import Database
from backend.core.days import day_of
from backend.core.dossiers.devices import begin_timeline
from backend.core.dossiers.service import Dossiers
from backend.core.problems import Problem
from backend.core.signing import ServerKeys
from backend.features.documents import public as documents
from backend.features.enterprises import public as enterprises
from backend.features.identity import public as identity
from backend.features.imports import public as imports
from backend.features.imports.model import CheckView
from backend.migrate import migrate
from backend.settings import Settings, read_settings


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The two commands."""
    importing = commands.add_parser("import", help="try a spreadsheet, with --apply bring it in")
    importing.set_defaults(run=_import)
    importing.add_argument("kind", choices=sorted(imports.TABLES))
    importing.add_argument("file", type=Path)
    importing.add_argument("--bureau", required=True)
    importing.add_argument("--apply", action="store_true", help="write what the trial promises")
    importing.add_argument("--partial", action="store_true", help="also where some rows are bad")
    importing.add_argument("--version", default="", help="of the item list")
    importing.add_argument("--published", default="", help="YYYY-MM-DD, of the item list")
    code = commands.add_parser("code", help="posters with the codes of enterprises")
    code.set_defaults(run=_code)
    code.add_argument(
        "file", type=Path, help="PDF; a large register becomes FILE-1.pdf, FILE-2.pdf, …"
    )
    code.add_argument("--bureau", required=True)
    code.add_argument("--enterprise", default="", help="its id or credit code; all when left out")


def _import(arguments: argparse.Namespace) -> None:
    settings = _ready()
    try:
        asyncio.run(_imported(settings, arguments))
    except Problem as problem:
        sys.exit(problem.title)


async def _imported(settings: Settings, arguments: argparse.Namespace) -> None:
    dossiers = await _opened(settings, arguments.bureau)
    version = imports.ListVersion(
        arguments.version, arguments.published or day_of(SystemClock().now())
    )
    file = imports.File(
        arguments.kind,
        arguments.file.read_bytes(),
        arguments.file.name,
        version if arguments.kind == "items" else None,
    )
    desk = imports.Imports(dossiers)
    try:
        tried = await desk.check(arguments.bureau, "", file)
        _print(tried)
        if arguments.apply:
            run = await desk.apply(arguments.bureau, "", file, tried.token, arguments.partial)
            sys.stdout.write(f"已导入，编号 {run.id}\n")
    finally:
        await dossiers.database.close()


def _print(tried: CheckView) -> None:
    lines = [
        f"新增 {tried.new}，修改 {tried.changed}，不变 {tried.unchanged}，不能导入 {tried.refused}",
        *(f"没有读的列：{name}" for name in tried.extra),
        *tried.notes,
        *(words for row in tried.rows for words in row.faults),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def _code(arguments: argparse.Namespace) -> None:
    settings = _ready()
    try:
        written = asyncio.run(_posters(settings, arguments))
    except Problem as problem:
        sys.exit(problem.title)
    sys.stdout.write("".join(f"{path}\n" for path in written))


async def _posters(settings: Settings, arguments: argparse.Namespace) -> list[Path]:
    dossiers = await _opened(settings, arguments.bureau)
    press = documents.Press(settings.faces, settings.public_url)
    wanted, most = arguments.enterprise, documents.PER_FILE
    try:
        async with dossiers.database.read() as connection:
            found = await enterprises.enterprises_of(connection, arguments.bureau)
        if wanted:
            found = [each for each in found if wanted in {each.id, each.code}]
        books = [found[start : start + most] for start in range(0, len(found), most)] or [[]]
        paths = []
        for number, book in enumerate(books, 1):
            path = arguments.file
            if len(books) > 1:
                path = path.with_name(f"{path.stem}-{number}{path.suffix}")
            made = await documents.print_posters(dossiers, press, arguments.bureau, book)
            path.write_bytes(made)
            paths.append(path)
        return paths
    finally:
        await dossiers.database.close()


def _ready() -> Settings:
    settings = read_settings()
    migrate(settings.database_url)
    return settings


async def _opened(settings: Settings, bureau: str) -> Dossiers:
    dossiers = make_dossiers(
        Database(settings.database_url), ServerKeys.at(settings.data_dir / "keys")
    )
    async with dossiers.database.write() as connection:
        await begin_timeline(connection, dossiers.ids.hex(16))
        known = await identity.bureau_exists(connection, bureau)
    if not known:
        await dossiers.database.close()
        raise Problem(404, "bureau", f"没有代号为 {bureau} 的局。")
    return dossiers
