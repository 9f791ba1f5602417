"""The statute library: texts brought in from a folder, published to the phones of a bureau."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec

from backend.core.database import Connection
from backend.core.dossiers.service import Dossiers
from backend.core.packs import Pack
from backend.core.registers import publish
from backend.features.law.model import Citation, Law
from backend.features.law.rules import (
    format_citation,
    parse_citation,
    read_clause,
    split_statute,
    standing,
)

REGISTER = "law"
_TITLE = re.compile("《([^》]+)》")


def find_text(law: Law, folder: Path) -> str | None:
    """The text of a law in a folder: the file whose name holds its short title.

    A folder of texts holds one version of each; whose it is, the pack's index says.
    """
    for path in sorted(folder.glob("*.md")):
        if path.name.startswith(law.short):
            text = path.read_text(encoding="utf-8")
            return text if split_statute(text) else None
    return None


def citation_of(pack: Pack, text: str, day: date) -> str | None:
    """The citation a text names, if it may be used on a day: itself one, or 《短名》第几条第几款."""
    laws = pack.rows("law", Law)
    written = parse_citation(text.strip())
    read = written if isinstance(written, Citation) else _in_words(laws, text, day)
    usable = read is not None and standing(laws, read, day) == "in_force"
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
