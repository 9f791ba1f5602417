"""Uploads by tus 1.0: who may bring what, and piece after piece without a lock (architecture.md 6).

A piece is staged under a name of its own, then the offset moves by compare-and-set: of two workers
that stage the same piece one wins, the other's is dropped.
"""

from dataclasses import dataclass

from backend.core.blobs import Blobs
from backend.core.database import Connection
from backend.core.dossiers.devices import find_device
from backend.core.dossiers.service import DAY_MS, Dossiers, dossier_facts
from backend.core.limits import spend
from backend.core.problems import Problem
from backend.features.evidence.rules.content import FORMATS, media_type
from backend.features.evidence.rules.headers import Announced
from backend.features.evidence.service.finishing import FINISH, Finishing
from backend.features.evidence.tables import holdings, uploads
from backend.features.evidence.tables.uploads import Upload
from sync.server.clock import record_device

CHUNK_BYTES = 16 * 2**20
"""The largest piece: it is held in memory once."""

IN_REQUEST_BYTES = 64 * 2**20
"""Up to here the last piece is answered once the whole file has been checked."""

_LIFETIME_MS = 7 * DAY_MS
_NET_MS = 60_000
_UPLOADS_A_MINUTE = 600
_SWEEP = 100


@dataclass(frozen=True, slots=True)
class Uploads:
    """The uploads of all officers; any worker may take any piece."""

    dossiers: Dossiers
    blobs: Blobs

    async def create(
        self, officer: str, announced: Announced, metadata: str, length: int
    ) -> Upload:
        """Begin an upload.

        Raises:
            Problem: 403 forbidden, 413 too_large, 415 media_type, 422 evidence_hash, 429 rate.
        """
        now = self.dossiers.clock.now()
        new = Upload(
            id=self.dossiers.ids.hex(32),
            officer=officer,
            dossier=announced.dossier,
            evidence=announced.evidence,
            sha256=announced.sha256,
            type=media_type(announced.type),
            metadata=metadata,
            length=length,
            offset=0,
            parts=(),
            state="receiving",
            mismatches=0,
            created=now,
            expires=now + _LIFETIME_MS,
            received=None,
        )
        self._check_form(new)
        async with self.dossiers.database.write() as connection:
            await spend(connection, f"upload/{officer}", _UPLOADS_A_MINUTE, 60_000, now)
            await self._check_right(connection, new)
            await uploads.add_upload(connection, new)
        return new

    def _check_form(self, new: Upload) -> None:
        if new.type not in FORMATS:
            raise Problem(415, "media_type", "这种文件不能作为证据上传，没有接收。原件还在手机里。")
        if new.length > self.blobs.max_bytes:
            raise Problem(
                413,
                "too_large",
                "文件太大，没有接收。原件还在手机里，请分段录制。",
                limit=self.blobs.max_bytes,
            )

    async def _check_right(self, connection: Connection, new: Upload) -> None:
        """The right to write the dossier, or to be the author of the evidence."""
        held = await holdings.find_holding(connection, new.dossier, new.evidence)
        found = await dossier_facts(connection, new.officer, [new.dossier])
        facts = found.get(new.dossier)
        if facts is None:
            allowed = await is_author(connection, new.officer, new.dossier)
        else:
            may = self.dossiers.permissions.may
            allowed = (await may(connection, new.officer, "write", facts)) == "yes"
            if not allowed and held is not None:
                allowed = await is_author(connection, new.officer, new.evidence)
        if not allowed:
            raise Problem(403, "forbidden", "你不能向这份卷宗上传证据，什么也没有改动。")
        if held and (held.sha256, held.bytes) != (new.sha256, new.length):
            raise Problem(
                422, "evidence_hash", "文件与登记的证据不一致，没有接收。原件还在手机里，请核对。"
            )

    async def find(self, officer: str, name: str) -> Upload:
        """An officer's own upload.

        Raises:
            Problem: 404 upload, 410 expired.
        """
        async with self.dossiers.database.read() as connection:
            found = await uploads.find_upload(connection, name)
        if found is None or found.officer != officer:
            raise Problem(404, "upload", "没有这个上传任务。原件还在手机里，请重新上传。")
        if found.state == "receiving" and found.expires < self.dossiers.clock.now():
            raise Problem(410, "expired", "这个上传任务已过期。原件还在手机里，请重新上传。")
        return found

    async def append(self, seen: Upload, data: bytes) -> Upload:
        """Take the next piece; with the last one a small file is checked at once.

        Raises:
            Problem: 409 offset, 460 mismatch, 415 content, 422 evidence_hash.
        """
        if not data:
            return seen
        dossiers = self.dossiers
        part = f"{seen.id}/{seen.offset:016d}.{dossiers.ids.hex(8)}"
        await self.blobs.stage(part, data)
        expires = dossiers.clock.now() + _LIFETIME_MS
        async with dossiers.database.write() as connection:
            moved = await uploads.advance(connection, seen, part, len(data), expires)
            if moved and moved.state == "checking":
                await self._leave_to_worker(connection, moved)
        if moved is None:
            await self.blobs.drop([part])
            raise offset_problem()
        if moved.state == "checking" and moved.length <= IN_REQUEST_BYTES:
            return await Finishing(dossiers, self.blobs).finish(moved)
        return moved

    async def _leave_to_worker(self, connection: Connection, whole: Upload) -> None:
        """A small file only in case this process dies before it has been checked."""
        wait = _NET_MS if whole.length <= IN_REQUEST_BYTES else 0
        key = f"{whole.id}.{whole.mismatches}"
        due = self.dossiers.clock.now() + wait
        await uploads.post_job(connection, FINISH, key, {"upload": whole.id}, due)

    async def terminate(self, seen: Upload) -> None:
        """Give an unfinished upload up.

        Raises:
            Problem: 423 while the file is checked, 409 once it is stored.
        """
        if seen.state == "stored":
            raise Problem(409, "stored", "证据已在服务器，不能撤回。")
        async with self.dossiers.database.write() as connection:
            dropped = await uploads.drop_upload(connection, seen)
        if not dropped:
            raise busy_problem()
        await self.blobs.drop(await self.blobs.staged(seen.id))

    async def sweep(self) -> int:
        """Remove some uploads whose time is over, and what they had staged; answers how many."""
        now = self.dossiers.clock.now()
        async with self.dossiers.database.read() as connection:
            old = await uploads.expired(connection, now, _SWEEP)
        for each in old:
            async with self.dossiers.database.write() as connection:
                dropped = await uploads.drop_upload(connection, each)
            if dropped:
                await self.blobs.drop(await self.blobs.staged(each.id))
        return len(old)


async def is_author(connection: Connection, officer: str, record: str) -> bool:
    """Whether a record is named after an enrolment of the officer (CS5)."""
    device = await find_device(connection, record_device(record) or "")
    return device is not None and device.officer == officer


def offset_problem() -> Problem:
    """tus 409: the client asks by HEAD and goes on from there."""
    return Problem(409, "offset", "续传位置对不上，没有接收这一段。正在重新核对，内容没丢。")


def busy_problem() -> Problem:
    """tus 423."""
    return Problem(423, "busy", "文件正在核对，请稍候。内容没丢。")
