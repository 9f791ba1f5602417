"""Citations read, written and put in words; statutes cut into clauses; search by scan.

A citation is one string everywhere (records, packs, papers). Law does not number the only paragraph
of an article, so such an article is cited with paragraph 0 before an item (`99.0.4`) or with none
(`66`): each clause has exactly one name, and words need no library.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from backend.features.law.model import (
    Article,
    Citation,
    CitationFault,
    Clause,
    Hit,
    Law,
    Numbering,
    Paragraph,
    Standing,
    Statute,
)

_DIGITS = "零一二三四五六七八九"
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = "[零〇一二三四五六七八九十百千]{1,9}"
_NUMBER = rf"([0-9]{{1,4}}|{_NUMERAL})"
_HALF_WIDTH = str.maketrans("０１２３４５６７８９（）．＃＠", "0123456789().#@")

_CITATION = re.compile(r"([a-z][a-z0-9]{1,15})@([0-9]{4}-[0-9]{2}-[0-9]{2})#([0-9.]+)")
_CLAUSE = re.compile(r"([1-9][0-9]{0,3})(?:\.(0|[1-9][0-9]{0,3})(?:\.([1-9][0-9]{0,3}))?)?")
_CLAUSE_WORDS = re.compile(
    rf"第?{_NUMBER}条(?:第?{_NUMBER}款)?(?:第?\(?{_NUMBER}\)?项)?",
)

_ARTICLE = re.compile(rf"第({_NUMERAL})条(?:[\s\u3000]+|$)(.*)")
_POINT = re.compile(rf"({_NUMERAL})、(.*)")
_ITEM = re.compile(rf"[（(]{_NUMERAL}[）)](.*)")
_HEADING = re.compile(rf"#+\s*(.*)|(第{_NUMERAL}[编章节][\s\u3000].*)")


def parse_citation(text: str) -> Citation | CitationFault:
    """Read a citation; the verdict names the part that is wrong. Whether the law is known is
    `standing`'s question, whether the clause is there `clause_text`'s."""
    match = _CITATION.fullmatch(text)
    if match is None:
        return "form"
    law, day, numbers = match.groups()
    since = _read_day(day)
    if since is None:
        return "date"
    clause = _parse_clause(numbers)
    return Citation(law, since, clause) if clause else "clause"


def format_citation(citation: Citation) -> str:
    """The one string that names the clause in records and packs."""
    return f"{citation.law}@{citation.since}#{_numbers(citation.clause)}"


def citation_words(clause: Clause, title: str, numbering: Numbering = "articles") -> str:
    """《安全生产法》第三十六条第三款; 第九十九条第（四）项 where there is but one paragraph; of a
    standard 第3.0.1条. `title` is the full one on papers, the short one on screens."""
    if numbering == "sections":
        return f"《{title}》第{_numbers(clause)}条"
    return f"《{title}》{clause_words(clause)}"


def clause_words(clause: Clause) -> str:
    """第三十六条第三款第（二）项 in Chinese numerals."""
    words = f"第{numeral(clause.article)}条"
    if clause.paragraph:
        words += f"第{numeral(clause.paragraph)}款"
    if clause.item:
        words += f"第（{numeral(clause.item)}）项"
    return words


def read_clause(text: str) -> Clause | None:
    """Find a clause as people type it: 36条, 第36条第3款, 第三十六条, ９９条（四）项."""
    match = _CLAUSE_WORDS.search(text.translate(_HALF_WIDTH))
    if match is None:
        return None
    article, paragraph, item = (read_number(part) if part else 0 for part in match.groups())
    if not article or paragraph is None or item is None:
        return None
    return Clause(article, paragraph, item)


def numeral(number: int) -> str:
    """1 to 9999 in Chinese numerals as statutes write them: 十一, 一百零一, 一千二百六十."""
    words, gap = "", False
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + word
        gap = digit == 0
    return words[1:] if 10 <= number < 20 else words


def read_number(text: str) -> int | None:
    """A number in digits or Chinese numerals; None for what no statute would print (三六)."""
    if text.isascii() and text.isdigit():
        return int(text) or None
    total = digit = 0
    for character in text.replace("〇", "零"):
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS.index(character)
    total += digit
    return total if total and numeral(total) == text.replace("〇", "零") else None


def standing(laws: Iterable[Law], citation: Citation, on: date) -> Standing:
    """How a citation may be used on a day: 现行有效, 尚未施行, 已修改, 待核对 or unknown."""
    version = (citation.law, citation.since)
    law = next((law for law in laws if (law.id, law.in_force) == version), None)
    if law is None:
        return "unknown"
    if law.until is not None and law.until <= on:
        return "superseded"
    if on < law.in_force:
        return "not_yet"
    return "unchecked" if citation.clause.article in law.unchecked else "in_force"


def split_statute(text: str) -> tuple[Article, ...]:
    """Cut a statute in Markdown or plain text into articles, paragraphs and items.

    A statute starts its articles with 第…条, a standard its points with 一、; what stands before
    the first of them (title, history of amendments) is left out.
    """
    lines = [line.strip(" \t\r\n\u3000") for line in text.split("\n")]
    article_head = _ARTICLE if any(map(_ARTICLE.fullmatch, lines)) else _POINT
    articles: list[Article] = []
    heading = ""
    for line in filter(None, lines):
        if match := _HEADING.fullmatch(line):
            heading = match.group(1) or match.group(2) or ""
        elif (match := article_head.fullmatch(line)) and (number := read_number(match.group(1))):
            opening = (Paragraph(match.group(2)),) if match.group(2) else ()
            articles.append(Article(number, heading, opening))
        elif articles:
            articles[-1] = _with_line(articles[-1], line)
    return tuple(articles)


def clauses(article: Article) -> tuple[tuple[Clause, str], ...]:
    """Every clause of an article that can be cited, in order, with its text."""
    single = len(article.paragraphs) == 1
    found: list[tuple[Clause, str]] = []
    for number, paragraph in enumerate(article.paragraphs, start=1):
        place = 0 if single else number
        found.append((Clause(article.number, place), paragraph.text))
        items = enumerate(paragraph.items, start=1)
        found += [(Clause(article.number, place, item), text) for item, text in items]
    return tuple(found)


def clause_text(articles: Iterable[Article], clause: Clause) -> str | None:
    """The text a citation points to, items included; None when there is no such clause."""
    article = next((one for one in articles if one.number == clause.article), None)
    if article is None:
        return None
    if clause == Clause(article.number):
        return "\n".join(map(_whole, article.paragraphs))
    if clause not in (one for one, _ in clauses(article)):
        return None
    paragraph = article.paragraphs[max(clause.paragraph, 1) - 1]
    return paragraph.items[clause.item - 1] if clause.item else _whole(paragraph)


def search(library: Sequence[Statute], query: str, limit: int) -> tuple[Hit, ...]:
    """Articles that hold every word of the query, those with all words in one clause first.

    A word may be a title or a clause (36条). A phrase that is nowhere is tried again in words of
    two characters: 关闭报警 then finds 关闭…报警.
    """
    words = query.translate(_HALF_WIDTH).split()
    hits = _scan(library, words)
    if not hits and any(len(word) > 3 for word in words):
        hits = _scan(library, [pair for word in words for pair in _pairs(word)])
    return tuple(hits[:limit])


def _scan(library: Sequence[Statute], words: Sequence[str]) -> list[Hit]:
    close: list[Hit] = []
    far: list[Hit] = []
    for statute in library if words else ():
        texts = [word for word in words if word not in statute.law.title]
        wanted = [clause for clause in map(read_clause, texts) if clause]
        texts = [word for word in texts if not read_clause(word)]
        for article in statute.articles:
            if any(clause.article != article.number for clause in wanted):
                continue
            found = [(clause, _count(text, texts)) for clause, text in clauses(article)]
            whole = "\n".join(text for _, text in clauses(article))
            if _count(whole, texts) < len(texts):
                continue
            touched = tuple(clause for clause, count in found if count)
            hit = Hit(statute.law.id, statute.law.in_force, article.number, touched)
            one_clause = any(count == len(texts) for _, count in found)
            (close if one_clause else far).append(hit)
    return close + far


def _count(text: str, words: Iterable[str]) -> int:
    return sum(word in text for word in words)


def _pairs(word: str) -> list[str]:
    if len(word) <= 3 or read_clause(word):
        return [word]
    return [word[start : start + 2] for start in range(0, len(word), 2)]


def _with_line(article: Article, line: str) -> Article:
    *before, last = article.paragraphs or (Paragraph(""),)
    if (match := _ITEM.fullmatch(line)) and article.paragraphs:
        last = Paragraph(last.text, (*last.items, match.group(1).strip()))
        return Article(article.number, article.heading, (*before, last))
    return Article(article.number, article.heading, (*article.paragraphs, Paragraph(line)))


def _whole(paragraph: Paragraph) -> str:
    items = (f"（{numeral(number)}）{text}" for number, text in enumerate(paragraph.items, start=1))
    return "\n".join([paragraph.text, *items])


def _parse_clause(numbers: str) -> Clause | None:
    match = _CLAUSE.fullmatch(numbers)
    if match is None:
        return None
    article, paragraph, item = (int(part or 0) for part in match.groups())
    unnamed_without_item = match.group(2) == "0" and not item
    return None if unnamed_without_item else Clause(article, paragraph, item)


def _numbers(clause: Clause) -> str:
    numbers = [clause.article, clause.paragraph, clause.item]
    while numbers[-1] == 0:
        numbers.pop()
    return ".".join(map(str, numbers))


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
