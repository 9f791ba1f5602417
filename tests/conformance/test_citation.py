"""Citations, statutes and search by the vectors both languages share."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from backend.features.law.model import Article, Citation, Clause, Hit, Law, Statute
from backend.features.law.rules import (
    citation_words,
    clause_text,
    format_citation,
    numeral,
    parse_citation,
    read_clause,
    read_number,
    search,
    split_statute,
    standing,
    succession,
)

VECTORS = json.loads(
    (Path(__file__).parents[2] / "sync/vectors/citation.json").read_text(encoding="utf-8")
)
LAW = msgspec.convert(VECTORS["law"], Law)
SAMPLE = Statute(LAW, split_statute(VECTORS["split"][0]["text"]))


@pytest.mark.parametrize("case", VECTORS["parse"], ids=lambda case: case["name"])
def test_citation_is_read_written_and_put_in_words(case: dict[str, Any]) -> None:
    citation = parse_citation(case["text"])
    if isinstance(citation, str):
        assert citation == case["expect"]
    else:
        assert citation == msgspec.convert(case["expect"], Citation)
        assert format_citation(citation) == case["text"]
        assert citation_words(citation.clause, "某法", case["numbering"]) == case["words"]


@pytest.mark.parametrize("case", VECTORS["numeral"], ids=lambda case: case["words"])
def test_numeral_is_written_as_statutes_write_it(case: dict[str, Any]) -> None:
    assert numeral(case["number"]) == case["words"]
    assert read_number(case["words"]) == case["number"]


def test_every_numeral_reads_back() -> None:
    assert all(read_number(numeral(number)) == number for number in range(1, 10000))


@pytest.mark.parametrize("case", VECTORS["read"], ids=lambda case: case["text"])
def test_clause_is_found_as_people_type_it(case: dict[str, Any]) -> None:
    assert read_clause(case["text"]) == msgspec.convert(case["clause"], Clause | None)


@pytest.mark.parametrize("case", VECTORS["split"], ids=lambda case: case["name"])
def test_statute_is_cut_into_clauses(case: dict[str, Any]) -> None:
    articles = msgspec.convert(case["articles"], tuple[Article, ...])
    assert split_statute(case["text"]) == articles


@pytest.mark.parametrize("case", VECTORS["clause_text"], ids=lambda case: str(case["clause"]))
def test_clause_has_one_name(case: dict[str, Any]) -> None:
    clause = msgspec.convert(case["clause"], Clause)
    assert clause_text(SAMPLE.articles, clause) == case["text"]


@pytest.mark.parametrize("case", VECTORS["search"], ids=lambda case: case["query"])
def test_search_hits(case: dict[str, Any]) -> None:
    hits = msgspec.convert(case["hits"], tuple[Hit, ...])
    assert search([SAMPLE], case["query"], case["limit"]) == hits


@pytest.mark.parametrize("case", VECTORS["by_number"]["cases"], ids=lambda case: case["query"])
def test_article_is_found_by_its_number_as_people_write_it(case: dict[str, Any]) -> None:
    library = [
        Statute(msgspec.convert(one["law"], Law), split_statute(one["text"]))
        for one in VECTORS["by_number"]["laws"]
    ]
    assert [_named(hit) for hit in search(library, case["query"], 9)] == case["hits"]


def _named(hit: Hit) -> str:
    return f"{hit.law}#{hit.article}" + (f"-{hit.insert}" if hit.insert else "")


@pytest.mark.parametrize("case", VECTORS["standing"], ids=lambda case: f"{case['on']}")
def test_citation_stands_on_a_day(case: dict[str, Any]) -> None:
    citation = parse_citation(case["citation"])
    assert isinstance(citation, Citation)
    assert standing([LAW], citation, date.fromisoformat(case["on"])) == case["standing"]


@pytest.mark.parametrize("case", VECTORS["succession"], ids=lambda case: case["name"])
def test_version_ends_when_its_successor_comes_into_force(case: dict[str, Any]) -> None:
    laws = succession(msgspec.convert(case["laws"], tuple[Law, ...]))
    found = {f"{law.id}@{law.in_force}": law.until and law.until.isoformat() for law in laws}
    assert found == case["until"]


@pytest.mark.parametrize("case", VECTORS["standing_among"], ids=lambda case: case["on"])
def test_standing_among_versions(case: dict[str, Any]) -> None:
    laws = succession(msgspec.convert(VECTORS["succession"][0]["laws"], tuple[Law, ...]))
    citation = parse_citation(case["citation"])
    assert isinstance(citation, Citation)
    assert standing(laws, citation, date.fromisoformat(case["on"])) == case["standing"]
