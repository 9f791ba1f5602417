"""Registers: how an accepted changeset changes the heads of a record (MG1–MG12, LG4, LG7, LG8)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sync.server.changeset import Changeset, Write, read_union
from sync.server.clock import ChangesetId, parse_id
from sync.server.schema import Merge, MergeTable

HeadsAfter = dict[str, Any]


@dataclass(slots=True)
class RecordState:
    """All registers of one record.

    `fields` has the shape of a snapshot line (LG7). `superseded` holds, per register, ids named
    before they were accepted (MG2); one accepted long ago may stand there too, it never comes again.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    superseded: dict[str, list[str]] = field(default_factory=dict)


def accept(
    state: RecordState, changeset: Changeset, effective: str, seq: int, table: MergeTable
) -> HeadsAfter:
    """Apply one accepted changeset to `state` and say what `heads_after` its row carries (LG4)."""
    after: HeadsAfter = {}
    me = str(changeset.id)
    for name, write in changeset.fields.items():
        rule = table.rule(changeset.entity, name).rule
        if rule == "union":
            after[name] = _accept_union(state, name, me, write)
        else:
            head = {"id": me, "time": effective, "value": write.value}
            if rule == "first":
                head["seq"] = seq
            heads = _accept_heads(state, name, head, write.seen)
            if heads != [me]:
                after[name] = heads
    return after


def _accept_heads(
    state: RecordState, name: str, mine: dict[str, Any], named: tuple[str, ...]
) -> list[str]:
    me, register = mine["id"], state.fields.get(name)
    if not register and not named and not state.superseded:  # most writes: a field's first
        state.fields[name] = {"heads": [mine]}
        return [me]
    heads = register["heads"] if register else []
    seen = set(named)
    kept = [head for head in heads if head["id"] not in seen]
    if not _was_superseded(state, name, me):
        kept.append(mine)
    _remember(state, name, seen - {head["id"] for head in heads} - {me})
    kept.sort(key=lambda head: head["id"])
    state.fields[name] = {"heads": kept}
    return [head["id"] for head in kept]


def _accept_union(state: RecordState, name: str, me: str, write: Write) -> dict[str, list[str]]:
    change = read_union(write.value)
    register = state.fields.setdefault(name, {"union": {}})["union"]
    touched: dict[str, list[str]] = {}
    for element, observed in change.remove.items():
        present = register.get(element, [])
        _remember(state, f"{name}/{element}", set(observed) - set(present) - {me})
        touched[element] = [add for add in present if add not in observed]
    for element in change.add:
        adds = touched.get(element, register.get(element, []))
        if not _was_superseded(state, f"{name}/{element}", me) and me not in adds:
            adds = sorted((*adds, me))
        touched[element] = adds
    for element, adds in touched.items():
        if adds:
            register[element] = adds
        else:
            register.pop(element, None)
    return touched


def _was_superseded(state: RecordState, register: str, me: str) -> bool:
    """An id is accepted once, so its place among the superseded is given back."""
    waiting = state.superseded.get(register, [])
    if me not in waiting:
        return False
    waiting.remove(me)
    if not waiting:
        del state.superseded[register]
    return True


def _remember(state: RecordState, register: str, unseen: set[str]) -> None:
    if unseen:
        state.superseded[register] = sorted({*state.superseded.get(register, []), *unseen})


def head_order(head: Mapping[str, Any]) -> tuple[str, ChangesetId]:
    """CK5."""
    changeset_id = parse_id(head["id"])
    if changeset_id is None:
        raise ValueError(f"stored head with a malformed id: {head['id']}")
    return head["time"], changeset_id


def shown_head(heads: list[dict[str, Any]], rule: Merge) -> dict[str, Any] | None:
    """The head a screen shows (MG4); None for an empty register."""
    if not heads:
        return None
    if rule.rule == "first":
        return min(heads, key=lambda head: head["seq"])
    if rule.rule == "furthest":
        return max(heads, key=lambda head: (_rank(head["value"], rule.ranks), head_order(head)))
    return max(heads, key=head_order)


def _rank(value: Any, ranks: tuple[str, ...]) -> int:
    return ranks.index(value) if value in ranks else -1


def in_conflict(heads: list[dict[str, Any]]) -> bool:
    """MG5: two heads whose values differ after parsing (CS8)."""
    return any(not equal(heads[0]["value"], head["value"]) for head in heads[1:])


def equal(left: Any, right: Any) -> bool:
    """CS8; Python alone would call `1` and `true` equal."""
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(equal(left[k], right[k]) for k in left)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(equal, left, right))
    return bool(left == right)


def shown_values(entity: str, fields: Mapping[str, Any], table: MergeTable) -> dict[str, Any]:
    """A record as a screen shows it: the shown value of each register, elements of each union."""
    values: dict[str, Any] = {}
    for name, register in fields.items():
        if "union" in register:
            values[name] = sorted(register["union"])
        elif (head := shown_head(register["heads"], table.rule(entity, name))) is not None:
            values[name] = head["value"]
    return values


def conflicts(fields: Mapping[str, Any]) -> list[str]:
    """The names of registers in conflict (MG5)."""
    return [
        name
        for name, register in fields.items()
        if "heads" in register and len(register["heads"]) > 1 and in_conflict(register["heads"])
    ]


def digest_lines(entity: str, record: str, fields: Mapping[str, Any]) -> Iterable[str]:
    """LG8: a line a register, a line a union element."""
    for name, register in fields.items():
        if "union" in register:
            for element, adds in register["union"].items():
                yield f"{entity}/{record}/{name}/{element} {','.join(sorted(adds))}\n"
        elif register["heads"]:
            ids = ",".join(sorted(head["id"] for head in register["heads"]))
            yield f"{entity}/{record}/{name} {ids}\n"


def digest(lines: Iterable[str]) -> tuple[int, str]:
    """LG8: how many lines, and the SHA-256 over them in byte order."""
    ordered = sorted(line.encode("utf-8") for line in lines)
    return len(ordered), sha256(b"".join(ordered)).hexdigest()
