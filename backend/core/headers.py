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


async def add_headers(message: Message, scope: Scope) -> None:
    """Litestar's `before_send` hook."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in _FIXED.items():
        headers.setdefault(name, value)
    path = scope["path"]
    if path.startswith(("/api/", "/uploads")):
        headers.setdefault("Cache-Control", "no-store")
        state: Any = scope["litestar_app"].state
        headers[TIMELINE] = state.timeline
