"""撤销: a whole import taken back, or nothing, unless whoever undoes accepts what cannot be."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import msgspec

from backend.core.database import Connection
from backend.core.days import day_of
from backend.core.dossiers.service import Dossiers
from backend.core.problems import Problem
from backend.features.identity import public as identity
from backend.features.imports import tables
from backend.features.imports.model import Kind, UndoView
from backend.features.imports.service import registers, run_of
from backend.features.imports.service.registers import STRUCTS, Pair, withdrawn
from backend.features.imports.tables import KeptRow, Run
from backend.features.plans import public as plans

_MOST_NAMED = 50


async def undo(
    dossiers: Dossiers, bureau: str, officer: str, run_id: str, rest: bool = False
) -> UndoView:
    """Bring back what stood before. Rows changed since are named; with `rest` they are left.

    Of a list of items that is what the list in force holds, today or, if the run's has yet to come into
    force, on its first day. Lists published for a later day stand on their own.

    Raises:
        Problem: 403 forbidden, 404 `run`, 409 `undone`.
    """
    kind = cast(Kind, (await run_of(dossiers, bureau, officer, run_id)).kind)
    async with dossiers.database.write() as connection:
        at = dossiers.clock.now()
        run = await tables.find_run(connection, run_id, lock=True)
        if run is None or run.undone_at is not None:
            raise Problem(409, "undone", "这次导入已经撤销过，什么也没有改动。")
        kept = await tables.rows_of(connection, run_id)
        day = max(day_of(at), run.published)
        now = await registers.current(connection, bureau, kind, day)
        changed = [row for row in kept if not _untouched(kind, row, now)]
        if changed and not rest:
            return UndoView(False, 0, [row.name for row in changed[:_MOST_NAMED]])
        pairs = _back(kind, kept, changed, now)
        written = await _list_pairs(dossiers, connection, run, pairs) if kind == "items" else pairs
        if written:
            await registers.save(dossiers, connection, (bureau, officer), kind, written, day)
        await tables.mark_undone(connection, run_id, at, officer, len(changed))
        detail = f"{len(pairs)} {len(changed)} {run.file_name}"
        await identity.write_audit(connection, at, officer, f"undo_import_{kind}", run_id, detail)
    return UndoView(True, len(pairs), [row.name for row in changed[:_MOST_NAMED]])


def _untouched(kind: Kind, row: KeptRow, now: Mapping[str, Any]) -> bool:
    held, after = now.get(row.row), msgspec.json.decode(row.after, type=STRUCTS[kind])
    if held is None or kind != "items":
        return bool(held == after)
    return bool(held == msgspec.structs.replace(after, list_version=held.list_version))


async def _list_pairs(
    dossiers: Dossiers, connection: Connection, run: Run, pairs: list[Pair]
) -> list[Pair]:
    """No version of a list is ever changed: taking one back is a version of its own, unless it has yet
    to come into force. Then it never will, and only a list over it on that day needs another version.
    """
    if await plans.take_back(dossiers, connection, run.bureau, run.list_version):
        pairs = [
            (after, held) for after, held in pairs if held and held.list_version != run.list_version
        ]
    version = f"{run.list_version}（撤销）"
    return [(msgspec.structs.replace(after, list_version=version), held) for after, held in pairs]


def _back(
    kind: Kind, kept: Sequence[KeptRow], changed: Sequence[KeptRow], now: Mapping[str, Any]
) -> list[Pair]:
    left = {row.row for row in changed}
    pairs: list[Pair] = []
    for row in kept:
        if row.row in left:
            continue
        held = now[row.row]
        before = msgspec.json.decode(row.before, type=STRUCTS[kind]) if row.before else None
        pairs.append((before if before is not None else withdrawn(kind, held), held))
    return pairs
