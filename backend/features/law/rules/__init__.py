"""Citations, statutes cut into clauses, search, and what a file of text says of itself. Pure."""

from backend.features.law.rules.citations import (
    citation_words,
    clause_words,
    format_citation,
    parse_citation,
    read_clause,
    standing,
    succession,
)
from backend.features.law.rules.numerals import numeral, read_number
from backend.features.law.rules.searching import search
from backend.features.law.rules.statutes import clause_text, clauses, split_statute

__all__ = [
    "citation_words",
    "clause_text",
    "clause_words",
    "clauses",
    "format_citation",
    "numeral",
    "parse_citation",
    "read_clause",
    "read_number",
    "search",
    "split_statute",
    "standing",
    "succession",
]
