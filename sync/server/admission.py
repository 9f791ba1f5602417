"""What becomes of one changeset of a run: accepted, or quarantined with a reason (QU1, SN7)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sync.server.changeset import Changeset, InvalidBody, read_changeset, read_union
from sync.server.clock import ChangesetId, is_reference, record_device
from sync.server.ledger import Ledger
from sync.server.schema import MergeTable

Reason = Literal[
    "invalid", "no_authority", "revoked", "sealed", "authority", "incomplete", "blocked"
]
RELEASABLE: frozenset[Reason] = frozenset({"no_authority", "revoked", "incomplete", "blocked"})
"""QU3: a person may release these; the others would break the log."""

Right = Literal["yes", "no_authority", "revoked"]
Rights = Mapping[tuple[str, str], Right]
"""Dossier and entity → whether the author may write the one in the other."""


@dataclass(frozen=True, slots=True)
class Item:
    """One body of a run at its place: id and hash come from the run, the changeset if it reads."""

    id: ChangesetId
    body: str
    hash: str
    changeset: Changeset | None


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An item that was not accepted; nothing of it is lost (QU2)."""

    item: Item
    reason: Reason

    @property
    def record(self) -> str:
        """The record it names, or nothing when it does not read."""
        return self.item.changeset.record if self.item.changeset else ""


@dataclass(slots=True)
class Admission:
    """Judges the items of one author against the registers as they stand.

    `rights` answers what the author may write; where it is silent he may not. `incomplete` holds ids
    of documents whose facts lack something (QU5); `blocking` holds records and ids whose creation is
    in quarantine.
    """

    table: MergeTable
    ledger: Ledger
    rights: Rights
    incomplete: Collection[str]
    blocking: set[str] = field(default_factory=set)

    def judge(self, item: Item) -> Reason | None:
        """The reason to quarantine the item, or None to accept it; remembers what then blocks."""
        reason = self._reason(item)
        if reason is not None:
            self._block_children(item)
        return reason

    def _reason(self, item: Item) -> Reason | None:
        changeset = item.changeset
        if changeset is None:
            return "invalid"
        if changeset.kind == "system" or is_reference(changeset.dossier):
            return "authority"
        if not values_fit(changeset, self.table):
            return "invalid"
        return self._right(changeset) or self._writes(changeset)

    def _right(self, changeset: Changeset) -> Reason | None:
        head = self.ledger.dossiers.get(changeset.dossier)
        if head is None:
            return self._opening(changeset)
        if {changeset.dossier, changeset.record, _creation(changeset.record)} & self.blocking:
            return "blocked"
        return self._asked(changeset)

    def _opening(self, changeset: Changeset) -> Reason | None:
        """GR4: a phone opens a dossier by its `dossier` record, nothing else does."""
        dossier = changeset.dossier
        if {dossier, _creation(dossier)} & self.blocking:
            return "blocked"
        if changeset.entity != "dossier" or changeset.record != dossier:
            return "no_authority"
        if record_device(dossier) != changeset.id.device:
            return "invalid"
        return self._asked(changeset)

    def _asked(self, changeset: Changeset) -> Reason | None:
        right = self.rights.get((changeset.dossier, changeset.entity), "no_authority")
        return None if right == "yes" else right

    def _writes(self, changeset: Changeset) -> Reason | None:
        creates = not self.ledger.knows(changeset)
        creator = self.table.creator(changeset.entity)
        rules = {self.table.rule(changeset.entity, name).rule for name in changeset.fields}
        if "authority" in rules or (creates and creator == "server"):
            return "authority"
        if creates:
            return self._creation_refused(changeset, creator)
        if "sealed" in rules:
            return "sealed"
        return "incomplete" if str(changeset.id) in self.incomplete else None

    def _creation_refused(self, changeset: Changeset, creator: str) -> Reason | None:
        if record_device(changeset.record) != changeset.id.device:
            return "invalid"
        if changeset.entity == "dossier" and changeset.record != changeset.dossier:
            return "invalid"
        head = self.ledger.dossiers.get(changeset.dossier)
        opener = head.opener if head else changeset.id.device
        if creator == "opener" and opener != changeset.id.device:
            return "no_authority"
        return "incomplete" if str(changeset.id) in self.incomplete else None

    def _block_children(self, item: Item) -> None:
        self.blocking.add(str(item.id))
        changeset = item.changeset
        if changeset is None:
            return
        if changeset.dossier not in self.ledger.dossiers:
            self.blocking.add(changeset.dossier)
        if not self.ledger.knows(changeset):
            self.blocking.add(changeset.record)


def read_item(device: str, epoch: int, n: int, body: str, item_hash: str) -> Item:
    """Give a body its place in the run; one that does not read, or bears another id, is unreadable."""
    place = ChangesetId(device, epoch, n)
    try:
        changeset = read_changeset(body)
    except InvalidBody:
        return Item(place, body, item_hash, None)
    return Item(place, body, item_hash, changeset if changeset.id == place else None)


def _creation(record: str) -> str:
    """The id inside a record's name: its creating changeset as first authored."""
    return record.rpartition(".")[0]


def values_fit(changeset: Changeset, table: MergeTable) -> bool:
    """CS7 and MG9: a union's value names elements, a group's value is an object."""
    for name, write in changeset.fields.items():
        rule = table.rule(changeset.entity, name).rule
        if rule == "group" and not isinstance(write.value, dict):
            return False
        if rule == "union":
            try:
                read_union(write.value)
            except InvalidBody:
                return False
    return True
