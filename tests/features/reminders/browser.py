"""A browser and its push service: takes messages, decrypts them and checks who sent them.

Written from RFC 8291 and RFC 8292 over `cryptography` alone, so that it shares no code with what
it judges.
"""

import base64
import hashlib
import hmac
import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from backend.features.deadlines.tables.inbox import Subscription


def to64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def key_at(raw: bytes) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)


def derive(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    """HKDF with one block of output (RFC 5869)."""
    extracted = hmac.new(salt, secret, hashlib.sha256).digest()
    return hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()[:length]


@dataclass
class Browser:
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def p256dh(self) -> str:
        return to64(point(self.key.public_key()))

    def subscription(self, officer: str, endpoint: str, device: str = "d") -> Subscription:
        return Subscription(officer, endpoint, self.p256dh, to64(self.auth), device)

    def decrypt(self, body: bytes) -> bytes:
        """RFC 8291, 3.4 and RFC 8188: exactly one record, ended by 0x02."""
        salt, size, id_length = body[:16], int.from_bytes(body[16:20]), body[20]
        assert id_length == 65
        assert len(body) - 86 <= size
        sender = body[21:86]
        shared = self.key.exchange(ec.ECDH(), key_at(sender))
        info = b"WebPush: info\x00" + point(self.key.public_key()) + sender
        secret = derive(self.auth, shared, info, 32)
        content = derive(salt, secret, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = derive(salt, secret, b"Content-Encoding: nonce\x00", 12)
        plain = AESGCM(content).decrypt(nonce, body[86:], None).rstrip(b"\x00")
        assert plain[-1] == 2
        return plain[:-1]


@dataclass(frozen=True)
class Received:
    path: str
    headers: dict[str, str]
    body: bytes

    def vapid(self) -> tuple[dict[str, Any], bytes]:
        """The claims, once the signature holds (RFC 8292, 2 and 3), and the key they name."""
        scheme, _, rest = self.headers["authorization"].partition(" ")
        assert scheme == "vapid"
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        text, _, signature = parts["t"].rpartition(".")
        raw = from64(signature)
        assert len(raw) == 64
        der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
        key_at(from64(parts["k"])).verify(der, text.encode(), ec.ECDSA(hashes.SHA256()))
        head, claims = (json.loads(from64(part)) for part in text.split("."))
        assert head == {"typ": "JWT", "alg": "ES256"}
        return claims, from64(parts["k"])


@dataclass
class PushService:
    origin: str = ""
    answers: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    on_message: Callable[[Received], None] = lambda _: None

    async def handle(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        message = Received(request.path, headers, await request.read())
        self.received.append(message)
        self.on_message(message)
        status, extra = self.answers.get(request.path, (201, {}))
        return web.Response(status=status, headers=extra)


@asynccontextmanager
async def push_service() -> AsyncIterator[PushService]:
    """On a free port of 127.0.0.1."""
    service = PushService()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", service.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    service.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield service
    await runner.cleanup()
