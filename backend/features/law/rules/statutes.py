"""Statutes cut into articles, paragraphs and items."""

import re
from collections.abc import Iterable, Mapping

from backend.features.law.model import Article, Clause, Paragraph
from backend.features.law.rules.numerals import NUMERAL, numeral, read_number

_ARTICLE = re.compile(rf"第({NUMERAL})条(?:之({NUMERAL}))?(?:[\s\u3000]+|$)(.*)")
_POINT = re.compile(rf"({NUMERAL})()、(.*)")
_ITEM = re.compile(rf"[（(]{NUMERAL}[）)](.*)")
_MARKED = re.compile(r"(#+)\s*(.*)")
_DIVISION = re.compile(rf"第{NUMERAL}(分编|[编章节])(?:[\s\u3000].*)?")
_LEVELS = {"编": 1, "分编": 2, "章": 3, "节": 4}
_PLAIN_LEVEL = 3


def split_statute(text: str) -> tuple[Article, ...]:
    """Cut a statute in Markdown or plain text into articles, paragraphs and items.

    A statute starts its articles with 第…条, a standard its points with 一、; what stands before
    the first of them (title, history of amendments) is left out. An article keeps every heading it
    stands under, 编 before 章 before 节.
    """
    lines = [line.strip(" \t\r\n\u3000") for line in text.split("\n")]
    article_head = _ARTICLE if any(map(_ARTICLE.fullmatch, lines)) else _POINT
    articles: list[Article] = []
    headings: Mapping[int, str] = {}
    for line in filter(None, lines):
        if (title := heading_of(line)) is not None:
            headings = _under(headings, title)
        elif (match := article_head.fullmatch(line)) and (number := read_number(match.group(1))):
            insert = read_number(match.group(2)) if match.group(2) else 0
            opening = (Paragraph(match.group(3)),) if match.group(3) else ()
            heading = " ".join(headings[level] for level in sorted(headings))
            articles.append(Article(number, heading, opening, insert or 0))
        elif articles:
            articles[-1] = _with_line(articles[-1], line)
    return tuple(articles)


def heading_of(line: str) -> str | None:
    """The words of a heading (第一章 总则), empty for the title of the law, None for other lines."""
    marked = _MARKED.fullmatch(line)
    words = marked.group(2).strip() if marked else line
    if _DIVISION.fullmatch(words):
        return words
    if marked is None:
        return None
    return "" if marked.group(1) == "#" else words


def clauses(article: Article) -> tuple[tuple[Clause, str], ...]:
    """Every clause of an article that can be cited, in order, with its text."""
    single = len(article.paragraphs) == 1
    found: list[tuple[Clause, str]] = []
    for number, paragraph in enumerate(article.paragraphs, start=1):
        texts = enumerate((paragraph.text, *paragraph.items))
        place = 0 if single else number
        found += [
            (Clause(article.number, place, item, article.insert), text) for item, text in texts
        ]
    return tuple(found)


def clause_text(articles: Iterable[Article], clause: Clause) -> str | None:
    """The text a citation points to, items included; None when there is no such clause."""
    wanted = (clause.article, clause.insert)
    article = next((one for one in articles if (one.number, one.insert) == wanted), None)
    if article is None:
        return None
    if not clause.paragraph and not clause.item:
        return "\n".join(map(_whole, article.paragraphs))
    if clause not in (one for one, _ in clauses(article)):
        return None
    paragraph = article.paragraphs[max(clause.paragraph, 1) - 1]
    return paragraph.items[clause.item - 1] if clause.item else _whole(paragraph)


def _under(headings: Mapping[int, str], title: str) -> Mapping[int, str]:
    """A heading ends those of its own level and below; the title of the law ends all."""
    if not title:
        return {}
    division = _DIVISION.fullmatch(title)
    level = _LEVELS[division.group(1)] if division else _PLAIN_LEVEL
    return {**{above: words for above, words in headings.items() if above < level}, level: title}


def _with_line(article: Article, line: str) -> Article:
    *before, last = article.paragraphs or (Paragraph(""),)
    if (match := _ITEM.fullmatch(line)) and article.paragraphs:
        last = Paragraph(last.text, (*last.items, match.group(1).strip()))
        paragraphs = (*before, last)
    else:
        paragraphs = (*article.paragraphs, Paragraph(line))
    return Article(article.number, article.heading, paragraphs, article.insert)


def _whole(paragraph: Paragraph) -> str:
    items = (f"（{numeral(number)}）{text}" for number, text in enumerate(paragraph.items, start=1))
    return "\n".join([paragraph.text, *items])
