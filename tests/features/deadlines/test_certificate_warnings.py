"""执法证 that end: told to the holder and the administrator, each warning once (S3-1.1)."""

import asyncio
from datetime import date, timedelta

from backend.app import make_dossiers
from backend.core.clock import FixedClock, SystemClock
from backend.core.database import Database
from backend.core.days import day_of
from backend.core.signing import ServerKeys
from backend.features.deadlines import public as deadlines
from backend.features.deadlines.service.telling import read_inbox
from backend.features.identity import public as identity
from backend.features.identity.model import Certificate
from backend.settings import Settings
from tests.features.conftest import ON_BOTH

DAY_MS = 86_400_000
START = SystemClock().now()


def later(days: int) -> str:
    return (date.fromisoformat(day_of(START)) + timedelta(days=days)).isoformat()


@ON_BOTH
def test_each_warning_comes_once_and_a_renewed_certificate_asks_for_none(
    settings: Settings,
) -> None:
    asyncio.run(story(settings))


async def story(settings: Settings) -> None:
    database = Database(settings.database_url)
    clock = FixedClock(START)
    dossiers = make_dossiers(database, ServerKeys.at(settings.data_dir / "keys"), clock)
    watch = deadlines.CertificateWatch(dossiers)

    async def told(officer: str) -> list[str]:
        async with database.read() as connection:
            lines = await read_inbox(connection, officer)
        return [line.body for line in lines if line.title == "执法证到期"]

    async def certified(until: str, number: str) -> None:
        async with database.write() as connection:
            actor = identity.Actor("gaoyuan", "changji", clock.now())
            held = Certificate(number, ["综合"], later(-900), until)
            await identity.certify(connection, actor, "zhoutao", held)

    async def on(days: int) -> list[str]:
        clock.ms = START + days * DAY_MS
        await watch.run_due()
        await watch.run_due()
        return await told("zhoutao")

    await certified(later(90), "65239901")
    assert await on(0) == []
    expired = await told("sunpeng")
    assert len(expired) == 1
    assert "已于" in expired[0]
    assert any(words.startswith("孙鹏") for words in await told("gaoyuan"))
    assert [len(await on(days)) for days in (30, 31, 60, 83)] == [1, 1, 2, 3]
    await certified(later(900), "65239902")
    assert len(await on(91)) == 3
    again = deadlines.CertificateWatch(dossiers)
    await again.run_due()
    assert len(await told("sunpeng")) == 1
    await database.close()
