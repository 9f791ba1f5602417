"""`/api/v1/session` and its renewal, `/me`, `/enrolments`."""

from hashlib import sha256
from typing import Any

import msgspec
from litestar import Controller, Request, Response, delete, get, post
from litestar.datastructures import Cookie

from backend.core.bodies import read_body
from backend.core.dossiers.service import Dossiers
from backend.core.problems import Problem
from backend.core.sessions import (
    COOKIE,
    LIFETIME_MS,
    begin_session,
    current_session,
    end_session,
)
from backend.features.identity import public, service
from backend.features.identity.rules.clients import client_words
from backend.features.identity.rules.people import plain_login
from backend.features.identity.service import codes, renewal
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


class AskChallenge(msgspec.Struct, forbid_unknown_fields=True):
    """Which enrolment wants its session renewed."""

    device: str


class Renew(msgspec.Struct, forbid_unknown_fields=True):
    """A challenge signed by its enrolment (SPEC signed texts, `session`)."""

    device: str
    challenge: str
    signature: str


class Challenge(msgspec.Struct):
    """To be signed by the enrolment within two minutes."""

    challenge: str


class Enrol(msgspec.Struct, forbid_unknown_fields=True):
    """SPKI public key as base64url, what the officer calls this phone, a code where one is asked."""

    public_key: str
    name: str
    code: str = ""


class Enrolled(msgspec.Struct):
    """The new enrolment, and the server's key for wrapping data keys (HPKE)."""

    device: str
    epoch: int
    timeline: str
    hpke_key: str
    hpke_public: str
    sign_key: str
    sign_public: str


_LOGIN_AGAIN = "登记前刚用密码登录过才行，没有登记。请重新登录。"


class IdentityRoutes(Controller):
    """Signing in and enrolling."""

    path = "/api/v1"

    @post("/session", status_code=201, reads=SignIn, open_to_all=True)
    async def sign_in(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, passwords: service.Passwords
    ) -> Response[Me]:
        """A new session; the token goes into the cookie."""
        asked = await read_body(request, SignIn, 4096)
        await spend_attempt(dossiers, plain_login(asked.login))
        async with dossiers.database.read() as connection:
            account = await service.sign_in(
                connection, passwords, asked.login, asked.password, dossiers.clock.now()
            )
        return await signed_in(request, dossiers, account, by_password=True)

    @post("/session/challenge", status_code=201, reads=AskChallenge, open_to_all=True)
    async def challenge(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> Challenge:
        """What an enrolment must sign to have its session renewed."""
        asked = await read_body(request, AskChallenge, 4096)
        now, nonce = dossiers.clock.now(), dossiers.ids.hex(32)
        return Challenge(renewal.make_challenge(dossiers.keys.sign, asked.device, now, nonce))

    @post("/session/renewal", status_code=201, reads=Renew, open_to_all=True)
    async def renew(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> Response[Me]:
        """A new session for the officer of an enrolment, by its key."""
        asked = await read_body(request, Renew, 4096)
        await spend_attempt(dossiers, asked.device)
        now, key = dossiers.clock.now(), dossiers.keys.sign
        async with dossiers.database.read() as connection:
            account = await renewal.renewing(
                connection, key, now, asked.device, asked.challenge, asked.signature
            )
        return await signed_in(request, dossiers, account, by_password=False)

    @delete("/session", status_code=204, act="own")
    async def sign_out(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> None:
        """End this session."""
        session = current_session(request)
        async with dossiers.database.write() as connection:
            await end_session(connection, session, dossiers.clock.now())

    @get("/me", act="own")
    async def me(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> Me:
        """Who is signed in."""
        session = current_session(request)
        async with dossiers.database.read() as connection:
            return _me(await public.account(connection, session.officer))

    @post("/enrolments", status_code=201, reads=Enrol, act="own")
    async def enrol(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> Enrolled:
        """Register this browser profile for the officer who has just signed in by his password."""
        session = current_session(request)
        asked = await read_body(request, Enrol, 4096)
        if dossiers.clock.now() > session.enrols_until:
            raise Problem(403, "login_again", _LOGIN_AGAIN)
        if asked.code:
            await spend_attempt(dossiers, f"enrol {session.officer}")
        async with dossiers.database.write() as connection:
            account = await public.account(connection, session.officer)
            await codes.use_enrolment_code(connection, account, asked.code, dossiers.clock.now())
            device = await service.enrol_phone(
                connection,
                session.officer,
                asked.public_key,
                asked.name,
                dossiers.ids,
                dossiers.clock,
            )
            bureau = account.subject.bureau
            await public.publish_officers(dossiers, connection, bureau)
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


async def spend_attempt(dossiers: Dossiers, who: str) -> None:
    """One of the ten tries of five minutes."""
    key = sha256(who.encode("utf-8")).hexdigest()[:32]
    async with dossiers.database.write() as connection:
        await service.spend_login(connection, key, dossiers.clock.now())


async def signed_in(
    request: Request[Any, Any, Any],
    dossiers: Dossiers,
    account: Account,
    *,
    by_password: bool,
) -> Response[Me]:
    """A new session of the account, in the cookie; only one that a password opened may enrol a phone."""
    client = client_words(request.headers.get("user-agent", ""))
    async with dossiers.database.write() as connection:
        officer = account.subject.officer
        now = dossiers.clock.now()
        token = await begin_session(
            connection, officer, dossiers.ids, now, client, by_password=by_password
        )
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
