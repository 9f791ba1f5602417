"""企业登记册 as a spreadsheet: its columns, and a row of it as an enterprise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from backend.core.dossiers.model import Place
from backend.features.enterprises.model import Enterprise, GradePeriod, Permit
from backend.features.enterprises.public import check_credit_code
from backend.features.imports.rules.cells import (
    Refused,
    day,
    degrees,
    identifier,
    one_of,
    text,
    within,
    yes_no,
)
from backend.features.imports.rules.columns import Column, Table
from backend.features.imports.rules.judging import Fault

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
            within(40),
            "危险化学品、烟花爆竹、金属冶炼、工贸之一（以本局规则包为准）。",
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
            "生产经营地址。",
            "昌吉市高新区启明路8号",
            ("企业地址", "生产经营地址", "经营地址", "注册地址", "详细地址"),
        ),
        Column(
            "legal_representative",
            "法定代表人",
            within(40),
            "姓名。",
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


@dataclass(frozen=True)
class EnterpriseRegister:
    """The bureau's enterprises, its supervising sections and the pack's sectors, all by name or id."""

    rows: Mapping[str, Enterprise]
    sections: Mapping[str, str]
    sectors: Mapping[str, str]
    high_risk: Mapping[str, bool]
    new_id: Callable[[], str]
    names: dict[str, str] = field(default_factory=dict)
    outside: frozenset[str] = frozenset()
    table: Table = TABLE
    key: str = "code"
    unique: tuple[str, ...] = ("code", "name")

    def __post_init__(self) -> None:
        self.names.update({row.name: row.code for row in self.rows.values() if not row.withdrawn})

    def current(self, key: str) -> Enterprise | None:
        """By credit code, withdrawn ones too: an import may bring one back."""
        return self.rows.get(key)

    def holder(self, field: str, value: str) -> str | None:
        """Who bears a name."""
        return self.names.get(value) if field == "name" else None

    def build(
        self, given: Mapping[str, Any], before: Enterprise | None
    ) -> tuple[Enterprise | None, list[Fault]]:
        """A cell left empty leaves what the register holds."""
        faults: list[Fault] = []
        section = _known(self.sections, given, "section", "没有这个监管科室", faults)
        sector = _known(self.sectors, given, "sector", "没有这个行业", faults)
        grades = _grades(given, before, faults)
        permits = _permits(given, before, faults)
        place = _place(given, before, faults)
        if faults:
            return None, faults
        changes: dict[str, Any] = {
            name: given[name]
            for name in ("name", "short_name", "address", "legal_representative", "phone")
            if name in given
        }
        changes |= {"grades": grades, "permits": permits, "place": place, "withdrawn": False}
        changes |= {k: v for k, v in (("section", section), ("sector", sector)) if v}
        if "high_risk" in given:
            changes["high_risk"] = given["high_risk"]
        elif before is None:
            changes["high_risk"] = self.high_risk.get(sector, False)
        if before is None:
            return Enterprise(id=self.new_id(), code=given["code"], **changes), []
        return msgspec.structs.replace(before, **changes), []

    def shown(self, row: Enterprise) -> dict[str, str]:
        """By field, as the columns name them."""
        last = row.grades[-1] if row.grades else None
        permits = "；".join(f"{each.kind} {each.number} 至 {each.until}" for each in row.permits)
        return {
            "name": row.name,
            "short_name": row.short_name,
            "section": _title(self.sections, row.section),
            "sector": _title(self.sectors, row.sector),
            "high_risk": "是" if row.high_risk else "否",
            "address": row.address,
            "legal_representative": row.legal_representative,
            "phone": row.phone,
            "grade": f"{last.grade} 级" if last else "",
            "grade_since": last.since if last else "",
            "grade_until": last.until if last else "",
            "permit_number": permits,
            "lat": f"{row.place.lat / 1e7:.7f}" if row.place else "",
            "lon": f"{row.place.lon / 1e7:.7f}" if row.place else "",
        }


def _known(
    names: Mapping[str, str], given: Mapping[str, Any], name: str, words: str, faults: list[Fault]
) -> str:
    """The id a name or an id stands for."""
    written = text(given.get(name, ""))
    if not written:
        return ""
    if written not in names:
        shown = dict.fromkeys(each for each in names if each != names[each])
        faults.append(Fault(name, f"{words}“{written}”，可填：{'、'.join(shown)}"))
    return names.get(written, "")


def _title(names: Mapping[str, str], wanted: str) -> str:
    return next((name for name, found in names.items() if found == wanted), wanted)


def _grades(
    given: Mapping[str, Any], before: Enterprise | None, faults: list[Fault]
) -> list[GradePeriod]:
    held = list(before.grades) if before else []
    named = [name for name in ("grade", "grade_since", "grade_until") if name in given]
    if not named:
        return held
    for name in ("grade", "grade_since", "grade_until"):
        if name not in given:
            faults.append(Fault(name, "等级和起止日期要一起填"))
            return held
    if given["grade_until"] < given["grade_since"]:
        faults.append(Fault("grade_until", "早于起始日"))
        return held
    period = GradePeriod(
        grade=given["grade"], since=given["grade_since"], until=given["grade_until"]
    )
    others = [each for each in held if each.since != period.since]
    return sorted([*others, period], key=lambda each: each.since)


def _permits(
    given: Mapping[str, Any], before: Enterprise | None, faults: list[Fault]
) -> list[Permit]:
    held = list(before.permits) if before else []
    names = ("permit_kind", "permit_number", "permit_until")
    if not any(name in given for name in names):
        return held
    for name in names:
        if name not in given:
            faults.append(Fault(name, "许可种类、编号和有效期要一起填"))
            return held
    permit = Permit(
        kind=given["permit_kind"], number=given["permit_number"], until=given["permit_until"]
    )
    if permit in held:
        return held
    same = [at for at, each in enumerate(held) if each.kind == permit.kind]
    if same:
        return [*held[: same[0]], permit, *held[same[0] + 1 :]]
    return [*held, permit]


def _place(
    given: Mapping[str, Any], before: Enterprise | None, faults: list[Fault]
) -> Place | None:
    held = before.place if before else None
    if "lat" not in given and "lon" not in given:
        return held
    for name in ("lat", "lon"):
        if name not in given:
            faults.append(Fault(name, "经纬度要一起填"))
            return held
    if held and (held.lat, held.lon) == (given["lat"], given["lon"]):
        return held
    return Place(lat=given["lat"], lon=given["lon"])
