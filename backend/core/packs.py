"""Jurisdiction packs: the law as data, TOML files under `backend/packs/<name>/`.

A pack is read as two layers, `national` below and the bureau's own folder above it. A file holds
two forms, and every value in either names its `source` and the day it came `in_force`:

    [bureau.name]                 a setting, found as "bureau.name"
    value = "…"
    source = "…"
    in_force = 2020-01-10

    [[clock]]                     a row of the table "clock"; several rows of one id are its
    id = "D03"                    versions in time
    source = "…"
    in_force = 2020-01-10

The bureau's setting replaces the national one of its name; the bureau's rows of an id replace all
national rows of that id. File names are for the reader only: a table may be spread over files.
What a row may contain is said by the feature that asks for it, so nothing is known of law here.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Protocol, TypeVar

import msgspec

PACKS = Path(__file__).parent.parent / "packs"
NATIONAL = "national"


class PackError(Exception):
    """A pack cannot be read. The message names pack, file and key, and what is wrong there."""


class Versioned(Protocol):
    """What every row of a pack carries beside its own matter."""

    @property
    def id(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def in_force(self) -> date: ...


Row = TypeVar("Row", bound=Versioned)
T = TypeVar("T")


class Setting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One value with its source. `note` is for the desk (an assumption, a doubt)."""

    value: Any
    source: Annotated[str, msgspec.Meta(min_length=1)]
    in_force: date
    note: str = ""


class RawRow(msgspec.Struct, frozen=True):
    """A row not yet typed, with the file it stands in so that an error can name it."""

    file: str
    cells: Mapping[str, Any]


class Pack(msgspec.Struct, frozen=True):
    """A bureau's pack merged over the national one."""

    name: str
    settings: Mapping[str, Setting]
    tables: Mapping[str, tuple[RawRow, ...]]

    def setting(self, key: str, kind: type[T]) -> T:
        """The value of a setting as `kind`; PackError if it is absent or of another type."""
        if key not in self.settings:
            raise PackError(f"{self.name}: no setting {key}")
        try:
            return msgspec.convert(self.settings[key].value, kind)
        except msgspec.ValidationError as error:
            raise PackError(f"{self.name}: {key}: {error}") from error

    def rows(self, table: str, kind: type[Row]) -> tuple[Row, ...]:
        """Every row of a table, all versions; PackError names file and row that do not fit."""
        return tuple(_typed(row, table, kind) for row in self.tables.get(table, ()))


@cache
def load_pack(name: str, root: Path = PACKS) -> Pack:
    """Read the pack of a bureau over the national one. PackError on any fault in either."""
    settings: dict[str, Setting] = {}
    tables: dict[str, tuple[RawRow, ...]] = {}
    for layer in dict.fromkeys((NATIONAL, name)):
        own_settings, own_tables = _read_layer(root / layer)
        settings |= own_settings
        for table, rows in own_tables.items():
            tables[table] = _overlay(tables.get(table, ()), rows)
    return Pack(name, settings, tables)


def in_force_on(rows: Iterable[Row], day: date) -> dict[str, Row]:
    """By id, the latest version in force on a day; what is not yet in force is left out."""
    chosen: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row.in_force):
        if row.in_force <= day:
            chosen[row.id] = row
    return chosen


def _read_layer(folder: Path) -> tuple[dict[str, Setting], dict[str, list[RawRow]]]:
    if not folder.is_dir():
        raise PackError(f"no pack named {folder.name}")
    settings: dict[str, Setting] = {}
    tables: dict[str, list[RawRow]] = {}
    for path in sorted(folder.glob("*.toml")):
        file = f"{folder.name}/{path.name}"
        for key, value in _parse(path, file).items():
            if isinstance(value, list):
                tables.setdefault(key, []).extend(_raw_rows(file, key, value))
            else:
                _add_settings(settings, file, key, value)
    for table, rows in tables.items():
        _refuse_twins(table, rows)
    return settings, tables


def _parse(path: Path, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(f"{file}: {error}") from error


def _raw_rows(file: str, table: str, rows: list[Any]) -> Iterator[RawRow]:
    for index, cells in enumerate(rows):
        if not isinstance(cells, dict):
            raise PackError(f"{file}: {table}: a value without source and in_force")
        missing = [key for key in ("id", "source", "in_force") if not cells.get(key)]
        if missing:
            raise PackError(f"{file}: {table}[{cells.get('id', index)}]: no {', '.join(missing)}")
        yield RawRow(file, cells)


def _add_settings(settings: dict[str, Setting], file: str, key: str, value: Any) -> None:
    """Walk down to the tables that hold a `value`; the path to one is the setting's name."""
    if not isinstance(value, dict):
        raise PackError(f"{file}: {key}: a value without source and in_force")
    if "value" not in value:
        for name, inner in value.items():
            _add_settings(settings, file, f"{key}.{name}", inner)
        return
    if key in settings:
        raise PackError(f"{file}: {key}: set twice in one pack")
    try:
        settings[key] = msgspec.convert(value, Setting)
    except msgspec.ValidationError as error:
        raise PackError(f"{file}: {key}: {error}") from error


def _refuse_twins(table: str, rows: list[RawRow]) -> None:
    """Two rows of one id and one day would leave it to chance which is the law."""
    seen: set[tuple[object, object]] = set()
    for row in rows:
        version = (row.cells["id"], row.cells["in_force"])
        if version in seen:
            raise PackError(
                f"{row.file}: {table}[{version[0]}]: two versions in force {version[1]}"
            )
        seen.add(version)


def _overlay(below: tuple[RawRow, ...], above: list[RawRow]) -> tuple[RawRow, ...]:
    replaced = {row.cells["id"] for row in above}
    return (*(row for row in below if row.cells["id"] not in replaced), *above)


def _typed(row: RawRow, table: str, kind: type[Row]) -> Row:
    try:
        return msgspec.convert(row.cells, kind)
    except msgspec.ValidationError as error:
        raise PackError(f"{row.file}: {table}[{row.cells['id']}]: {error}") from error
