"""The columns of a kind of spreadsheet, declared once: names, reader, words of the template.

A head is found wherever it stands among the first rows: below titles, over one line or two, in
any order, under any of its names.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from backend.features.imports.model import Kind
from backend.features.imports.rules.cells import Reader, Refused, is_blank

_SEARCHED = 20
_NOISE = re.compile(r"[\s\u00a0\u3000*＊:：]|[（(][^（()）]*[)）]")
Cells = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field it fills, its title and other names, and what the template says."""

    field: str
    title: str
    read: Reader
    about: str
    example: Any = ""
    also: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of spreadsheet. `least` are the fields a head must have to be one."""

    kind: Kind
    title: str
    noun: str
    columns: tuple[Column, ...]
    least: tuple[str, ...]

    def column(self, field: str) -> Column:
        """The column of a field."""
        return next(each for each in self.columns if each.field == field)


@dataclass(frozen=True, slots=True)
class Head:
    """Where the columns stand: index → column; `below` is the index of the first row of data."""

    columns: dict[int, Column]
    extra: dict[int, str]
    twice: tuple[str, ...]
    below: int


@dataclass(slots=True)
class ReadRow:
    """One row of data: what each filled cell says, and what is wrong with the others."""

    number: int
    given: dict[str, Any]
    faults: list[str]


def bare_title(words: Any) -> str:
    """A heading without blanks, line breaks, stars and what stands in brackets."""
    return _NOISE.sub("", words).translate({0x3000: None}) if isinstance(words, str) else ""


def letter_of(index: int) -> str:
    """Column 0 is A, 26 is AA."""
    letters, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def find_head(table: Table, rows: Sequence[tuple[int, Cells]]) -> Head | None:
    """The head among the first rows, the row that names most columns; None when there is none."""
    names = {bare_title(name): each for each in table.columns for name in (each.title, *each.also)}
    best: Head | None = None
    for index in range(min(_SEARCHED, len(rows))):
        for depth in (1, 2):
            if index + depth > len(rows):
                continue
            head = _head(names, rows, index, depth)
            if best is None or len(head.columns) > len(best.columns):
                best = head
    if best is None:
        return None
    found = {each.field for each in best.columns.values()}
    return best if found.issuperset(table.least) else None


def _head(
    names: dict[str, Column], rows: Sequence[tuple[int, Cells]], index: int, depth: int
) -> Head:
    columns: dict[int, Column] = {}
    extra: dict[int, str] = {}
    twice: list[str] = []
    for place, candidates in enumerate(_titles(rows, index, depth)):
        column = next((names[each] for each in candidates if each in names), None)
        if column is None:
            if any(candidates):
                extra[place] = next(filter(None, candidates))
        elif column in columns.values():
            twice.append(column.title)
        else:
            columns[place] = column
    return Head(columns, extra, tuple(twice), index + depth)


def _titles(rows: Sequence[tuple[int, Cells]], index: int, depth: int) -> list[tuple[str, ...]]:
    """What each column may be called. A group over several columns is written in the first only."""
    upper = [bare_title(cell) for cell in rows[index][1]]
    if depth == 1:
        return [(title,) for title in upper]
    lower = [bare_title(cell) for cell in rows[index + 1][1]]
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    group = ""
    titles: list[tuple[str, ...]] = []
    for over, under in zip(upper, lower, strict=True):
        group = over or group
        titles.append((under, group + under) if under else (over,))
    return titles


def read_rows(head: Head, rows: Sequence[tuple[int, Cells]]) -> list[ReadRow]:
    """Every row below the head that is not empty."""
    read = (_read_row(head, number, cells) for number, cells in rows[head.below :])
    return [row for row in read if row.given or row.faults]


def _read_row(head: Head, number: int, cells: Cells) -> ReadRow:
    row = ReadRow(number, {}, [])
    for place, column in head.columns.items():
        value = cells[place] if place < len(cells) else None
        if is_blank(value):
            continue
        try:
            row.given[column.field] = column.read(value)
        except Refused as refusal:
            row.faults.append(place_words(number, place, column, str(refusal)))
    return row


def place_words(number: int, place: int | None, column: Column, words: str) -> str:
    """「第 7 行 E 列 统一社会信用代码：…」."""
    where = f" {letter_of(place)} 列" if place is not None else ""
    return f"第 {number} 行{where} {column.title}：{words}"
