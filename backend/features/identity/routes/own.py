"""`/api/v1/session/password`, `/me/password`, `/me/sessions`: what everybody does with his own account."""

from typing import Any

from litestar import Controller, Request, Response, delete, get, post

from backend.core.bodies import read_body
from backend.core.dossiers.service import Dossiers
from backend.core.problems import Problem
from backend.core.sessions import (
    current_session,
    end_one_session,
    session_name,
    sessions_of,
)
from backend.features.identity import public
from backend.features.identity.routes import Me, signed_in, spend_attempt
from backend.features.identity.routes.views import ChoosePassword, OwnPassword, SessionView
from backend.features.identity.rules.people import plain_login
from backend.features.identity.service import Passwords, codes
from backend.features.identity.service.codes import Choosing


class OwnRoutes(Controller):
    """Passwords and sessions of one's own."""

    path = "/api/v1"

    @post("/session/password", status_code=201, reads=ChoosePassword, open_to_all=True)
    async def choose(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, passwords: Passwords
    ) -> Response[Me]:
        """The one-time code becomes a password of one's own, and a session begins."""
        asked = await read_body(request, ChoosePassword, 4_096)
        login = plain_login(asked.login)
        await spend_attempt(dossiers, login)
        chosen, now = Choosing(login, asked.old, asked.new), dossiers.clock.now()
        async with dossiers.database.read() as connection:
            held = await codes.prove_old(connection, passwords, chosen, now)
        password = await passwords.make(asked.new)
        async with dossiers.database.write() as connection:
            await codes.choose_password(connection, held, password, now)
        return await signed_in(request, dossiers, held, by_password=True)

    @post("/me/password", status_code=204, reads=OwnPassword, act="own")
    async def change(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, passwords: Passwords
    ) -> None:
        """Another password; this session goes on, the others end."""
        session = current_session(request)
        asked = await read_body(request, OwnPassword, 4_096)
        now = dossiers.clock.now()
        async with dossiers.database.read() as connection:
            login = (await public.account(connection, session.officer)).login
        await spend_attempt(dossiers, login)
        chosen = Choosing(login, asked.old, asked.new)
        async with dossiers.database.read() as connection:
            held = await codes.prove_old(connection, passwords, chosen, now)
        password = await passwords.make(asked.new)
        async with dossiers.database.write() as connection:
            await codes.choose_password(connection, held, password, now, session)

    @get("/me/sessions", act="own")
    async def sessions(
        self, request: Request[Any, Any, Any], dossiers: Dossiers
    ) -> list[SessionView]:
        """Where one is logged in."""
        session = current_session(request)
        this = session_name(session.token_sha256)
        async with dossiers.database.read() as connection:
            found = await sessions_of(connection, session.officer, dossiers.clock.now())
        return [
            SessionView(each.id, each.started, each.until, each.client, each.id == this)
            for each in found
        ]

    @delete("/me/sessions/{name:str}", status_code=204, act="own")
    async def end(self, request: Request[Any, Any, Any], dossiers: Dossiers, name: str) -> None:
        """Log out somewhere else."""
        session = current_session(request)
        now = dossiers.clock.now()
        async with dossiers.database.write() as connection:
            if not await end_one_session(connection, session.officer, name, now):
                raise Problem(404, "session", "没有这处登录，可能已经退出。")
            await public.write_audit(connection, now, session.officer, "end_session", name)
