"""What inspections hear: an approval opens the visit; every fact refreshes what lists show."""

from dataclasses import dataclass

from backend.core.dossiers.listening import Happening, Listener
from backend.core.ids import Ids
from backend.features.inspections import service

_ENTITIES = frozenset(
    {
        "dossier",
        "inspection",
        "arrival",
        "step",
        "check",
        "finding",
        "exchange",
        "document",
        "signature",
        "service",
        "recheck",
        "addendum",
        "approval",
        "extension",
        "feedback",
    }
)
_TOKEN_HEX = 32


@dataclass(frozen=True, slots=True)
class Opening:
    """Hears approvals; needs chance for the code on the inspector's screen."""

    ids: Ids

    async def hear(self, happening: Happening) -> None:
        """The leader's yes; a plan taken back."""
        for row in happening.accepted:
            shown = happening.shown(row)
            if (shown.values.get("act"), shown.values.get("answer")) == ("approve", "yes"):
                await service.open_visit(happening, shown, self.ids.hex(_TOKEN_HEX))
            if (shown.values.get("act"), shown.values.get("answer")) == ("cancel", "yes"):
                await service.withdraw_visit(happening, shown)


async def _grant(happening: Happening) -> None:
    for row in happening.accepted:
        if row.changeset.kind == "edit":
            await service.grant_officers(happening, happening.shown(row))


async def _refresh(happening: Happening) -> None:
    for dossier in service.opened_dossiers(happening.accepted):
        await service.refresh(happening, dossier)


def listeners(ids: Ids) -> tuple[Listener, ...]:
    """The feature's ears."""
    return (
        Listener("inspections.open", frozenset({"approval"}), Opening(ids).hear),
        Listener("inspections.grant", frozenset({"inspection"}), _grant),
        Listener("inspections.refresh", _ENTITIES, _refresh),
    )
