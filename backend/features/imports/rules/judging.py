"""Every row of a file against the register: new, changed, unchanged or refused, and why."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from backend.features.imports.model import Change, RowState, RowView
from backend.features.imports.rules.columns import Head, ReadRow, Table, place_words

_MOST_TOLD = 20


class Fault(NamedTuple):
    """What is wrong with one field."""

    field: str
    words: str


class Register(Protocol):
    """What judging asks of a register. Rows are Structs with an `id`, told apart by a key.

    `outside` are keys that are taken, though not here.
    """

    @property
    def table(self) -> Table: ...
    @property
    def key(self) -> str: ...
    @property
    def rows(self) -> Mapping[str, Any]: ...
    @property
    def outside(self) -> frozenset[str]: ...
    @property
    def unique(self) -> tuple[str, ...]: ...

    def current(self, key: str) -> Any | None:
        """The row of that key."""

    def holder(self, field: str, value: str) -> str | None:
        """The key of the row that holds the value of a field that must be unique."""

    def build(self, given: Mapping[str, Any], before: Any | None) -> tuple[Any, list[Fault]]:
        """The row as it would be, and what forbids it."""

    def shown(self, row: Any) -> dict[str, str]:
        """A row in words, by field."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One row of the file. `after` is None where it is refused.

    `first` is the number of the row that this one repeats word for word: only that one counts.
    """

    number: int
    state: RowState
    name: str
    faults: tuple[str, ...]
    before: Any | None
    after: Any | None
    first: int | None = None


def judge(register: Register, head: Head, rows: Sequence[ReadRow]) -> list[Judged]:
    """All rows, in the order of the file."""
    firsts = _firsts(register, rows)
    twins = _twins(register, [row for row in rows if row.number not in firsts])
    return [
        _repeated(row, firsts[row.number])
        if row.number in firsts
        else _judge(register, head, row, twins)
        for row in rows
    ]


def _firsts(register: Register, rows: Sequence[ReadRow]) -> dict[int, int]:
    """Of each row that repeats an earlier one word for word, the number of that."""
    seen: dict[str, list[ReadRow]] = defaultdict(list)
    found: dict[int, int] = {}
    for row in rows:
        key = row.given.get(register.key)
        if not key or row.faults:
            continue
        same = next((each for each in seen[key] if each.given == row.given), None)
        if same is None:
            seen[key].append(row)
        else:
            found[row.number] = same.number
    return found


def _repeated(row: ReadRow, first: int) -> Judged:
    return Judged(row.number, "unchanged", _name(row), (), None, None, first)


def _name(row: ReadRow, key: str = "") -> str:
    return str(row.given.get("name") or row.given.get("title") or key)


def repeat_notes(rows: Sequence[Judged]) -> list[str]:
    """Which rows are left aside because an earlier one says the same."""
    found = [row for row in rows if row.first is not None]
    told = "、".join(f"第 {row.number} 行（同第 {row.first} 行）" for row in found[:_MOST_TOLD])
    more = f"等 {len(found)} 行" if len(found) > _MOST_TOLD else ""
    return [f"{told}{more}和前面的行完全一样，只导入前面的一行。"] if found else []


def _twins(register: Register, rows: Sequence[ReadRow]) -> dict[tuple[str, str], list[int]]:
    seen: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        for field in register.unique:
            if row.given.get(field):
                seen[field, row.given[field]].append(row.number)
    return seen


def _judge(
    register: Register, head: Head, row: ReadRow, twins: Mapping[tuple[str, str], list[int]]
) -> Judged:
    key = row.given.get(register.key, "")
    before = register.current(key) if key else None
    found = [*_lacking(register, row, before), *_taken(register, row, key, twins)]
    after = None
    if key and not found and not row.faults:
        after, more = register.build(row.given, before)
        found += more
    faults = [*row.faults, *(_in_place(register.table, head, row.number, each) for each in found)]
    name = _name(row, key)
    if faults:
        return Judged(row.number, "refused", name, tuple(faults), before, None)
    return Judged(row.number, _state(before, after), name, (), before, after)


def _state(before: Any | None, after: Any) -> RowState:
    if before is None:
        return "new"
    return "unchanged" if before == after else "changed"


def _lacking(register: Register, row: ReadRow, before: Any | None) -> list[Fault]:
    """What is there already need not be written again, but for the key."""
    spoilt = any(row.faults)
    return [
        Fault(column.field, "没有填")
        for column in register.table.columns
        if column.required
        and column.field not in row.given
        and (before is None or column.field == register.key)
        and not (spoilt and any(column.title in words for words in row.faults))
    ]


def _taken(
    register: Register, row: ReadRow, key: str, twins: Mapping[tuple[str, str], list[int]]
) -> list[Fault]:
    faults = []
    for field in register.unique:
        value = row.given.get(field, "")
        others = [number for number in twins.get((field, value), ()) if number != row.number]
        holder = register.holder(field, value) if value else None
        if others:
            rest = "等行" if len(others) > 3 else "行"
            words = f"和第 {'、'.join(map(str, others[:3]))} {rest}重复，请只留一行"
            faults.append(Fault(field, words))
        elif holder is not None and holder != key:
            faults.append(Fault(field, f"登记册里已有（{holder}），请核对"))
    return faults


def _in_place(table: Table, head: Head, number: int, fault: Fault) -> str:
    place = next((at for at, each in head.columns.items() if each.field == fault.field), None)
    return place_words(number, place, table.column(fault.field), fault.words)


def view(register: Register, row: Judged) -> RowView:
    """The row as the desk shows it."""
    changes: list[Change] = []
    if row.state == "changed":
        before, after = register.shown(row.before), register.shown(row.after)
        changes = [
            Change(column.title, before.get(column.field, ""), after.get(column.field, ""))
            for column in register.table.columns
            if before.get(column.field, "") != after.get(column.field, "")
        ]
        if _gone(row.before):
            changes.append(Change("状态", "已撤回或停用", "有效"))
    return RowView(row.number, row.state, row.name, list(row.faults), changes)


def _gone(row: Any) -> bool:
    """Whether a row is out of force: what is in the file comes back into it, and that is told."""
    return bool(getattr(row, "withdrawn", False)) or not getattr(row, "active", True)
