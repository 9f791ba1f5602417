"""Imports into the demo bureau, asked over HTTP as the desk does, or of the service itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
from litestar.testing import TestClient

from backend.demo.load import PASSWORD
from backend.features.imports.papers.workbook import XLSX

ADMINISTRATOR = "gaoyuan"
LEGAL = "ayinuer"


@dataclass
class Desk:
    """The desk of whoever logs in."""

    client: TestClient[Any]
    tokens: dict[str, str] = field(default_factory=dict)

    def headers(self, login: str) -> dict[str, str]:
        if login not in self.tokens:
            body = {"login": login, "password": PASSWORD}
            self.tokens[login] = self.client.post("/api/v1/session", json=body).json()["token"]
            self.client.cookies.clear()
        return {"Authorization": f"Bearer {self.tokens[login]}"}

    def send(self, login: str, path: str, raw: bytes, **asked: str) -> Any:
        headers = {"Content-Type": XLSX, "Anxun-File-Name": quote("台账.xlsx")}
        return self.client.post(
            f"/api/v1/imports/{path}",
            content=raw,
            params=asked,
            headers={**self.headers(login), **headers},
        )

    def check(self, kind: str, raw: bytes, login: str = ADMINISTRATOR, **asked: str) -> Any:
        reply = self.send(login, f"{kind}/check", raw, **asked)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def apply(self, kind: str, raw: bytes, login: str = ADMINISTRATOR, **asked: str) -> Any:
        """Tried, then applied as tried."""
        token = self.check(kind, raw, login, **without_partial(asked))["token"]
        reply = self.send(login, f"{kind}/apply", raw, token=token, **asked)
        assert reply.status_code == 201, reply.text
        return reply.json()

    def undo(self, run: str, login: str = ADMINISTRATOR, rest: bool = False) -> Any:
        path = f"/api/v1/imports/runs/{run}/undo"
        return self.client.post(path, json={"rest": rest}, headers=self.headers(login))

    def get(self, login: str, path: str) -> Any:
        return self.client.get(path, headers=self.headers(login))


def without_partial(asked: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in asked.items() if name != "partial"}


@pytest.fixture
def desk(client: TestClient[Any]) -> Desk:
    return Desk(client)


@pytest.fixture
def faults(desk: Desk) -> Callable[..., list[str]]:
    """Every sentence a trial has against a file."""

    def found(kind: str, raw: bytes, login: str = ADMINISTRATOR, **asked: str) -> list[str]:
        rows = desk.check(kind, raw, login, **asked)["rows"]
        return [words for row in rows for words in row["faults"]]

    return found
