"""The log over SQL: implements `sync.server.ports.LogTransaction` in one write transaction."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from backend.core.database import Connection, for_update, insert_if_absent, upsert
from backend.core.dossiers import tables as t
from sync.server.admission import Quarantined
from sync.server.chain import FIRST_PREV
from sync.server.ledger import Accepted, DossierHead, Ledger, RecordKey
from sync.server.merge import RecordState
from sync.server.ports import DeviceHead


class LogStore:
    """Reads and writes the log on one connection; the caller commits."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.dialect = connection.dialect.name

    async def lock_device(self, device: str, epoch: int) -> DeviceHead | None:
        """The end of the chain, its row locked."""
        query = sa.select(t.device_epoch.c.n, t.device_epoch.c.hash).where(
            t.device_epoch.c.device == device, t.device_epoch.c.epoch == epoch
        )
        row = (await self.connection.execute(for_update(query, self.dialect))).first()
        return DeviceHead(row.n, row.hash) if row else None

    async def hashes(self, device: str, epoch: int, first_n: int, last_n: int) -> Mapping[int, str]:
        """Known hashes, accepted or quarantined."""
        known: dict[int, str] = {}
        for table in (t.quarantine, t.changeset):
            query = sa.select(table.c.n, table.c.hash).where(
                table.c.device == device,
                table.c.epoch == epoch,
                table.c.n.between(first_n, last_n),
            )
            known |= {row.n: row.hash for row in await self.connection.execute(query)}
        return known

    async def open_epoch(self, device: str) -> int:
        """The next epoch of a device, opened empty (SN4); its row locked, so that two openings differ."""
        row = sa.select(t.device.c.device).where(t.device.c.device == device)
        await self.connection.execute(for_update(row, self.dialect))
        query = sa.select(sa.func.max(t.device_epoch.c.epoch)).where(
            t.device_epoch.c.device == device
        )
        epoch = ((await self.connection.execute(query)).scalar() or 0) + 1
        await self.connection.execute(
            t.device_epoch.insert().values(device=device, epoch=epoch, n=0, hash=FIRST_PREV)
        )
        return epoch

    async def lock_dossiers(self, names: Sequence[str]) -> dict[str, DossierHead]:
        """Existing dossiers, locked in the order of their names (LG1)."""
        query = sa.select(t.dossier).where(t.dossier.c.name.in_(names)).order_by(t.dossier.c.name)
        rows = await self.connection.execute(for_update(query, self.dialect))
        return {
            row.name: DossierHead(
                row.name, row.seq, row.system_n, row.system_hash, row.system_time, row.opener
            )
            for row in rows
        }

    async def load(self, keys: Collection[RecordKey]) -> dict[RecordKey, RecordState]:
        """The records that exist among `keys`."""
        wanted = set(keys)
        states: dict[RecordKey, RecordState] = {}
        for dossier in {key[0] for key in wanted}:
            names = {key[2] for key in wanted if key[0] == dossier}
            query = sa.select(t.record_state).where(
                t.record_state.c.dossier == dossier, t.record_state.c.record.in_(names)
            )
            for row in await self.connection.execute(query):
                key = (row.dossier, row.entity, row.record)
                if key in wanted:
                    states[key] = RecordState(json.loads(row.fields), json.loads(row.superseded))
        return states

    async def blocking(self, names: Collection[str]) -> set[str]:
        """Which of these records, or ids inside record names, are held in quarantine (MG12)."""
        q = t.quarantine
        spelled = (
            q.c.device
            + sa.literal(".")
            + sa.cast(q.c.epoch, sa.String)
            + sa.literal(".")
            + sa.cast(q.c.n, sa.String)
        )
        devices = {name.split(".")[0] for name in names}
        query = sa.select(q.c.record, spelled.label("id")).where(
            q.c.state == "quarantined",
            sa.or_(q.c.record.in_(names), sa.and_(q.c.device.in_(devices), spelled.in_(names))),
        )
        rows = (await self.connection.execute(query)).all()
        held = {row.record for row in rows} | {row.id for row in rows}
        existing = await self._existing({row.record for row in rows})
        return (held & set(names)) - existing

    async def _existing(self, records: set[str]) -> set[str]:
        """A record already created is not blocked by a later quarantined edit of it."""
        if not records:
            return set()
        query = sa.select(t.record_state.c.record).where(t.record_state.c.record.in_(records))
        created = set((await self.connection.execute(query)).scalars())
        return created | {record.rpartition(".")[0] for record in created}

    async def save(self, ledger: Ledger) -> None:
        """Dossier rows, record states and log rows of one transaction."""
        await self._save_dossiers(ledger)
        await self.connection.execute(
            upsert(t.record_state, self.dialect, "seq", "fields", "superseded"),
            [_state_row(key, ledger.states[key], seq) for key, seq in ledger.touched.items()],
        )
        await self.connection.execute(
            t.changeset.insert(), [_changeset_row(row) for row in ledger.rows]
        )

    async def _save_dossiers(self, ledger: Ledger) -> None:
        for name in sorted({row.changeset.dossier for row in ledger.rows}):
            head = ledger.dossiers[name]
            await self.connection.execute(
                t.dossier.update()
                .where(t.dossier.c.name == name)
                .values(
                    seq=head.seq,
                    system_n=head.system_n,
                    system_hash=head.system_hash,
                    system_time=head.system_time,
                )
            )

    async def insert_dossier(self, head: DossierHead, kind: str, bureau: str, section: str) -> None:
        """A dossier that begins; its row is needed before grants and listeners."""
        await self.connection.execute(
            t.dossier.insert().values(
                name=head.name,
                kind=kind,
                bureau=bureau,
                section=section,
                opener=head.opener,
                seq=head.seq,
                system_n=head.system_n,
                system_hash=head.system_hash,
                system_time=head.system_time,
            )
        )

    async def quarantine(
        self, items: Sequence[Quarantined], author: str, courier: str, signature: str, now: int
    ) -> None:
        """Keep what was not accepted, whole (QU2)."""
        rows = [
            {
                "device": each.item.id.device,
                "epoch": each.item.id.epoch,
                "n": each.item.id.n,
                "dossier": each.item.changeset.dossier if each.item.changeset else "",
                "record": each.record,
                "reason": each.reason,
                "body": _storable(each.item.body),
                "hash": each.item.hash,
                "signature": signature,
                "author": author,
                "courier": courier,
                "received": now,
                "state": "quarantined",
            }
            for each in items
        ]
        await self.connection.execute(insert_if_absent(t.quarantine, self.dialect), rows)

    async def advance_device(self, device: str, epoch: int, head: DeviceHead) -> None:
        """Move the chain's end."""
        await self.connection.execute(
            t.device_epoch.update()
            .where(t.device_epoch.c.device == device, t.device_epoch.c.epoch == epoch)
            .values(n=head.n, hash=head.hash)
        )


def _state_row(key: RecordKey, state: RecordState, seq: int) -> dict[str, Any]:
    return {
        "dossier": key[0],
        "entity": key[1],
        "record": key[2],
        "seq": seq,
        "fields": compact(state.fields),
        "superseded": compact(state.superseded),
    }


def _changeset_row(row: Accepted) -> dict[str, Any]:
    changeset = row.changeset
    return {
        "dossier": changeset.dossier,
        "seq": row.seq,
        "device": changeset.id.device,
        "epoch": changeset.id.epoch,
        "n": changeset.id.n,
        "entity": changeset.entity,
        "record": changeset.record,
        "body": changeset.body,
        "hash": row.hash,
        "received": row.received,
        "clamped": "" if row.effective == changeset.time else row.effective,
        "author": row.author,
        "courier": row.courier,
        "heads_after": compact(row.heads_after) if row.heads_after else "",
    }


def compact(value: Any) -> str:
    """JSON without blanks, Chinese as it is."""
    return msgspec.json.encode(value).decode("utf-8")


def _storable(body: str) -> str:
    """PostgreSQL text cannot hold U+0000; such a body is kept JSON-escaped behind a mark."""
    return "\x01" + json.dumps(body) if "\x00" in body else body
