"""The plain-http side: how a phone comes to trust this machine, and nothing else. Whoever sits in
the network could alter this page, so the fingerprint is compared with the one in the terminal."""

import base64
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from pathlib import Path
from string import Template
from typing import Any

_PAGE = Path(__file__).with_name("trust.html").read_text(encoding="utf-8")
_STYLE = _PAGE.split("<style>")[1].split("</style>")[0]
_STYLE_HASH = base64.b64encode(sha256(_STYLE.encode("utf-8")).digest()).decode("ascii")
_HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
CERTIFICATE = "/anxun-ca.crt"

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
Trust = Callable[[Mapping[str, Any], Callable[[], Awaitable[Message]], Send], Awaitable[None]]


def trust_app(certificate: bytes, fingerprint: str, app_url: str) -> Trust:
    """An ASGI app of two addresses: the page and the authority's certificate (PEM)."""
    page = Template(_PAGE).substitute(app_url=app_url, fingerprint=fingerprint, ca=CERTIFICATE)
    answers = {
        "/": (page.encode("utf-8"), "text/html; charset=utf-8"),
        CERTIFICATE: (certificate, "application/x-x509-ca-cert"),
    }

    async def app(
        scope: Mapping[str, Any], _receive: Callable[[], Awaitable[Message]], send: Send
    ) -> None:
        found = answers.get(scope["path"]) if scope["method"] in ("GET", "HEAD") else None
        body, kind = found or (b"404\n", "text/plain")
        headers = {**_HEADERS, "Content-Type": kind, "Content-Length": str(len(body))}
        packed = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        status = 200 if found else 404
        await send({"type": "http.response.start", "status": status, "headers": packed})
        shown = b"" if scope["method"] == "HEAD" else body
        await send({"type": "http.response.body", "body": shown})

    return app
