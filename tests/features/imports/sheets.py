"""Spreadsheets as bureaus really keep them, built by hand."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

from backend.features.enterprises.rules import complete_credit_code

HEAD = ("统一社会信用代码", "企业名称", "监管科室", "所属行业", "地址", "等级", "联系电话")
OFFICER_HEAD = (
    "登录名",
    "姓名",
    "科室",
    "岗位",
    "手机",
    "执法证号",
    "执法领域",
    "发证日期",
    "有效期至",
)


def code_of(number: int) -> str:
    """A valid credit code of an enterprise nobody has."""
    return complete_credit_code("91", "652302", f"MA9{number:05d}")


def enterprise_row(number: int, name: str = "", **over: Any) -> list[Any]:
    values = {
        "code": code_of(number),
        "name": name or f"昌吉试验{number}号工贸有限公司",
        "section": "工贸科",
        "sector": "工贸",
        "address": f"昌吉市宁边西路{number}号",
        "grade": None,
        "phone": "0994-0100001",
    }
    return list({**values, **over}.values())


def officer_row(login: str, number: str, **over: Any) -> list[Any]:
    values = {
        "login": login,
        "name": "马文",
        "section": "危化科",
        "roles": "执法人员",
        "phone": 13900000001,
        "certificate": number,
        "scope": "危险化学品、工贸",
        "issued": "2025.1.10",
        "until": "2028年1月9日",
    }
    return list({**values, **over}.values())


def workbook(
    rows: Iterable[Sequence[Any]], head: Sequence[Any] = HEAD, title: str = "台账"
) -> bytes:
    """One sheet with that head."""
    return book([head, *rows], title)


def book(rows: Iterable[Sequence[Any]], title: str = "台账") -> bytes:
    made = Workbook(write_only=True)
    sheet = made.create_sheet(title)
    for row in rows:
        sheet.append(list(row))
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()
