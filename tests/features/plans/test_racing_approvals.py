"""Two leaders approve two plans for one last place at the same moment, on both databases (S3-3.1)."""

import asyncio
from collections.abc import Callable

from backend.app import make_dossiers
from backend.core.database import Database
from backend.core.problems import Problem
from backend.core.signing import ServerKeys
from backend.features.plans.service import answering
from backend.features.plans.service.answering import Answer
from backend.settings import Settings
from tests.features.conftest import ON_BOTH
from tests.features.dossiers.phone import Phone
from tests.features.plans.test_caps_bureau import reviewed

Enrol = Callable[[str], Phone]


@ON_BOTH
def test_the_last_place_is_approved_once_and_numbered_once(
    phone: Enrol, settings: Settings
) -> None:
    plans = [reviewed(phone), reviewed(phone, reason="双随机抽查")]
    told = asyncio.run(_approved(settings, plans))
    assert sorted(told) == ["approved", "over_cap"]


async def _approved(settings: Settings, plans: list[str]) -> list[str]:
    database = Database(settings.database_url)
    dossiers = make_dossiers(database, ServerKeys.at(settings.data_dir / "keys"))

    async def approve(plan: str) -> str:
        try:
            async with database.write() as connection:
                answer = Answer("approve", "yes", "")
                stored = await answering.answer_plan(dossiers, connection, "wanglei", plan, answer)
        except Problem as problem:
            return problem.code
        return stored.state

    told = await asyncio.gather(*(approve(plan) for plan in plans))
    await database.close()
    return list(told)
