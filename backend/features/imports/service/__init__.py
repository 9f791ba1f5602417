"""A file tried, applied exactly as tried, and taken back (domain.md 6.2: R14, item lists R5).

The first answer changes nothing and carries a token over the bytes, what was asked with them and the
register as it stood. Applying takes the same bytes and that token: if either is another, nothing is
written and a new trial is asked. So nothing of a stranger's file has to be kept in between.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, cast

import msgspec

from backend.core.database import Connection
from backend.core.days import day_of
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.service import Dossiers
from backend.core.problems import Problem
from backend.features.identity import public as identity
from backend.features.imports import tables
from backend.features.imports.model import CheckView, Kind, RowView
from backend.features.imports.papers.refused import refused_sheet
from backend.features.imports.papers.workbook import Sheet, Unreadable, read_sheet
from backend.features.imports.rules.columns import ReadRow, letter_of, read_rows
from backend.features.imports.rules.enterprises import paper_notes
from backend.features.imports.rules.items import ItemRegister, list_notes
from backend.features.imports.rules.judging import Judged, Register, judge, repeat_notes, view
from backend.features.imports.service import registers
from backend.features.imports.service.registers import TABLES, ListVersion
from backend.features.imports.tables import KeptRow, Run

ACTS: dict[Kind, str] = {
    "enterprises": "manage_registers",
    "officers": "manage_accounts",
    "items": "manage_items",
}
_MOST_SHOWN = {"refused": 2000, "changed": 500, "new": 200, "unchanged": 0}
_NOT_AS_TRIED = "表格或登记册和试读时不一样了，什么也没有导入。请重新试读。"
_NOTHING_GOOD = "没有可导入的行，什么也没有改动。"


@dataclass(frozen=True, slots=True)
class File:
    """A spreadsheet as handed in: which register it is for, its bytes, its name, the list's version."""

    kind: Kind
    raw: bytes
    name: str = ""
    version: ListVersion | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """A judged file."""

    token: str
    sheet: Sheet
    register: Register
    read: list[ReadRow]
    rows: list[Judged]

    def count(self, state: str) -> int:
        """How many rows of the file are in a state."""
        return sum(row.state == state for row in self.rows)

    @property
    def refused(self) -> list[RowView]:
        """What applying would leave aside, with why."""
        return [view(self.register, row) for row in self.rows if row.state == "refused"]

    @property
    def writes(self) -> list[Judged]:
        """What applying would write."""
        return [row for row in self.rows if row.state in {"new", "changed"}]


@dataclass(slots=True)
class Imports:
    """Imports of one process; spreadsheets are read one at a time, in a thread."""

    dossiers: Dossiers
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def check(self, bureau: str, officer: str, file: File) -> CheckView:
        """试读: what applying the file would do.

        Raises:
            Problem: 403 forbidden, 422 `file` or `version`.
        """
        trial = await self._try(bureau, officer, file)
        return _view(file.kind, trial)

    async def apply(
        self, bureau: str, officer: str, file: File, token: str, partial: bool = False
    ) -> Run:
        """Write exactly what the trial of this token promised; with `partial` also where rows are bad.

        Raises:
            Problem: 403 forbidden, 409 `moved`, 422 `file`, `refused_rows` or `nothing`.
        """
        trial = await self._try(bureau, officer, file)
        if trial.token != token:
            raise Problem(409, "moved", _NOT_AS_TRIED)
        refused = trial.refused
        if refused and not partial:
            raise Problem(422, "refused_rows", f"有 {len(refused)} 行不能导入，什么也没有改动。")
        if not trial.writes:
            raise Problem(422, "nothing", _NOTHING_GOOD)
        left = await asyncio.to_thread(_refused_sheet, trial.sheet, refused) if refused else b""
        async with self.dossiers.database.write() as connection:
            await self._still(connection, bureau, file, trial)
            run = await self._write(connection, bureau, officer, file, trial)
            if refused:
                await tables.keep_refused(connection, run.id, refused, left)
            return run

    async def _try(self, bureau: str, officer: str, file: File) -> Trial:
        await allow(self.dossiers, bureau, officer, file.kind)
        try:
            async with self.turn:
                sheet = await asyncio.to_thread(read_sheet, file.raw, TABLES[file.kind])
                rows = await asyncio.to_thread(read_rows, sheet.head, sheet.rows)
        except Unreadable as error:
            raise Problem(422, "file", str(error)) from error
        async with self.dossiers.database.read() as connection:
            known = await registers.load(
                self.dossiers, connection, (bureau, officer), file.kind, rows, file.version
            )
        token = _token(bureau, file, known)
        judged = await asyncio.to_thread(judge, known, sheet.head, rows)
        return Trial(token, sheet, known, rows, judged)

    async def _still(self, connection: Connection, bureau: str, file: File, trial: Trial) -> None:
        """Between the trial and the lock somebody may have written."""
        now = await registers.load(
            self.dossiers, connection, (bureau, ""), file.kind, trial.read, file.version
        )
        if _token(bureau, file, now) != trial.token:
            raise Problem(409, "moved", _NOT_AS_TRIED)

    async def _write(
        self, connection: Connection, bureau: str, officer: str, file: File, trial: Trial
    ) -> Run:
        run = self._run(bureau, officer, file, trial)
        pairs = [(row.after, row.before) for row in trial.writes]
        published = run.published or day_of(run.at)
        who = (bureau, officer)
        await registers.save(self.dossiers, connection, who, file.kind, pairs, published)
        await tables.keep_run(connection, run, [_kept(row) for row in trial.writes])
        detail = f"{run.created}+{run.changed} {run.file_sha256} {run.file_name}"
        await identity.write_audit(
            connection, run.at, officer, f"import_{file.kind}", run.id, detail
        )
        return run

    def _run(self, bureau: str, officer: str, file: File, trial: Trial) -> Run:
        return Run(
            id=self.dossiers.ids.hex(20),
            bureau=bureau,
            kind=file.kind,
            officer=officer,
            at=self.dossiers.clock.now(),
            file_name=file.name,
            file_sha256=sha256(file.raw).hexdigest(),
            list_version=file.version.version.strip() if file.version else "",
            published=file.version.published if file.version else "",
            created=trial.count("new"),
            changed=trial.count("changed"),
            refused=trial.count("refused"),
        )


async def allow(dossiers: Dossiers, bureau: str, officer: str, kind: Kind) -> None:
    """Ask permission; a refusal is audited. The bureau's own console asks as nobody: "".

    Raises:
        Problem: 403 `forbidden`.
    """
    if officer == "":
        return
    facts = DossierFacts("", "register", bureau, "")
    try:
        async with dossiers.database.read() as connection:
            await identity.require(connection, officer, ACTS[kind], facts)
    except Problem:
        async with dossiers.database.write() as connection:
            now = dossiers.clock.now()
            await identity.write_audit(connection, now, officer, "refused", ACTS[kind], kind)
        raise


async def run_of(dossiers: Dossiers, bureau: str, officer: str, run_id: str) -> Run:
    """A run of the bureau, for who may import its kind.

    Raises:
        Problem: 403 `forbidden`, 404 `run`.
    """
    async with dossiers.database.read() as connection:
        run = await tables.find_run(connection, run_id, lock=False)
    if run is None or run.bureau != bureau:
        raise Problem(404, "run", "没有这次导入，或者不是本局的。")
    await allow(dossiers, bureau, officer, cast(Kind, run.kind))
    return run


def _refused_sheet(sheet: Sheet, rows: Sequence[RowView]) -> bytes:
    return refused_sheet(sheet, {row.number: "；".join(row.faults) for row in rows})


def _token(bureau: str, file: File, known: Register) -> str:
    version = msgspec.json.encode(file.version)
    parts = (bureau.encode(), file.kind.encode(), sha256(file.raw).digest(), version)
    return sha256(b"\n".join((*parts, registers.digest(known)))).hexdigest()


def _kept(row: Judged) -> KeptRow:
    before = msgspec.json.encode(row.before).decode() if row.before else ""
    after: Any = row.after
    return KeptRow(after.id, row.name, before, msgspec.json.encode(after).decode())


def _view(kind: Kind, trial: Trial) -> CheckView:
    shown = _shown(trial.rows)
    notes = [f"工作表“{name}”没有读。" for name in trial.sheet.others]
    notes += [f"工作表“{name}”是隐藏的，没有读。" for name in trial.sheet.hidden]
    notes += repeat_notes(trial.rows)
    if isinstance(trial.register, ItemRegister):
        notes += list_notes(trial.register, trial.rows)
    if kind == "enterprises":
        notes += paper_notes(trial.rows)
    if not trial.rows:
        notes.append("表头下面没有数据行。")
    return CheckView(
        kind=kind,
        token=trial.token,
        sheet=trial.sheet.title,
        new=trial.count("new"),
        changed=trial.count("changed"),
        unchanged=trial.count("unchanged"),
        refused=trial.count("refused"),
        extra=[f"{letter_of(at)} 列 {name[:40]}" for at, name in trial.sheet.head.extra.items()],
        notes=notes,
        rows=[view(trial.register, row) for row in shown],
        left_off=len(trial.rows) - len(shown),
    )


def _shown(rows: Sequence[Judged]) -> list[Judged]:
    """Refused rows first of all; long lists of good ones only in part."""
    left = dict(_MOST_SHOWN)
    shown = []
    for row in rows:
        left[row.state] -= 1
        if left[row.state] >= 0:
            shown.append(row)
    return shown
