"""`/api/v1/plans`: new inspection, review, approval."""

from collections.abc import Sequence
from typing import Any, Literal

import msgspec
from litestar import Controller, Request, get, post

from backend.core.bodies import read_body
from backend.core.days import day_of
from backend.core.dossiers.service import Dossiers
from backend.core.sessions import current_session
from backend.features.identity import public as identity
from backend.features.plans import service, tables
from backend.features.plans.service import PlanDraft, answering
from backend.features.plans.service.answering import Act, Answer
from backend.features.plans.tables import PlanState, StoredPlan

_CAP = 65_536


class PlanView(msgspec.Struct):
    """A plan as the desk shows it. `may` names the answers this reader may give now."""

    id: str
    state: PlanState
    section: str
    enterprise: str
    enterprise_name: str
    created_by: str
    created: int
    draft: PlanDraft
    dossier: str
    number: str
    may: list[str]


class AnswerBody(msgspec.Struct, forbid_unknown_fields=True):
    """同意 or 不同意, with words."""

    answer: Literal["yes", "no"]
    words: str = ""


class PlanRoutes(Controller):
    """Plans of the reader's bureau."""

    path = "/api/v1/plans"

    @post(status_code=201, reads=PlanDraft)
    async def submit(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> PlanView:
        """A new inspection, sent to review."""
        session = current_session(request)
        draft = await read_body(request, PlanDraft, _CAP)
        async with dossiers.database.write() as connection:
            stored = await service.submit_plan(dossiers, connection, session.officer, draft)
        return _view(stored, [])

    @get()
    async def plans(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        plan_state: PlanState = "pending_review",
    ) -> list[PlanView]:
        """Plans in one state that the reader made, or may answer."""
        session = current_session(request)
        async with dossiers.database.read() as connection:
            account = await identity.account(connection, session.officer)
            found = await tables.list_plans(connection, account.subject.bureau, plan_state)
            today = day_of(dossiers.clock.now())
            views = [
                _view(each, await answering.answers_open(connection, session.officer, each, today))
                for each in found
            ]
        return [view for view in views if view.may or view.created_by == session.officer]

    @get("/{plan:str}")
    async def plan(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, plan: str
    ) -> PlanView:
        """One plan in any state, for its maker and for whose post it is to answer it."""
        session = current_session(request)
        today = day_of(dossiers.clock.now())
        async with dossiers.database.read() as connection:
            stored, may = await answering.shown_plan(connection, session.officer, plan, today)
        return _view(stored, may)

    @post("/{plan:str}/review", status_code=200, reads=AnswerBody)
    async def review(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, plan: str
    ) -> PlanView:
        """审核 by the section head."""
        return await self._answer(request, dossiers, plan, "review")

    @post("/{plan:str}/approve", status_code=200, reads=AnswerBody)
    async def approve(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, plan: str
    ) -> PlanView:
        """审批 by the leader, or by whom he delegated."""
        return await self._answer(request, dossiers, plan, "approve")

    async def _answer(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, plan: str, act: Act
    ) -> PlanView:
        session = current_session(request)
        body = await read_body(request, AnswerBody, _CAP)
        answer = Answer(act, body.answer, body.words)
        async with dossiers.database.write() as connection:
            stored = await answering.answer_plan(
                dossiers, connection, session.officer, plan, answer
            )
        return _view(stored, [])


def _view(stored: StoredPlan, may: Sequence[str]) -> PlanView:
    return PlanView(
        stored.id,
        stored.state,
        stored.section,
        stored.enterprise,
        stored.enterprise_name,
        stored.created_by,
        stored.created,
        msgspec.convert(stored.draft, PlanDraft),
        stored.dossier,
        stored.number,
        list(may),
    )
