"""Log lines: JSON, with code, route and request id; never a body, a name, a token or a query."""

import json
import logging
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from backend.core.logs import JsonLines
from tests.features.dossiers.phone import Phone


class Written(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def written() -> Iterator[Written]:
    handler, logger = Written(), logging.getLogger("anxun")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield handler
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)


def test_a_refusal_is_one_line_with_the_problems_own_id(
    client: TestClient[Any], written: Written
) -> None:
    reply = client.get("/api/v1/evidence/secret-record/state?who=secret-query")
    (line,) = [json.loads(each) for each in written.lines]
    assert (line["event"], line["code"], line["route"]) == (
        "refused",
        "session",
        "/api/v1/evidence/{record}/state",
    )
    assert reply.json()["instance"] == f"/requests/{line['request']}"
    assert reply.headers["Anxun-Request"] == line["request"]
    assert "secret" not in written.lines[0]


def test_two_requests_have_two_ids(client: TestClient[Any]) -> None:
    ids = {client.get("/health/live").headers["Anxun-Request"] for _ in range(2)}
    assert len(ids) == 2


def test_a_refused_body_is_not_written_down(
    phone: Callable[[str], Phone], written: Written
) -> None:
    lijie = phone("lijie")
    written.lines.clear()
    lijie.post("/api/v1/sync/hello", {"device": "secret-device", "names": "secret-name"})
    lijie.client.post("/api/v1/session", json={"login": "secret-login", "password": "secret"})
    assert [json.loads(each)["code"] for each in written.lines] == ["malformed", "login"]
    assert "secret" not in "".join(written.lines)
    assert lijie.token not in "".join(written.lines)


def test_a_fault_of_ours_is_told_by_type_and_place_without_its_words() -> None:
    try:
        raise ValueError("secret words")
    except ValueError:
        record = logging.getLogger("anxun.x").makeRecord(
            "anxun.x", logging.ERROR, "", 0, "unexpected", (), sys.exc_info()
        )
    line = json.loads(JsonLines().format(record))
    assert line["error"] == "ValueError"
    assert "test_logs.py" in line["places"][0]
    assert "secret" not in json.dumps(line)
