"""S3-3.1 by the vectors both languages share."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from backend.features.plans.rules import (
    CapScheme,
    CapVerdict,
    Exemption,
    GradePeriod,
    VisitCount,
    YearVisit,
    count_visits,
    grade_on,
    judge_cap,
    visits_over,
)

VECTORS = json.loads(
    (Path(__file__).parents[2] / "sync/vectors/caps.json").read_text(encoding="utf-8")
)
SCHEMES = msgspec.convert(VECTORS["schemes"], dict[str, CapScheme])


@pytest.mark.parametrize("case", VECTORS["judge"], ids=lambda case: case["name"])
def test_s3_3_1_one_more_visit_is_judged(case: dict[str, Any]) -> None:
    exemption = msgspec.convert(case["exemption"], Exemption | None)
    scheme = SCHEMES[case["scheme"]]
    given = (case["high_risk"], case["grade"], case["counted"], exemption)
    verdict = judge_cap(scheme, *given, sectors=case.get("sectors", ()))
    assert verdict == msgspec.convert(case["expect"], CapVerdict)


@pytest.mark.parametrize("case", VECTORS["count"], ids=lambda case: case["name"])
def test_s3_3_1_visits_of_a_year_are_counted(case: dict[str, Any]) -> None:
    visits = msgspec.convert(case["visits"], list[YearVisit])
    count = count_visits(SCHEMES["table"], visits, case["year"])
    assert count == msgspec.convert(case["expect"], VisitCount)


@pytest.mark.parametrize("case", VECTORS["over"], ids=lambda case: case["name"])
def test_s3_3_1_visits_over_the_cap_are_named(case: dict[str, Any]) -> None:
    visits = msgspec.convert(case["visits"], list[YearVisit])
    periods = msgspec.convert(case["periods"], list[GradePeriod])
    scheme, sectors = SCHEMES[case["scheme"]], case.get("sectors", ())
    over = visits_over(scheme, case["high_risk"], periods, visits, case["year"], sectors)
    assert over == case["expect"]


@pytest.mark.parametrize("case", VECTORS["grade"], ids=lambda case: case["name"])
def test_s3_3_1_grade_is_that_of_the_day(case: dict[str, Any]) -> None:
    periods = msgspec.convert(case["periods"], list[GradePeriod])
    assert grade_on(periods, case["day"]) == case["grade"]
