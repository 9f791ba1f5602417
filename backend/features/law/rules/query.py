"""What a query asks for: articles by their number, and the words a text must hold."""

import re

import msgspec

from backend.features.law.model import Article, Clause
from backend.features.law.rules.citations import CLAUSE_WORDS, read_clause
from backend.features.law.rules.numerals import HALF_WIDTH, NUMBER, numeral, read_number

# 民法典 ends with it, the longest statute there is: a number beyond, as of a year, is no article's.
_MOST_ARTICLES = 1260

# 第三十六, the 条 not typed yet; after a clause the 款 not typed whole (第三十六条第).
_OPENING = re.compile(f"第{NUMBER}$")
_UNFINISHED = re.compile(f"第{NUMBER}?")
_WHOLE_NUMBER = re.compile(NUMBER)

# 第 38: the blank may go.
_SPACED = re.compile(rf"第\s+(?={NUMBER})")
_CLAUSE_TO_THE_END = re.compile(rf"{CLAUSE_WORDS.pattern}(?:\s+第{NUMBER}?\s*$)?")
_APART = re.compile(r"[《》、，,\s]+")
# 第38条和第39条.
_AND = re.compile(f"^[和与及或](?=第?{NUMBER})")


class Query(msgspec.Struct, frozen=True):
    """`named`: articles named whole, in the order typed (第三十六条, 36条, 第三十六, 36). `begun`:
    numbers begun, 三十 of 第三十. `strict`: a 条 is written, nothing but the articles named will do.
    `loose`: numbers without a 条, which may as well stand in a text (第三十六, 36)."""

    named: tuple[Clause, ...]
    begun: tuple[str, ...]
    strict: bool
    loose: tuple[str, ...]
    plain: tuple[str, ...]


class Sought(msgspec.Struct, frozen=True):
    """How a query asks for an article: as which of those named (-1: by no whole number). `words` is
    what the article must hold besides."""

    at: int
    begun: bool
    words: tuple[str, ...]


def read_query(query: str) -> Query:
    """The words of a query by what they may be."""
    words = _split(query)
    written = [word for word in words if read_clause(word)]
    rest = [word for word in words if word not in written]
    loose = tuple(word for word in rest if _named(word) or _is_opening(word))
    return Query(
        named=tuple(clause for clause in map(_named, words) if clause),
        begun=tuple(word[1:].replace("〇", "零") for word in rest if _is_opening(word)),
        strict=bool(written),
        loose=loose,
        plain=tuple(word for word in rest if word not in loose),
    )


def is_empty(query: Query) -> bool:
    return not (query.named or query.loose or query.plain)


def sought_as(query: Query, article: Article) -> Sought | None:
    """None: the query asks for other articles alone."""
    numbered = (article.number, article.insert)
    places = (at for at, one in enumerate(query.named) if (one.article, one.insert) == numbered)
    at = next(places, -1)
    begun = at < 0 and _opens_number(query, article.number)
    if at >= 0 or begun:
        return Sought(at, begun, query.plain)
    return None if query.strict else Sought(at, begun, (*query.plain, *query.loose))


def _opens_number(query: Query, article: int) -> bool:
    spelled = (numeral(article), str(article)) if query.begun else ()
    return any(number.startswith(query.begun) for number in spelled)


def _split(query: str) -> list[str]:
    """The words of a query, a clause apart from what it is written on to."""
    close = _SPACED.sub("第", query.translate(HALF_WIDTH))
    close = _CLAUSE_TO_THE_END.sub(lambda clause: re.sub(r"\s+", "", clause[0]), close)
    return [part for word in _APART.split(close) for part in _parts(word)]


def _parts(word: str) -> list[str]:
    match = (CLAUSE_WORDS if read_clause(word) else _OPENING).search(word)
    if match is None:
        return [word] if word else []
    after = _AND.sub("", word[match.end() :])
    rest = [] if _UNFINISHED.fullmatch(after) else _parts(after)
    return [*([word[: match.start()]] if match.start() else []), match[0], *rest]


def _is_opening(word: str) -> bool:
    return len(word) > 1 and _UNFINISHED.fullmatch(word) is not None


def _named(word: str) -> Clause | None:
    """The article a word names whole."""
    written = read_clause(word)
    if written is not None:
        return written
    digits = word[1:] if _is_opening(word) else word
    article = read_number(digits) if _WHOLE_NUMBER.fullmatch(digits) else None
    return Clause(article) if article and article <= _MOST_ARTICLES else None
