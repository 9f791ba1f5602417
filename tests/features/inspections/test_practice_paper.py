"""A paper that says 练习 is never taken for an issued one, whatever a phone sends with it."""

import json
from hashlib import sha256
from typing import Any

import pytest

from backend.features.documents.rules import read_issued
from tests.features.inspections.test_rules import order_text

KIND = "rectification_order"


def fields(change: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(json.loads(order_text("2026-09-28")) | change, ensure_ascii=False)
    named = sha256(text.encode("utf-8")).hexdigest()
    paper = {"code": "c" * 32, "pdf_sha256": "0" * 64, "number": "d.1.1.00000000"}
    return {"kind": KIND, "facts": text, "facts_sha256": named, **paper}


def test_the_same_paper_issued_is_whole() -> None:
    assert read_issued(fields({})) is not None


@pytest.mark.parametrize(
    "change",
    [
        {"practice": True, "number": None, "verify_url": None},
        {"practice": True},
        {"practice": True, "verify_url": None},
        {"practice": True, "draft": True, "number": None, "verify_url": None},
    ],
    ids=["as the phone prints it", "with a number and a code", "with a number", "as a draft"],
)
def test_a_practice_paper_is_incomplete(change: dict[str, Any]) -> None:
    assert read_issued(fields(change)) is None
