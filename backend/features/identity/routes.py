"""`/api/v1/session`, `/me`, `/enrolments`."""

from hashlib import sha256
from typing import Any

import msgspec
from litestar import Controller, Request, Response, delete, get, post
from litestar.datastructures import Cookie

from backend.core.dossiers.routes import read_body
from backend.core.dossiers.service import Dossiers
from backend.core.sessions import (
    COOKIE,
    LIFETIME_MS,
    begin_session,
    current_session,
    end_session,
)
from backend.features.identity import public, service
from backend.features.identity.tables import Account


class SignIn(msgspec.Struct, forbid_unknown_fields=True):
    """Login and password."""

    login: str
    password: str


class Me(msgspec.Struct):
    """Who is signed in. `token` only for clients without a browser's Origin."""

    officer: str
    name: str
    bureau: str
    section: str
    section_name: str
    section_kind: str
    roles: list[str]
    token: str = ""


class Enrol(msgspec.Struct, forbid_unknown_fields=True):
    """SPKI public key as base64url, and what the officer calls this phone."""

    public_key: str
    name: str


class Enrolled(msgspec.Struct):
    """The new enrolment, and the server's key for wrapping data keys (HPKE)."""

    device: str
    epoch: int
    timeline: str
    hpke_key: str
    hpke_public: str
    sign_key: str
    sign_public: str


class IdentityRoutes(Controller):
    """Signing in and enrolling."""

    path = "/api/v1"

    @post("/session", status_code=201)
    async def sign_in(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, passwords: service.Passwords
    ) -> Response[Me]:
        """A new session; the token goes into the cookie."""
        asked = await read_body(request, SignIn, 4096)
        now = dossiers.clock.now()
        key = sha256(asked.login.encode("utf-8")).hexdigest()[:32]
        async with dossiers.database.write() as connection:
            await service.spend_login(connection, key, now)
        async with dossiers.database.read() as connection:
            account = await service.sign_in(connection, passwords, asked.login, asked.password)
        async with dossiers.database.write() as connection:
            officer = account.subject.officer
            token = await begin_session(connection, officer, dossiers.ids, now)
        browser = "origin" in request.headers or "sec-fetch-site" in request.headers
        cookie = Cookie(
            key=COOKIE,
            value=token,
            path="/",
            secure=True,
            httponly=True,
            samesite="lax",
            max_age=LIFETIME_MS // 1000,
        )
        return Response(_me(account, "" if browser else token), cookies=[cookie])

    @delete("/session", status_code=204)
    async def sign_out(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> None:
        """End this session."""
        session = current_session(request)
        async with dossiers.database.write() as connection:
            await end_session(connection, session, dossiers.clock.now())

    @get("/me")
    async def me(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> Me:
        """Who is signed in."""
        session = current_session(request)
        async with dossiers.database.read() as connection:
            return _me(await public.account(connection, session.officer))

    @post("/enrolments", status_code=201)
    async def enrol(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> Enrolled:
        """Register this browser profile for the signed-in officer."""
        session = current_session(request)
        asked = await read_body(request, Enrol, 4096)
        async with dossiers.database.write() as connection:
            device = await service.enrol_phone(
                connection,
                session.officer,
                asked.public_key,
                asked.name,
                dossiers.ids,
                dossiers.clock,
            )
        keys = dossiers.keys
        return Enrolled(
            device=device.device,
            epoch=1,
            timeline=await dossiers.timeline(),
            hpke_key=keys.hpke.id,
            hpke_public=keys.hpke.public,
            sign_key=keys.sign.id,
            sign_public=keys.sign.public,
        )


def _me(account: Account, token: str = "") -> Me:
    subject = account.subject
    return Me(
        officer=subject.officer,
        name=account.name,
        bureau=subject.bureau,
        section=subject.section,
        section_name=account.section_name,
        section_kind=subject.section_kind,
        roles=sorted(subject.roles),
        token=token,
    )
