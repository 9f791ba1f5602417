"""`/api/v1/faults`: what officers report of the app's own trouble."""

from typing import Any

import msgspec
from litestar import Controller, Request, get, post

from backend.core.bodies import read_body
from backend.core.dossiers.service import Dossiers
from backend.core.sessions import current_session
from backend.features.identity.service import faults

CAP = 65_536


class FaultBody(msgspec.Struct, forbid_unknown_fields=True):
    """`lines`: screens, codes, sizes, times, as they were shown; `words`: the officer's own."""

    words: str
    lines: list[str]


class FaultView(msgspec.Struct):
    """A report as the administrator reads it."""

    id: str
    name: str
    at: int
    words: str
    lines: list[str]


class FaultReceived(msgspec.Struct):
    """By which name the report can be asked for."""

    id: str


class FaultRoutes(Controller):
    """Any officer reports; the administrator of the bureau reads."""

    path = "/api/v1/faults"

    @post(status_code=201, reads=FaultBody)
    async def report(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> FaultReceived:
        """One report, so many an hour."""
        session = current_session(request)
        told = await read_body(request, FaultBody, CAP)
        async with dossiers.database.write() as connection:
            name = await faults.report(
                connection, session.officer, told.words, told.lines, dossiers.ids, dossiers.clock
            )
        return FaultReceived(name)

    @get()
    async def reported(
        self, request: Request[Any, Any, Any], dossiers: Dossiers
    ) -> list[FaultView]:
        """Those of the reader's bureau, the newest first."""
        session = current_session(request)
        async with dossiers.database.read() as connection:
            rows = await faults.reported(connection, session.officer)
        return [
            FaultView(row.id, row.name, row.at, row.words, row.lines.split("\n")) for row in rows
        ]
