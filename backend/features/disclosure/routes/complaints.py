"""Where a complainant asks, where the legal section answers: 投诉与评价."""

from typing import Any, Literal

import msgspec
from litestar import Controller, Request, Response, get, post

from backend.core.bodies import read_body
from backend.core.database import Connection
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.routes import no_dossier
from backend.core.dossiers.service import Dossiers, dossier_facts
from backend.core.packs import NATIONAL, load_pack
from backend.core.sessions import current_session
from backend.features.disclosure import tables
from backend.features.disclosure.papers import STYLE, page
from backend.features.disclosure.routes.answers import (
    HANDLERS,
    OFFICE,
    SAID,
    after_form,
    client_of,
    html,
)
from backend.features.disclosure.routes.forms import FORM_BYTES, read_form
from backend.features.disclosure.service import complaints, doors
from backend.features.disclosure.service.complaints import Told
from backend.features.identity import public as identity

_CAP = 16_384
_STATES = {
    "received": "已收到，还没受理",
    "accepted": "已受理",
    "replied": "已答复",
    "closed": "已办结",
}
_DEEDS = {"accept": "受理", "reply": "答复", "close": "办结"}
_UNKNOWN = "编号和查询码对不上，请核对。"


class ComplaintPages(Controller):
    """The stylesheet of all public pages, and how far a complaint has come."""

    path = "/o"
    exception_handlers = HANDLERS
    opt = SAID

    @get("/open.css", open_to_all=True, answers={200: "text/css"})
    async def style(self) -> Response[bytes]:
        """One stylesheet; its address changes with its content."""
        headers = {"Cache-Control": "public, max-age=604800"}
        return Response(STYLE, media_type="text/css", headers=headers)

    @get("/complaint", open_to_all=True)
    async def asking(self) -> Response[str]:
        """The empty form."""
        return html(_asking(None, ""))

    @post("/complaint", request_max_body_size=FORM_BYTES, open_to_all=True)
    async def ask(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> Response[str]:
        """By number and code; either alone tells nothing."""
        async with dossiers.database.write() as connection:
            await doors.send(connection, client_of(request), dossiers.clock.now())
        form = await read_form(request)
        number = form.get("number")
        async with dossiers.database.read() as connection:
            found = await complaints.find_by_query(connection, number, form.get("query"))
            told = await complaints.told(dossiers, connection, found) if found else None
        said = _asking(told, number)
        return html(said) if told else after_form(said, 422)


def _asking(told: Told | None, number: str) -> str:
    return page(
        "asking",
        title="投诉查询",
        bureau=OFFICE,
        phone=load_pack(NATIONAL).setting("complaint.phone", str),
        told=told,
        number=number,
        state=_STATES[told.registered.state] if told else "",
        deeds=_DEEDS,
        found=[_UNKNOWN] if number and not told else [],
    )


class ComplaintActView(msgspec.Struct):
    """受理, 答复 or 办结."""

    act: str
    words: str
    by: str
    at: int


class ComplaintView(msgspec.Struct):
    """投诉 as the legal section reads it; `reply_by` is a day, `may_answer` for this reader."""

    dossier: str
    number: str
    state: str
    received: int
    reply_by: str
    inspection: str
    unit: str
    kind: str
    words: str
    name: str
    phone: str
    acts: list[ComplaintActView]
    may_answer: bool


class EvaluationView(msgspec.Struct):
    """评价 of one visit."""

    dossier: str
    inspection: str
    unit: str
    answers: dict[str, str]
    words: str
    at: int


class ComplaintBody(msgspec.Struct, forbid_unknown_fields=True):
    """The next step, with words; those of 答复 are read by the complainant."""

    act: Literal["accept", "reply", "close"]
    words: str = ""


class ComplaintRoutes(Controller):
    """For the legal section and the leaders; nobody else learns that there is anything."""

    path = "/api/v1"

    @get("/complaints", act="read")
    async def complaints(
        self, request: Request[Any, Any, Any], dossiers: Dossiers
    ) -> list[ComplaintView]:
        """Those the reader may read, the oldest first."""
        officer = current_session(request).officer
        async with dossiers.database.read() as connection:
            sight = await identity.sight_of(connection, officer, "read", "complaint")
            found = await tables.complaints(connection, sight) if sight else []
            facts = await _readable(connection, officer, [each.dossier for each in found])
            return [
                await _view(dossiers, connection, officer, each, facts[each.dossier])
                for each in found
                if each.dossier in facts
            ]

    @post("/complaints/{dossier:str}", status_code=204, reads=ComplaintBody, act="answer_complaint")
    async def follow(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, dossier: str
    ) -> None:
        """受理, 答复, 办结."""
        officer = current_session(request).officer
        body = await read_body(request, ComplaintBody, _CAP)
        async with dossiers.database.write() as connection:
            facts = (await _readable(connection, officer, [dossier])).get(dossier)
            if facts is None or facts.kind != "complaint":
                raise no_dossier()
            await complaints.follow(dossiers, connection, officer, facts, body.act, body.words)

    @get("/evaluations", act="read")
    async def evaluations(
        self, request: Request[Any, Any, Any], dossiers: Dossiers
    ) -> list[EvaluationView]:
        """Those the reader may read, the newest first."""
        officer = current_session(request).officer
        async with dossiers.database.read() as connection:
            sight = await identity.sight_of(connection, officer, "read", "evaluation")
            names = await tables.evaluations(connection, sight) if sight else []
            facts = await _readable(connection, officer, names)
            happening = dossiers.reading(connection)
            return [
                _evaluation(name, (await happening.records(name, "evaluation"))[0].values)
                for name in names
                if name in facts
            ]


async def _readable(
    connection: Connection, officer: str, names: list[str]
) -> dict[str, DossierFacts]:
    facts = await dossier_facts(connection, officer, names)
    return {
        name: each
        for name, each in facts.items()
        if await identity.may(connection, officer, "read", each) == "yes"
    }


async def _view(
    dossiers: Dossiers,
    connection: Connection,
    officer: str,
    registered: tables.Registered,
    facts: DossierFacts,
) -> ComplaintView:
    told = await complaints.told(dossiers, connection, registered)
    may = await identity.may(connection, officer, "answer_complaint", facts)
    said = {
        name: told.complaint.get(name, "") for name in ("unit", "kind", "words", "name", "phone")
    }
    return ComplaintView(
        dossier=registered.dossier,
        number=registered.number,
        state=registered.state,
        received=registered.received,
        reply_by=registered.reply_by,
        inspection=registered.inspection,
        acts=[
            ComplaintActView(
                each["act"],
                each.get("words", ""),
                (each.get("by") or {}).get("name", ""),
                each["at"],
            )
            for each in told.acts
        ],
        may_answer=may == "yes",
        **said,
    )


def _evaluation(name: str, values: dict[str, Any]) -> EvaluationView:
    return EvaluationView(
        name,
        values.get("inspection", ""),
        values.get("unit", ""),
        values.get("answers", {}),
        values.get("words", ""),
        values.get("at", 0),
    )
