"""Number leases, the check of issued papers, and the server's own rendering of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.core.database import Connection
from backend.core.days import day_of, year_of
from backend.core.dossiers.listening import Happening, Shown, SystemWrite
from backend.core.dossiers.service import Dossiers
from backend.core.packs import Pack
from backend.features.documents import tables
from backend.features.documents.papers import rendered_sha256
from backend.features.documents.rules import read_issued
from backend.features.identity import public as identity
from backend.features.plans import public as plans
from printing import VERSION
from printing.facts import KINDS, Paper
from sync.server.changeset import Changeset
from sync.server.wire import Lease

CHECK = "check_document"
_ISSUERS = frozenset({"R1", "R2", "R3"})
_ON_SITE = sorted(kind for kind, facts in KINDS.items() if issubclass(facts, Paper))
"""Kinds numbered on the phone; the office numbers a plan when it is approved."""


async def leases(
    connection: Connection, device: str, epoch: int, officer: str, now: int
) -> list[Lease]:
    """The enrolment's number leases of this year, topped up when half used (architecture.md 5)."""
    account = await identity.account(connection, officer)
    if not account.subject.roles & _ISSUERS:
        return []
    year = year_of(now)
    pack = await identity.bureau_pack(connection, account.subject.bureau)
    size = pack.setting("documents.lease_size", int)
    held = await tables.leases_of(connection, device, epoch, year)
    for kind in _ON_SITE:
        left = sum(lease.last - lease.first + 1 for lease in held if lease.kind == kind)
        if left < max(1, size // 2):
            lease = await _new_lease(
                connection, pack, account.subject.bureau, (kind, year, size), now
            )
            await tables.keep_lease(connection, device, epoch, lease, now)
            held.append(lease)
    return held


async def _new_lease(
    connection: Connection, pack: Pack, bureau: str, what: tuple[str, int, int], now: int
) -> Lease:
    kind, year, size = what
    first = await tables.take_stretch(connection, bureau, kind, year, size)
    mark = "\x00"
    pattern = plans.number_text(pack, kind, year, mark, day_of(now))
    prefix, _, suffix = pattern.partition(mark)
    return Lease(
        kind=kind, year=year, prefix=prefix, suffix=suffix, first=first, last=first + size - 1
    )


async def skip_numbers(connection: Connection, now: int) -> None:
    """After a restore the leases given since the backup are unknown, and papers bear their numbers.

    One lease for each enrolment is left out of every sequence of this year: a gap in a register
    can be explained, a number given twice cannot.
    """
    year, holders = year_of(now), await tables.count_holders(connection)
    for bureau, kind in await tables.sequences(connection):
        pack = await identity.bureau_pack(connection, bureau)
        gap = holders * pack.setting("documents.lease_size", int)
        await tables.take_stretch(connection, bureau, kind, year, gap)


async def incomplete(connection: Connection, changesets: Sequence[Changeset]) -> set[str]:
    """QU5: ids of documents whose facts lack something, or name fewer than two certified officers."""
    lacking: set[str] = set()
    for changeset in changesets:
        if "facts" not in changeset.fields:
            continue
        values = {name: write.value for name, write in changeset.fields.items()}
        read = read_issued(values)
        if read is None:
            lacking.add(str(changeset.id))
            continue
        day = day_of(read.facts.when)
        certified = await identity.certified_numbers(connection, read.certificates, day)
        if len(certified) < 2:
            lacking.add(str(changeset.id))
    return lacking


async def note_number(happening: Happening, shown: Shown, bureau: str) -> None:
    """A number has been given: the lease moves, and a second paper with it is marked (QU6)."""
    values = shown.values
    device = shown.record.partition(".")[0]
    await tables.mark_used(
        happening.connection, device, values["kind"], values["year"], values["serial"]
    )
    earlier = await tables.give_number(
        happening.connection, bureau, values["text"], shown.record, shown.dossier
    )
    if earlier:
        mark = {
            "of": shown.record,
            "kind": "number_collision",
            "text": f"文号{values['text']}已被另一份文书使用，后一份要作废重开。",
            "source": "architecture.md 7",
        }
        happening.write(SystemWrite(shown.dossier, "mark", mark, cause=shown.record))


async def note_document(happening: Happening, shown: Shown) -> None:
    """An issued paper, or its voiding: kept for verification, and to be rendered once here."""
    read = read_issued(shown.values)
    if read is None or read.facts.number is None:
        return
    void = shown.values.get("void")
    row: dict[str, Any] = {
        "record": shown.record,
        "dossier": shown.dossier,
        "code": shown.values["code"],
        "kind": shown.values["kind"],
        "number": read.facts.number,
        "bureau_name": read.facts.bureau,
        "issued": read.facts.when,
        "pdf_sha256": shown.values["pdf_sha256"],
        "renderer": shown.values.get("renderer", ""),
        "voided": void["at"] if void else None,
    }
    await tables.keep_issued(happening.connection, row)
    await happening.post(CHECK, shown.record, {"record": shown.record, "dossier": shown.dossier})


@dataclass(frozen=True, slots=True)
class DocumentCheck:
    """The worker's job: render the facts again and compare with what the phone printed."""

    dossiers: Dossiers
    faces: Path

    async def run(self, payload: dict[str, Any]) -> None:
        """same, differs (a mark and an alarm), or other_version when the renderer is not ours."""
        async with self.dossiers.database.read() as connection:
            (issued,) = await tables.find_issued(connection, record=payload["record"])
            fields = await self.dossiers.shown(
                connection, payload["dossier"], "document", payload["record"]
            )
        checked: tables.Checked = "other_version"
        if issued.renderer == VERSION:
            own = await rendered_sha256(issued.kind, fields["facts"], self.faces)
            checked = "same" if own == issued.pdf_sha256 else "differs"
        async with self.dossiers.database.write() as connection:
            await tables.keep_check(connection, issued.record, checked)
            mark = {
                "of": issued.record,
                "kind": f"document_{checked}",
                "text": _CHECK_WORDS[checked],
                "source": "architecture.md 7",
            }
            await self.dossiers.write(
                connection,
                [SystemWrite(issued.dossier, "mark", mark, cause=f"{issued.record}/check")],
            )


_CHECK_WORDS: dict[tables.Checked, str] = {
    "same": "服务器复核一致。",
    "differs": "服务器复核不一致：文书仍有效，已报法规科核查。",
    "other_version": "文书由另一版本的应用排版，未逐字节复核。",
}
