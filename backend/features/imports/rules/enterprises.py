"""A row of the 企业登记册 as an enterprise: names to ids, what belongs together, what is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from backend.core.dossiers.model import Place
from backend.features.enterprises.model import Enterprise, GradePeriod, Permit
from backend.features.imports.rules.cells import text
from backend.features.imports.rules.columns import Table
from backend.features.imports.rules.enterprise_columns import TABLE
from backend.features.imports.rules.judging import Fault, Judged

_MOST_NUMBERS = 5


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
        section = _known(self.sections, given.get("section", ""), ("section", "监管科室"), faults)
        sectors = [
            _known(self.sectors, each, ("sector", "行业"), faults)
            for each in given.get("sector", ())
        ]
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
        if section:
            changes["section"] = section
        if sectors:
            changes |= {"sector": sectors[0], "more_sectors": sectors[1:]}
        if "high_risk" in given:
            changes["high_risk"] = given["high_risk"]
        elif before is None:
            changes["high_risk"] = any(self.high_risk.get(each, False) for each in sectors)
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
            "sector": "、".join(
                _title(self.sectors, each) for each in (row.sector, *row.more_sectors)
            ),
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


def paper_notes(rows: Sequence[Judged]) -> list[str]:
    """What the 现场检查记录 will ask for and good rows do not have: may be left to the visit."""
    notes = []
    for asked in ("address", "legal_representative"):
        lacking = [row.number for row in rows if row.after and not getattr(row.after, asked)]
        if lacking:
            numbers = "、".join(map(str, lacking[:_MOST_NUMBERS]))
            more = f"等 {len(lacking)} 行" if len(lacking) > _MOST_NUMBERS else "行"
            notes.append(
                f"第 {numbers} {more}没有{TABLE.column(asked).title}：可以导入，"
                "但现场检查记录要写，到时在手机上补。"
            )
    return notes


def _known(
    names: Mapping[str, str], given: str, column: tuple[str, str], faults: list[Fault]
) -> str:
    """The id a name or an id stands for, in a column of that field and title."""
    field, title = column
    written = text(given)
    if written and written not in names:
        shown = dict.fromkeys(each for each in names if each != names[each])
        faults.append(Fault(field, f"没有这个{title}“{written}”，可填：{'、'.join(shown)}"))
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
