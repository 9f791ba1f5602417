"""`/api/v1/plans`: new inspection, advice, review, approval, cancelling."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, Request, get, post
from litestar.params import Parameter

from backend.core.bodies import read_body
from backend.core.database import Connection
from backend.core.days import day_of
from backend.core.dossiers.service import Dossiers
from backend.core.sessions import current_session
from backend.features.identity import public as identity
from backend.features.plans import tables
from backend.features.plans.service import advising, answering, drafting
from backend.features.plans.service.advising import PlanAdvice
from backend.features.plans.service.answering import Act, Answer
from backend.features.plans.service.drafting import PlanDraft
from backend.features.plans.tables import PlanState, StoredPlan

_CAP = 65_536
_ANSWERING = ("review_plan", "approve_plan")


class AnswerView(msgspec.Struct):
    """审核, 审批 or 取消 as it was given. `delegated_by` is the leader in whose name it was."""

    act: str
    answer: str
    name: str
    words: str
    at: int
    delegated_by: str = ""


class PlanView(msgspec.Struct):
    """A plan as the desk shows it. `may` names what this reader may do now; `replaced_by` the plan
    that was written anew after a no. Lists leave `answers` empty.
    """

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
    answers: list[AnswerView] = []
    replaced_by: str = ""


class AnswerBody(msgspec.Struct, forbid_unknown_fields=True):
    """同意 or 不同意, with words."""

    answer: Literal["yes", "no"]
    words: str = ""


class CancelBody(msgspec.Struct, forbid_unknown_fields=True):
    """取消, with the reason."""

    words: str


class PlanRoutes(Controller):
    """Plans of the reader's bureau."""

    path = "/api/v1/plans"

    @post(status_code=201, reads=PlanDraft, act="make_plan")
    async def submit(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> PlanView:
        """A new inspection, sent to review."""
        session = current_session(request)
        draft = await read_body(request, PlanDraft, _CAP)
        async with dossiers.database.write() as connection:
            stored = await drafting.submit_plan(dossiers, connection, session.officer, draft)
        return _view(stored, [])

    @get(act=_ANSWERING)
    async def plans(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        plan_state: PlanState = "pending_review",
    ) -> list[PlanView]:
        """Plans in one state that the reader made, or may answer."""
        officer, today = current_session(request).officer, day_of(dossiers.clock.now())
        async with dossiers.database.read() as connection:
            found = await answering.listed_plans(connection, officer, plan_state, today)
        return [_view(stored, may) for stored, may in found]

    @get("/advice", act="make_plan")
    async def advice(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        enterprise: Annotated[str, Parameter(max_length=64)],
        planned_for: Annotated[str, Parameter(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")],
    ) -> PlanAdvice:
        """The year of an enterprise and what should be thought of before it is visited."""
        session = current_session(request)
        async with dossiers.database.read() as connection:
            return await advising.advise(connection, session.officer, enterprise, planned_for)

    @get("/{plan:str}", act=_ANSWERING)
    async def plan(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, plan: str
    ) -> PlanView:
        """One plan in any state, for its maker and for whose post it is to answer it."""
        session = current_session(request)
        today = day_of(dossiers.clock.now())
        async with dossiers.database.read() as connection:
            stored, may = await answering.shown_plan(connection, session.officer, plan, today)
            view = _view(stored, may)
            view.answers = await _answers(connection, plan)
            view.replaced_by = await tables.replaced_by(connection, plan)
        return view

    @post("/{plan:str}/review", status_code=200, reads=AnswerBody, act="review_plan")
    async def review(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, plan: str
    ) -> PlanView:
        """审核 by the section head."""
        return await self._answer(request, dossiers, plan, "review")

    @post("/{plan:str}/approve", status_code=200, reads=AnswerBody, act="approve_plan")
    async def approve(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, plan: str
    ) -> PlanView:
        """审批 by the leader, or by whom he delegated."""
        return await self._answer(request, dossiers, plan, "approve")

    @post("/{plan:str}/cancel", status_code=200, reads=CancelBody, act="review_plan")
    async def cancel(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, plan: str
    ) -> PlanView:
        """取消 before arrival."""
        session = current_session(request)
        body = await read_body(request, CancelBody, _CAP)
        async with dossiers.database.write() as connection:
            stored = await drafting.cancel_plan(
                dossiers, connection, session.officer, plan, body.words
            )
        return _view(stored, [])

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


async def _answers(connection: Connection, plan: str) -> list[AnswerView]:
    rows = await tables.answers_of(connection, plan)
    people = {person for row in rows for person in (row.officer, row.delegated_by) if person}
    names = {person: (await identity.account(connection, person)).name for person in people}
    return [
        AnswerView(
            row.act,
            row.answer,
            names[row.officer],
            row.words,
            row.at,
            names.get(row.delegated_by, ""),
        )
        for row in rows
    ]


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
