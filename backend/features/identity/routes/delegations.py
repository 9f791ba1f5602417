"""`/api/v1/delegations`: a leader's approval in a section head's hands, for some days."""

from typing import Any

import msgspec
from litestar import Controller, Request, delete, get, post

from backend.core.bodies import read_body
from backend.core.database import Connection
from backend.core.days import day_of
from backend.core.dossiers.service import Dossiers
from backend.core.sessions import current_session
from backend.features.identity import tables
from backend.features.identity.rules import Delegation, DelegationState, delegation_state
from backend.features.identity.service import delegating
from backend.features.identity.service.delegating import Wanted


class DelegationBody(msgspec.Struct, forbid_unknown_fields=True):
    """To whom, which act, first and last day (Asia/Shanghai, both included), why."""

    taker: str
    act: str
    since: str
    until: str
    words: str = ""


class DelegationView(msgspec.Struct):
    """A delegation as giver and taker see it. `state` is that of the day of the answer."""

    id: str
    giver: str
    giver_name: str
    taker: str
    taker_name: str
    act: str
    since: str
    until: str
    words: str
    given: int
    state: DelegationState
    withdrawn_at: int | None
    withdrawn_by: str


class DelegationRoutes(Controller):
    """Giving, seeing and withdrawing; acting under one is the business of the act itself."""

    path = "/api/v1/delegations"

    @post(status_code=201, reads=DelegationBody, act="delegate")
    async def give(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> DelegationView:
        """A leader gives one."""
        session = current_session(request)
        asked = await read_body(request, DelegationBody, 8_192)
        wanted = Wanted(asked.taker, asked.act, asked.since, asked.until, asked.words)
        async with dossiers.database.write() as connection:
            given = await delegating.give(
                connection, session.officer, wanted, dossiers.ids, dossiers.clock
            )
            (view,) = await _views(connection, dossiers, [given])
        return view

    @get(act="own")
    async def mine(
        self, request: Request[Any, Any, Any], dossiers: Dossiers
    ) -> list[DelegationView]:
        """Those the reader gave or was given, withdrawn ones too; the newest first."""
        session = current_session(request)
        async with dossiers.database.read() as connection:
            found = await tables.delegations_of(connection, session.officer)
            return await _views(connection, dossiers, found)

    @delete("/{delegation:str}", status_code=200, act="own")
    async def withdraw(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, delegation: str
    ) -> DelegationView:
        """Its giver takes it back."""
        session = current_session(request)
        async with dossiers.database.write() as connection:
            found = await delegating.withdraw(
                connection, session.officer, delegation, dossiers.clock
            )
            (view,) = await _views(connection, dossiers, [found])
        return view


async def _views(
    connection: Connection, dossiers: Dossiers, found: list[Delegation]
) -> list[DelegationView]:
    names = await delegating.names_in(connection, found)
    today = day_of(dossiers.clock.now())
    return [_view(each, names, today) for each in found]


def _view(held: Delegation, names: dict[str, str], today: str) -> DelegationView:
    return DelegationView(
        id=held.id,
        giver=held.giver,
        giver_name=names[held.giver],
        taker=held.taker,
        taker_name=names[held.taker],
        act=held.act,
        since=held.since,
        until=held.until,
        words=held.words,
        given=held.given,
        state=delegation_state(held, today),
        withdrawn_at=held.withdrawn_at,
        withdrawn_by=held.withdrawn_by,
    )
