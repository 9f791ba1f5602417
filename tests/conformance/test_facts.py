"""The exact text of a paper's facts by the vectors both languages share (architecture.md 7)."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from printing.facts import KINDS, Paper, dump, load

ROOT = Path(__file__).parents[2]
CASES: list[dict[str, Any]] = json.loads(
    (ROOT / "sync/vectors/facts.json").read_text(encoding="utf-8")
)["cases"]
SENTENCES = ROOT / "printing/wording/paper.toml"
PHONE_RULES = ROOT / "pwa/src/features/documents/rules.ts"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_text_a_phone_makes_is_lawful_and_canonical(case: dict[str, Any]) -> None:
    assert dump(load(case["kind"], case["text"])) == case["text"]


def test_every_kind_a_phone_draws_up_has_cases() -> None:
    on_site = {kind for kind, facts in KINDS.items() if issubclass(facts, Paper)}
    assert {case["kind"] for case in CASES} == on_site
    assert len(CASES) >= 9


@pytest.mark.parametrize(
    "sentence", ["refusal", "refusal_witness", "refusal_alone", "refusal_left"]
)
def test_the_refusal_is_shown_on_the_phone_in_the_words_that_are_printed(sentence: str) -> None:
    versions = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))[sentence]
    newest = max(versions, key=lambda version: version["in_force"])
    shown = PHONE_RULES.read_text(encoding="utf-8")
    pieces = [piece for blank in newest["text"].split("{") for piece in blank.split("}")[-1:]]
    assert all(piece in shown for piece in pieces)
