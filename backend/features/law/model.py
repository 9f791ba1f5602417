"""What the statute library holds and how a clause is named."""

from datetime import date
from typing import Literal

import msgspec

CitationFault = Literal["form", "date", "clause"]
Standing = Literal["in_force", "not_yet", "superseded", "repealed", "unchecked", "unknown"]
Numbering = Literal["articles", "sections"]
"""Statutes number 条, 款, 项; national standards number sections (3.0.1)."""


class Law(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a statute, regulation or standard; `id` and `in_force` together name it.

    `until` is the first day it no longer applied. `unchecked` lists articles whose text was not
    compared with an official copy: they are shown as 待核对.
    """

    id: str
    title: str
    short: str
    in_force: date
    source: str
    until: date | None = None
    unchecked: tuple[int, ...] = ()
    numbering: Numbering = "articles"


class Clause(msgspec.Struct, frozen=True, order=True):
    """条, 款, 项. Paragraph 0: the article has one paragraph, which law does not number.

    `insert` n: 第…条之n, an article an amendment put in after it.
    """

    article: int
    paragraph: int = 0
    item: int = 0
    insert: int = 0


class Citation(msgspec.Struct, frozen=True):
    """A clause of one version of a law: `<law>@<in force since>#<article>.<paragraph>.<item>`."""

    law: str
    since: date
    clause: Clause


class Paragraph(msgspec.Struct, frozen=True):
    """款 with its 项, the numerals of the items taken off."""

    text: str
    items: tuple[str, ...] = ()


class Article(msgspec.Struct, frozen=True):
    """条, with the headings it stands under, 编 before 章 before 节. `insert` n: 第…条之n."""

    number: int
    heading: str
    paragraphs: tuple[Paragraph, ...]
    insert: int = 0


class Statute(msgspec.Struct, frozen=True):
    """One version of a law with its text."""

    law: Law
    articles: tuple[Article, ...]


class Hit(msgspec.Struct, frozen=True):
    """An article found by search, and the clauses in it that hold a word of the query."""

    law: str
    since: date
    article: int
    clauses: tuple[Clause, ...]
    insert: int = 0


class LawText(msgspec.Struct, frozen=True):
    """The JSON of one row of the register `law`: a version and its words."""

    law: Law
    text: str
