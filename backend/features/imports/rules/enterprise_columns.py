"""企业登记册 as a spreadsheet: its columns."""

from typing import Any

from backend.features.enterprises.public import check_credit_code
from backend.features.imports.rules.cells import (
    Refused,
    day,
    degrees,
    identifier,
    one_of,
    several,
    within,
    yes_no,
)
from backend.features.imports.rules.columns import Column, Table

GRADES = {"一级": "1", "二级": "2", "三级": "3", "1": "1", "2": "2", "3": "3"}


def credit_code(value: Any) -> str:
    """统一社会信用代码 (GB 32100-2015), judged by its check digits."""
    verdict = check_credit_code(identifier(value))
    match verdict.fault:
        case None:
            return verdict.code
        case "length":
            raise Refused(f"应为 18 位，现在是 {len(verdict.code)} 位")
        case "character":
            wrong = verdict.code[(verdict.position or 1) - 1]
            raise Refused(f"第 {verdict.position} 位不会是“{wrong}”")
        case _:
            raise Refused(f"第 {verdict.position} 位校验不对")


def sectors(value: Any) -> tuple[str, ...]:
    """行业: one or several, the main one first."""
    found = tuple(dict.fromkeys(several(value)))
    if not found:
        raise Refused("没有填")
    return found


TABLE = Table(
    "enterprises",
    "企业",
    "家企业",
    (
        Column(
            "code",
            "统一社会信用代码",
            credit_code,
            "营业执照上的 18 位代码。整列先设为“文本”格式，否则表格会把后几位变成 0。",
            "91652301MA0001181J",
            ("信用代码", "社会信用代码", "统一信用代码", "统一代码", "营业执照号"),
            required=True,
        ),
        Column(
            "name",
            "企业名称",
            within(100),
            "营业执照上的全称。",
            "昌吉启明精细化工有限公司",
            ("名称", "企业全称", "单位名称", "被检查单位", "公司名称"),
            required=True,
        ),
        Column("short_name", "简称", within(40), "手机上显示的短名，可不填。", "启明精细化工"),
        Column(
            "section",
            "监管科室",
            within(40),
            "本局负责监管它的科室，名称与“科室”页一致。",
            "危化科",
            ("科室", "监管部门", "责任科室", "监管单位", "所属科室"),
            required=True,
        ),
        Column(
            "sector",
            "行业",
            sectors,
            "危险化学品、烟花爆竹、金属冶炼、工贸（以本局规则包为准）。"
            "一家有几个行业的用顿号隔开，主要的写在最前。",
            "危险化学品",
            ("所属行业", "行业领域", "行业类别", "监管行业"),
            required=True,
        ),
        Column(
            "high_risk",
            "高危",
            yes_no,
            "是或否。不填按行业确定。",
            "是",
            ("是否高危", "高危行业", "是否高危行业"),
        ),
        Column(
            "address",
            "地址",
            within(200),
            "生产经营地址。现场检查记录要写。",
            "昌吉市高新区启明路8号",
            ("企业地址", "生产经营地址", "经营地址", "注册地址", "详细地址"),
        ),
        Column(
            "legal_representative",
            "法定代表人",
            within(40),
            "姓名。现场检查记录要写。",
            "周启明",
            ("法人", "法人代表", "法定代表人姓名", "负责人", "主要负责人"),
        ),
        Column(
            "phone",
            "联系电话",
            within(40),
            "固定电话或手机号。",
            "0994-0100000",
            ("电话", "手机", "手机号", "联系方式", "企业电话"),
        ),
        Column(
            "grade",
            "标准化等级",
            one_of(GRADES),
            "一级、二级、三级。填了就要同时填起止日期。",
            "二级",
            ("安全生产标准化等级", "标准化"),
        ),
        Column(
            "grade_since",
            "等级起始日",
            day,
            "2026-03-05、2026.3.5、2026年3月5日都认。",
            "2026-03-05",
            ("等级发证日期", "标准化发证日期", "标准化等级起始日"),
        ),
        Column(
            "grade_until",
            "等级截止日",
            day,
            "同上。",
            "2029-03-04",
            ("等级有效期至", "标准化有效期", "标准化有效期至", "标准化等级截止日"),
        ),
        Column(
            "permit_kind",
            "许可种类",
            within(60),
            "一行填一个许可；同一企业的其他许可不受影响。",
            "安全生产许可证",
            ("许可证种类", "许可名称", "许可证名称"),
        ),
        Column(
            "permit_number",
            "许可编号",
            within(80),
            "证上的编号。",
            "（新）WH安许证字〔示例〕00001",
            ("许可证编号", "许可证号", "证号"),
        ),
        Column(
            "permit_until",
            "许可有效期至",
            day,
            "最后一天。",
            "2028-12-31",
            ("许可截止日", "许可证有效期", "许可证有效期至"),
        ),
        Column("lat", "纬度", degrees(3, 54), "WGS-84 小数度数，可不填。", "43.9690000", ("北纬",)),
        Column("lon", "经度", degrees(73, 136), "同上。", "87.2340000", ("东经",)),
    ),
    least=("code", "name"),
)
