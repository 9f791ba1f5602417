"""`anxun backup DIR`: a whole state of a running server; a run that was cut short is taken up again.

The database comes first, in one transaction that sees one moment; the blobs after it, so every blob a
row names is among them. Only when all of it lies there, the watermark moves: from then on phones may
free the bytes of what the server had received before it (architecture.md 6).
"""

import gzip
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from backend.backup import folder as f
from backend.backup.folder import Manifest, Part
from backend.backup.rows import dump, revision_of, tables_in
from backend.core.blobs import Blobs
from backend.core.clock import Clock
from backend.core.database import Database
from backend.core.dossiers.devices import note_backed_up, read_timeline
from backend.core.signing import ServerKeys

Say = Callable[[str], None]
MARGIN_MS = 600_000
"""No transaction lasts as long: what bears an earlier instant was committed before the snapshot."""

_PROGRESS = 100


@dataclass(frozen=True, slots=True)
class Backup:
    """One run: from a server's parts into the folder `root`."""

    database: Database
    blobs: Blobs
    keys: Path
    clock: Clock
    root: Path
    say: Say

    async def run(self) -> Manifest:
        """The new state.

        Raises:
            BackupFault: the folder is not ours, or another backup is running.
        """
        with f.claimed(self.root, ServerKeys.at(self.keys).sign.id):
            f.tidy(self.root)
            manifest = await self._save(self.clock.now())
            f.tidy(self.root)
        if not manifest.damaged:
            async with self.database.write() as connection:
                await note_backed_up(connection, manifest.watermark)
        return manifest

    async def _save(self, now: int) -> Manifest:
        state = self.root / f.state_name(now)
        shutil.rmtree(state, ignore_errors=True)
        state.mkdir(mode=0o700)
        async with self.database.snapshot() as connection:
            timeline, revision = await read_timeline(connection), await revision_of(connection)
            tables = [await dump(connection, t, state) for t in await tables_in(connection)]
        self.say(f"数据库：{sum(each.rows for each in tables)} 行")
        damaged, listed = await self._copy_blobs(state)
        manifest = Manifest(
            format=f.FORMAT,
            made=now,
            timeline=timeline,
            revision=revision,
            watermark=now - MARGIN_MS,
            tables=tables,
            blobs=listed,
            keys=self._copy_keys(state),
            damaged=damaged,
        )
        f.write_whole(state / f.MANIFEST, msgspec.json.encode(manifest))
        return manifest

    def _copy_keys(self, state: Path) -> list[Part]:
        (state / f.KEYS).mkdir(mode=0o700)
        for each in sorted(self.keys.glob("*.pem")):
            f.write_whole(state / f.KEYS / each.name, each.read_bytes())
        return [
            f.part_of(state, f"{f.KEYS}/{each.name}") for each in sorted(self.keys.glob("*.pem"))
        ]

    async def _copy_blobs(self, state: Path) -> tuple[list[str], Part]:
        """Each blob once, checked on the way; those that lie here already are passed over."""
        kept = sorted([each async for each in self.blobs.kept()])
        damaged: list[str] = []
        with gzip.GzipFile(state / f.BLOB_LIST, "wb", mtime=0) as listing:
            for number, (content, size) in enumerate(kept, 1):
                if await self._copy(content, size):
                    listing.write(msgspec.json.encode((content, size)) + b"\n")
                else:
                    damaged.append(content)
                if number % _PROGRESS == 0 or number == len(kept):
                    self.say(f"附件：{number} / {len(kept)}")
        return damaged, f.part_of(state, f.BLOB_LIST, len(kept) - len(damaged))

    async def _copy(self, content: str, size: int) -> bool:
        path = f.blob_path(self.root, content)
        if path.exists() and path.stat().st_size == size:
            return True
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        torn, digest = path.with_name(f"{content}.part"), sha256()
        with torn.open("wb") as out:
            async for piece in self.blobs.stream(content, 0, size):
                digest.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        whole = digest.hexdigest() == content
        if whole:
            f.put_in_place(torn, path)
        else:
            torn.unlink()
        return whole
