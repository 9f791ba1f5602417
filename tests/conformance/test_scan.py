"""S3-4.2a: the enterprise's QR code by the vectors both languages share."""

import base64
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from backend.features.enterprises.rules import (
    CodeParts,
    CodePayload,
    compose_code,
    encode_payload,
    judge_scan,
    parse_code,
)

VECTORS = json.loads(
    (Path(__file__).parents[2] / "sync/vectors/scan.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", VECTORS["parse"], ids=lambda case: case["name"])
def test_s3_4_2a_code_is_taken_apart(case: dict[str, Any]) -> None:
    assert msgspec.to_builtins(parse_code(case["text"])) == case["parts"]


@pytest.mark.parametrize("case", VECTORS["judge"], ids=lambda case: case["name"])
def test_s3_4_2a_scan_is_judged(case: dict[str, Any]) -> None:
    parts = parse_code(case["text"])
    given = (case["signature"], case["expected"], case["today"], case["renewed"])
    assert judge_scan(parts, *given) == case["result"]


@pytest.mark.parametrize("case", VECTORS["signature"], ids=lambda case: case["name"])
def test_s3_4_2a_signature_covers_key_and_payload(case: dict[str, Any]) -> None:
    parts = parse_code(case["text"])
    assert isinstance(parts, CodeParts)
    assert _holds(parts) == case["holds"]


def test_s3_4_2a_a_code_is_written_as_it_is_read() -> None:
    payload = msgspec.convert(VECTORS["payload"], CodePayload)
    assert encode_payload(payload) == VECTORS["encoded"]
    text = compose_code("anxun.example", "code1", VECTORS["encoded"], "A" * 86)
    parts = parse_code(text)
    assert isinstance(parts, CodeParts)
    assert (parts.key, parts.payload, parts.signature) == ("code1", payload, "A" * 86)


def _holds(parts: CodeParts) -> bool:
    raw = base64.urlsafe_b64decode(parts.signature + "==")
    pair = (int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = load_der_public_key(base64.urlsafe_b64decode(VECTORS["public_key_spki"] + "=="))
    assert isinstance(key, EllipticCurvePublicKey)
    try:
        key.verify(encode_dss_signature(*pair), parts.signed_text.encode(), ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True
