"""Signatures: ECDSA P-256 with SHA-256, raw r‖s, base64url without padding (SPEC signed texts).

Also HPKE (RFC 9180, P-256, HKDF-SHA256, AES-256-GCM), by which phones wrap data keys to the server.
"""

import base64
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

_PEM = serialization.Encoding.PEM
_PKCS8 = serialization.PrivateFormat.PKCS8
_PLAIN = serialization.NoEncryption()
_DER = serialization.Encoding.DER
_SPKI = serialization.PublicFormat.SubjectPublicKeyInfo
_ECDSA = ec.ECDSA(hashes.SHA256())


def to_base64url(data: bytes) -> str:
    """Without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """Without padding.

    Raises:
        ValueError: not base64url.
    """
    if not text.isascii() or not all(c.isalnum() or c in "-_" for c in text):
        raise ValueError("not base64url")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def read_public_key(spki: str) -> ec.EllipticCurvePublicKey:
    """A P-256 key from SPKI as base64url.

    Raises:
        ValueError: no P-256 public key.
    """
    key = serialization.load_der_public_key(from_base64url(spki))
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("not a P-256 key")
    return key


def verify(public_key: str, text: str, signature: str) -> bool:
    """Whether the key (SPKI, base64url) signed the text; malformed input is a plain no."""
    try:
        raw = from_base64url(signature)
        if len(raw) != 64:
            return False
        der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
        read_public_key(public_key).verify(der, text.encode("utf-8"), _ECDSA)
    except (ValueError, InvalidSignature):
        return False
    return True


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A P-256 key with its id: the first 16 hex of SHA-256 over the SPKI bytes."""

    private: ec.EllipticCurvePrivateKey

    @property
    def public(self) -> str:
        """SPKI, base64url."""
        return to_base64url(self.private.public_key().public_bytes(_DER, _SPKI))

    @property
    def id(self) -> str:
        """The key id phones look up in the `keys` register."""
        return sha256(self.private.public_key().public_bytes(_DER, _SPKI)).hexdigest()[:16]

    def sign(self, text: str) -> str:
        """Sign the UTF-8 text."""
        r, s = decode_dss_signature(self.private.sign(text.encode("utf-8"), _ECDSA))
        return to_base64url(r.to_bytes(32) + s.to_bytes(32))


@dataclass(frozen=True, slots=True)
class ServerKeys:
    """The server's keys: `sign` for receipts and beacons, `code` for QR codes, `hpke` for lifeboats,
    `vapid` for Web Push."""

    sign: KeyPair
    code: KeyPair
    hpke: KeyPair
    vapid: KeyPair

    @classmethod
    def at(cls, folder: Path) -> "ServerKeys":
        """Read the keys of the data folder, making them at the first start (mode 0600)."""
        folder.mkdir(parents=True, exist_ok=True)
        return cls(*(_key_at(folder / f"{use}.pem") for use in ("sign", "code", "hpke", "vapid")))


def _key_at(path: Path) -> KeyPair:
    if not path.exists():
        made = ec.generate_private_key(ec.SECP256R1())
        path.touch(mode=0o600)
        path.write_bytes(made.private_bytes(_PEM, _PKCS8, _PLAIN))
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{path.name} is no P-256 key")
    return KeyPair(key)
