"""The worker: jobs of the outbox, reminders, retries. On SQLite it runs inside `anxun serve`."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

from backend.core.blobs import Blobs
from backend.core.dossiers.service import Dossiers
from backend.core.heartbeat import BEAT_MS, beat
from backend.core.outbox import Handler, Worker
from backend.features.deadlines import public as deadlines
from backend.features.documents import public as documents
from backend.features.evidence import public as evidence
from backend.features.inspections import public as inspections
from backend.features.plans import public as plans
from backend.settings import Settings

logger = logging.getLogger("anxun.work")
_PAUSE_S = 0.5
CONTACT = "mailto:support@anxun.invalid"


@dataclass(frozen=True, slots=True)
class Work:
    """Everything a worker does, over and over."""

    dossiers: Dossiers
    blobs: Blobs
    settings: Settings
    guard: deadlines.EndpointGuard

    def _handlers(self) -> dict[str, Handler]:
        check = documents.DocumentCheck(self.dossiers, self.settings.faces)
        return {
            documents.CHECK: check.run,
            inspections.SUMMARISE: self._summarise,
            plans.RELEASE: self._release,
            **evidence.handlers(self.dossiers, self.blobs),
        }

    async def _summarise(self, payload: dict[str, Any]) -> None:
        await inspections.summarise(self.dossiers, payload)

    async def _release(self, payload: dict[str, Any]) -> None:
        await plans.release(self.dossiers, payload)

    async def run(self) -> None:
        """Until cancelled. A failing round is logged and the next one tries again."""
        dossiers = self.dossiers
        worker = Worker(dossiers.database, dossiers.clock, dossiers.ids, self._handlers())
        name, beaten = dossiers.ids.hex(8), 0
        watch = deadlines.CertificateWatch(dossiers)
        async with deadlines.push_sender(
            dossiers.keys.vapid, dossiers.clock, CONTACT, self.guard
        ) as sender:
            while True:
                try:
                    if (now := dossiers.clock.now()) >= beaten + BEAT_MS:
                        await beat(dossiers.database, name, now)
                        beaten = now
                    done = await self._round(worker, sender) + await watch.run_due()
                except Exception as error:
                    logger.error("worker round failed: %s", type(error).__name__)
                    done = 0
                if not done:
                    await asyncio.sleep(_PAUSE_S)

    async def _round(self, worker: Worker, sender: deadlines.Sender) -> int:
        dossiers = self.dossiers
        done = await worker.run_due()
        done += await deadlines.run_due(dossiers.database, sender, dossiers.clock, dossiers.ids)
        done += await evidence.sweep(dossiers, self.blobs)
        return done + await deadlines.lapse_past(dossiers)
