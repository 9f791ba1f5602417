"""Files that people outside the bureau hand in: whole, small, kept byte for byte as they came."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from backend.core.blobs import Blobs
from backend.core.database import Connection
from backend.core.dossiers.listening import SystemWrite
from backend.core.dossiers.service import Dossiers
from backend.features.evidence.tables import uploads
from backend.features.evidence.tables.uploads import Blob, Upload


@dataclass(frozen=True, slots=True)
class Foreign:
    """Takes such a file in; no officer is its author."""

    dossiers: Dossiers
    blobs: Blobs

    async def take_in(self, dossier: str, data: bytes, kind: str) -> str:
        """The same bytes again are the same file."""
        content, now = sha256(data).hexdigest(), self.dossiers.clock.now()
        name = f"foreign/{self.dossiers.ids.hex(32)}"
        await self.blobs.stage(name, data)
        await self.blobs.keep(name, content)
        async with self.dossiers.database.write() as connection:
            await uploads.keep_blob(connection, Blob(content, len(data), kind, now))
        return content


async def write_records(
    dossiers: Dossiers, connection: Connection, dossier: str, files: Sequence[str]
) -> list[str]:
    """Evidence records the server writes; the worker signs for them as for any other file."""
    now = dossiers.clock.now()
    kept = [each for each in [await uploads.find_blob(connection, name) for name in files] if each]
    writes = [
        SystemWrite(
            dossier,
            "evidence",
            {
                "kind": "photo",
                "type": each.type,
                "bytes": each.bytes,
                "sha256": each.sha256,
                "captured": now,
                "imported": True,
            },
            cause=f"{each.sha256}/{now}",
        )
        for each in kept
    ]
    if not writes:
        return []
    rows = await dossiers.write(connection, writes)
    records = [row.changeset.record for row in rows]
    for record, each in zip(records, kept, strict=True):
        await uploads.add_upload(connection, _stored(dossiers, dossier, record, each))
    return records


def _stored(dossiers: Dossiers, dossier: str, record: str, kept: Blob) -> Upload:
    """The proof of receipt, as if it had come piece by piece."""
    now = dossiers.clock.now()
    return Upload(
        id=dossiers.ids.hex(32),
        officer="",
        dossier=dossier,
        evidence=record,
        sha256=kept.sha256,
        type=kept.type,
        metadata="",
        length=kept.bytes,
        offset=kept.bytes,
        parts=(),
        state="stored",
        mismatches=0,
        created=now,
        expires=now,
        received=now,
    )
