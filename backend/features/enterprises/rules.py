"""What the codes of an enterprise say by themselves: the credit code and the signed QR code.

The credit code is judged by its two check digits; that the enterprise exists is the register's
answer, not this file's. The QR code is only taken apart and judged here: whoever holds the keys
verifies the signature and passes the result in.
"""

import base64
import binascii
import json
import re
from typing import Annotated, Literal

import msgspec

CreditCodeFault = Literal["length", "character", "check_digit", "organisation_digit"]
CodeFault = Literal["not_ours", "unreadable"]
SignatureResult = Literal["ok", "bad", "unknown_key"]
ScanResult = Literal[
    "good",
    "other_enterprise",
    "bad_signature",
    "expired",
    "unknown_key",
    "unreadable",
    "not_ours",
]

Day = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
"""A date YYYY-MM-DD in Asia/Shanghai; compared as text."""

# GB 32100-2015: 31 characters; I, O, Z, S and V are left out because they look like digits or U.
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
# GB 11714: the organisation code stands in places 9 to 17 and has a check character of its own.
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_BLANKS = re.compile(r"[\s\u00a0\u3000\ufeff]+")
_FULL_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_UPPER = {ord(small): ord(small) - 32 for small in "abcdefghijklmnopqrstuvwxyz"}
_CANDIDATE = re.compile(rf"(?=(?<![0-9A-Z])([{_ALPHABET}]{{18}})(?![0-9A-Z]))")

_CODE = re.compile(r"https://[^/\s#?]+/e#AX1\.(.*)", re.DOTALL)
_PARTS = re.compile(r"([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{2,2048})\.([A-Za-z0-9_-]{86})")


class CreditCodeVerdict(msgspec.Struct, frozen=True):
    """`code` as normalised; `position` counts from 1 and names the character to look at."""

    code: str
    fault: CreditCodeFault | None = None
    position: int | None = None


class CodePayload(msgspec.Struct, frozen=True):
    """What an enterprise QR code (企业码) states. `code` is the unified social credit code."""

    bureau: str
    enterprise: str
    code: str
    issued: Day
    until: Day


class CodeParts(msgspec.Struct, frozen=True):
    """A QR code taken apart. Nothing in it is proved before `signed_text` has been verified."""

    key: str
    payload: CodePayload
    signed_text: str
    signature: str


def check_credit_code(text: str) -> CreditCodeVerdict:
    """Judge a unified social credit code (统一社会信用代码, GB 32100-2015) as typed or scanned.

    The last digit is judged before the organisation digit: a slip anywhere shows there first.
    """
    code = normalise_credit_code(text)
    if len(code) != 18:
        return CreditCodeVerdict(code, "length")
    for position, character in enumerate(code, start=1):
        if character not in (_ALPHABET[:10] if 3 <= position <= 8 else _ALPHABET):
            return CreditCodeVerdict(code, "character", position)
    if code[17] != _check_character(code[:17]):
        return CreditCodeVerdict(code, "check_digit", 18)
    if code[16] != _organisation_character(code[8:16]):
        return CreditCodeVerdict(code, "organisation_digit", 17)
    return CreditCodeVerdict(code)


def credit_code_words(verdict: CreditCodeVerdict) -> str:
    """The sentence shown under the field; empty when nothing is wrong."""
    match verdict.fault:
        case None:
            return ""
        case "length":
            return f"代码应为 18 位，现在是 {len(verdict.code)} 位，请看执照再输。"
        case "character":
            character = verdict.code[(verdict.position or 1) - 1]
            return f"代码第 {verdict.position} 位不会是“{character}”，请看执照再输。"
        case "check_digit" | "organisation_digit":
            return f"代码第 {verdict.position} 位对不上，请看执照再输。"


def normalise_credit_code(text: str) -> str:
    """Full-width to half-width, blanks out, ASCII letters upper; nothing is guessed (O stays O)."""
    return _BLANKS.sub("", text).translate(_FULL_WIDTH).translate(_UPPER)


def find_credit_code(text: str) -> str | None:
    """The first valid credit code in a longer text, such as the QR code of a 营业执照."""
    upper = text.translate(_FULL_WIDTH).translate(_UPPER)
    found = (match.group(1) for match in _CANDIDATE.finditer(upper))
    return next((code for code in found if check_credit_code(code).fault is None), None)


def complete_credit_code(department: str, region: str, body: str) -> str:
    """Add both check characters to department (2 places), region (6) and organisation body (8)."""
    first = department + region + body + _organisation_character(body)
    return first + _check_character(first)


def encode_payload(payload: CodePayload) -> str:
    """The payload as it is signed and printed: JSON in the order of the fields, base64url."""
    raw = msgspec.json.encode(payload)
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def code_signed_text(key: str, payload: str) -> str:
    """The text the bureau's key signs for an enterprise QR code (SPEC, signed texts)."""
    return f"anxun/code/1\n{key}\n{payload}\n"


def compose_code(host: str, key: str, payload: str, signature: str) -> str:
    """The text of the QR code. What follows # never reaches a server when a stranger opens it."""
    return f"https://{host}/e#AX1.{key}.{payload}.{signature}"


def parse_code(text: str) -> CodeParts | CodeFault:
    """Take a scanned text apart: `not_ours` is another code, `unreadable` ours but damaged."""
    if not text.strip():
        return "unreadable"
    ours = _CODE.fullmatch(text.strip())
    if ours is None:
        return "not_ours"
    parts = _PARTS.fullmatch(ours.group(1))
    payload = parts and _decode_payload(parts.group(2))
    if not parts or not payload:
        return "unreadable"
    key, encoded, signature = parts.groups()
    return CodeParts(key, payload, code_signed_text(key, encoded), signature)


def judge_scan(
    parts: CodeParts | CodeFault,
    signature: SignatureResult,
    expected_enterprise: str | None,
    today: Day,
    renewed: Day | None = None,
) -> ScanResult:
    """Judge a scan before the visit (扫码入企, S3-4.2a).

    `renewed` is the day the register says a newer code was issued: older ones are withdrawn.
    Another enterprise and an expired code are told even when the key is unknown: going on would be
    wrong whatever the key turns out to be.
    """
    if isinstance(parts, str):
        return parts
    if signature == "bad":
        return "bad_signature"
    if expected_enterprise is not None and parts.payload.enterprise != expected_enterprise:
        return "other_enterprise"
    if today > parts.payload.until or (renewed is not None and parts.payload.issued < renewed):
        return "expired"
    return "unknown_key" if signature == "unknown_key" else "good"


def _check_character(first: str) -> str:
    total = sum(
        _ALPHABET.index(character) * weight
        for character, weight in zip(first, _WEIGHTS, strict=True)
    )
    return _ALPHABET[-total % 31]


def _organisation_character(body: str) -> str:
    total = sum(
        int(character, 36) * weight
        for character, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X"[-total % 11]


def _decode_payload(encoded: str) -> CodePayload | None:
    try:
        raw = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        payload = msgspec.convert(json.loads(raw.decode()), CodePayload)
    except (binascii.Error, ValueError):
        return None
    return payload if payload.enterprise and payload.bureau and payload.code else None
