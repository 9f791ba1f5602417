"""The description of every route (OpenAPI 3.1), made from the routes themselves.

The framework describes paths, parameters and answers. Bodies are decoded by our own hands
(`core.bodies.read_body`), so a handler says what it reads: `@post(..., reads=PlanDraft)`,
or the media type of a body that is no JSON: `reads="application/offset+octet-stream"`. Every refusal
is a problem document (RFC 9457), said once for all.
"""

from typing import Any

import msgspec
from litestar import Controller, Litestar, Request, Router, get
from litestar.exceptions import NotFoundException
from litestar.openapi import OpenAPIConfig

from backend.core.problems import PROBLEM_JSON, STATUSES, ProblemDetails

READS = "reads"
"""The handler option that names what its body is."""

ANSWERS = "answers"
"""The handler option that gives, by status, the media type of an answer the framework cannot guess;
"" for no body."""

REFUSALS = "refusals"
"""The handler option that gives the media type of refusals where it is no problem document."""

OPEN = "open_to_all"
"""The handler option that says: no session is asked for."""

ACT = "act"
"""The handler option that names what is asked of who is signed in: one act, or several of which the
content decides; OWN or ANY."""

OWN = "own"
"""Only of one's own account, phones, messages: whose it is decides, not the post."""

ANY = "any"
"""Every officer of the bureau. Why, stands beside it."""


def hide(_connection: Any, _handler: Any) -> None:
    """The framework's own pages of documentation are nobody's; `OpenAPIRoutes` is what is served."""
    raise NotFoundException


CONFIG = OpenAPIConfig(
    title="安巡",
    version="1",
    create_examples=False,
    openapi_router=Router("/schema", route_handlers=[], include_in_schema=False, guards=[hide]),
)
_REF = "#/components/schemas/{name}"
_PROBLEM = ProblemDetails.__name__
_SECURITY = {
    "cookie": {"type": "apiKey", "in": "cookie", "name": "__Host-anxun"},
    "bearer": {"type": "http", "scheme": "bearer"},
}
Description = dict[str, Any]
_DESCRIPTION = "description"


def describe(app: Litestar) -> Description:
    """The whole description as JSON."""
    described: Description = app.openapi_schema.to_schema()
    options = _options(app)
    bodies = sorted({o[READS] for o in options.values() if _is_type(o.get(READS))}, key=_name)
    _, schemas = msgspec.json.schema_components((*bodies, ProblemDetails), ref_template=_REF)
    components = described.setdefault("components", {})
    components["schemas"] = {**components.get("schemas", {}), **schemas}
    components["securitySchemes"] = _SECURITY
    for path, item in described["paths"].items():
        for method, operation in item.items():
            _complete(operation, options[path, method])
    return described


def _options(app: Litestar) -> dict[tuple[str, str], dict[str, Any]]:
    """By described path and method, what the handler says of itself."""
    return {
        (route.path_format, method.lower()): dict(handler.opt)
        for route in app.routes
        for method, (handler, _) in getattr(route, "route_handler_map", {}).items()
    }


def _complete(operation: Description, said: dict[str, Any]) -> None:
    if ANSWERS in said:
        operation["responses"] = {
            str(status): _answer(media) for status, media in said[ANSWERS].items()
        }
    if READS in said:
        operation["requestBody"] = {"required": True, "content": _content(said[READS])}
    if OPEN not in said:
        operation["security"] = [{name: []} for name in _SECURITY]
    refusal = _refusal(said.get(REFUSALS, PROBLEM_JSON))
    for status in STATUSES:
        operation["responses"][str(status)] = refusal


def _answer(media: str) -> Description:
    content: Description = {"content": {media: {"schema": {}}}} if media else {}
    return {"description": "做成了", **content}


def _refusal(media: str) -> Description:
    schema = {"$ref": _REF.format(name=_PROBLEM)} if media == PROBLEM_JSON else {}
    return {"description": "没有做成，什么也没有改动", "content": {media: {"schema": schema}}}


def _content(read: Any) -> Description:
    if not _is_type(read):
        return {str(read): {"schema": {"type": "string", "format": "binary"}}}
    return {"application/json": {"schema": {"$ref": _REF.format(name=_name(read))}}}


def _is_type(read: object) -> bool:
    return isinstance(read, type)


def _name(kind: type) -> str:
    return kind.__name__


class OpenAPIRoutes(Controller):
    """`/api/v1/openapi.json`."""

    path = "/api/v1/openapi.json"
    include_in_schema = False

    @get(open_to_all=True)
    async def description(self, request: Request[Any, Any, Any]) -> Description:
        """What every route takes and answers; the routes do not change while the server runs."""
        state = request.app.state
        if _DESCRIPTION not in state:
            state[_DESCRIPTION] = describe(request.app)
        described: Description = state[_DESCRIPTION]
        return described
