"""A clause as a spreadsheet names it."""

import re
from collections.abc import Iterable
from datetime import date

from backend.features.law.model import Citation, Law
from backend.features.law.rules import format_citation, parse_citation, read_clause, standing

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
