"""The rows an import refused, as they stood in the file, each with why: to mend and bring in again."""

import io
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from backend.features.imports.papers.workbook import Sheet

REASON = "原因"
_LONGEST = 32_000
"""A cell holds hardly more."""


def refused_sheet(sheet: Sheet, reasons: Mapping[int, str]) -> bytes:
    """An .xlsx with the head as it was and the rows of those numbers, 原因 in a column of its own."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet.title)
    head = sheet.rows[: sheet.head.below]
    below = [(number, cells) for number, cells in sheet.rows if number in reasons]
    last = max(_end(cells) for _, cells in [*head, *below])
    for at, (_, cells) in enumerate(head, 1):
        page.append(_line(page, cells, last, REASON if at == len(head) else ""))
    for number, cells in below:
        page.append(_line(page, cells, last, reasons[number]))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _line(page: Any, cells: tuple[Any, ...], last: int, reason: str) -> list[Any]:
    blank = [None] * (last - len(cells))
    return [_cell(page, value) for value in (*cells[:last], *blank, reason)]


def _end(cells: tuple[Any, ...]) -> int:
    """How many cells there are up to the last that is not empty."""
    return max((at for at, value in enumerate(cells, 1) if value is not None), default=0)


def _cell(page: Any, value: Any) -> Any:
    """Words stay words: none becomes a formula, no code a rounded number."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST])
    cell.data_type, cell.number_format = "s", "@"
    return cell
