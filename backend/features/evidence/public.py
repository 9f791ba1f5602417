"""What higher features and the root may ask of evidence."""

from collections.abc import AsyncIterator, Mapping, Sequence

from backend.core.blobs import Blobs
from backend.core.database import Connection
from backend.core.dossiers.service import Dossiers
from backend.core.metrics import Reading
from backend.core.outbox import Handler
from backend.features.evidence.rules import custody
from backend.features.evidence.rules.content import formats_json, is_of_type
from backend.features.evidence.service.finishing import Finishing
from backend.features.evidence.service.foreign import Foreign, write_records
from backend.features.evidence.service.uploads import Uploads
from backend.features.evidence.tables import holdings, uploads
from backend.features.evidence.tables.holdings import Holding
from backend.features.evidence.tables.uploads import Blob


async def blob_of(connection: Connection, sha256: str) -> Blob | None:
    """The whole file with this hash, if the server keeps it."""
    return await uploads.find_blob(connection, sha256)


async def read_blob(blobs: Blobs, sha256: str) -> bytes:
    """All of a kept file; for papers and photos, not for recordings.

    Raises:
        FileNotFoundError: nothing with this hash is kept.
    """
    return await blobs.read(sha256)


def stream_blob(blobs: Blobs, kept: Blob) -> AsyncIterator[bytes]:
    """All of a kept file, piece by piece."""
    return blobs.stream(kept.sha256, 0, kept.bytes)


async def take_in(dossiers: Dossiers, blobs: Blobs, dossier: str, data: bytes, kind: str) -> str:
    """Keep a whole small file that came from outside, not by an officer; answers its SHA-256."""
    return await Foreign(dossiers, blobs).take_in(dossier, data, kind)


async def file_foreign(
    dossiers: Dossiers, connection: Connection, dossier: str, files: Sequence[str]
) -> list[str]:
    """Evidence records for files taken in before, named by SHA-256; answers the records."""
    return await write_records(dossiers, connection, dossier, files)


async def missing(connection: Connection, dossier: str) -> list[Holding]:
    """Evidence whose file has not come: until then the dossier cannot be completed."""
    return await holdings.missing(connection, dossier)


async def open_runs(connection: Connection, dossier: str) -> list[str]:
    """Custody runs, `<device>.<epoch>`, that `run_closed` has not ended."""
    return custody.open_runs(await holdings.custody_acts(connection, dossier))


def handlers(dossiers: Dossiers, blobs: Blobs) -> Mapping[str, Handler]:
    """The worker's jobs by topic."""
    return Finishing(dossiers, blobs).handlers()


async def readings(connection: Connection, _now: int) -> list[Reading]:
    """Uploads by state, and the bytes kept."""
    found = await uploads.counts(connection)
    states = [
        Reading("anxun_uploads", found.get(state, 0), {"state": state})
        for state in ("receiving", "checking", "stored")
    ]
    return [*states, Reading("anxun_blob_bytes", await uploads.kept_bytes(connection))]


async def sweep(dossiers: Dossiers, blobs: Blobs) -> int:
    """The worker's regular round: forget uploads nobody went on with; answers how many."""
    return await Uploads(dossiers, blobs).sweep()


__all__ = [
    "Blob",
    "Holding",
    "blob_of",
    "file_foreign",
    "formats_json",
    "handlers",
    "is_of_type",
    "missing",
    "open_runs",
    "read_blob",
    "readings",
    "stream_blob",
    "sweep",
    "take_in",
]
