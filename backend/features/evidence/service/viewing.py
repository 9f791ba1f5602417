"""Who may see a file, how far it has come, and the custody ledger of everyone who looked."""

from dataclasses import dataclass
from typing import Any, Literal

from backend.core.database import Connection
from backend.core.dossiers.listening import SystemWrite
from backend.core.dossiers.service import Dossiers, dossier_facts
from backend.core.dossiers.store import LogStore
from backend.core.problems import Problem
from backend.core.sessions import Session
from backend.features.evidence.service.uploads import is_author
from backend.features.evidence.tables import holdings, uploads
from backend.features.evidence.tables.holdings import Holding, Look
from backend.features.evidence.tables.uploads import Blob, Upload

_HOUR_MS = 3_600_000
LookAct = Literal["viewed", "downloaded"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file has come; `receipt` is the receipt's record, the rest what it says."""

    state: Literal["absent", "uploading", "stored"]
    offset: int = 0
    length: int = 0
    receipt: str = ""
    received: int = 0
    key: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Viewing:
    """Evidence for those who may read its dossier."""

    dossiers: Dossiers

    async def file(self, officer: str, record: str) -> tuple[Holding, Blob]:
        """An evidence record with its whole file.

        Raises:
            Problem: 404 evidence (unknown and forbidden look alike), 404 evidence_absent.
        """
        async with self.dossiers.database.read() as connection:
            held = await self._readable(connection, officer, record)
            if held is None:
                raise _no_evidence()
            kept = await uploads.find_blob(connection, held.sha256) if held.receipt else None
        if kept is None:
            raise Problem(404, "evidence_absent", "原件还没有传到服务器，还在拍摄的手机里。")
        return held, kept

    async def progress(self, officer: str, record: str) -> Progress:
        """Also of a record the log does not know yet, to its author and its uploader.

        Its author is told the receipt whatever he may still read: his phone keeps the file until then.

        Raises:
            Problem: 404 evidence.
        """
        async with self.dossiers.database.read() as connection:
            held = await self._readable(connection, officer, record)
            author = await is_author(connection, officer, record)
            if held is None and author:
                held = await _signed_for(connection, record)
            found = await uploads.uploads_of(connection, record)
            if held is None:
                found = [each for each in found if each.officer == officer]
                if not found and not author:
                    raise _no_evidence()
            receipt = await holdings.receipt_of(connection, held) if held else {}
        return _progress(held, found, receipt)

    async def look(self, session: Session, held: Holding, act: LookAct) -> None:
        """Write the look into the dossier's custody, once an hour and session."""
        now = self.dossiers.clock.now()
        key = (held.dossier, held.record, session.token_sha256, act, now // _HOUR_MS)
        look = Look(*key, at=now)
        async with self.dossiers.database.read() as connection:
            if await holdings.has_looked(connection, look):
                return
        async with self.dossiers.database.write() as connection:
            await LogStore(connection).lock_dossiers([held.dossier])
            if await holdings.has_looked(connection, look):
                return
            n = await holdings.add_look(connection, look)
            fields = {
                "n": n,
                "act": act,
                "evidence": held.record,
                "at": now,
                "officer": session.officer,
            }
            write = SystemWrite(held.dossier, "custody", fields, cause=f"{held.record}/{n}")
            await self.dossiers.write(connection, [write])

    async def _readable(self, connection: Connection, officer: str, record: str) -> Holding | None:
        found = await holdings.find_holdings(connection, record)
        facts = await dossier_facts(connection, officer, [each.dossier for each in found])
        for held in found:
            may = self.dossiers.permissions.may
            if await may(connection, officer, "read", facts[held.dossier]) == "yes":
                return held
        return None


async def _signed_for(connection: Connection, record: str) -> Holding | None:
    found = await holdings.find_holdings(connection, record)
    return next((each for each in found if each.receipt), None)


def _progress(held: Holding | None, found: list[Upload], receipt: dict[str, Any]) -> Progress:
    if held:
        found = [each for each in found if each.sha256 == held.sha256]
    signed = {name: receipt[name] for name in ("received", "key", "signature") if receipt}
    told: dict[str, Any] = {"receipt": held.receipt if held else "", **signed}
    if not found:
        return Progress("absent", **told)
    best = found[0]
    state: Literal["uploading", "stored"] = "stored" if best.state == "stored" else "uploading"
    return Progress(state, best.offset, best.length, **told)


def _no_evidence() -> Problem:
    return Problem(404, "evidence", "没有这份证据，或者你无权查看。")
