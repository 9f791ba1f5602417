"""`/api/v1/search`, `/stale-citations`: dossiers by unit or number, findings on law that has ended."""

from typing import Any

import msgspec
from litestar import Controller, Request, get
from litestar.params import Parameter

from backend.core.days import day_of
from backend.core.dossiers.service import Dossiers
from backend.core.sessions import current_session
from backend.features.documents import public as documents
from backend.features.identity import public as identity
from backend.features.inspections import service, tables
from backend.features.inspections.routes import readable
from backend.features.inspections.tables import InspectionRow

_MOST = 20


class FoundDossier(msgspec.Struct):
    """A dossier a search found; `number` names the papers by whose number it was found."""

    dossier: str
    unit: str
    state: str
    planned_for: str
    number: str


class StaleCitation(msgspec.Struct):
    """判定依据 on a version that is no longer in force. Of an issued paper it is only told."""

    dossier: str
    unit: str
    finding: str
    problem: str
    citation: str
    issued: bool


class StaleItem(msgspec.Struct):
    """A clause of the item list whose version is no longer in force, or which no library knows."""

    item: str
    title: str
    citation: str


class StaleLaw(msgspec.Struct):
    """What the desk must see to when law changes."""

    findings: list[StaleCitation]
    items: list[StaleItem]


class FindingRoutes(Controller):
    """What is looked for over all dossiers the reader may read."""

    path = "/api/v1"

    @get("/search", act="read")
    async def search(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        q: str = Parameter(max_length=64),
    ) -> list[FoundDossier]:
        """Dossiers by the unit's name or by the number of a paper, the last changed first."""
        officer, words = current_session(request).officer, q.strip()
        if not words:
            return []
        async with dossiers.database.read() as connection:
            sight = await identity.sight_of(connection, officer, "read")
            if sight is None:
                return []
            numbers = await documents.numbered(connection, sight, words, _MOST)
            table = tables.inspection.c
            holds = table.unit.contains(words, autoescape=True) | table.dossier.in_(numbers)
            rows = await tables.inspections(connection, sight, holds, limit=_MOST)
            rows = await readable(connection, dossiers, officer, rows)
        return [_found(row, numbers) for row in rows]

    @get("/stale-citations", act="read")
    async def stale(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> StaleLaw:
        """Findings and items of the list that cite law which has ended by today."""
        officer, today = current_session(request).officer, day_of(dossiers.clock.now())
        async with dossiers.database.read() as connection:
            bureau = (await identity.account(connection, officer)).subject.bureau
            ended = await service.ended_versions(connection, bureau, today)
            sight = await identity.sight_of(connection, officer, "read")
            found = await tables.stale(connection, sight, ended) if sight else []
            units = {each.dossier: unit for each, unit in found}
            cited = await readable(connection, dossiers, officer, [each for each, _ in found])
            items = await service.items_citing(connection, bureau, today, ended)
        return StaleLaw(
            findings=[
                StaleCitation(
                    dossier=each.dossier,
                    unit=units[each.dossier],
                    finding=each.finding,
                    problem=each.problem,
                    citation=each.citation,
                    issued=each.issued,
                )
                for each in cited
            ],
            items=[StaleItem(item.id, item.title, citation) for item, citation in items],
        )


def _found(row: InspectionRow, numbers: dict[str, str]) -> FoundDossier:
    number = numbers.get(row.dossier, "")
    return FoundDossier(row.dossier, row.unit, row.state, row.planned_for, number)
