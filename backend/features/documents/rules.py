"""When an issued paper is whole. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from printing.facts import FactsError, Paper, load


@dataclass(frozen=True, slots=True)
class IssuedFacts:
    """The facts of an issued paper and the certificate numbers of the officers it names."""

    facts: Paper
    certificates: frozenset[str]


def read_issued(fields: Mapping[str, Any]) -> IssuedFacts | None:
    """The facts of a `document` record, or None when they lack what their kind needs (QU5).

    The facts must be lawful for their kind (three elements, two officers, …), be those the record's
    hash names, and belong to a numbered paper: a draft or practice paper is never issued, and an
    internal one (现场检查方案) is the office's to make.
    """
    kind, text = fields.get("kind"), fields.get("facts")
    if not isinstance(kind, str) or not isinstance(text, str):
        return None
    if sha256(text.encode("utf-8")).hexdigest() != fields.get("facts_sha256"):
        return None
    if not all(isinstance(fields.get(name), str) for name in ("code", "pdf_sha256", "number")):
        return None
    try:
        facts = load(kind, text)
    except FactsError:
        return None
    if not isinstance(facts, Paper) or facts.number is None:
        return None
    return IssuedFacts(facts, frozenset(officer.certificate for officer in facts.officers))
