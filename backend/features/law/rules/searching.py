"""Search by scan: every word of the query, exact article before title before body."""

from collections.abc import Iterable, Sequence

from backend.features.law.model import Article, Clause, Hit, Statute
from backend.features.law.rules.citations import CLAUSE_WORDS, read_clause
from backend.features.law.rules.numerals import HALF_WIDTH
from backend.features.law.rules.statutes import clauses

_EXACT, _TITLE, _CLOSE, _FAR = range(4)


def search(library: Sequence[Statute], query: str, limit: int) -> tuple[Hit, ...]:
    """Articles that hold every word of the query: those it names by number first, then those of a
    law it names, then those with all words in one clause.

    A word may be a title or a clause (36条, also written on to the title). A phrase that is nowhere
    is tried again in words of two characters: 关闭报警 then finds 关闭…报警.
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
        match = CLAUSE_WORDS.search(word) if read_clause(word) else None
        start, end = match.span() if match else (0, len(word))
        words += [part for part in (word[:start], word[start:end], word[end:]) if part]
    return words


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
        counted = [(clause, _count(text, texts)) for clause, text in clauses(article)]
        whole = "\n".join(text for _, text in clauses(article))
        if _count(whole, texts) < len(texts):
            continue
        close = any(count == len(texts) for _, count in counted)
        rank = _EXACT if wanted else _TITLE if titled else _CLOSE if close else _FAR
        touched = tuple(clause for clause, count in counted if count)
        found.append((rank, _hit(statute, article, touched)))
    return found


def _hit(statute: Statute, article: Article, touched: tuple[Clause, ...]) -> Hit:
    return Hit(statute.law.id, statute.law.in_force, article.number, touched, article.insert)


def _count(text: str, words: Iterable[str]) -> int:
    return sum(word in text for word in words)


def _pairs(word: str) -> list[str]:
    if len(word) <= 3 or read_clause(word):
        return [word]
    return [word[start : start + 2] for start in range(0, len(word), 2)]
