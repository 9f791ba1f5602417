"""`/api/v1/dossiers`, `/board`, `/quarantine`: the desk's lists."""

import json
from typing import Any, Literal, TypeVar

import msgspec
from litestar import Controller, Request, get, post
from litestar.params import Parameter

from backend.core.bodies import read_body
from backend.core.database import Connection
from backend.core.dossiers import quarantine
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.quarantine import Held, NotReleasable
from backend.core.dossiers.routes import no_dossier
from backend.core.dossiers.service import Dossiers, dossier_facts
from backend.core.problems import Problem
from backend.core.sessions import current_session
from backend.features.identity import public as identity
from backend.features.inspections import service, tables
from backend.features.inspections.tables import CitedClause, InspectionRow
from sync.server.wire import Count, Epoch

Row = TypeVar("Row", InspectionRow, CitedClause)


class HeldView(msgspec.Struct):
    """待受理: one item, who wrote it, why it waits."""

    device: str
    epoch: int
    n: int
    dossier: str
    reason: str
    author: str
    author_name: str
    received: int
    entity: str
    fields: dict[str, Any]


class Decision(msgspec.Struct, forbid_unknown_fields=True):
    """受理 or 不予受理 of one item, with the reason in words."""

    device: str
    epoch: Epoch
    n: Count
    answer: Literal["release", "discard"]
    words: str


class InspectionRoutes(Controller):
    """Lists over the inspections a reader may read."""

    path = "/api/v1"

    @get("/dossiers", act="read")
    async def dossiers_list(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        enterprise: str = Parameter(default="", max_length=64),
    ) -> list[InspectionRow]:
        """Dossiers the reader may open, the last changed first."""
        session = current_session(request)
        where = [tables.inspection.c.enterprise == enterprise] if enterprise else []
        async with dossiers.database.read() as connection:
            sight = await identity.sight_of(connection, session.officer, "read")
            rows = await tables.inspections(connection, sight, *where) if sight else []
            return await readable(connection, dossiers, session.officer, rows)

    @post("/dossiers/{dossier:str}/close", status_code=204, act="close")
    async def close(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, dossier: str
    ) -> None:
        """结案."""
        session = current_session(request)
        async with dossiers.database.write() as connection:
            known = await dossier_facts(connection, session.officer, [dossier])
            facts = known.get(dossier)
            ask = dossiers.permissions.may
            if facts is None or await ask(connection, session.officer, "read", facts) != "yes":
                raise no_dossier()
            await service.close(dossiers, connection, session.officer, facts)

    @get("/quarantine", act="release")
    async def held(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> list[HeldView]:
        """What waits for this reader's decision."""
        session = current_session(request)
        async with dossiers.database.read() as connection:
            sight = await identity.sight_of(connection, session.officer, "release")
            if sight is None:
                return []
            items = await quarantine.held_items(connection, quarantine.not_elsewhere(sight))
            return [
                await self._view(connection, item)
                for item in items
                if await self._may_decide(connection, dossiers, session.officer, item)
            ]

    @post("/quarantine", status_code=204, reads=Decision, act="release")
    async def decide(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> None:
        """Release or discard one item."""
        session = current_session(request)
        decision = await read_body(request, Decision, 16_384)
        if not decision.words.strip():
            raise Problem(422, "words", "要写明理由，没有处理。")
        key = (decision.device, decision.epoch, decision.n)
        async with dossiers.database.write() as connection:
            item = await quarantine.find_held(connection, key)
            if (
                item is None
                or item.state != "quarantined"
                or not await self._may_decide(connection, dossiers, session.officer, item)
            ):
                raise no_dossier()
            act = quarantine.release if decision.answer == "release" else quarantine.discard
            try:
                await act(dossiers, connection, key, session.officer, decision.words)
            except NotReleasable as error:
                raise Problem(
                    409, "not_releasable", "这一项不能受理，内容仍在，没有改动。"
                ) from error
            await identity.write_audit(
                connection, dossiers.clock.now(), session.officer, decision.answer, item.dossier
            )

    async def _may_decide(
        self, connection: Connection, dossiers: Dossiers, officer: str, item: Held
    ) -> bool:
        known = await dossier_facts(connection, officer, [item.dossier])
        facts = known.get(item.dossier) or await quarantine.opening_facts(connection, item)
        facts = await _of_author(connection, facts, item.author)
        return await dossiers.permissions.may(connection, officer, "release", facts) == "yes"

    async def _view(self, connection: Connection, item: Held) -> HeldView:
        author = await identity.account(connection, item.author)
        changeset = quarantine.told(item)
        return HeldView(
            item.device,
            item.epoch,
            item.n,
            item.dossier,
            item.reason,
            item.author,
            author.name,
            item.received,
            changeset.entity if changeset else "",
            json.loads(item.body)["fields"] if changeset else {},
        )


async def readable(
    connection: Connection, dossiers: Dossiers, officer: str, rows: list[Row]
) -> list[Row]:
    """Those of dossiers the officer may read."""
    facts = await dossier_facts(connection, officer, [row.dossier for row in rows])
    ask = dossiers.permissions.may
    return [
        row
        for row in rows
        if row.dossier in facts
        and await ask(connection, officer, "read", facts[row.dossier]) == "yes"
    ]


async def _of_author(connection: Connection, facts: DossierFacts, author: str) -> DossierFacts:
    """An item whose dossier says nothing is decided in its author's section; what is confidential
    is decided by nobody there."""
    if facts.section or facts.kind in identity.CONFIDENTIAL:
        return facts
    subject = (await identity.account(connection, author)).subject
    return DossierFacts(facts.name, "inspection", subject.bureau, subject.section)
