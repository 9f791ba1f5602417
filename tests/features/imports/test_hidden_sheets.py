"""A sheet nobody sees is not what is handed in: the one on view is read, and the hidden one is named."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from openpyxl import Workbook

from backend.features.imports.papers.workbook import Unreadable, read_sheet
from backend.features.imports.service.registers import TABLES
from tests.features.imports.conftest import Desk
from tests.features.imports.sheets import HEAD, enterprise_row

HIDDEN = pytest.mark.parametrize("state", ["hidden", "veryHidden"])
Page = tuple[str, str, Iterable[Sequence[Any]]]


def pages(*wanted: Page) -> bytes:
    """Sheets by title, state and rows."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, state, rows in wanted:
        sheet = made.create_sheet(title)
        sheet.sheet_state = state
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@HIDDEN
def test_the_sheet_on_view_is_imported_and_the_hidden_one_before_it_left(
    desk: Desk, state: str
) -> None:
    old = ("去年", state, [HEAD, enterprise_row(1, "去年的厂"), enterprise_row(2, "停了的厂")])
    raw = pages(old, ("今年", "visible", [HEAD, enterprise_row(1, "今年的厂")]))
    tried = desk.check("enterprises", raw)
    assert (tried["sheet"], tried["new"]) == ("今年", 1)
    assert tried["rows"][0]["name"] == "今年的厂"
    assert "工作表“去年”是隐藏的，没有读。" in tried["notes"]


@HIDDEN
def test_where_only_a_hidden_sheet_has_a_head_that_is_said(state: str) -> None:
    raw = pages(("说明", "visible", [["看下一页"]]), ("台账", state, [HEAD, enterprise_row(1)]))
    with pytest.raises(Unreadable, match="隐藏的工作表不读，要导入请先取消隐藏"):
        read_sheet(raw, TABLES["enterprises"])
