"""The working set of one transaction: dossiers locked, records loaded, rows to write (LG1, LG6)."""

import json
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from sync.server.chain import body_hash, link
from sync.server.changeset import Changeset, Write
from sync.server.clock import ChangesetId, effective_time, tick
from sync.server.merge import HeadsAfter, RecordState, accept
from sync.server.schema import MergeTable

RecordKey = tuple[str, str, str]
"""(dossier, entity, record)"""


@dataclass(slots=True)
class DossierHead:
    """The locked row of a dossier: last `seq`, the server's own chain in it, and who opened it."""

    name: str
    seq: int
    system_n: int
    system_hash: str
    system_time: str
    opener: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A changeset at its place in the log; `author` and `courier` are officer and device ids."""

    changeset: Changeset
    seq: int
    hash: str
    received: int
    author: str
    courier: str
    effective: str
    heads_after: HeadsAfter


def system_device(dossier: str) -> str:
    """LG6: the server's device in one dossier."""
    return "s" + sha256(dossier.encode("utf-8")).hexdigest()[:15]


@dataclass(slots=True)
class Ledger:
    """Accepts changesets in memory; the store loads it before and writes it after."""

    table: MergeTable
    dossiers: dict[str, DossierHead]
    states: dict[RecordKey, RecordState]
    rows: list[Accepted] = field(default_factory=list)
    touched: dict[RecordKey, int] = field(default_factory=dict)
    created: dict[str, DossierHead] = field(default_factory=dict)

    def knows(self, changeset: Changeset) -> bool:
        """Whether the record exists in the dossier."""
        return (changeset.dossier, changeset.entity, changeset.record) in self.states

    def open(self, head: DossierHead) -> None:
        """A dossier that begins in this transaction."""
        self.dossiers[head.name] = self.created[head.name] = head

    def accept(
        self, changeset: Changeset, item_hash: str, received: int, author: str, courier: str
    ) -> Accepted:
        """Give the changeset the next `seq` of its dossier and apply it to its record."""
        head = self.dossiers[changeset.dossier]
        head.seq += 1
        key = (changeset.dossier, changeset.entity, changeset.record)
        state = self.states.setdefault(key, RecordState())
        effective = effective_time(changeset.time, received)
        after = accept(state, changeset, effective, head.seq, self.table)
        self.touched[key] = head.seq
        row = Accepted(changeset, head.seq, item_hash, received, author, courier, effective, after)
        self.rows.append(row)
        return row

    def append_system(
        self, dossier: str, entity: str, fields: dict[str, Any], now: int, record: str
    ) -> Accepted:
        """Write as the server (LG6). `record` may be new; every head it replaces is named as seen."""
        head = self.dossiers[dossier]
        head.system_n += 1
        head.system_time = tick(head.system_time, now)
        state = self.states.get((dossier, entity, record), RecordState())
        changeset = Changeset(
            id=ChangesetId(system_device(dossier), 1, head.system_n),
            time=head.system_time,
            dossier=dossier,
            entity=entity,
            record=record,
            schema=1,
            kind="system",
            fields={name: _system_write(state, name, value) for name, value in fields.items()},
            body="",
        )
        body = _system_body(changeset)
        head.system_hash = link(str(changeset.id), head.system_hash, body_hash(body))
        return self.accept(
            replace(changeset, body=body), head.system_hash, now, "", changeset.id.device
        )

    def next_system_id(self, dossier: str) -> str:
        """The id the server's next changeset in the dossier will bear; names a new record."""
        return str(ChangesetId(system_device(dossier), 1, self.dossiers[dossier].system_n + 1))


def _system_write(state: RecordState, name: str, value: Any) -> Write:
    register = state.fields.get(name, {})
    return Write(value, tuple(head["id"] for head in register.get("heads", ())))


def _system_body(changeset: Changeset) -> str:
    fields = {
        name: {"value": write.value, **({"seen": list(write.seen)} if write.seen else {})}
        for name, write in changeset.fields.items()
    }
    members = {
        "id": str(changeset.id),
        "time": changeset.time,
        "dossier": changeset.dossier,
        "entity": changeset.entity,
        "record": changeset.record,
        "schema": changeset.schema,
        "kind": changeset.kind,
        "fields": fields,
    }
    return json.dumps(members, ensure_ascii=False, separators=(",", ":"))
