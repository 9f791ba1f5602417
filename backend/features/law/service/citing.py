"""A clause as a spreadsheet names it, and as a page quotes it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import msgspec

from backend.core.database import Connection
from backend.core.packs import Pack
from backend.core.registers import register_name, row_of
from backend.features.law.model import Article, Citation, Law, LawText
from backend.features.law.rules import (
    citation_words,
    clause_text,
    format_citation,
    parse_citation,
    read_clause,
    split_statute,
    standing,
)
from backend.features.law.service import ENTITY, REGISTER, laws_of
from backend.features.law.service.reading import version_of

_TITLE = re.compile("《([^》]+)》")


def citation_of(laws: Iterable[Law], text: str, day: date) -> str | None:
    """The citation a text names, if it may be used on a day: itself one, or 《短名》第几条第几款."""
    known = tuple(laws)
    written = parse_citation(text.strip())
    read = written if isinstance(written, Citation) else _in_words(known, text, day)
    usable = read is not None and standing(known, read, day) == "in_force"
    return format_citation(read) if read is not None and usable else None


def _in_words(laws: Iterable[Law], text: str, day: date) -> Citation | None:
    title, clause = _TITLE.search(text), read_clause(text)
    if title is None or clause is None:
        return None
    named = [
        law for law in laws if title.group(1) in {law.title, law.short} and law.in_force <= day
    ]
    law = max(named, key=lambda law: law.in_force, default=None)
    return Citation(law.id, law.in_force, clause) if law else None


@dataclass(frozen=True, slots=True)
class ClauseShown:
    """A clause as a page quotes it; without text where the library does not hold it."""

    words: str
    text: str


async def clauses_shown(
    connection: Connection, bureau: str, pack: Pack, citations: Sequence[str]
) -> list[ClauseShown]:
    """Citations in words with the text they point to, each once; unreadable ones are left out."""
    laws = {version_of(law): law for law in await laws_of(connection, bureau, pack)}
    shown: list[ClauseShown] = []
    for text in dict.fromkeys(citations):
        cited, law = parse_citation(text), laws.get(text.partition("#")[0])
        if law is None or not isinstance(cited, Citation):
            continue
        name = version_of(law)
        row = await row_of(connection, register_name(REGISTER, bureau), ENTITY, name)
        articles = _articles(row["json"]) if row else ()
        words = citation_words(cited.clause, law.short, law.numbering)
        shown.append(ClauseShown(words, clause_text(articles, cited.clause) or ""))
    return shown


@lru_cache(maxsize=64)
def _articles(text: str) -> tuple[Article, ...]:
    return split_statute(msgspec.json.decode(text, type=LawText).text)
