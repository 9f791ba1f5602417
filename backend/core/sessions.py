"""Sessions over a table: a random token, kept hashed, new at every login, revocable (backend.md 0.3).

A browser holds it in the cookie `__Host-anxun`; a client without Origin (tests, foreign upload
clients) may send it as a bearer token. State changes ask for a same-origin sign (architecture.md 10).
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from backend.core.clock import Clock
from backend.core.database import Ascii, Connection, Database, Instant, metadata
from backend.core.ids import Ids
from backend.core.problems import Problem

COOKIE = "__Host-anxun"
LIFETIME_MS = 12 * 3_600_000
ENROL_MS = 15 * 60_000
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_SESSION = "anxun_session"
_NAME_DIGITS = 20

session = sa.Table(
    "session",
    metadata,
    sa.Column("token_sha256", Ascii, primary_key=True),
    sa.Column("officer", Ascii, nullable=False, index=True),
    sa.Column("started", Instant, nullable=False),
    sa.Column("until", Instant, nullable=False),
    sa.Column("ended", Instant),
    sa.Column("client", sa.Text, nullable=False, server_default=""),
    sa.Column("enrols_until", Instant, nullable=False, server_default="0"),
)
"""`client`: the kind of machine it began on, so that its officer knows it again. `enrols_until`:
a phone is enrolled only soon after a password was given."""


@dataclass(frozen=True, slots=True)
class Session:
    """Who is asking."""

    officer: str
    token_sha256: str
    enrols_until: int = 0


def hash_token(token: str) -> str:
    """What the table keeps of a token."""
    return sha256(token.encode("utf-8")).hexdigest()


async def begin_session(
    connection: Connection,
    officer: str,
    ids: Ids,
    now: int,
    client: str = "",
    *,
    by_password: bool = False,
) -> str:
    """A new session; answers its token, which is kept nowhere in clear."""
    token = ids.token()
    await connection.execute(
        session.insert().values(
            token_sha256=hash_token(token),
            officer=officer,
            started=now,
            until=now + LIFETIME_MS,
            client=client,
            enrols_until=now + ENROL_MS if by_password else 0,
        )
    )
    return token


async def end_session(connection: Connection, ended: Session, now: int) -> None:
    """Log out."""
    await connection.execute(
        session.update().where(session.c.token_sha256 == ended.token_sha256).values(ended=now)
    )


async def end_sessions_of(
    connection: Connection, officer: str, now: int, but: Session | None = None
) -> None:
    """Every session of an officer ends, `but` one: account closed, phone lost, password changed."""
    kept = session.c.token_sha256 != (but.token_sha256 if but else "")
    await connection.execute(
        session.update()
        .where(session.c.officer == officer, session.c.ended.is_(None), kept)
        .values(ended=now)
    )


@dataclass(frozen=True, slots=True)
class Running:
    """A session as its officer sees it; `id` begins the hash of its token and opens nothing."""

    id: str
    started: int
    until: int
    client: str


async def sessions_of(connection: Connection, officer: str, now: int) -> list[Running]:
    """The running sessions of an officer, the newest first."""
    query = (
        sa.select(session)
        .where(*_running(officer, now))
        .order_by(session.c.started.desc(), session.c.token_sha256)
    )
    return [
        Running(session_name(row.token_sha256), row.started, row.until, row.client)
        for row in await connection.execute(query)
    ]


async def end_one_session(connection: Connection, officer: str, name: str, now: int) -> bool:
    """End a running session of the officer by its name; answers whether there was one."""
    named = sa.func.substr(session.c.token_sha256, 1, _NAME_DIGITS) == name
    done = await connection.execute(
        session.update().where(*_running(officer, now), named).values(ended=now)
    )
    return done.rowcount > 0


def session_name(token_sha256: str) -> str:
    """What a session is called on the screen."""
    return token_sha256[:_NAME_DIGITS]


def _running(officer: str, now: int) -> tuple[Any, ...]:
    return session.c.officer == officer, session.c.until > now, session.c.ended.is_(None)


async def find_session(connection: Connection, token: str, now: int) -> Session | None:
    """A running session by its token."""
    query = sa.select(session.c.officer, session.c.token_sha256, session.c.enrols_until).where(
        session.c.token_sha256 == hash_token(token),
        session.c.until > now,
        session.c.ended.is_(None),
    )
    row = (await connection.execute(query)).first()
    return Session(row.officer, row.token_sha256, row.enrols_until) if row else None


class SessionMiddleware(ASGIMiddleware):
    """Finds the session of each request and refuses state changes from foreign pages."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """One request."""
        if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
            raise Problem(400, "malformed")
        connection: ASGIConnection[Any, Any, Any, Any] = ASGIConnection(scope, receive, send)
        token, bearer = _token(connection)
        if scope["method"] not in _SAFE:  # type: ignore[typeddict-item]
            _check_origin(connection, bearer)
        if token:
            async with self.database.read() as database:
                scope["state"][_SESSION] = await find_session(database, token, self.clock.now())
        await next_app(scope, receive, send)


def _token(connection: ASGIConnection[Any, Any, Any, Any]) -> tuple[str, bool]:
    header = connection.headers.get("authorization", "")
    if header.startswith("Bearer "):
        return header.removeprefix("Bearer "), True
    return connection.cookies.get(COOKIE, ""), False


def _check_origin(connection: ASGIConnection[Any, Any, Any, Any], bearer: bool) -> None:
    """Same origin as the browser says, or an equal Origin, or no browser at all with a bearer."""
    site = connection.headers.get("sec-fetch-site")
    origin = connection.headers.get("origin")
    host = connection.headers.get("host", "")
    if site == "same-origin" or (origin and origin.partition("://")[2] == host):
        return
    if origin is None and site is None and (bearer or COOKIE not in connection.cookies):
        return
    raise Problem(403, "foreign_origin", "这个请求不是从本站页面发出的，没有执行。")


def current_session(request: Request[Any, Any, Any]) -> Session:
    """The session of the request.

    Raises:
        Problem: 401 `session`.
    """
    found = request.scope["state"].get(_SESSION)
    if not isinstance(found, Session):
        raise Problem(401, "session")
    return found


def optional_session(request: Request[Any, Any, Any]) -> Session | None:
    """The session if there is one."""
    found = request.scope["state"].get(_SESSION)
    return found if isinstance(found, Session) else None
