"""Citations read, written and put in words, and how one may be used on a day.

A citation is one string everywhere (records, packs, papers). Law does not number the only paragraph
of an article, so such an article is cited with paragraph 0 before an item (`99.0.4`) or with none
(`66`): each clause has exactly one name, and words need no library. An article put in by an
amendment (第一百三十三条之一) is written `133-1`.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from backend.features.law.model import Citation, CitationFault, Clause, Law, Numbering, Standing
from backend.features.law.rules.numerals import HALF_WIDTH, NUMBER, numeral, read_number

_CITATION = re.compile(r"([a-z][a-z0-9]{1,15})@([0-9]{4}-[0-9]{2}-[0-9]{2})#([0-9.-]+)")
_PART = r"([1-9][0-9]{0,3})"
_CLAUSE = re.compile(
    rf"{_PART}(?:-([1-9][0-9]?))?(?:\.(0|[1-9][0-9]{{0,3}})(?:\.{_PART})?)?",
)
# With blanks as people leave them; 38 条件 is no clause.
CLAUSE_WORDS = re.compile(
    rf"(?:第\s*)?{NUMBER}(?:条|\s+条(?![件例约]))(?:\s*之\s*{NUMBER})?"
    rf"(?:\s*第?\s*{NUMBER}\s*款)?(?:\s*第?\s*\(?\s*{NUMBER}\s*\)?\s*项)?",
)


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
    if clause.insert:
        words += f"之{numeral(clause.insert)}"
    if clause.paragraph:
        words += f"第{numeral(clause.paragraph)}款"
    if clause.item:
        words += f"第（{numeral(clause.item)}）项"
    return words


def read_clause(text: str) -> Clause | None:
    """Find a clause as people type it: 36条, 第36条 第3款, 第 三十六 条, ９９条（四）项, 12条之一."""
    match = CLAUSE_WORDS.search(text.translate(HALF_WIDTH))
    if match is None:
        return None
    article, insert, paragraph, item = (read_number(p) if p else 0 for p in match.groups())
    if not article or insert is None or paragraph is None or item is None:
        return None
    return Clause(article, paragraph, item, insert)


def succession(laws: Iterable[Law]) -> tuple[Law, ...]:
    """Every version with the day it ends: its own, or the day its successor came into force."""
    known = sorted(laws, key=lambda law: (law.id, law.in_force))
    return tuple(
        law if after is None else msgspec.structs.replace(law, until=_sooner(law, after))
        for law, after in ((law, _successor(known, law)) for law in known)
    )


def standing(laws: Sequence[Law], citation: Citation, on: date) -> Standing:
    """How a citation may be used on a day: 现行有效, 尚未施行, 已修改, 已废止, 待核对 or unknown."""
    version = (citation.law, citation.since)
    law = next((law for law in laws if (law.id, law.in_force) == version), None)
    if law is None:
        return "unknown"
    if law.until is not None and law.until <= on:
        return "superseded" if _successor(laws, law) else "repealed"
    if on < law.in_force:
        return "not_yet"
    return "unchecked" if citation.clause.article in law.unchecked else "in_force"


def _successor(laws: Iterable[Law], of: Law) -> Law | None:
    later = [law for law in laws if law.id == of.id and law.in_force > of.in_force]
    return min(later, key=lambda law: law.in_force, default=None)


def _sooner(law: Law, after: Law) -> date:
    return min(law.until, after.in_force) if law.until else after.in_force


def _parse_clause(numbers: str) -> Clause | None:
    match = _CLAUSE.fullmatch(numbers)
    if match is None:
        return None
    article, insert, paragraph, item = (int(part or 0) for part in match.groups())
    unnamed_without_item = match.group(3) == "0" and not item
    return None if unnamed_without_item else Clause(article, paragraph, item, insert)


def _numbers(clause: Clause) -> str:
    numbers = [clause.article, clause.paragraph, clause.item]
    while numbers[-1] == 0:
        numbers.pop()
    first, *rest = map(str, numbers)
    return ".".join([f"{first}-{clause.insert}" if clause.insert else first, *rest])


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
