"""Statutory sentences by form and day."""

import tomllib
from datetime import date
from importlib.resources import files

import pytest

from printing.facts import KINDS
from printing.spans import Span, fill, join
from printing.wording import Wording, WordingError, in_force, sentence

VERSIONS = [
    {"in_force": date(2024, 1, 1), "text": "new"},
    {"in_force": date(2016, 1, 1), "text": "old"},
]


def test_the_sentence_of_the_day_is_printed():
    assert in_force(VERSIONS, date(2023, 12, 31), "x") == "old"
    assert in_force(VERSIONS, date(2024, 1, 1), "x") == "new"


def test_no_sentence_was_in_force_yet():
    with pytest.raises(WordingError, match="2015-06-01"):
        in_force(VERSIONS, date(2015, 6, 1), "x")


def test_remedies_of_before_the_reconsideration_law_of_2023_are_not_at_hand():
    with pytest.raises(WordingError):
        sentence("rectification_order", "remedies", date(2023, 12, 31))


def test_remedies_name_one_government_and_one_court():
    remedies = sentence("rectification_order", "remedies", date(2026, 9, 18))
    assert remedies.count("{government}") == remedies.count("{court}") == 1
    assert "六十日内依法向{government}申请行政复议" in remedies
    assert "六个月内依法向{court}提起行政诉讼" in remedies
    assert "主管部门" not in remedies


def test_unknown_form_and_unknown_sentence():
    with pytest.raises(WordingError):
        sentence("love_letter", "title", date(2026, 1, 1))
    with pytest.raises(WordingError):
        Wording("rectification_order", date(2026, 1, 1))["farewell"]


@pytest.mark.parametrize("form", [*KINDS, "paper"])
def test_every_sentence_says_since_when_and_whence(form):
    text = files("printing.wording").joinpath(f"{form}.toml").read_text(encoding="utf-8")
    for key, versions in tomllib.loads(text).items():
        days = [version["in_force"] for version in versions]
        assert all(type(day) is date for day in days), key
        assert len(set(days)) == len(days), key
        assert all(version["source"] and version["text"] for version in versions), key


def test_filled_places_are_told_from_printed_words():
    spans = fill("向{government}申请", government="昌吉市人民政府")
    assert spans == (Span("向"), Span("昌吉市人民政府", filled=True), Span("申请"))
    with pytest.raises(KeyError):
        fill("向{government}申请")


def test_parts_are_joined_by_printed_words():
    assert join("；", [fill("甲"), fill("{b}", b="乙")]) == (
        Span("甲"),
        Span("；"),
        Span("乙", filled=True),
    )
