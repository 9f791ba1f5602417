"""Each request gets an id, and is counted by its route and the answer (`before_send`).

The id stands in the answer's header, in a problem's `instance` and in the log line, so that an officer
can read it out to whoever keeps the server. The route is the template (`/dossiers/{dossier}/close`),
never the address: addresses hold ids and tokens.
"""

from typing import Any

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

REQUEST_ID = "Anxun-Request"
_ID = "anxun_request"


def request_id(scope: Scope) -> str:
    """Given at the first question."""
    app: Any = scope["litestar_app"]
    return str(scope["state"].setdefault(_ID, app.state.ids.hex(16)))


def route_of(scope: Scope) -> str:
    """The template of the route that took it: `site` for files, `none` where no route did."""
    template = scope.get("path_template", "")
    return "site" if template in ("/", "/{path:path}") else str(template) or "none"


async def note_answer(message: Message, scope: Scope) -> None:
    """Litestar's `before_send` hook."""
    if message["type"] != "http.response.start":
        return
    MutableScopeHeaders.from_message(message)[REQUEST_ID] = request_id(scope)
    app: Any = scope["litestar_app"]
    app.state.metrics.answered(route_of(scope), scope["method"], message["status"])  # type: ignore[typeddict-item]
