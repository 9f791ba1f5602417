"""The end of an upload: the whole file is checked, kept by its hash, and signed for.

Every step may be repeated: the worker does again what a process left behind when it died.
"""

from dataclasses import dataclass
from typing import Any

from backend.core.blobs import Blobs, Whole
from backend.core.dossiers.listening import SystemWrite
from backend.core.dossiers.service import Dossiers
from backend.core.dossiers.store import LogStore
from backend.core.outbox import Handler
from backend.core.problems import Problem
from backend.features.evidence.rules.content import is_of_type
from backend.features.evidence.tables import holdings, uploads
from backend.features.evidence.tables.holdings import Holding
from backend.features.evidence.tables.uploads import Blob, Upload
from sync.server.chain import signed_text

FINISH = "finish_upload"
SETTLE = "settle_evidence"
_MISMATCHES = 3
_WRONG_HASH = "收到的文件与原件不一致，已丢弃，没有入库。原件还在手机里，将从头再传。"
_WRONG_AGAIN = "收到的文件多次与原件不一致，没有入库。手机里的文件可能已损坏，请报告管理员。"
_WRONG_CONTENT = "文件内容与所报类型不符，没有入库。原件还在手机里，请核对。"


@dataclass(frozen=True, slots=True)
class Finishing:
    """Checks, keeps, signs."""

    dossiers: Dossiers
    blobs: Blobs

    def handlers(self) -> dict[str, Handler]:
        """The worker's jobs."""
        return {FINISH: self._finish_left, SETTLE: self._settle_heard}

    async def finish(self, whole: Upload) -> Upload:
        """Check an upload that is all here.

        Raises:
            Problem: 460 mismatch, 422 evidence_hash after several of them, 415 content; the upload
                stands at its first byte again and nothing of it is left.
        """
        name = f"{whole.id}/whole.{self.dossiers.ids.hex(8)}"
        try:
            found = await self.blobs.assemble(whole.parts, name)
        except FileNotFoundError:
            found = None
        fault = _judge(whole, found)
        if fault:
            async with self.dossiers.database.write() as connection:
                await uploads.restart(connection, whole)
            await self.blobs.drop([*whole.parts, name])
            raise fault
        await self.blobs.keep(name, whole.sha256)
        await self._note_stored(whole)
        await self.blobs.drop(whole.parts)
        await self.settle(whole.dossier, whole.evidence)
        return whole

    async def _note_stored(self, whole: Upload) -> None:
        now = self.dossiers.clock.now()
        async with self.dossiers.database.write() as connection:
            if await uploads.mark_stored(connection, whole, now):
                kept = Blob(whole.sha256, whole.length, whole.type, now)
                await uploads.keep_blob(connection, kept)

    async def settle(self, dossier: str, evidence: str) -> None:
        """Sign the receipt once both the record and its file are here; once, under the dossier."""
        async with self.dossiers.database.write() as connection:
            await LogStore(connection).lock_dossiers([dossier])
            held = await holdings.find_holding(connection, dossier, evidence)
            if held is None or held.receipt:
                return
            proof = _proof(held, await uploads.uploads_of(connection, evidence))
            if proof is None:
                return
            write = SystemWrite(dossier, "receipt", self._receipt(proof), cause=evidence)
            (row,) = await self.dossiers.write(connection, [write])
            await holdings.note_receipt(connection, held, row.changeset.record)

    def _receipt(self, proof: Upload) -> dict[str, Any]:
        key = self.dossiers.keys.sign
        said = (proof.evidence, proof.sha256, proof.length, proof.received or 0)
        text = signed_text("receipt", key.id, proof.dossier, *said)
        names = ("evidence", "sha256", "bytes", "received")
        return {**dict(zip(names, said, strict=True)), "key": key.id, "signature": key.sign(text)}

    async def _finish_left(self, payload: dict[str, Any]) -> None:
        async with self.dossiers.database.read() as connection:
            left = await uploads.find_upload(connection, payload["upload"])
        if left is None or left.state == "receiving":
            return
        if left.state == "stored":
            await self.settle(left.dossier, left.evidence)
            return
        try:
            await self.finish(left)
        except Problem:
            return

    async def _settle_heard(self, payload: dict[str, Any]) -> None:
        """A file may have come before its record, or in the same moment."""
        async with self.dossiers.database.read() as connection:
            found = await uploads.uploads_of(connection, payload["evidence"])
        if any(each.state == "stored" for each in found):
            await self.settle(payload["dossier"], payload["evidence"])


def _judge(announced: Upload, found: Whole | None) -> Problem | None:
    if found is None or (found.sha256, found.length) != (announced.sha256, announced.length):
        if announced.mismatches + 1 < _MISMATCHES:
            return Problem(460, "mismatch", _WRONG_HASH)
        return Problem(422, "evidence_hash", _WRONG_AGAIN)
    if not is_of_type(announced.type, found.head):
        return Problem(415, "content", _WRONG_CONTENT)
    return None


def _proof(held: Holding, found: list[Upload]) -> Upload | None:
    for each in found:
        if (each.state, each.dossier, each.sha256) == ("stored", held.dossier, held.sha256):
            return each
    return None
