"""An .xlsx as rows of plain values; whatever the bytes are, rows or one sentence why not.

Before the parser sees anything the archive is looked at: how much it would unfold to, whether it is
one at all, and that no part of it declares entities of its own. Macros and links are never followed.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from backend.features.imports.rules.cells import NO_RESULT
from backend.features.imports.rules.columns import Head, Table, find_head

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_FILE = 16 * 1024 * 1024
MAX_ROWS = 50_000
EXAMPLE = "示例"
EXPLANATION = "填写说明"

_MAX_UNFOLDED = 160 * 1024 * 1024
_MAX_PARTS = 500
_MAX_COLUMNS = 80
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_CHUNK = 1 << 20

Rows = list[tuple[int, tuple[Any, ...]]]


class Unreadable(ValueError):
    """The file as a whole cannot be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet that was read: its head and rows, and the names of the sheets that were not, those on
    view and those hidden."""

    title: str
    head: Head
    rows: Rows
    others: list[str]
    hidden: list[str]


def read_sheet(raw: bytes, table: Table) -> Sheet:
    """The first sheet on view with the kind's head: nobody hands in what he does not see.

    Raises:
        Unreadable.
    """
    _look_at(raw)
    try:
        return _read(raw, table)
    except Unreadable:
        raise
    except Exception as error:  # the parser fails in its own many ways on damaged files
        raise Unreadable(
            "表格读不懂，可能已损坏。请在表格软件里打开，另存为 .xlsx 再上传。"
        ) from error


def _look_at(raw: bytes) -> None:
    if raw.startswith(_OLD_EXCEL):
        raise Unreadable("这是旧版 .xls 或加了密码的表格。请另存为不带密码的 .xlsx 再上传。")
    if not raw.startswith(b"PK"):
        raise Unreadable("这不是 .xlsx 表格（像是 csv 等文件改了名）。请另存为 .xlsx 再上传。")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _look_inside(archive)
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable("表格文件已损坏，打不开。请重新导出再上传。") from error


def _look_inside(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNFOLDED:
        raise Unreadable("表格展开后太大，没有读。请删去图片和空行，或分成几个表格。")
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise Unreadable("这不是 .xlsx 表格。请另存为 .xlsx 再上传。")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                if b"<!DOCTYPE" in file.read(_CHUNK).upper().replace(b"\x00", b""):
                    raise Unreadable("表格里有不该有的内容，没有读。请重新导出再上传。")


def _read(raw: bytes, table: Table) -> Sheet:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        try:
            return _first_with_head(book, table)
        finally:
            book.close()


def _first_with_head(book: Any, table: Table) -> Sheet:
    if book.epoch.year == 1904:
        raise Unreadable("表格用的是 1904 日期制，日期会差四年。请在表格选项里取消再上传。")
    sheets = [each for each in book.worksheets if each.title not in {EXAMPLE, EXPLANATION}]
    seen = [each for each in sheets if each.sheet_state == "visible"]
    hidden = [each.title for each in sheets if each not in seen]
    for sheet in seen:
        rows = list(_rows(sheet))
        head = find_head(table, rows)
        if head is None:
            continue
        if head.twice:
            raise Unreadable(f"有两列都是“{head.twice[0]}”，不知道读哪一列。请只留一列。")
        others = [each.title for each in seen if each is not sheet]
        return Sheet(sheet.title, head, rows, others, hidden)
    names = "、".join(table.column(field).title for field in table.least)
    unseen = "隐藏的工作表不读，要导入请先取消隐藏。" if hidden else ""
    raise Unreadable(f"没有找到表头。表头要有“{names}”等列，可先下载模板对照。{unseen}")


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Rows with something in them, numbered as the spreadsheet shows them."""
    last = count = 0
    for number, row in _parsed(sheet):
        if number <= last:
            raise Unreadable(
                "表格里行的次序乱了，没有读。请在表格软件里打开，另存为 .xlsx 再上传。"
            )
        last = number
        if all(cell is None or cell == "" for cell in row):
            continue
        count += 1
        if count > MAX_ROWS:
            raise Unreadable(f"超过 {MAX_ROWS} 行，没有读。请分成几个表格。")
        yield number, row


class _Parser(WorkSheetParser):
    """Tells a formula that nobody worked out from an empty cell, in the one reading there is."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell = super().parse_cell(element)
        if cell["value"] is None and _is_formula_without_result(element):
            cell["value"] = NO_RESULT
        return cell


def _is_formula_without_result(element: Any) -> bool:
    """Words of no length are a result."""
    nothing_said = element.get("t") == "str" and element.find(VALUE_TAG) is not None
    return element.find(FORMULA_TAG) is not None and not nothing_said


def _parsed(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Every row the sheet holds as the values of its first columns."""
    book = sheet.parent
    with sheet._get_source() as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, cells in parser.parse():
            row = [None] * _MAX_COLUMNS
            for cell in cells:
                if cell["column"] <= _MAX_COLUMNS:
                    row[cell["column"] - 1] = cell["value"]
            yield number, tuple(row)
