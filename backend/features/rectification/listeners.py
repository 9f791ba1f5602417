"""What rectification hears: orders issued or voided, rechecks done, what the enterprise sends."""

from backend.core.dossiers.listening import Happening, Listener
from backend.features.rectification import service
from backend.features.rectification.service import requests


async def _hear(happening: Happening) -> None:
    for row in happening.accepted:
        shown = happening.shown(row)
        if row.changeset.entity == "recheck":
            await service.follow_recheck(happening, shown)
            await requests.settle_feedback(happening, shown)
        elif shown.values.get("kind") == service.ORDER:
            await service.follow_order(happening, shown)


async def _hear_requests(happening: Happening) -> None:
    for row in happening.accepted:
        shown = happening.shown(row)
        if row.changeset.entity == "approval":
            await requests.follow_answer(happening, shown)
        else:
            await requests.follow_request(happening, shown)


LISTENERS = (
    Listener("rectification", frozenset({"document", "recheck"}), _hear),
    Listener(
        "rectification.requests",
        frozenset({"extension", "feedback", "approval"}),
        _hear_requests,
    ),
)
