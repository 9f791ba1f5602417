"""What disclosure hears: visits that open, officers that are named, complaints that come."""

from dataclasses import dataclass

from backend.core.dossiers.listening import Happening, Listener
from backend.core.ids import Ids
from backend.features.disclosure.service import complaints, doors

_TOKEN_HEX = 32


@dataclass(frozen=True, slots=True)
class Opening:
    """A visit opened on a phone has no token when it arrives; chance makes it."""

    ids: Ids

    async def hear(self, happening: Happening) -> None:
        """Every visit's token leads to its page."""
        for row in happening.accepted:
            by_phone = row.changeset.entity == "arrival"
            token = self.ids.hex(_TOKEN_HEX) if by_phone else ""
            await doors.open_door(happening, row.changeset.dossier, token)


async def _bar(happening: Happening) -> None:
    for row in happening.accepted:
        await complaints.bar_named(happening, happening.shown(row))


async def _count(happening: Happening) -> None:
    for row in happening.accepted:
        shown = happening.shown(row)
        if row.changeset.entity == "complaint":
            await complaints.start_reply_clock(happening, shown)
        else:
            await complaints.stop_reply_clock(happening, shown)


def listeners(ids: Ids) -> tuple[Listener, ...]:
    """The feature's ears."""
    return (
        Listener("disclosure.open", frozenset({"approval", "arrival"}), Opening(ids).hear),
        Listener("disclosure.bar", frozenset({"inspection"}), _bar),
        Listener("disclosure.reply", frozenset({"complaint", "complaint_act"}), _count),
    )
