"""What one enrolment reads: pull, check, snapshot, with the right to each dossier asked (GR1)."""

from dataclasses import dataclass

import msgspec

from backend.core.dossiers.devices import Device
from backend.core.dossiers.reading import (
    check_dossier,
    pull_pages,
    receipts_of,
    seqs,
    snapshot_lines,
)
from backend.core.dossiers.service import Dossiers, dossier_facts, granted_dossiers
from sync.server.push import EnvelopeError
from sync.server.wire import (
    Check,
    CheckReply,
    Control,
    Pull,
    PullReply,
    SnapshotEnd,
    SnapshotHead,
)

MAX_LINES = 1000


class NoDossier(Exception):
    """Unknown, or not the reader's: the two look alike."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """One enrolment at the log."""

    dossiers: Dossiers
    device: Device

    async def pull(self, pull: Pull) -> PullReply:
        """SN10.

        Raises:
            EnvelopeError: timeline.
        """
        timeline = await self._timeline(pull.timeline)
        readable = await self.readable(list(pull.cursors))
        async with self.dossiers.database.read() as connection:
            granted = set(await granted_dossiers(connection, self.device.officer))
            cursors = {name: at for name, at in pull.cursors.items() if name in readable}
            pages = await pull_pages(connection, cursors, pull.limit)
            receipts = await receipts_of(connection, self.device.device)
        lost = sorted(set(pull.cursors) - readable)
        new = sorted(granted - set(pull.cursors))
        return PullReply(
            timeline=timeline,
            now=self.dossiers.clock.now(),
            pages=pages,
            control=[Control(kind="revoke", dossier=name) for name in lost]
            + [Control(kind="grant", dossier=name) for name in new],
            receipts=receipts,
        )

    async def check(self, check: Check) -> CheckReply:
        """LG8.

        Raises:
            EnvelopeError: timeline.
            NoDossier.
        """
        await self._timeline(check.timeline)
        await self._may_read(check.dossier)
        async with self.dossiers.database.read() as connection:
            return await check_dossier(connection, check)

    async def snapshot(self, dossier: str, after: str, limit: int) -> bytes:
        """One page as NDJSON (LG7).

        Raises:
            NoDossier.
        """
        await self._may_read(dossier)
        wanted = max(1, min(limit, MAX_LINES))
        timeline = await self.dossiers.timeline()
        async with self.dossiers.database.read() as connection:
            seq0 = (await seqs(connection, [dossier]))[dossier]
            lines = [line async for line in snapshot_lines(connection, dossier, after, wanted)]
        following = lines[-1][0] if len(lines) == wanted else None
        ends = (SnapshotHead(timeline=timeline, seq0=seq0), SnapshotEnd(next=following))
        head, end = (msgspec.json.encode(each) + b"\n" for each in ends)
        return head + b"".join(line for _, line in lines) + end

    async def readable(self, names: list[str]) -> set[str]:
        """Those among `names` this officer may read."""
        async with self.dossiers.database.read() as connection:
            facts = await dossier_facts(connection, self.device.officer, names)
            ask = self.dossiers.permissions.may
            return {
                name
                for name, fact in facts.items()
                if await ask(connection, self.device.officer, "read", fact) == "yes"
            }

    async def _may_read(self, dossier: str) -> None:
        if dossier not in await self.readable([dossier]):
            raise NoDossier

    async def _timeline(self, timeline: str) -> str:
        mine = await self.dossiers.timeline()
        if timeline != mine:
            raise EnvelopeError("timeline")
        return mine
