"""What evidence hears: records that announce files, and acts of custody."""

from backend.core.dossiers.listening import Happening, Listener
from backend.features.evidence.service import hearing


async def _expect(happening: Happening) -> None:
    for row in happening.accepted:
        await hearing.note_evidence(happening, happening.shown(row))


async def _check(happening: Happening) -> None:
    dossiers = {row.changeset.dossier for row in happening.accepted if row.changeset.kind == "edit"}
    for dossier in sorted(dossiers):
        await hearing.check_custody(happening, dossier)


LISTENERS = (
    Listener("evidence.expect", frozenset({"evidence"}), _expect),
    Listener("evidence.custody", frozenset({"custody"}), _check),
)
