"""Properties of the credit code and the QR code that no list of cases can exhaust."""

import base64
import json

from hypothesis import given
from hypothesis import strategies as st

from backend.features.enterprises.rules import (
    CodeParts,
    check_credit_code,
    complete_credit_code,
    parse_code,
)

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
bodies = st.text(alphabet=ALPHABET, min_size=8, max_size=8)
regions = st.text(alphabet="0123456789", min_size=6, max_size=6)


@given(region=regions, body=bodies)
def test_completed_code_is_valid(region: str, body: str) -> None:
    code = complete_credit_code("91", region, body)
    assert len(code) == 18
    assert check_credit_code(code).fault is None


@given(region=regions, body=bodies, place=st.integers(0, 17), other=st.sampled_from(ALPHABET))
def test_one_wrong_character_never_passes(region: str, body: str, place: int, other: str) -> None:
    code = complete_credit_code("91", region, body)
    slip = code[:place] + other + code[place + 1 :]
    assert (check_credit_code(slip).fault is None) == (slip == code)


@given(region=regions, body=bodies, place=st.integers(0, 16))
def test_two_swapped_neighbours_never_pass(region: str, body: str, place: int) -> None:
    code = complete_credit_code("91", region, body)
    slip = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (check_credit_code(slip).fault is None) == (slip == code)


@given(text=st.text(max_size=60))
def test_any_text_gets_a_verdict(text: str) -> None:
    check_credit_code(text)
    assert not isinstance(parse_code(text), CodeParts)


@given(payload=st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_a_signed_code_with_any_other_payload_is_unreadable(payload: object) -> None:
    encoded = base64.urlsafe_b64encode(json.dumps(payload).encode()).decode().rstrip("=")
    text = f"https://anxun.example/e#AX1.k.{encoded}.{'A' * 86}"
    assert parse_code(text) == "unreadable"
