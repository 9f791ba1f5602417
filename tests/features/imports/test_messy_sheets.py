"""What people put into spreadsheets, cell by cell and head by head: read, or refused in clear words."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from backend.features.imports.papers.template import template
from backend.features.imports.papers.workbook import Unreadable, read_sheet
from backend.features.imports.rules import cells, columns
from backend.features.imports.rules.cells import Refused
from backend.features.imports.service.registers import TABLES
from tests.features.imports.sheets import HEAD, book, enterprise_row, workbook

TABLE = TABLES["enterprises"]


@pytest.mark.parametrize(
    "written",
    [
        "2026.3.5",
        "2026-03-05",
        "2026/3/5",
        "2026年3月5日",
        "２０２６．３．５",
        " 2026 年 3 月 5 日 ",
        "2026-03-05 00:00:00",
        "20260305",
        20260305,
        46086,
        46086.5,
        "46086",
        date(2026, 3, 5),
        datetime(2026, 3, 5, 9, 30),
    ],
)
def test_a_date_is_read_in_every_way_people_write_one(written: Any) -> None:
    assert cells.day(written) == "2026-03-05"


@pytest.mark.parametrize(
    "written",
    [
        "2026.2.30",
        "2026-13-01",
        "明年",
        "长期",
        45,
        1e300,
        True,
        "1926-03-05",
        float("nan"),
        "#N/A",
    ],
)
def test_what_is_no_date_is_refused(written: Any) -> None:
    with pytest.raises(Refused):
        cells.day(written)


@pytest.mark.parametrize("written", [916523010000118123, 9.16523010000118e17, "9.16523E+17"])
def test_a_code_that_excel_has_rounded_is_refused_and_not_mended(written: Any) -> None:
    with pytest.raises(Refused, match="后几位已经丢了"):
        TABLE.column("code").read(written)


@pytest.mark.parametrize(
    ("read", "written", "found"),
    [
        (cells.text, " 昌吉市　宁边路８号\n2 楼 ", "昌吉市宁边路8号 2 楼"),
        (cells.text, "ＡＢ－１（东）", "AB－1（东）"),
        (cells.text, 13900000001, "13900000001"),
        (cells.text, 13900000001.0, "13900000001"),
        (cells.text, "a\x00b", "a b"),
        (cells.identifier, "３１０２ ０１１７", "31020117"),
        (cells.identifier, "ＷＨ－０１", "WH-01"),
        (cells.yes_no, "是", True),
        (cells.yes_no, False, False),
        (cells.several, "危险化学品、工贸,烟花爆竹", ("危险化学品", "工贸", "烟花爆竹")),
        (cells.phrases, "1.2米护栏缺失。", ("1.2米护栏缺失。",)),
        (cells.phrases, "1. 未投用。\n2. 未校验。", ("未投用。", "未校验。")),
        (cells.degrees(73, 136), "87.234", 872340000),
    ],
)
def test_blanks_and_full_width_are_the_typists(read: Any, written: Any, found: Any) -> None:
    assert read(written) == found


def sheet_of(raw: bytes) -> tuple[list[int], list[dict[str, Any]]]:
    sheet = read_sheet(raw, TABLE)
    rows = columns.read_rows(sheet.head, sheet.rows)
    assert all(not row.faults for row in rows), rows
    return [row.number for row in rows], [row.given for row in rows]


ROW = enterprise_row(1)
PLAIN = sheet_of(workbook([ROW]))[1]


@pytest.mark.parametrize(
    ("rows", "number"),
    [
        ([["昌吉州企业台账"], [], ["填报单位：危化科"], HEAD, ROW], 5),
        ([HEAD, ROW, [], [None] * 7, ["", " "]], 2),
        ([[f"{name}\n（必填）*" for name in HEAD], ROW], 2),
        ([["信用代码", "名称", "责任科室", "行业领域", "经营地址", "", "联系方式"], ROW], 2),
        (
            [
                ["基本信息", None, "监管", None, "其他", None, None],
                ["信用代码", "单位名称", "科室", "行业", "地址", "备注", "电话"],
                ROW,
            ],
            3,
        ),
        (
            [
                ["统一社会信用代码", "企业名称", "监管", None, "地址", "备注", "电话"],
                [None, None, "科室", "行业", None, None, None],
                ROW,
            ],
            3,
        ),
    ],
    ids=[
        "titles above",
        "empty rows",
        "stars and lines",
        "other names",
        "two lines",
        "merged down",
    ],
)
def test_the_head_is_found(rows: list[Any], number: int) -> None:
    numbers, given = sheet_of(book(rows))
    assert numbers == [number]
    assert given == PLAIN


def test_columns_stand_in_any_order_and_others_are_named() -> None:
    sheet = read_sheet(
        book([["序号", "单位名称", "备注", "信用代码"], [1, "甲厂", "好", ROW[0]]]), TABLE
    )
    assert sheet.head.extra == {0: "序号", 2: "备注"}
    (row,) = columns.read_rows(sheet.head, sheet.rows)
    assert row.given == {"name": "甲厂", "code": ROW[0]}


def test_a_hidden_column_is_read_like_any_other() -> None:
    made = Workbook()
    sheet = made.active
    for row in (HEAD, ROW):
        sheet.append(row)
    sheet.column_dimensions["A"].hidden = True
    sheet.row_dimensions[2].hidden = True
    file = io.BytesIO()
    made.save(file)
    assert sheet_of(file.getvalue())[1] == PLAIN


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    return file.getvalue()


def with_entities() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')
    return file.getvalue()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "旧版 .xls"),
        ("代码,名称\n1,2\n".encode("gbk"), "csv"),
        (b"", "不是 .xlsx"),
        (b"PK\x03\x04broken", "损坏"),
        (workbook([ROW])[:-200], "损坏"),
        (bomb(), "太大"),
        (with_entities(), "不该有的内容"),
        (book([["甲", "乙"], [1, 2]]), "没有找到表头"),
        (book([[*HEAD, "企业名称"], ROW]), "有两列都是“企业名称”"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(raw: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_sheet(raw, TABLE)


@pytest.mark.parametrize("kind", TABLES)
def test_the_template_is_read_by_the_table_that_made_it(kind: Any) -> None:
    made = template(TABLES[kind])
    sheet = read_sheet(made, TABLES[kind])
    assert list(sheet.head.columns.values()) == list(TABLES[kind].columns)
    assert sheet.head.extra == {}
    assert columns.read_rows(sheet.head, sheet.rows) == []


@pytest.mark.parametrize("kind", TABLES)
def test_the_example_of_the_template_is_without_a_fault(kind: Any) -> None:
    table = TABLES[kind]
    raw = book([[each.title for each in table.columns], [each.example for each in table.columns]])
    sheet = read_sheet(raw, table)
    (row,) = columns.read_rows(sheet.head, sheet.rows)
    assert row.faults == []
    assert set(row.given) == {each.field for each in table.columns}


@pytest.mark.parametrize("kind", TABLES)
def test_no_two_columns_answer_to_one_name(kind: Any) -> None:
    names = [
        columns.bare_title(name)
        for each in TABLES[kind].columns
        for name in (each.title, *each.also)
    ]
    assert len(names) == len(set(names))
