"""Citations against the statutes themselves, wherever a folder of texts lies beside the checkout.

The texts are not part of the product; without them only form and index are checked (test_items).
"""

import re
from pathlib import Path

import pytest

from backend.core.packs import load_pack
from backend.features.law.model import Article, Citation, Clause, Law, Statute
from backend.features.law.rules import (
    citation_words,
    clause_text,
    parse_citation,
    search,
    split_statute,
)
from backend.features.plans.rules import ItemRow

TEXTS = Path(__file__).parents[3].parent / "shared/laws"
PACK = load_pack("changji")
LAWS = {law.id: law for law in PACK.rows("law", Law)}
STANDARDS = "重大事故隐患判定标准.md"

pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason="no statute texts beside the checkout")


def articles_of(law: str) -> tuple[Article, ...]:
    if law in ("hgyhbz", "gmyhbz"):
        _, chemicals, trade = (TEXTS / STANDARDS).read_text(encoding="utf-8").split("\n## ")
        if law == "hgyhbz":
            return split_statute(chemicals)
        spread = re.sub("条（[^）]+）：", "条 有下列情形之一的：\n", trade)
        return split_statute(spread.replace("；（", "；\n（"))
    (path,) = (path for path in TEXTS.glob("*.md") if path.name.startswith(LAWS[law].short))
    return split_statute(path.read_text(encoding="utf-8"))


def cited() -> list[str]:
    items = PACK.rows("item", ItemRow)
    clauses = {text for item in items for text in (*item.basis, *item.liability)}
    return sorted(clauses | set(PACK.setting("rights.basis", list[str])))


@pytest.mark.parametrize("text", cited())
def test_every_cited_clause_is_in_the_statute(text: str) -> None:
    citation = parse_citation(text)
    assert isinstance(citation, Citation)
    assert clause_text(articles_of(citation.law), citation.clause), text


@pytest.mark.parametrize(
    ("law", "articles"),
    [
        ("aqscf", 119),
        ("xzcff", 86),
        ("xzqzf", 71),
        ("xzfyf", 90),
        ("xzssf", 103),
        ("sgtl", 46),
        ("xkztl", 24),
        ("yssxgd", 20),
        ("fjflbf", 17),
        ("yshjtl", 72),
        ("fjbf", 8),
        ("mfd", 204),
        ("hgyhbz", 20),
    ],
)
def test_statute_is_cut_without_a_gap(law: str, articles: int) -> None:
    numbers = [article.number for article in articles_of(law)]
    assert numbers == list(range(1, articles + 1))


@pytest.mark.parametrize(
    ("clause", "opening"),
    [
        (Clause(36, 3), "生产经营单位不得关闭、破坏直接关系生产安全的监控、报警"),
        (Clause(65, 1, 3), "对检查中发现的事故隐患，应当责令立即排除"),
        (Clause(65, 2), "监督检查不得影响被检查单位的正常生产经营活动"),
        (Clause(99, 0, 4), "关闭、破坏直接关系生产安全的监控、报警"),
        (Clause(117, 3), "重大危险源，是指"),
    ],
)
def test_clause_of_the_work_safety_law_is_the_one_meant(clause: Clause, opening: str) -> None:
    text = clause_text(articles_of("aqscf"), clause)
    assert text is not None
    assert text.startswith(opening)


def test_only_the_clause_that_exists_has_a_name() -> None:
    articles = articles_of("aqscf")
    for clause in (Clause(99, 1, 4), Clause(66, 1), Clause(36, 5), Clause(120), Clause(65, 0, 3)):
        assert clause_text(articles, clause) is None


def test_two_words_find_the_clause_an_officer_looks_for() -> None:
    library = [Statute(LAWS[law], articles_of(law)) for law in LAWS]
    hits = search(library, "关闭 报警", 20)
    found = {(hit.law, hit.article): hit.clauses for hit in hits}
    assert Clause(36, 3) in found["aqscf", 36]
    assert Clause(99, 0, 4) in found["aqscf", 99]
    assert [hit.article for hit in search(library, "安全生产法 36条", 5)] == [36]
    assert citation_words(Clause(36, 3), LAWS["aqscf"].short) == "《安全生产法》第三十六条第三款"
