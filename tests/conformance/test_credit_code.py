"""GB 32100-2015 by the vectors both languages share."""

import json
from pathlib import Path
from typing import Any

import pytest

from backend.features.enterprises.rules import (
    CreditCodeVerdict,
    check_credit_code,
    credit_code_words,
    find_credit_code,
)

VECTORS = json.loads(
    (Path(__file__).parents[2] / "sync/vectors/credit_code.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", VECTORS["check"], ids=lambda case: case["name"])
def test_credit_code_is_judged(case: dict[str, Any]) -> None:
    verdict = check_credit_code(case["text"])
    assert verdict == CreditCodeVerdict(case["code"], case["fault"], case["position"])
    assert credit_code_words(verdict) == case["words"]


@pytest.mark.parametrize("case", VECTORS["find"], ids=lambda case: case["name"])
def test_credit_code_is_found_in_a_longer_text(case: dict[str, Any]) -> None:
    assert find_credit_code(case["text"]) == case["code"]
