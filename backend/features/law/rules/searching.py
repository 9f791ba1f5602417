"""Search by scan: every word of the query, exact article before title before body."""

from collections.abc import Iterable, Sequence

import msgspec

from backend.features.law.model import Article, Clause, Hit, Statute
from backend.features.law.rules.query import Query, Sought, is_empty, read_query, sought_as
from backend.features.law.rules.statutes import clauses

_EXACT, _BEGUN, _TITLE, _CLOSE, _FAR = range(5)
# What a named law has of it, the number whole or begun, comes before the same of another.
_UNTITLED = 1.5


class _Ranked(msgspec.Struct, frozen=True):
    """`at`: the place among the articles asked for."""

    rank: float
    at: int
    hit: Hit


def search(library: Sequence[Statute], words: str, limit: int) -> tuple[Hit, ...]:
    """Articles that hold every word of the query: those it names by number first, then those of a
    law it names, then those with all words in one clause.

    A word may be a title, a clause (36条, also written on to the title), the beginning of an
    article's number (第三十六) or a number alone, which is an article's and may stand in a text; of
    several articles each is found. A phrase that is nowhere is tried again in words of two
    characters: 关闭报警 then finds 关闭…报警.
    """
    query = read_query(words)
    hits = _scan(library, query)
    if not hits and any(len(word) > 3 for word in query.plain):
        hits = _scan(library, _in_pairs(query))
    return tuple(hits[:limit])


def _scan(library: Sequence[Statute], query: Query) -> list[Hit]:
    if is_empty(query):
        return []
    ranked = [one for statute in library for one in _within(statute, query)]
    return [one.hit for one in sorted(ranked, key=lambda one: one.rank)]


def _within(statute: Statute, query: Query) -> list[_Ranked]:
    opened = _untitled(query, statute.law.title)
    titled = _words_in(opened) < _words_in(query)
    found: list[_Ranked] = []
    for place, article in enumerate(statute.articles):
        sought = sought_as(opened, article)
        if sought is None or (_is_title_alone(sought) and place > 0):
            continue
        found += _ranked(statute, article, sought, titled)
    return sorted(found, key=lambda one: one.at)


def _ranked(statute: Statute, article: Article, sought: Sought, titled: bool) -> list[_Ranked]:
    cut = clauses(article)
    words = sought.words
    if _count("\n".join(text for _, text in cut), words) < len(words):
        return []
    counted = [(clause, _count(text, words)) for clause, text in cut]
    close = _CLOSE if any(count == len(words) for _, count in counted) else _FAR
    exact = sought.at >= 0
    rank = _EXACT if exact else _BEGUN if sought.begun else _TITLE if titled else close
    touched = tuple(clause for clause, count in counted if count)
    hit = _hit(statute, article, touched)
    return [_Ranked(rank + (0 if titled else _UNTITLED), sought.at, hit)]


def _untitled(query: Query, title: str) -> Query:
    """The query without the words the title holds."""
    plain = tuple(word for word in query.plain if word not in title)
    loose = tuple(word for word in query.loose if word not in title)
    return msgspec.structs.replace(query, plain=plain, loose=loose)


def _words_in(query: Query) -> int:
    return len(query.plain) + len(query.loose)


def _is_title_alone(sought: Sought) -> bool:
    """A law of which nothing more is asked is shown by its first article."""
    return sought.at < 0 and not sought.begun and not sought.words


def _hit(statute: Statute, article: Article, touched: tuple[Clause, ...]) -> Hit:
    return Hit(statute.law.id, statute.law.in_force, article.number, touched, article.insert)


def _count(text: str, words: Iterable[str]) -> int:
    return sum(word in text for word in words)


def _in_pairs(query: Query) -> Query:
    pairs = tuple(pair for word in query.plain for pair in _pairs(word))
    return msgspec.structs.replace(query, plain=pairs)


def _pairs(word: str) -> list[str]:
    if len(word) <= 3:
        return [word]
    return [word[start : start + 2] for start in range(0, len(word), 2)]
