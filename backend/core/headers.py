"""Headers every answer carries, errors included (`before_send`): CSP, timeline, request id."""

from typing import Any

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

TIMELINE = "Anxun-Timeline"
ENROLMENT = "Anxun-Enrolment"

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' blob: data:",
        "media-src 'self' blob:",
        "font-src 'self' data:",
        "connect-src 'self' blob:",
        "worker-src 'self'",
        "manifest-src 'self'",
        "frame-src 'self' blob:",
        "object-src 'self' blob:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
"""No third party. `unsafe-inline` is for styles only: the component library sets them on elements."""

_FIXED = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(self)",
}


_OF_A_FILE = ("X-Content-Type-Options", "Cross-Origin-Resource-Policy")
"""What still means something on a script or style a page loads; half a kilobyte less a file."""


def _headers_for(path: str) -> dict[str, str]:
    """A worker's script is a document of its own, under its own policy."""
    if path.startswith("/assets/") and ".worker-" not in path:
        return {name: _FIXED[name] for name in _OF_A_FILE}
    return _FIXED


async def add_headers(message: Message, scope: Scope) -> None:
    """Litestar's `before_send` hook."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    path = scope["path"]
    for name, value in _headers_for(path).items():
        headers.setdefault(name, value)
    if path.startswith(("/api/", "/uploads")):
        headers.setdefault("Cache-Control", "no-store")
        state: Any = scope["litestar_app"].state
        headers[TIMELINE] = state.timeline
