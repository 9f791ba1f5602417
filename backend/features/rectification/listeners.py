"""What rectification hears: orders issued or voided, rechecks done."""

from backend.core.dossiers.listening import Happening, Listener
from backend.features.rectification import service


async def _hear(happening: Happening) -> None:
    for row in happening.accepted:
        shown = happening.shown(row)
        if row.changeset.entity == "recheck":
            await service.follow_recheck(happening, shown)
        elif shown.values.get("kind") == service.ORDER:
            await service.follow_order(happening, shown)


LISTENERS = (Listener("rectification", frozenset({"document", "recheck"}), _hear),)
