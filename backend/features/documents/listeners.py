"""What documents hear: numbers given, papers issued or voided."""

from backend.core.dossiers.listening import Happening, Listener
from backend.features.documents import service


async def _hear(happening: Happening) -> None:
    for row in happening.accepted:
        shown = happening.shown(row)
        if row.changeset.entity == "document":
            await service.note_document(happening, shown)
        elif {"kind", "year", "serial", "text"} <= shown.values.keys():
            (dossier,) = await happening.records(shown.dossier, "dossier")
            await service.note_number(happening, shown, dossier.values["bureau"])


LISTENERS = (Listener("documents", frozenset({"number", "document"}), _hear),)
