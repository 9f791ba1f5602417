"""执法证 that end soon, told to their holders and to the administrators, each warning once.

Once a day and at each start: a certificate that was renewed ahead also becomes the current one in
the register that phones carry.
"""

from dataclasses import dataclass

from backend.core.database import Connection
from backend.core.days import day_of
from backend.core.dossiers.service import Dossiers
from backend.features.deadlines.tables.inbox import Notification, insert_notification
from backend.features.deadlines.tables.warnings import note_warning
from backend.features.identity import public as identity

_DAY_MS = 86_400_000
_ME, _DESK = "/#/f/me", "/#/k/people"


@dataclass(slots=True)
class CertificateWatch:
    """Remembers only which day it has looked at."""

    dossiers: Dossiers
    day: str = ""

    async def run_due(self) -> int:
        """Look once a day; answers how many people were told."""
        today = day_of(self.dossiers.clock.now())
        if today == self.day:
            return 0
        async with self.dossiers.database.read() as connection:
            bureaus = [bureau for bureau, _ in await identity.bureaus(connection)]
        told = 0
        for bureau in bureaus:
            async with self.dossiers.database.write() as connection:
                told += await self._look(connection, bureau, today)
        self.day = today
        return told

    async def _look(self, connection: Connection, bureau: str, today: str) -> int:
        await identity.publish_officers(self.dossiers, connection, bureau)
        administrators = await identity.officers_with(connection, bureau, "R14")
        told = 0
        for each in await identity.expiring(connection, bureau, today):
            now = self.dossiers.clock.now()
            if not await note_warning(connection, each.officer, each.until, each.step, now):
                continue
            await self._tell(connection, each.officer, _own_words(each), _ME)
            for one in administrators:
                words = f"{each.name}的执法证：{_own_words(each)}"
                await self._tell(connection, one.subject.officer, words, _DESK)
            told += 1 + len(administrators)
        return told

    async def _tell(self, connection: Connection, officer: str, words: str, url: str) -> None:
        now = self.dossiers.clock.now()
        told = Notification(
            id=self.dossiers.ids.hex(32),
            officer=officer,
            dossier="",
            clock="",
            title="执法证到期",
            body=words,
            url=url,
            created=now,
            expires=now + _DAY_MS,
        )
        await insert_notification(connection, told)


def _own_words(each: identity.Expiring) -> str:
    if each.step == 0:
        return f"已于 {each.until} 到期，不能开始或参加检查。请找法规科换证"
    return f"{each.until} 到期，不到 {each.step} 天。请找法规科换证"
