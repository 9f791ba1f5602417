"""What the protocol needs from its host. The log's store implements it over SQL (SN8)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sync.server.admission import Quarantined, Rights
from sync.server.changeset import Changeset
from sync.server.ledger import Accepted, DossierHead, Ledger, RecordKey
from sync.server.merge import RecordState


@dataclass(frozen=True, slots=True)
class DeviceHead:
    """Where the chain of (device, epoch) stands; n 0 and 64 zeros before the first changeset."""

    n: int
    hash: str


class LogTransaction(Protocol):
    """One database transaction. Methods are called in this order; rows locked stay locked."""

    async def lock_device(self, device: str, epoch: int) -> DeviceHead | None:
        """None for an epoch that was never opened."""

    async def hashes(self, device: str, epoch: int, first_n: int, last_n: int) -> Mapping[int, str]:
        """The known hashes of a stretch of the chain, quarantined ones included."""

    async def open_epoch(self, device: str) -> int:
        """SN4: a new epoch for a forked device."""

    async def lock_dossiers(self, names: Sequence[str]) -> dict[str, DossierHead]:
        """The rows of those that exist, locked in the order given (sorted)."""

    async def load(self, keys: Collection[RecordKey]) -> dict[RecordKey, RecordState]:
        """The records that exist."""

    async def blocking(self, names: Collection[str]) -> set[str]:
        """Which of these records or creating ids stand in quarantine, unreleased (MG12)."""

    async def save(self, ledger: Ledger) -> None:
        """Write dossiers, records and rows."""

    async def quarantine(
        self, items: Sequence[Quarantined], author: str, courier: str, signature: str, now: int
    ) -> None:
        """Keep what was not accepted (QU2)."""

    async def advance_device(self, device: str, epoch: int, head: DeviceHead) -> None:
        """Move the chain's end."""

    async def accepted(self, ledger: Ledger, rows: Sequence[Accepted], now: int) -> None:
        """Tell the listeners; they may append system changesets to this ledger's dossiers."""


class Authority(Protocol):
    """Asked before any lock."""

    async def rights(self, author: str, changesets: Sequence[Changeset]) -> Rights:
        """Whether the author may write there; for an unknown dossier, open it (GR1, GR4)."""

    async def incomplete(self, changesets: Sequence[Changeset]) -> Collection[str]:
        """Ids of documents whose facts lack what their kind needs (QU5)."""
