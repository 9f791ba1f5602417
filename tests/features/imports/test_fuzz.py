"""500 spoilt spreadsheets: never an exception, never a half of one.

Each is a good file with one or more spoilings. Where it can still be read, it is applied; the register
is then exactly what the trial promised, or exactly what it was before.
"""

import asyncio
import io
import random
import zipfile
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time
from typing import Any, TypeVar

import msgspec
from openpyxl import Workbook

from backend.app import make_dossiers
from backend.core.database import Database
from backend.core.problems import Problem
from backend.core.signing import ServerKeys
from backend.features.enterprises import public as enterprises
from backend.features.imports.public import File, Imports
from backend.settings import Settings
from tests.features.imports.sheets import HEAD, enterprise_row

T = TypeVar("T")
COUNT = 500
BUREAU = "changji"
Grid = list[list[Any]]
STRANGE = (
    None,
    "",
    "　",
    "#N/A",
    "#REF!",
    "=1/0",
    "=A1&B1",
    '=HYPERLINK("http://x","y")',
    0,
    -1,
    10**17 + 1,
    1e308,
    3.14,
    True,
    date(2026, 3, 5),
    datetime(1899, 1, 1),
    time(9, 30),
    "长" * 3000,
    "字" * 32_000,
    "\ue000",
    "𫖮㛃\U0002b5ae",
    "'; DROP TABLE enterprise; --",
    "<script>",
    "%s%n",
    "9.16523E+17",
)


def swap(chance: random.Random, grid: Grid) -> None:
    (one, two) = ((chance.randrange(len(grid)), chance.randrange(len(HEAD))) for _ in range(2))
    grid[one[0]][one[1]], grid[two[0]][two[1]] = grid[two[0]][two[1]], grid[one[0]][one[1]]


def strange(chance: random.Random, grid: Grid) -> None:
    grid[chance.randrange(len(grid))][chance.randrange(len(HEAD))] = chance.choice(STRANGE)


def cut(chance: random.Random, grid: Grid) -> None:
    row = chance.randrange(len(grid))
    grid[row] = grid[row][: chance.randrange(len(HEAD))] + [None] * len(HEAD)


def move_head(chance: random.Random, grid: Grid) -> None:
    grid.insert(chance.randrange(len(grid)), grid.pop(0))


def titles(chance: random.Random, grid: Grid) -> None:
    for _ in range(chance.randrange(1, 30)):
        grid.insert(0, [chance.choice(("台账", None, "填报人：张三"))] + [None] * len(HEAD))


def double(chance: random.Random, grid: Grid) -> None:
    grid.append(list(chance.choice(grid)))


def shuffle_columns(chance: random.Random, grid: Grid) -> None:
    order = chance.sample(range(len(HEAD)), len(HEAD))
    grid[:] = [[(row + [None] * len(HEAD))[at] for at in order] for row in grid]


def type_changed(chance: random.Random, grid: Grid) -> None:
    row = grid[chance.randrange(len(grid))]
    at = chance.randrange(len(HEAD))
    row[at] = str(row[at]) if not isinstance(row[at], str) else len(row[at])


SPOILINGS: tuple[Callable[[random.Random, Grid], None], ...] = (
    swap,
    strange,
    strange,
    cut,
    move_head,
    titles,
    double,
    shuffle_columns,
    type_changed,
)


def file_of(grid: Grid) -> bytes:
    made = Workbook(write_only=True)
    sheet = made.create_sheet("台账")
    for row in grid:
        sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def damage(chance: random.Random, raw: bytes) -> bytes:
    """A byte of the archive, a cut end, or a part that is no longer what it was."""
    match chance.randrange(3):
        case 0:
            at = chance.randrange(len(raw))
            return raw[:at] + bytes([raw[at] ^ (1 << chance.randrange(8))]) + raw[at + 1 :]
        case 1:
            return raw[: chance.randrange(len(raw))]
        case _:
            return _part_spoilt(chance, raw)


def _part_spoilt(chance: random.Random, raw: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w") as new:
        spoilt = chance.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            if name == spoilt:
                at = chance.randrange(len(content) + 1)
                content = content[:at] + content[at + chance.randrange(40) :]
            new.writestr(name, content)
    return file.getvalue()


def spoilt_file(seed: int) -> bytes:
    chance = random.Random(seed)
    rows = [enterprise_row(seed * 10 + number) for number in range(chance.randrange(1, 4))]
    grid: Grid = [list(HEAD), *rows]
    for _ in range(chance.randrange(1, 4)):
        chance.choice(SPOILINGS)(chance, grid)
    raw = file_of(grid)
    return damage(chance, raw) if chance.random() < 0.25 else raw


async def register(database: Database) -> dict[str, bytes]:
    async with database.read() as connection:
        rows = await enterprises.enterprises_of(connection, BUREAU, withdrawn=True)
    return {row.code: msgspec.json.encode(row) for row in rows}


async def attempt(doing: Awaitable[T]) -> T | Problem:
    """What is answered, or the refusal; nothing else may come out."""
    try:
        return await doing
    except Problem as problem:
        return problem


async def one(
    imports: Imports, database: Database, seed: int, before: dict[str, bytes]
) -> dict[str, bytes] | None:
    """The register after the file; None where the file could not be read."""
    file = File("enterprises", spoilt_file(seed))
    tried = await attempt(imports.check(BUREAU, "", file))
    if isinstance(tried, Problem):
        assert (tried.status, tried.code) == (422, "file")
        return None
    run = await attempt(imports.apply(BUREAU, "", file, tried.token, partial=seed % 2 == 0))
    after = await register(database)
    if isinstance(run, Problem):
        assert run.code in {"refused_rows", "nothing"}
        assert after == before
        return after
    assert (run.created, run.changed) == (tried.new, tried.changed)
    assert len(after) == len(before) + tried.new
    assert sum(after[code] != row for code, row in before.items()) == tried.changed
    if seed % 10 == 0:
        again = await imports.check(BUREAU, "", file)
        assert again.unchanged == tried.new + tried.changed + tried.unchanged
    return after


async def everything(settings: Settings) -> int:
    database = Database(settings.database_url)
    dossiers = make_dossiers(database, ServerKeys.at(settings.data_dir / "keys"))
    imports = Imports(dossiers)
    held, read = await register(database), 0
    for seed in range(COUNT):
        after = await one(imports, database, seed, held)
        held, read = (held, read) if after is None else (after, read + 1)
    assert await register(database) == held
    await database.close()
    return read


def test_500_spoilt_spreadsheets_leave_no_half(settings: Settings) -> None:
    read = asyncio.run(everything(settings))
    assert COUNT // 4 < read < COUNT
