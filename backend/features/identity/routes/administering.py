"""What every route of the administrator's desk does: ask permission, change, tell phones, audit."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from litestar import Request

from backend.core.database import Connection
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.service import Dossiers
from backend.core.problems import Problem
from backend.core.sessions import current_session
from backend.features.identity import public
from backend.features.identity.service.people import Actor


@dataclass(frozen=True, slots=True)
class Desk:
    """One request of an administrator, within its transaction."""

    dossiers: Dossiers
    connection: Connection
    actor: Actor

    async def tell_phones(self) -> None:
        """The register of people as it is now goes to every phone at its next contact."""
        await public.publish_officers(self.dossiers, self.connection, self.actor.bureau)
        await public.carry_registers(self.dossiers, self.connection, self.actor.bureau)


@asynccontextmanager
async def administering(
    request: Request[Any, Any, Any], dossiers: Dossiers, subject: str, act: str = "manage_accounts"
) -> AsyncIterator[Desk]:
    """A transaction of somebody who may do the act; a refusal changes nothing and is audited."""
    session = current_session(request)
    now = dossiers.clock.now()
    try:
        async with dossiers.database.write() as connection:
            asking = await public.account(connection, session.officer)
            bureau = asking.subject.bureau
            await public.require(
                connection, session.officer, act, DossierFacts("", "bureau", bureau, "")
            )
            yield Desk(dossiers, connection, Actor(session.officer, bureau, now))
    except Problem as problem:
        async with dossiers.database.write() as connection:
            await public.write_audit(
                connection, now, session.officer, "refused", subject[:80], problem.code
            )
        raise
