"""`/api/v1/push`, `/inbox`, `/clocks`, `/calendar`; `/calendar/<token>.ics`."""

from hashlib import sha256
from typing import Annotated, Any

from litestar import Controller, Request, Response, delete, get, post
from litestar.params import QueryParameter
from msgspec import Struct

from backend.core.bodies import read_body
from backend.core.dossiers.listening import Listener
from backend.core.dossiers.service import Dossiers
from backend.core.sessions import current_session
from backend.features.deadlines import public
from backend.features.deadlines.public import DueClocks, DueFilter, EndpointGuard
from backend.features.deadlines.service import feeding, telling
from backend.features.deadlines.service.feeding import FeedState, FeedWish
from backend.features.deadlines.service.pushing import application_key
from backend.features.deadlines.service.telling import InboxLine
from backend.features.deadlines.tables.inbox import Subscription
from sync.server.clock import MAX_INTEGER


class PushKey(Struct):
    """`applicationServerKey`: the raw P-256 point, base64url."""

    key: str


class Subscribe(Struct, forbid_unknown_fields=True):
    """What the browser's PushSubscription says, and the enrolment it belongs to."""

    endpoint: str
    p256dh: str
    auth: str
    device: str


class Unsubscribe(Struct, forbid_unknown_fields=True):
    """Which subscription ends."""

    endpoint: str


class DeadlineRoutes(Controller):
    """Clocks within sight, messages, and the way they reach a browser."""

    path = "/api/v1"

    @get("/push/key", act="any")  # the key is public; a browser asks before it subscribes
    async def push_key(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> PushKey:
        """The server's VAPID key."""
        current_session(request)
        return PushKey(application_key(dossiers.keys.vapid))

    @post("/push/subscriptions", status_code=204, reads=Subscribe, act="own")
    async def subscribe(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, push_guard: EndpointGuard
    ) -> None:
        """Reach this browser too; the same again renews its keys."""
        officer = current_session(request).officer
        asked = await read_body(request, Subscribe, 4096)
        wanted = Subscription(officer, asked.endpoint, asked.p256dh, asked.auth, asked.device)
        now = dossiers.clock.now()
        async with dossiers.database.write() as connection:
            await telling.spend_subscription(connection, officer, now)
        await telling.check_subscription(push_guard, wanted)
        async with dossiers.database.write() as connection:
            await telling.subscribe(connection, wanted, now)

    @delete("/push/subscriptions", status_code=204, reads=Unsubscribe, act="own")
    async def unsubscribe(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> None:
        """No more messages to this browser."""
        officer = current_session(request).officer
        asked = await read_body(request, Unsubscribe, 4096)
        async with dossiers.database.write() as connection:
            await telling.unsubscribe(connection, officer, asked.endpoint)

    @get("/inbox", act="own")
    async def inbox(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> list[InboxLine]:
        """My messages, the newest in front."""
        officer = current_session(request).officer
        async with dossiers.database.read() as connection:
            return await telling.read_inbox(connection, officer)

    @post("/inbox/{message:str}/acknowledge", status_code=204, act="own")
    async def acknowledge(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, message: str
    ) -> None:
        """知道了."""
        officer = current_session(request).officer
        async with dossiers.database.write() as connection:
            await telling.acknowledge(connection, officer, message, dossiers.clock.now())

    @get("/clocks", act="see_clocks")
    async def clocks(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        rule: str = "",
        section: str = "",
        officer: str = "",
        wanted: Annotated[str, QueryParameter(name="state")] = "running",
        until: Annotated[int, QueryParameter(ge=0, le=MAX_INTEGER)] = MAX_INTEGER,
    ) -> DueClocks:
        """The clocks I may see, due first in front; `state` empty asks for ended ones too."""
        asked = DueFilter(rule=rule, section=section, officer=officer, state=wanted, until=until)
        async with dossiers.database.read() as connection:
            sight = await public.sight_of(connection, current_session(request).officer)
            return await public.due_list(connection, sight, asked, dossiers.clock.now())

    @get("/calendar", act="own")
    async def calendar(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> FeedState:
        """Whether I have a calendar feed."""
        officer = current_session(request).officer
        async with dossiers.database.read() as connection:
            return await feeding.state_of(connection, officer)

    @post("/calendar", status_code=201, reads=FeedWish, act="own")
    async def give_calendar(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, public_url: str
    ) -> FeedState:
        """A new address for my feed, told only now."""
        officer = current_session(request).officer
        wish = await read_body(request, FeedWish, 1024)
        now = dossiers.clock.now()
        async with dossiers.database.write() as connection:
            return await feeding.give(connection, dossiers.ids, officer, wish, now, public_url)

    @delete("/calendar", status_code=204, act="own")
    async def end_calendar(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> None:
        """No feed any more."""
        officer = current_session(request).officer
        async with dossiers.database.write() as connection:
            await feeding.end(connection, officer, dossiers.clock.now())


@get(
    "/calendar/{file:str}",
    media_type="text/calendar",
    open_to_all=True,
    answers={200: "text/calendar", 304: ""},
)
async def feed(
    request: Request[Any, Any, Any], dossiers: Dossiers, public_url: str, file: str
) -> Response[bytes]:
    """The feed as calendars fetch it: without a session, behind an address nobody can guess."""
    token = file.removesuffix(".ics")
    async with dossiers.database.read() as connection:
        text = await feeding.read(connection, token, dossiers.clock.now(), public_url)
    etag = f'"{sha256(text).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == etag:
        return Response(b"", status_code=304, headers=headers)
    return Response(text, headers=headers, media_type="text/calendar")


ROUTES = (DeadlineRoutes, feed)
LISTENERS: tuple[Listener, ...] = ()
