"""Formulas in a spreadsheet: what they come to is read; one that nobody worked out is no empty cell."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from backend.features.imports.papers.workbook import Unreadable, read_sheet
from backend.features.imports.rules import columns
from backend.features.imports.rules.cells import NO_RESULT, Refused
from backend.features.imports.rules.columns import Column
from backend.features.imports.service.registers import TABLES
from tests.features.imports.conftest import ADMINISTRATOR, Desk
from tests.features.imports.sheets import HEAD, enterprise_row, workbook

Faults = Callable[..., list[str]]
PAGE = "xl/worksheets/sheet1.xml"
PHONE = 'r="G2"'
WORDS = "第 2 行 G 列 联系电话：这一格是公式，没有算出的值，请改成数值后再导入"
NOT_WORKED_OUT = pytest.mark.parametrize(
    "cell",
    [
        f"<c {PHONE}><f>A1</f></c>",
        f"<c {PHONE}><f>A1</f><v/></c>",
        f'<c {PHONE} t="n"><f>A1</f><v></v></c>',
        f'<c {PHONE} t="str"><f>A1</f></c>',
        f'<c {PHONE}><f t="shared" si="0"/><v/></c>',
        f'<c {PHONE}><f t="array" ref="G2">A1</f></c>',
    ],
)


def page(raw: bytes, change: Callable[[str], str]) -> bytes:
    """The same file, its sheet otherwise."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if name == PAGE else content)
    return file.getvalue()


def with_phone(cell: str) -> bytes:
    """One enterprise whose telephone is this cell."""
    raw = workbook([enterprise_row(1, phone=12345)])
    return page(raw, lambda text: text.replace(f'<c {PHONE} t="n"><v>12345</v></c>', cell))


def given(raw: bytes) -> dict[str, Any]:
    sheet = read_sheet(raw, TABLES["enterprises"])
    (row,) = columns.read_rows(sheet.head, sheet.rows)
    assert row.faults == []
    return row.given


@NOT_WORKED_OUT
def test_a_formula_without_a_stored_result_is_refused_by_its_name(
    faults: Faults, cell: str
) -> None:
    assert faults("enterprises", with_phone(cell)) == [WORDS]


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        (f"<c {PHONE}><f>A1</f><v>13900000001</v></c>", "13900000001"),
        (f'<c {PHONE} t="str"><f>A1</f><v>0994-0100001</v></c>', "0994-0100001"),
        (f'<c {PHONE} t="str"><f>A1</f><v></v></c>', None),
        (f'<c {PHONE} t="str"><f>A1</f><v/></c>', None),
        (f'<c {PHONE} s="0"/>', None),
    ],
)
def test_what_a_formula_comes_to_is_read_words_of_no_length_too(
    cell: str, phone: str | None
) -> None:
    assert given(with_phone(cell)).get("phone") == phone


def test_the_refused_row_says_so_when_it_is_brought_in_again(desk: Desk, faults: Faults) -> None:
    rows = [enterprise_row(1), enterprise_row(2, phone="=A1")]
    run = desk.apply("enterprises", workbook(rows), partial="true")
    assert (run["created"], run["refused"]) == (1, 1)
    path = f"/api/v1/imports/runs/{run['id']}/refused/sheet"
    assert faults("enterprises", desk.get(ADMINISTRATOR, path).content) == [WORDS]


def test_a_row_of_nothing_but_formulas_is_no_empty_row(faults: Faults) -> None:
    found = faults("enterprises", workbook([["=A1"] * len(HEAD)]))
    assert "统一社会信用代码：这一格是公式" in found[0]


@pytest.mark.parametrize("column", [each for table in TABLES.values() for each in table.columns])
def test_no_column_takes_a_formula_without_its_result(column: Column) -> None:
    with pytest.raises(Refused, match="这一格是公式"):
        column.read(NO_RESULT)


def test_rows_out_of_their_order_are_not_left_out_unsaid() -> None:
    raw = workbook([enterprise_row(number) for number in (1, 2)])
    turned = page(raw, lambda text: text.replace('row r="2"', 'row r="9"'))
    with pytest.raises(Unreadable, match="行的次序乱了"):
        read_sheet(turned, TABLES["enterprises"])
