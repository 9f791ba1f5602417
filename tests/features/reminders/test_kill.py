"""kill -9 of workers while a message is on the wire: all arrive, twice only under one Topic."""

import asyncio
import json
import sys
from collections import Counter
from pathlib import Path

import sqlalchemy as sa

from backend.core.signing import ServerKeys
from backend.features.deadlines.service.reminding import LEASE_MS
from backend.features.deadlines.tables import inbox
from backend.features.deadlines.tables.reminders import reminder
from tests.features.reminders.browser import Browser, Received, push_service
from tests.features.reminders.office import PEOPLE, Office, fact

KILLED_AT = (4, 9)
CLOCKS = 3


async def spawn(url: str, keys: Path, now: int) -> asyncio.subprocess.Process:
    here = "tests.features.reminders.worker"
    root = Path(__file__).parents[3]
    arguments = (sys.executable, "-m", here, url, str(keys), str(now))
    return await asyncio.create_subprocess_exec(*arguments, cwd=root)


async def test_killed_workers_lose_nothing(office: Office, tmp_path: Path) -> None:
    url, keys = f"sqlite+aiosqlite:///{tmp_path / 'office.sqlite'}", tmp_path / "keys"
    ServerKeys.at(keys)
    browsers = {officer: Browser() for officer in PEOPLE}
    workers: list[asyncio.subprocess.Process] = []
    async with push_service() as service:

        def kill_sometimes(_: Received) -> None:
            if len(service.received) in KILLED_AT:
                workers[-1].kill()

        service.on_message = kill_sometimes
        async with office.database.write() as connection:
            for officer, browser in browsers.items():
                wanted = browser.subscription(officer, f"{service.origin}/{officer}")
                await inbox.keep_subscription(connection, wanted, 0)
        for _ in range(CLOCKS):
            dossier = await office.open()
            await office.tell(dossier, fact("start", "D03", office.clock.ms, *PEOPLE))
        await office.database.close()
        for life in range(len(KILLED_AT) + 1):
            later = office.clock.ms + life * (LEASE_MS + 1)
            workers.append(await spawn(url, keys, later))
            killed = await workers[-1].wait() != 0
            assert killed == (life < len(KILLED_AT))
    wanted = CLOCKS * len(PEOPLE)
    messages = Counter((each.path, each.headers["topic"]) for each in service.received)
    assert len(messages) == wanted
    assert wanted < messages.total() <= wanted + CLOCKS * len(KILLED_AT)
    for each in service.received:
        payload = json.loads(browsers[each.path[1:]].decrypt(each.body))
        assert payload["tag"] == each.headers["topic"]
    assert len(await office.rows(sa.select(inbox.notification.c.id))) == wanted
    ripe = sa.select(reminder.c.state).where(reminder.c.instant <= office.clock.ms)
    assert await office.rows(ripe) == [("done",)] * wanted
