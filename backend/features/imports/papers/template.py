"""模板: an empty sheet with the head, an example, and what each column means."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from backend.features.imports.papers.workbook import EXAMPLE, EXPLANATION
from backend.features.imports.rules.columns import Table

_HEAD = PatternFill("solid", fgColor="DCE9E4")
_BOLD = Font(bold=True)
_TOP = Alignment(vertical="top", wrap_text=True)
_ROWS_AS_TEXT = 1000
_WIDTH = 20


def template(table: Table) -> bytes:
    """The bytes of an .xlsx the reader takes back as it is. Cells are text, so nothing is rounded."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    blank = book.create_sheet(table.title)
    _head(blank, table)
    for index in range(1, len(table.columns) + 1):
        for row in range(2, _ROWS_AS_TEXT):
            blank.cell(row, index).number_format = "@"
    example = book.create_sheet(EXAMPLE)
    _head(example, table)
    example.append([column.example for column in table.columns])
    _explain(book.create_sheet(EXPLANATION), table)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _head(sheet: Worksheet, table: Table) -> None:
    sheet.append([f"{each.title}{'*' if each.required else ''}" for each in table.columns])
    for number, cell in enumerate(sheet[1], 1):
        cell.font, cell.fill = _BOLD, _HEAD
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
    sheet.freeze_panes = "A2"


def _explain(sheet: Worksheet, table: Table) -> None:
    sheet.append(["列", "要不要填", "怎么填", "也认这些列名"])
    for column in table.columns:
        must = "新增时必填" if column.required else "可不填"
        sheet.append([column.title, must, column.about, "、".join(column.also)])
    sheet.append([])
    sheet.append(["空着的格子", "", "不改动登记册里原有的内容。", ""])
    sheet.append(["多出来的列", "", "不读，导入前会列出来。", ""])
    for cell in sheet[1]:
        cell.font, cell.fill = _BOLD, _HEAD
    for letter, width in zip("ABCD", (18, 14, 60, 50), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = _TOP
