"""The statute library: texts brought in from a folder, published to the phones of a bureau."""

from pathlib import Path

import msgspec

from backend.core.database import Connection
from backend.core.dossiers.service import Dossiers
from backend.core.packs import Pack
from backend.core.registers import publish
from backend.features.law.model import Law
from backend.features.law.rules import split_statute

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
