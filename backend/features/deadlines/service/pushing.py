"""One Web Push message to one browser (RFC 8030, 8291, 8292).

The VAPID token is made here with the server's own key and the clock passed in, one per call and
origin; the body is encrypted by http_ece. Redirects are not followed: they would lead past the
guard.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol
from urllib.parse import urlsplit

import aiohttp
import http_ece
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from msgspec import Struct

from backend.core.clock import Clock
from backend.core.signing import KeyPair, from_base64url, to_base64url
from backend.features.deadlines.service.endpoints import (
    EndpointGuard,
    ForbiddenEndpoint,
    GuardedResolver,
)
from backend.features.deadlines.tables.inbox import Subscription

logger = logging.getLogger("anxun.pushing")
MAX_PAYLOAD = 3000
"""Bytes; above 3,993 a body outgrows the 4,096 a push service must take (RFC 8291, 4)."""

SEND_MS = 10_000
TOKEN_S = 12 * 3600
MIN_TTL_S, MAX_TTL_S = 3600, 28 * 86_400
CONNECTIONS = 50


class Payload(Struct, frozen=True):
    """What the service worker gets. `tag` is also the Topic: a later message takes its place."""

    title: str
    body: str
    tag: str
    url: str
    clock: str


@dataclass(frozen=True, slots=True)
class Message:
    """A payload, until when it is worth delivering (UTC ms), and whether it must wake the phone."""

    payload: Payload
    expires: int
    urgent: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """The push service's answer; `status` 0 when it could not be reached, `retry_s` if it said."""

    status: int
    retry_s: int = 0

    @property
    def outcome(self) -> str:
        """sent, gone (the browser has unsubscribed), retry, or refused (ours to repair)."""
        if 200 <= self.status < 300:
            return "sent"
        if self.status in (404, 410):
            return "gone"
        return "retry" if self.status in (0, 429) or self.status >= 500 else "refused"


class Sender(Protocol):
    """The way out to push services."""

    async def send(self, to: Subscription, message: Message) -> Sent:
        """One attempt; a failure is an answer, not an error."""


@dataclass(frozen=True, slots=True)
class PushSender:
    """Web Push over a session whose resolver is guarded; made by `push_sender`.

    `contact` is who answers for this server (RFC 8292, 2.1): an https or mailto URL.
    """

    session: aiohttp.ClientSession
    guard: EndpointGuard
    vapid: KeyPair
    clock: Clock
    contact: str

    async def send(self, to: Subscription, message: Message) -> Sent:
        """One attempt, at most ten seconds."""
        try:
            self.guard.host_of(to.endpoint)
            headers = self._headers(to.endpoint, message)
            async with self.session.post(
                to.endpoint, data=encrypt(to, message), headers=headers, allow_redirects=False
            ) as answer:
                sent = Sent(answer.status, _seconds(answer.headers.get("Retry-After", "")))
        except ForbiddenEndpoint as error:
            logger.error("push refused: %s", error)
            return Sent(403)
        except (aiohttp.ClientError, TimeoutError) as error:
            logger.warning("push failed: %s", type(error).__name__)
            return Sent(0)
        if sent.outcome == "refused":
            logger.error("push service answered %d", sent.status)
        return sent

    def _headers(self, endpoint: str, message: Message) -> dict[str, str]:
        now = self.clock.now()
        token = vapid_token(self.vapid, endpoint, self.contact, now // 1000 + TOKEN_S)
        left = (message.expires - now) // 1000
        return {
            "Authorization": f"vapid t={token}, k={application_key(self.vapid)}",
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(max(MIN_TTL_S, min(left, MAX_TTL_S))),
            "Topic": message.payload.tag,
            "Urgency": "high" if message.urgent else "normal",
        }


@asynccontextmanager
async def push_sender(
    vapid: KeyPair, clock: Clock, contact: str, guard: EndpointGuard
) -> AsyncIterator[PushSender]:
    """A sender for as long as the worker runs."""
    connector = aiohttp.TCPConnector(limit=CONNECTIONS, resolver=GuardedResolver(guard))
    timeout = aiohttp.ClientTimeout(total=SEND_MS / 1000)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        yield PushSender(session, guard, vapid, clock, contact)


def application_key(vapid: KeyPair) -> str:
    """The raw public point as browsers want it (`applicationServerKey`), base64url."""
    public = vapid.private.public_key()
    return to_base64url(public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def vapid_token(vapid: KeyPair, endpoint: str, contact: str, expires_s: int) -> str:
    """A JWT for the endpoint's origin (RFC 8292, 2), ES256."""
    parts = urlsplit(endpoint)
    head = {"typ": "JWT", "alg": "ES256"}
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": expires_s, "sub": contact}
    text = ".".join(to_base64url(msgspec.json.encode(part)) for part in (head, claims))
    return f"{text}.{vapid.sign(text)}"


def encrypt(to: Subscription, message: Message) -> bytes:
    """One record for this browser only (RFC 8291); ValueError if the payload is too long."""
    plain = msgspec.json.encode(message.payload)
    if len(plain) > MAX_PAYLOAD:
        raise ValueError("push payload too long")
    body: bytes = http_ece.encrypt(
        plain,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=from_base64url(to.p256dh),
        auth_secret=from_base64url(to.auth),
        version="aes128gcm",
    )
    return body


def topic(*names: str) -> str:
    """32 URL-safe characters, as many as a Topic may have (RFC 8030, 5.4)."""
    return to_base64url(sha256("/".join(names).encode()).digest()[:24])


def is_browser_key(p256dh: str, auth: str) -> bool:
    """Whether one can encrypt to it: a point on P-256 and 16 bytes."""
    try:
        point = from_base64url(p256dh)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        return len(point) == 65 and len(from_base64url(auth)) == 16
    except ValueError:
        return False


def _seconds(text: str) -> int:
    """Retry-After in seconds; a date counts as not said."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
