"""Lifeboats as a phone makes them (pwa/src/store/lifeboat.ts), and hands to break them."""

import json
import os
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from backend.core.signing import KeyPair, read_public_key, to_base64url
from sync.server import chain
from tests.features.dossiers.phone import Phone

FORMAT = "anxun/lifeboat/1"
SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
Line = dict[str, Any]


@dataclass
class Packer:
    """A phone's store: what it authored, sealed under its own key, that key wrapped to the server."""

    phone: Phone
    server: KeyPair
    raw: bytes = b"k" * 32
    acked: int = 0

    @property
    def dossier(self) -> str:
        """Of the first waiting body."""
        return str(json.loads(self.phone.waiting[0])["dossier"])

    def own(self) -> list[Line]:
        """The waiting bodies, each linked and signed; they stay waiting."""
        phone = self.phone
        hashes = chain.links(phone.device, 1, phone.n + 1, phone.prev, phone.waiting)
        return [
            {
                "epoch": 1,
                "n": n,
                "id": f"{phone.device}.1.{n}",
                "body": body,
                "hash": link,
                "signature": phone.key.sign(chain.head_text(f"{phone.device}.1.{n}", link)),
            }
            for n, (body, link) in enumerate(zip(phone.waiting, hashes, strict=True), phone.n + 1)
        ]

    def lines(self, own: list[Line] | None = None) -> list[Line]:
        own = self.own() if own is None else own
        return [self.head(own), self.key("own"), self.key("evidence/x"), *map(self.sealed, own)]

    def head(self, own: list[Line]) -> Line:
        end = {"epoch": 1, "n": own[-1]["n"], "hash": own[-1]["hash"], "acked": self.acked}
        device, timeline = self.phone.device, self.phone.timeline
        return {"lifeboat": FORMAT, "device": device, "timeline": timeline, "runs": [end]}

    def key(self, name: str, place: str = "") -> Line:
        device = self.phone.device
        plain = self.raw + (place or f"key/{device}/{name}").encode()
        sealed = SUITE.encrypt(plain, read_public_key(self.server.public), FORMAT.encode())
        return {
            "key": name,
            "device": device,
            "server_key": self.server.id,
            "enc": to_base64url(sealed[:65]),
            "sealed": to_base64url(sealed[65:]),
        }

    def sealed(self, own: Line, at: int = 0) -> Line:
        """`at` seals it in the place of another number."""
        device, nonce, n = self.phone.device, os.urandom(12), at or own["n"]
        place = f"anxun/own/{device}/{own['epoch']}/{n}".encode()
        box = nonce + AESGCM(self.raw).encrypt(nonce, json.dumps(own).encode(), place)
        return {"device": device, "epoch": own["epoch"], "n": n, "sealed": to_base64url(box)}


def text_of(lines: list[Line]) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def hand_in(courier: Phone, boat: bytes | list[Line], **headers: str) -> Any:
    content = boat if isinstance(boat, bytes) else text_of(boat)
    kind = {"Content-Type": "application/x-ndjson"}
    return courier.client.post(
        "/api/v1/sync/lifeboat", content=content, headers=courier.headers(**kind | headers)
    )


def add_visit(phone: Phone) -> str:
    """An inspection opened and two findings, none of it sent."""
    dossier = phone.open_dossier()
    for seen in ("报警器被关闭", "通道堵塞"):
        phone.author(dossier, "finding", phone.new_record(), {"problem": seen})
    return dossier


def counts(reply: Any) -> list[tuple[int, ...]]:
    """Accepted, duplicate, quarantined, refused, by device run."""
    assert reply.status_code == 200, reply.text
    members = ("accepted", "duplicate", "quarantined", "refused")
    return [tuple(run[each] for each in members) for run in reply.json()["runs"]]
