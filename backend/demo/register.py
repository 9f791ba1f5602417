"""Read a demo bureau from its tables and set it in time around a given day.

Everything is relative to the day of loading, so that a certificate has always just expired and the
year always has its visits; the same day always gives the same register. Nothing here is written
anywhere and nobody has a password: the demo command does both.
"""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import msgspec

FOLDER = Path(__file__).parent
BUREAUS = (FOLDER, FOLDER / "urumqi")
"""One without numbers of visits, one with."""
_DISTANCES = frozenset({"issued", "until", "since", "due", "last_accident"})

SectionKind = Literal[
    "supervision",
    "basics",
    "legal",
    "detachment",
    "leaders",
    "performance",
    "administration",
]
VisitKind = Literal["planned", "random", "special", "recheck", "accident"]
Grade = Literal["1", "2", "3"]


class DemoBureau(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The bureau and the pack that holds its law."""

    id: str
    pack: str
    name: str
    short_name: str


class DemoSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """科室, with the sectors it supervises."""

    id: str
    name: str
    kind: SectionKind
    sectors: tuple[str, ...]


class DemoCertificate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """行政执法证件: sectors it covers, first and last day of validity."""

    number: str
    scope: tuple[str, ...]
    issued: str
    until: str


class DemoPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An account. Roles are those of the permission matrix (R1 to R14)."""

    login: str
    name: str
    section: str
    post: str
    roles: tuple[str, ...]
    phone: str
    certificate: DemoCertificate | None = None


class DemoPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """WGS-84 position in 1e-7 degree."""

    lat: int
    lon: int


class DemoGrade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """标准化等级 from its first to its last day."""

    grade: Grade
    since: str
    until: str


class DemoPermit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """行政许可 with its last day of validity."""

    kind: str
    number: str
    until: str


class DemoEnterprise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One enterprise of the register; `code` is its unified social credit code."""

    code: str
    name: str
    short_name: str
    district: str
    address: str
    legal_representative: str
    phone: str
    sector: str
    high_risk: bool
    section: str
    place: DemoPlace
    grades: tuple[DemoGrade, ...] = ()
    permits: tuple[DemoPermit, ...] = ()
    owner: str = ""
    credit: str = ""
    last_accident: str = ""


class DemoFinding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """问题 of a past visit with its three elements; `due` is None once it has been closed."""

    item: str
    place: str
    problem: str
    basis: tuple[str, ...]
    cause: str
    measure: str
    due: str | None = None


class DemoVisit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A past visit of this year; `enterprise` is a credit code, `officers` are logins."""

    enterprise: str
    day: str
    kind: VisitKind
    officers: tuple[str, ...]
    exempt: str = ""
    reference: str = ""
    joint: bool = False
    findings: tuple[DemoFinding, ...] = ()


class DemoRegister(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole demo bureau as it stands on one day."""

    bureau: DemoBureau
    sections: tuple[DemoSection, ...]
    people: tuple[DemoPerson, ...]
    enterprises: tuple[DemoEnterprise, ...]
    visits: tuple[DemoVisit, ...]


def load_demo(today: date, folder: Path = FOLDER) -> DemoRegister:
    """A demo register as of `today` (Asia/Shanghai). Raises msgspec.ValidationError on bad data,
    KeyError when a visit names an enterprise that is not there."""
    tables = {**_read(folder, "people"), **_read(folder, "enterprises"), **_read(folder, "history")}
    register = msgspec.convert(_set_in_time(tables, today), DemoRegister)
    codes = {enterprise.short_name: enterprise.code for enterprise in register.enterprises}
    visits = tuple(
        msgspec.structs.replace(visit, enterprise=codes[visit.enterprise])
        for visit in register.visits
    )
    return msgspec.structs.replace(register, visits=visits)


def _read(folder: Path, name: str) -> dict[str, Any]:
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


def _set_in_time(value: Any, today: date) -> Any:
    """The tables with every distance turned into a day."""
    if isinstance(value, list):
        return [_set_in_time(one, today) for one in value]
    if not isinstance(value, dict):
        return value
    table = {key: _set_in_time(inner, today) for key, inner in value.items()}
    for key in _DISTANCES & table.keys():
        table[key] = (today + timedelta(days=table[key])).isoformat()
    if "percent" in table:
        table["day"] = _day_of_year(today, table.pop("percent"))
    return table


def _day_of_year(today: date, percent: int) -> str:
    """A day of this year that has passed: `percent` of the way from 1 January to today."""
    first = today.replace(month=1, day=1)
    return (first + (today - first) * percent // 100).isoformat()
