"""Search by scan: every word of the query, exact article before title before body."""

import re
from collections.abc import Iterable, Sequence

from backend.features.law.model import Article, Clause, Hit, Statute
from backend.features.law.rules.citations import CLAUSE_WORDS, read_clause
from backend.features.law.rules.numerals import HALF_WIDTH, NUMBER, numeral
from backend.features.law.rules.statutes import clauses

_EXACT, _BEGUN, _TITLE, _CLOSE, _FAR = range(5)

# 第三十六, the 条 not typed yet; after a clause the 款 not typed whole (第三十六条第).
_OPENING = re.compile(f"第{NUMBER}$")
_UNFINISHED = re.compile(f"第{NUMBER}?")


def search(library: Sequence[Statute], query: str, limit: int) -> tuple[Hit, ...]:
    """Articles that hold every word of the query: those it names by number first, then those of a
    law it names, then those with all words in one clause.

    A word may be a title, a clause (36条, also written on to the title) or the beginning of an
    article's number (第三十六). A phrase that is nowhere is tried again in words of two characters:
    关闭报警 then finds 关闭…报警.
    """
    words = split_query(query)
    hits = _scan(library, words)
    if not hits and any(len(word) > 3 for word in words):
        hits = _scan(library, [pair for word in words for pair in _pairs(word)])
    return tuple(hits[:limit])


def split_query(query: str) -> list[str]:
    """The words of a query, a clause apart from what it is written on to."""
    plain = query.translate(HALF_WIDTH).replace("《", " ").replace("》", " ")
    words: list[str] = []
    for word in plain.split():
        match = (CLAUSE_WORDS if read_clause(word) else _OPENING).search(word)
        start, end = match.span() if match else (0, len(word))
        after = "" if _UNFINISHED.fullmatch(word[end:]) else word[end:]
        words += [part for part in (word[:start], word[start:end], after) if part]
    return words


def _is_opening(word: str) -> bool:
    return len(word) > 1 and _UNFINISHED.fullmatch(word) is not None


def _opens_number(word: str, article: int) -> bool:
    """Whether the word is the beginning of the article's number: 第三十六 of 第三十六条."""
    return _is_opening(word) and any(one.startswith(_number_in(word)) for one in _spelled(article))


def _number_in(word: str) -> str:
    return word[1:].replace("〇", "零")


def _spelled(article: int) -> tuple[str, str]:
    return numeral(article), str(article)


def _scan(library: Sequence[Statute], words: Sequence[str]) -> list[Hit]:
    if not words:
        return []
    ranked = [hit for statute in library for hit in _within(statute, words)]
    return [hit for _, hit in sorted(ranked, key=lambda one: one[0])]


def _within(statute: Statute, words: Sequence[str]) -> list[tuple[int, Hit]]:
    titled = [word for word in words if word in statute.law.title]
    open_words = [word for word in words if word not in titled]
    wanted = [clause for clause in map(read_clause, open_words) if clause]
    texts = [word for word in open_words if not read_clause(word)]
    if not texts and not wanted:
        first = statute.articles[:1]
        return [(_TITLE, _hit(statute, article, ())) for article in first]
    found: list[tuple[int, Hit]] = []
    for article in statute.articles:
        if any((one.article, one.insert) != (article.number, article.insert) for one in wanted):
            continue
        opening = [word for word in texts if _opens_number(word, article.number)]
        held = [word for word in texts if word not in opening]
        counted = [(clause, _count(text, held)) for clause, text in clauses(article)]
        whole = "\n".join(text for _, text in clauses(article))
        if _count(whole, held) < len(held):
            continue
        close = _CLOSE if any(count == len(held) for _, count in counted) else _FAR
        exact = any(_number_in(word) in _spelled(article.number) for word in opening)
        rank = _EXACT if wanted or exact else _BEGUN if opening else _TITLE if titled else close
        touched = tuple(clause for clause, count in counted if count)
        found.append((rank, _hit(statute, article, touched)))
    return found


def _hit(statute: Statute, article: Article, touched: tuple[Clause, ...]) -> Hit:
    return Hit(statute.law.id, statute.law.in_force, article.number, touched, article.insert)


def _count(text: str, words: Iterable[str]) -> int:
    return sum(word in text for word in words)


def _pairs(word: str) -> list[str]:
    if len(word) <= 3 or read_clause(word) or _is_opening(word):
        return [word]
    return [word[start : start + 2] for start in range(0, len(word), 2)]
