"""A push, from envelope to acceptance (SN1–SN8, MG12, QU7)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sync.server.admission import Admission, Item, Quarantined, read_item
from sync.server.chain import FIRST_PREV, head_text, links
from sync.server.changeset import Changeset
from sync.server.clock import MAX_INTEGER, ChangesetId
from sync.server.ledger import Accepted, DossierHead, Ledger
from sync.server.ports import Authority, DeviceHead, LogTransaction
from sync.server.schema import MergeTable
from sync.server.wire import MAX_ITEMS, ItemResult, Run

EnvelopeCode = Literal[
    "malformed", "too_large", "signature", "gap", "fork", "enrolment", "timeline"
]
Verify = Callable[[str, str], bool]
"""(text, signature) → whether the author's key signed it."""


class EnvelopeError(Exception):
    """SN6: the run as a whole is refused and nothing changes."""

    def __init__(self, code: EnvelopeCode, **facts: int) -> None:
        super().__init__(code)
        self.code: EnvelopeCode = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class OpenedRun:
    """A run whose chain and signature hold; items are read."""

    run: Run
    items: list[Item]

    @property
    def changesets(self) -> list[Changeset]:
        """Those that read."""
        return [item.changeset for item in self.items if item.changeset]


@dataclass(slots=True)
class PushResult:
    """What a push did."""

    acked_n: int
    other: list[ItemResult] = field(default_factory=list)
    seq: dict[str, int] = field(default_factory=dict)
    accepted: list[Accepted] = field(default_factory=list)


def open_run(run: Run, verify: Verify) -> OpenedRun:
    """Check the envelope, recompute the links, verify the signature, read the bodies. CPU only.

    Raises:
        EnvelopeError: malformed, too_large, signature.
    """
    if not 1 <= len(run.items) <= MAX_ITEMS:
        raise EnvelopeError("malformed" if not run.items else "too_large")
    if not 1 <= run.first_n <= MAX_INTEGER - MAX_ITEMS or run.epoch < 1:
        raise EnvelopeError("malformed")
    if run.first_n == 1 and run.first_prev != FIRST_PREV:
        raise EnvelopeError("signature")
    hashes = _links(run)
    last = ChangesetId(run.device, run.epoch, run.first_n + len(run.items) - 1)
    if hashes[-1] != run.last_hash or not verify(
        head_text(str(last), run.last_hash), run.signature
    ):
        raise EnvelopeError("signature")
    items = [
        read_item(run.device, run.epoch, n, body, item_hash)
        for n, (body, item_hash) in enumerate(zip(run.items, hashes, strict=True), run.first_n)
    ]
    return OpenedRun(run, items)


def _links(run: Run) -> list[str]:
    try:
        return links(run.device, run.epoch, run.first_n, run.first_prev, run.items)
    except UnicodeEncodeError:
        raise EnvelopeError("malformed") from None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One transaction that accepts changesets of one author; `courier` carries them, `now` is UTC ms."""

    transaction: LogTransaction
    table: MergeTable
    authority: Authority
    author: str
    courier: str
    now: int

    async def run(self, opened: OpenedRun) -> PushResult:
        """Accept a run.

        Raises:
            EnvelopeError: enrolment, gap, fork; the transaction must then be rolled back.
        """
        run = opened.run
        head = await self.transaction.lock_device(run.device, run.epoch)
        if head is None:
            raise EnvelopeError("enrolment")
        fresh, duplicates = await self._separate(opened, head)
        result = PushResult(acked_n=max(head.n, opened.items[-1].id.n))
        result.other = [ItemResult(n=item.id.n, status="duplicate") for item in duplicates]
        if fresh:
            await self.items(fresh, run.signature, result)
            end = DeviceHead(fresh[-1].id.n, fresh[-1].hash)
            await self.transaction.advance_device(run.device, run.epoch, end)
        return result

    async def _separate(self, opened: OpenedRun, head: DeviceHead) -> tuple[list[Item], list[Item]]:
        """LG2: new items and duplicates; contradicting the known chain is a fork, or a gap."""
        run = opened.run
        if run.first_n > head.n + 1:
            raise EnvelopeError("gap", expect=head.n + 1)
        last = min(head.n, opened.items[-1].id.n)
        known = await self.transaction.hashes(run.device, run.epoch, run.first_n - 1, last)
        if run.first_n > 1 and known.get(run.first_n - 1) != run.first_prev:
            raise EnvelopeError("fork")
        duplicates = [item for item in opened.items if item.id.n <= head.n]
        if any(known.get(item.id.n) != item.hash for item in duplicates):
            raise EnvelopeError("fork")
        return opened.items[len(duplicates) :], duplicates

    async def items(self, items: Sequence[Item], signature: str, result: PushResult) -> None:
        """Judge and accept items in order; also how released ones come in (QU7)."""
        ledger, admission = await self._prepare(items)
        refused: list[Quarantined] = []
        for item in items:
            reason = admission.judge(item)
            if reason is None and item.changeset is not None:
                _open_if_new(ledger, item.changeset)
                ledger.accept(item.changeset, item.hash, self.now, self.author, self.courier)
            else:
                refused.append(Quarantined(item, reason or "invalid"))
        await self._keep(ledger, refused, signature)
        _report(result, ledger, refused)

    async def _prepare(self, items: Sequence[Item]) -> tuple[Ledger, Admission]:
        """Ask for rights, lock the dossiers in sorted order, load the records the items touch."""
        changesets = [item.changeset for item in items if item.changeset]
        rights = await self.authority.rights(self.author, changesets)
        incomplete = await self.authority.incomplete(changesets)
        names = sorted({each.dossier for each in changesets})
        dossiers = await self.transaction.lock_dossiers(names)
        keys = {(each.dossier, each.entity, each.record) for each in changesets}
        ledger = Ledger(self.table, dossiers, await self.transaction.load(keys))
        blocking = await self.transaction.blocking(_creations(changesets))
        return ledger, Admission(self.table, ledger, rights, incomplete, blocking)

    async def _keep(self, ledger: Ledger, refused: list[Quarantined], signature: str) -> None:
        if ledger.rows:
            await self.transaction.accepted(ledger, list(ledger.rows), self.now)
            await self.transaction.save(ledger)
        if refused:
            await self.transaction.quarantine(
                refused, self.author, self.courier, signature, self.now
            )


def _report(result: PushResult, ledger: Ledger, refused: list[Quarantined]) -> None:
    result.accepted = list(ledger.rows)
    result.other += [
        ItemResult(n=each.item.id.n, status="quarantined", reason=each.reason) for each in refused
    ]
    touched = {row.changeset.dossier for row in ledger.rows}
    result.seq = {name: ledger.dossiers[name].seq for name in touched}


def _creations(changesets: Sequence[Changeset]) -> set[str]:
    names: set[str] = set()
    for each in changesets:
        for record in (each.dossier, each.record):
            names |= {record, record.rpartition(".")[0]}
    return names


def _open_if_new(ledger: Ledger, changeset: Changeset) -> None:
    if changeset.dossier not in ledger.dossiers:
        ledger.open(new_dossier(changeset.dossier, changeset.id.device))


def new_dossier(name: str, opener: str) -> DossierHead:
    """A dossier before its first changeset."""
    return DossierHead(name, 0, 0, FIRST_PREV, "0000000000000-0000", opener)
