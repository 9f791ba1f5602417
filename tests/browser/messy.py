"""Three registers as a bureau really hands them over: titles above, merged heads, dates as text."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

UNIT = "阜康市天池精细化工有限公司"
SECTION = "危化监管科"
ITEM = "可燃气体检测报警系统投用"
BLANK: Sequence[Any] = ("　", None, " ")


def enterprises(folder: Path, code: str, other: str) -> Path:
    """A head of two lines, groups merged; one code a figure short, one unit without its 法人."""
    head = (
        ("序号", "基本信息", None, "监管", None, "其他", None, None),
        (None, "统一信用代码", "单位名称", "责任科室", "行业类别", "经营地址", "法人", "电话"),
    )
    rows = (
        (
            1,
            f"　{full_width(code)} ",
            f" {UNIT}　",
            SECTION,
            "危险化学品",
            "阜康市产业园８号",
            "周启明 ",
            9943300001,
        ),
        (
            2,
            other,
            "阜康市博格达 气体有限公司",
            f"{SECTION} ",
            "危险化学品",
            "阜康市产业园9号",
            None,
            "—",
        ),
        (3, "9165", "阜康市少一位化工厂", SECTION, "危险化学品", None, None, None),
    )
    title = "阜康市危险化学品企业台账（２０２６年）"
    return _save(
        folder / "企业台账.xlsx", [(title,), (), *head, *rows], ("A1:H1", "B3:C3", "D3:E3", "F3:H3")
    )


def officers(folder: Path) -> Path:
    """Text dates in every style; one in a section that is called otherwise here."""
    head = (
        "序号",
        "姓 名",
        "账号",
        "部门",
        "职责",
        "手机号",
        "执法证号",
        "执法类别",
        "发证日期",
        "有效期至",
    )
    rows = (
        _officer(1, "阿依古丽", "aygul", "执法人员", "６５２３０１０１"),
        _officer(2, "马文博", "mawenbo", "执法人员", 65230102),
        _officer(3, "赵科长", "zhaohead", "科室负责人", "65230103 "),
        (4, "孙法规", "sunlegal", "法规科", "法规科"),
        (5, "韩局长", "hanleader", "局领导", "分管领导", "139 0000 0005"),
        _officer(6, "钱多多", "qianduo", "执法人员", "65230106", section="危化处"),
    )
    return _save(folder / "人员名册.xlsx", [("执法人员名册",), head, *rows], ("A1:J1",))


def items(folder: Path) -> Path:
    """The legal section's list; one item names a law nobody knows."""
    head = (
        "事项编号",
        "所属行业",
        "分类",
        "检查事项",
        "检查要点",
        "检查方法",
        "法律依据",
        "常见问题",
        "原因",
        "整改建议",
    )
    rows = (
        _item(
            "fk－０１", ITEM, "1.《安全生产法》第三十六条第一款\n2.《安全生产法》第三十六条第二款"
        ),
        _item("FK-02", "应急预案演练", "《安全生产法》第八十一条"),
        _item("FK-03", "没有这部法", "《危化品土办法》第三条"),
    )
    return _save(folder / "检查事项.xlsx", [("本局检查事项清单",), head, *rows], ("A1:J1",))


def full_width(code: str) -> str:
    """As an input method left on full width types it."""
    return "".join(chr(ord(each) + 0xFEE0) for each in code)


def _officer(
    number: int, name: str, login: str, post: str, certificate: Any, section: str = SECTION
) -> tuple[Any, ...]:
    days = ("2025.1.10", "二", "2025年1月10日", "２０２５－０１－１０")
    issued = days[0] if number == 1 else days[2 + number % 2]
    phone = 13900000000 + number
    scope = "危险化学品、工贸"
    return (number, name, login, section, post, phone, certificate, scope, issued, "2099/12/31")


def _item(name: str, title: str, basis: str) -> tuple[Any, ...]:
    return (
        name,
        "危险化学品",
        "设备设施",
        title,
        f"{title}是否符合要求。",
        "查记录，现场抽测一处。",
        basis,
        "1. ____没有落实。",
        "1. 日常维护不到位。",
        "1. 限期整改____。",
    )


def _save(path: Path, rows: Iterable[Sequence[Any]], merged: Iterable[str]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    for _ in range(3):
        sheet.append(list(BLANK))
    book.save(path)
    return path
