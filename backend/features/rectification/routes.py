"""`/api/v1/requests` and `/api/v1/dossiers/{dossier}/extensions`: what enterprises ask of the desk."""

from typing import Any, Literal

import msgspec
from litestar import Controller, Request, get, post

from backend.core.bodies import read_body
from backend.core.dossiers.routes import no_dossier
from backend.core.dossiers.service import Dossiers, dossier_facts
from backend.core.sessions import current_session
from backend.features.identity import public as identity
from backend.features.rectification import tables
from backend.features.rectification.service.requests import ExtensionAnswer, answer_extension

_CAP = 16_384


class RequestView(msgspec.Struct):
    """企业的反馈 (kind feedback) or 延期申请 (extension) that waits; `may_answer` for this reader."""

    record: str
    dossier: str
    kind: str
    at: int
    until: str
    may_answer: bool


class ExtensionBody(msgspec.Struct, forbid_unknown_fields=True):
    """同意 (to `until`, or the day asked for) or 不同意."""

    answer: Literal["yes", "no"]
    until: str = ""
    words: str = ""


class RequestRoutes(Controller):
    """What the reader may see and answer."""

    path = "/api/v1"

    @get("/requests", act="read")
    async def waiting(
        self, request: Request[Any, Any, Any], dossiers: Dossiers
    ) -> list[RequestView]:
        """Requests in dossiers the reader may open, the oldest first."""
        officer = current_session(request).officer
        ask = dossiers.permissions.may
        async with dossiers.database.read() as connection:
            sight = await identity.sight_of(connection, officer, "read")
            found = await tables.waiting(connection, sight) if sight else []
            facts = await dossier_facts(connection, officer, [each.dossier for each in found])
            return [
                RequestView(
                    each.record,
                    each.dossier,
                    each.kind,
                    each.at,
                    each.until,
                    await ask(connection, officer, "grant_extension", facts[each.dossier]) == "yes",
                )
                for each in found
                if await ask(connection, officer, "read", facts[each.dossier]) == "yes"
            ]

    @post(
        "/dossiers/{dossier:str}/extensions/{record:str}",
        status_code=204,
        reads=ExtensionBody,
        act="grant_extension",
    )
    async def answer(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, dossier: str, record: str
    ) -> None:
        """同意或不同意延期."""
        officer = current_session(request).officer
        body = await read_body(request, ExtensionBody, _CAP)
        given = ExtensionAnswer(body.answer, body.until, body.words)
        async with dossiers.database.write() as connection:
            facts = (await dossier_facts(connection, officer, [dossier])).get(dossier)
            ask = dossiers.permissions.may
            if facts is None or await ask(connection, officer, "read", facts) != "yes":
                raise no_dossier()
            await answer_extension(dossiers, connection, officer, facts, record, given)
