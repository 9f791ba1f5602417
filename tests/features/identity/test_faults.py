"""报告问题: any officer reports; the bureau's administrator alone reads; no words of a dossier pass."""

from collections.abc import Callable
from typing import Any

import pytest
from litestar.testing import TestClient

from backend.demo.load import PASSWORD
from tests.features.conftest import ON_BOTH

LINES = ["2026-11-28T08:00:01Z screen visit.finding", "2026-11-28T08:00:02Z http POST sync 503"]
WORDS = "按了没反应"
ADMINISTRATOR = "gaoyuan"

Asking = Callable[..., Any]


@pytest.fixture
def ask(client: TestClient[Any]) -> Asking:
    def asking(login: str, method: str = "GET", body: Any = None) -> Any:
        given = client.post("/api/v1/session", json={"login": login, "password": PASSWORD})
        headers = {"Authorization": f"Bearer {given.json()['token']}"}
        return client.request(method, "/api/v1/faults", json=body, headers=headers)

    return asking


@ON_BOTH
def test_the_administrator_reads_what_officers_reported_the_newest_first(ask: Asking) -> None:
    for words in ("一", WORDS):
        assert ask("lijie", "POST", {"words": words, "lines": LINES}).status_code == 201
    (newest, older) = ask(ADMINISTRATOR).json()
    assert {newest["words"], older["words"]} == {"一", WORDS}
    assert newest["lines"] == LINES
    assert newest["at"] >= older["at"]


def test_nobody_but_the_administrator_reads_them(ask: Asking) -> None:
    for login in ("lijie", "gulnar", "xujianming"):
        assert ask(login).status_code == 403


@pytest.mark.parametrize(
    "lines", [["screen 3号罐区报警器"], ["x" * 201], ["a"] * 251], ids=["words", "long", "many"]
)
def test_lines_no_phone_writes_are_refused_and_kept_nowhere(ask: Asking, lines: list[str]) -> None:
    assert ask("lijie", "POST", {"words": "", "lines": lines}).status_code == 422
    assert ask(ADMINISTRATOR).json() == []


def test_the_seventh_report_of_an_hour_waits(ask: Asking) -> None:
    codes = [ask("lijie", "POST", {"words": "", "lines": []}).status_code for _ in range(7)]
    assert codes == [201] * 6 + [429]
