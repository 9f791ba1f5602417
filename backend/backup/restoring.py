"""`anxun restore DIR`: the newest whole state into an empty installation, every hash checked first.

The restored server begins a new timeline: phones then offer again whatever it lacks (SN11), so what
they wrote and captured after the backup comes back by itself. Nothing that was there is destroyed:
what a restore takes the place of is set aside under another name.
"""

import asyncio
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import sqlalchemy as sa

from backend.backup import folder as f
from backend.backup.folder import BackupFault, Manifest
from backend.backup.rows import load, tables_in
from backend.backup.saving import Say
from backend.core.blobs import Blobs
from backend.core.clock import Clock
from backend.core.database import Connection, Database
from backend.core.dossiers.devices import change_timeline, note_backed_up
from backend.core.heartbeat import beats_since, heartbeat
from backend.core.ids import Ids
from backend.core.sessions import session
from backend.features.documents import public as documents
from backend.migrate import knows_revision, migrate

RUNNING_MS = 60_000
_BOOKKEEPING = frozenset({"server", "heartbeat", "rate", "setup_link"})
"""A server that was only ever started holds nothing but these."""


@dataclass(frozen=True, slots=True)
class Restore:
    """One run. `replace` names the database whose place the restored one may take."""

    url: str
    blobs: Blobs
    keys: Path
    clock: Clock
    ids: Ids
    root: Path
    replace: str
    say: Say

    async def prepare(self) -> tuple[Path, Manifest]:
        """Check all of it, then make room; answers what is to be loaded.

        Raises:
            BackupFault: no whole state, a file that is not as it was written, a state of a newer
                program, data in the way, or a server still at work.
        """
        state, manifest = self._newest()
        for number, wrong in enumerate(_wrong_files(self.root, state, manifest)):
            raise BackupFault(f"备份里的 {wrong} 与清单不符，没有恢复。（第 {number + 1} 处）")
        self.say(f"核对完毕：{len(manifest.tables)} 张表，{manifest.blobs.rows} 个附件")
        await self._make_room()
        return state, manifest

    def _newest(self) -> tuple[Path, Manifest]:
        f.read_marker(self.root)
        whole = f.states(self.root)
        if not whole:
            raise BackupFault(f"{self.root} 里没有一份完整的备份。")
        manifest = f.read_manifest(whole[-1])
        if not knows_revision(manifest.revision):
            raise BackupFault("这份备份来自更新的版本。请先更新程序，再恢复。")
        return whole[-1], manifest

    async def _make_room(self) -> None:
        database = Database(self.url)
        try:
            async with database.write() as connection:
                found = await tables_in(connection)
                busy = await _rows_beyond_bookkeeping(connection, found)
                if busy and self.replace != _name(self.url):
                    raise BackupFault(
                        f"数据库 {_name(self.url)} 里已有数据，没有恢复。"
                        f"要顶替它，请加 --replace {_name(self.url)}（原有数据另名保留）。"
                    )
                if await self._is_running(connection, found):
                    raise BackupFault("服务还在运行，没有恢复。请先停下服务，一分钟后再试。")
                if busy and not database.sqlite:
                    await _set_schema_aside(connection, self._aside("public"))
                elif not busy:
                    await _drop(connection)
        finally:
            await database.close()
        if busy and database.sqlite:
            self._set_file_aside(str(sa.make_url(self.url).database))

    async def _is_running(self, connection: Connection, found: list[sa.Table]) -> bool:
        if heartbeat.name not in {table.name for table in found}:
            return False
        return await beats_since(connection, self.clock.now() - RUNNING_MS) > 0

    def _set_file_aside(self, name: str) -> None:
        """The closed file; its journal was written back when the last connection closed."""
        Path(name).rename(self._aside(name))

    def _aside(self, name: str) -> str:
        return f"{name}_before_{f.state_name(self.clock.now())}"

    async def load(self, state: Path, manifest: Manifest) -> None:
        """Blobs, keys, and last in one transaction the rows with their new timeline."""
        await self._load_blobs(state)
        self._load_keys(state, manifest)
        database = Database(self.url)
        try:
            async with database.write() as connection:
                files = {part.file: state / part.file for part in manifest.tables}
                for table in await tables_in(connection):
                    await load(connection, table, files[f"{table.name}.jsonl.gz"])
                await change_timeline(connection, self.ids.hex(16))
                await note_backed_up(connection, manifest.watermark)
                await connection.execute(session.delete())
        finally:
            await database.close()

    async def leave_a_gap(self) -> None:
        """No number that a phone may have taken after the backup is given to another."""
        database = Database(self.url)
        try:
            async with database.write() as connection:
                await documents.skip_numbers(connection, self.clock.now())
        finally:
            await database.close()

    async def _load_blobs(self, state: Path) -> None:
        here = {content async for content, _ in self.blobs.kept()}
        for content, _ in _listed(state):
            if content not in here:
                await self.blobs.take_in(content, f.blob_path(self.root, content))

    def _load_keys(self, state: Path, manifest: Manifest) -> None:
        found = {each.name: each.read_bytes() for each in self.keys.glob("*.pem")}
        wanted = {Path(part.file).name: (state / part.file).read_bytes() for part in manifest.keys}
        if found == wanted:
            return
        if found:
            self.keys.rename(self._aside(str(self.keys)))
        self.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name, data in wanted.items():
            f.write_whole(self.keys / name, data)


async def restore(run: Restore) -> Manifest:
    """All of it, then up to the schema of this program.

    Raises:
        BackupFault: nothing was changed.
    """
    state, manifest = await run.prepare()
    await asyncio.to_thread(migrate, run.url, manifest.revision)
    await run.load(state, manifest)
    await asyncio.to_thread(migrate, run.url)
    await run.leave_a_gap()
    return manifest


def _wrong_files(root: Path, state: Path, manifest: Manifest) -> Iterator[str]:
    for part in (*manifest.tables, manifest.blobs, *manifest.keys):
        path = state / part.file
        if not path.exists() or f.sha256_of(path) != part.sha256:
            yield part.file
    for content, _ in _listed(state):
        path = f.blob_path(root, content)
        if not path.exists() or f.sha256_of(path) != content:
            yield content


def _listed(state: Path) -> list[tuple[str, int]]:
    with gzip.open(state / f.BLOB_LIST, "rb") as lines:
        return [msgspec.json.decode(line, type=tuple[str, int]) for line in lines]


def _name(url: str) -> str:
    """How a database is called on the command line: the file's, or the database's own name."""
    return Path(str(sa.make_url(url).database)).name


async def _rows_beyond_bookkeeping(connection: Connection, found: list[sa.Table]) -> bool:
    for table in found:
        if table.name in _BOOKKEEPING:
            continue
        if (await connection.execute(sa.select(table).limit(1))).first() is not None:
            return True
    return False


async def _set_schema_aside(connection: Connection, name: str) -> None:
    await connection.execute(sa.text(f'ALTER SCHEMA public RENAME TO "{name.lower()}"'))
    await connection.execute(sa.text("CREATE SCHEMA public"))


async def _drop(connection: Connection) -> None:
    def drop(plain: sa.Connection) -> None:
        found = sa.MetaData()
        found.reflect(plain)
        found.drop_all(plain)

    await connection.run_sync(drop)
