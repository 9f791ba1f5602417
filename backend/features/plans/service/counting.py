"""The year of an enterprise: what counts, what is left, what was one too many (S3-3.1)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from backend.core.database import Connection
from backend.core.packs import Pack, in_force_on
from backend.features.enterprises import public as enterprises
from backend.features.enterprises.model import Enterprise, Visit
from backend.features.plans import tables
from backend.features.plans.rules import (
    CapScheme,
    CapVerdict,
    Exemption,
    Floor,
    GradePeriod,
    VisitCount,
    YearVisit,
    count_visits,
    exemption_lacks,
    floor_left,
    grade_on,
    judge_cap,
    visits_over,
)

_BATCH = 500


@dataclass(frozen=True, slots=True)
class YearCount:
    """`reserved`: of the counted, approved and not yet begun. They hold their place."""

    verdict: CapVerdict
    count: VisitCount
    reserved: int
    floor_left: int


def cap_scheme(pack: Pack, day: str) -> CapScheme:
    """The jurisdiction's caps in force on a day; it is one scheme."""
    (scheme,) = in_force_on(pack.rows("cap", CapScheme), date.fromisoformat(day)).values()
    return scheme


async def cap_verdict(
    connection: Connection,
    pack: Pack,
    enterprise: Enterprise,
    day: str,
    exemption: Exemption | None = None,
    apart: str = "",
) -> CapVerdict:
    """频次上限 for one more visit on a day (S3-3.1); the plan `apart` does not stand in its own way."""
    return (await year_count(connection, pack, enterprise, day, exemption, apart)).verdict


async def year_count(
    connection: Connection,
    pack: Pack,
    enterprise: Enterprise,
    day: str,
    exemption: Exemption | None = None,
    apart: str = "",
) -> YearCount:
    """The year of `day`, approved plans that nobody has begun counted in."""
    scheme, year = cap_scheme(pack, day), int(day[:4])
    visits = [_year_visit(v) for v in (await enterprises.visits_of(connection, enterprise.id))[0]]
    begun = {visit.visit for visit in visits}
    approved = await tables.approved_of(connection, enterprise.id)
    waiting = [
        _planned(each) for each in approved if each.dossier not in begun and each.id != apart
    ]
    count = count_visits(scheme, [*visits, *waiting], year)
    past = count_visits(scheme, visits, year)
    verdict = judge_cap(
        scheme,
        enterprise.high_risk,
        grade_on(_periods(enterprise), day),
        count.counted,
        exemption,
        sectors_of(enterprise),
    )
    visited = past.counted + past.exempt
    left = floor_left(floor_of(pack), enterprise.high_risk, visited)
    return YearCount(verdict, count, count.counted - past.counted, left)


async def judge_year(
    connection: Connection, pack: Pack, enterprise: Enterprise, day: str
) -> enterprises.Judged:
    """What the summary of an enterprise says of its year, visits that took place only."""
    return (await judge_years(connection, pack, [enterprise], day))[enterprise.id]


async def judge_years(
    connection: Connection, pack: Pack, rows: Sequence[Enterprise], day: str
) -> dict[str, enterprises.Judged]:
    """The same of many, by enterprise id."""
    judged: dict[str, enterprises.Judged] = {}
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        found = await enterprises.visits_of_all(connection, [each.id for each in batch])
        judged |= {e.id: _judged(pack, e, found.get(e.id, ([], []))[0], day) for e in batch}
    return judged


def _judged(
    pack: Pack, enterprise: Enterprise, visits: Sequence[Visit], day: str
) -> enterprises.Judged:
    scheme, year = cap_scheme(pack, day), int(day[:4])
    over = over_of(scheme, enterprise, visits, year)
    counted = count_visits(scheme, [_year_visit(visit) for visit in visits], year)
    grade = grade_on(_periods(enterprise), day)
    verdict = judge_cap(
        scheme, enterprise.high_risk, grade, counted.counted, None, sectors_of(enterprise)
    )
    left = floor_left(floor_of(pack), enterprise.high_risk, counted.counted + counted.exempt)
    return enterprises.Judged(verdict.cap, left, over)


def over_of(
    scheme: CapScheme, enterprise: Enterprise, visits: Sequence[Visit], year: int
) -> dict[str, int]:
    """Visits of the year over the cap, each with the number it was held against."""
    rows = [_year_visit(visit) for visit in visits]
    periods, sectors = _periods(enterprise), sectors_of(enterprise)
    return visits_over(scheme, enterprise.high_risk, periods, rows, year, sectors)


def exempt_code(pack: Pack, day: str, given: Iterable[Mapping[str, str]]) -> str:
    """The first 免限理由 given with all it needs; empty where none is whole."""
    scheme = cap_scheme(pack, day)
    reasons = (msgspec.convert(dict(each), Exemption) for each in given)
    return next((each.code for each in reasons if not exemption_lacks(scheme, each)), "")


def sectors_of(enterprise: Enterprise) -> Collection[str]:
    """Every sector the enterprise works in."""
    return (enterprise.sector, *enterprise.more_sectors)


def floor_of(pack: Pack) -> Floor:
    """至少检查: the pack's."""
    return pack.setting("plan.floor", Floor)


def _periods(enterprise: Enterprise) -> list[GradePeriod]:
    return [msgspec.convert(msgspec.to_builtins(each), GradePeriod) for each in enterprise.grades]


def _year_visit(visit: Visit) -> YearVisit:
    return YearVisit(visit.id, visit.day, visit.kind, visit.exempt, visit.joint, visit.at)


def _planned(stored: tables.StoredPlan) -> YearVisit:
    draft = stored.draft
    exempt = (draft.get("exemption") or {}).get("code", "")
    return YearVisit(
        stored.dossier, draft["planned_for"], draft["kind"], exempt, bool(draft.get("joint"))
    )
