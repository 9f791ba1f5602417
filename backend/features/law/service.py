"""The statute library: texts brought in from a folder, published to the phones of a bureau."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec

from backend.core.database import Connection
from backend.core.dossiers.service import Dossiers
from backend.core.packs import Pack
from backend.core.registers import publish, register_name, row_of
from backend.features.law.model import Article, Citation, Law
from backend.features.law.rules import (
    citation_words,
    clause_text,
    parse_citation,
    split_statute,
)

REGISTER = "law"


def find_text(law: Law, folder: Path) -> str | None:
    """The text of a law in a folder: the file whose name holds its short title.

    A folder of texts holds one version of each; whose it is, the pack's index says.
    """
    for path in sorted(folder.glob("*.md")):
        if path.name.startswith(law.short):
            text = path.read_text(encoding="utf-8")
            return text if split_statute(text) else None
    return None


@dataclass(frozen=True, slots=True)
class ClauseShown:
    """A clause as a page quotes it; without text where the library does not hold it."""

    words: str
    text: str


async def clauses_shown(
    connection: Connection, bureau: str, pack: Pack, citations: Sequence[str]
) -> list[ClauseShown]:
    """Citations in words with the text they point to, each once; unreadable ones are left out."""
    laws = {(law.id, law.in_force): law for law in pack.rows("law", Law)}
    shown: list[ClauseShown] = []
    for text in dict.fromkeys(citations):
        cited = parse_citation(text)
        law = laws.get((cited.law, cited.since)) if isinstance(cited, Citation) else None
        if law is None or not isinstance(cited, Citation):
            continue
        name = f"{law.id}@{law.in_force.isoformat()}"
        row = await row_of(connection, register_name(REGISTER, bureau), "pack", name)
        articles = _articles(row["json"]) if row else ()
        words = citation_words(cited.clause, law.short, law.numbering)
        shown.append(ClauseShown(words, clause_text(articles, cited.clause) or ""))
    return shown


@lru_cache(maxsize=64)
def _articles(text: str) -> tuple[Article, ...]:
    return split_statute(msgspec.json.decode(text, type=str))


async def import_texts(
    dossiers: Dossiers, connection: Connection, bureau: str, pack: Pack, folder: Path
) -> list[Law]:
    """Publish the texts found for the pack's laws; answers which."""
    found = [(law, find_text(law, folder)) for law in pack.rows("law", Law)]
    rows = [
        {
            "id": f"{law.id}@{law.in_force.isoformat()}",
            "json": msgspec.json.encode(text).decode("utf-8"),
            "source": law.source,
            "in_force": law.in_force.isoformat(),
        }
        for law, text in found
        if text is not None
    ]
    await publish(dossiers, connection, (REGISTER, bureau), "pack", rows)
    return [law for law, text in found if text is not None]
