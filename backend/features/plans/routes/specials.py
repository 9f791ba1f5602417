"""`/api/v1/special-checks`: 专项检查和重点时段检查, reported, answered, kept in a ledger (S3-A3)."""

from dataclasses import asdict
from typing import Any

import msgspec
from litestar import Controller, Request, get, post

from backend.core.bodies import read_body
from backend.core.days import year_of
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.service import Dossiers
from backend.core.sessions import current_session
from backend.features.identity import public as identity
from backend.features.plans import tables
from backend.features.plans.routes import AnswerBody
from backend.features.plans.service import specials
from backend.features.plans.service.specials import SpecialDraft
from backend.features.plans.tables import SpecialState, StoredSpecial

_CAP = 65_536


class SpecialView(msgspec.Struct):
    """A row of the ledger; `may` that this reader may answer it now."""

    id: str
    section: str
    year: int
    kind: str
    title: str
    need: str
    target: str
    content: str
    since: str
    until: str
    state: SpecialState
    serial: int
    created_by: str
    created: int
    answered_by: str
    words: str
    may: bool = False


class Ledger(msgspec.Struct):
    """台账 of a year. `most` is the number of the year, None where the place has set none."""

    year: int
    most: int | None
    approved: int
    may_request: bool
    checks: list[SpecialView]


class SpecialRoutes(Controller):
    """Special checks of the reader's bureau."""

    path = "/api/v1/special-checks"

    @get(act="any")  # whoever checks or is asked about it must find the approval
    async def ledger(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> Ledger:
        """This year's."""
        officer, year = current_session(request).officer, year_of(dossiers.clock.now())
        async with dossiers.database.read() as connection:
            subject = (await identity.account(connection, officer)).subject
            pack = await identity.bureau_pack(connection, subject.bureau)
            found = await tables.specials_of(connection, subject.bureau, year)
            facts = DossierFacts("", "inspection", subject.bureau, subject.section)
            heads = await identity.may(connection, officer, "approve_special", facts) == "yes"
            asks = await identity.may(connection, officer, "request_special", facts) == "yes"
        return Ledger(
            year=year,
            most=specials.most_a_year(pack),
            approved=sum(each.state == "approved" for each in found),
            may_request=asks,
            checks=[_view(each, heads and each.state == "pending") for each in found],
        )

    @post(status_code=201, reads=SpecialDraft, act="request_special")
    async def report(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> SpecialView:
        """一事一报."""
        officer = current_session(request).officer
        body = await read_body(request, SpecialDraft, _CAP)
        async with dossiers.database.write() as connection:
            stored = await specials.request_special(dossiers, connection, officer, body)
        return _view(stored)

    @post("/{special:str}/answer", status_code=200, reads=AnswerBody, act="approve_special")
    async def answer(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, special: str
    ) -> SpecialView:
        """批准 or not, by the head."""
        officer = current_session(request).officer
        body = await read_body(request, AnswerBody, _CAP)
        said = (body.answer, body.words)
        async with dossiers.database.write() as connection:
            stored = await specials.answer_special(dossiers, connection, officer, special, said)
        return _view(stored)


def _view(stored: StoredSpecial, may: bool = False) -> SpecialView:
    values = asdict(stored)
    values.pop("bureau")
    return SpecialView(**values, may=may)
