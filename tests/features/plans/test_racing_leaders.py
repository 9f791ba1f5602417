"""Two leaders delegate to one head at the same moment, on both databases."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from backend.cli import fill_demo
from backend.core.clock import SystemClock
from backend.core.database import Database
from backend.core.dossiers.ports import DossierFacts
from backend.core.ids import SystemIds
from backend.core.problems import Problem
from backend.features.identity import public as identity
from backend.features.identity.service import delegating
from backend.features.identity.tables import delegations_of
from backend.migrate import migrate
from tests.features.conftest import settings_at
from tests.features.plans.leave import TODAY

LEADERS = ("xujianming", "hanzhigang") * 3


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """The demo bureau, migrated."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'anxun.sqlite'}"
    if request.param == "postgresql":
        url = await _new_database(request.getfixturevalue("postgres"))
    await asyncio.to_thread(migrate, url)
    await fill_demo(settings_at(tmp_path, url))
    database = Database(url)
    yield database
    await database.close()


async def _new_database(server: str) -> str:
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(sa.text("CREATE DATABASE racing_leaders"))
    await engine.dispose()
    return sa.make_url(server).set(database="racing_leaders").render_as_string(hide_password=False)


async def give(database: Database, leader: str) -> str:
    wanted = delegating.Wanted("gulnar", "approve_plan", TODAY, TODAY, "")
    try:
        async with database.write() as connection:
            given = await delegating.give(connection, leader, wanted, SystemIds(), SystemClock())
    except Problem as problem:
        return problem.code
    return given.giver


async def test_one_delegation_is_left_and_withdrawn_once(database: Database) -> None:
    told = await asyncio.gather(*(give(database, leader) for leader in LEADERS))
    (winner,) = set(told) - {"overlap"}
    assert told.count("overlap") == len(LEADERS) - 1
    facts = DossierFacts("", "inspection", "changji", "whk")
    async with database.read() as connection:
        (kept,) = await delegations_of(connection, "gulnar")
        asked = (connection, "gulnar", "approve_plan", facts, TODAY)
        assert await identity.authority_for(*asked) == kept.giver == winner

    async def withdraw() -> int | None:
        async with database.write() as connection:
            back = await delegating.withdraw(connection, winner, kept.id, SystemClock())
        return back.withdrawn_at

    assert len(set(await asyncio.gather(*(withdraw() for _ in LEADERS)))) == 1
    async with database.read() as connection:
        assert await identity.authority_for(connection, *asked[1:]) is None
        query = sa.text("SELECT count(*) FROM audit WHERE act = 'withdraw_delegation'")
        assert await connection.scalar(query) == 1
