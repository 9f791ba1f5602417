"""What stands in a list's query before it is cut lets through what `may` does, no less and no more."""

import asyncio
from typing import Any

import sqlalchemy as sa

from backend.core.database import Connection, Database
from backend.core.dossiers.service import dossier_facts
from backend.core.dossiers.sight import names_within
from backend.core.dossiers.tables import dossier, dossier_grant
from backend.features.identity import public as identity
from backend.features.identity.rules import ACTS, CONFIDENTIAL_ACTS
from tests.features.rights.expecting import LOGINS
from tests.features.rights.town import Town

KINDS = ("inspection", "complaint", "evaluation")


def test_the_sight_of_every_post_is_its_right(town: Town) -> None:
    invite_and_bar(town)
    asyncio.run(compare(town.server.settings.database_url))


async def compare(url: str) -> None:
    database = Database(url)
    async with database.read() as connection:
        for kind in KINDS:
            held = await called(connection, dossier.c.kind == kind)
            assert len(held) == 3, "one of each place"
            for login in filter(None, LOGINS.values()):
                for act in {**ACTS, **CONFIDENTIAL_ACTS}:
                    seen = held & await in_sight(connection, login, act, kind)
                    assert seen == await lawful(connection, login, act, held), (login, act, kind)
    await database.close()


def invite_and_bar(town: Town) -> None:
    """R3 carries a dossier of another section, R9 did; R5 took part in a visit complained of."""
    there, complaint = town.things["section"].dossier, town.things["own"].complaint
    grants = [("R3", there, None), ("R9", there, 1), ("R5", complaint, 1)]
    rows = [
        {"officer": LOGINS[role], "dossier": name, "since": 1, "revoked": revoked}
        for role, name, revoked in grants
    ]
    town.server.run(dossier_grant.insert().values(rows))


async def called(connection: Connection, where: Any) -> set[str]:
    return set((await connection.execute(sa.select(dossier.c.name).where(where))).scalars())


async def in_sight(connection: Connection, officer: str, act: str, kind: str) -> set[str]:
    sight = await identity.sight_of(connection, officer, act, kind)
    return await called(connection, dossier.c.name.in_(names_within(sight))) if sight else set()


async def lawful(connection: Connection, officer: str, act: str, names: set[str]) -> set[str]:
    facts = await dossier_facts(connection, officer, sorted(names))
    return {
        name
        for name, each in facts.items()
        if await identity.may(connection, officer, act, each) == "yes"
    }
