"""Hands at the desk of people: who sits there, and what he asks."""

from dataclasses import dataclass, field
from typing import Any

from litestar.testing import TestClient

from backend.demo.load import PASSWORD

CERTIFICATE = {
    "number": "65230199",
    "scope": ["hazardous_chemicals"],
    "issued": "2020-01-01",
    "until": "2099-12-31",
}
NEWCOMER = {"login": "newcomer", "name": "阿依古丽", "section": "whk", "roles": ["R1"], "phone": ""}


@dataclass
class Desk:
    """One server; each person logs in once."""

    client: TestClient[Any]
    tokens: dict[str, str] = field(default_factory=dict)

    def login(self, login: str, password: str = PASSWORD) -> Any:
        body = {"login": login, "password": password}
        reply = self.client.post("/api/v1/session", json=body)
        self.client.cookies.clear()
        return reply

    def headers(self, login: str) -> dict[str, str]:
        if login not in self.tokens:
            self.tokens[login] = self.login(login).json()["token"]
        return {"Authorization": f"Bearer {self.tokens[login]}"}

    def get(self, path: str, login: str = "gaoyuan") -> Any:
        return self.client.get(f"/api/v1{path}", headers=self.headers(login))

    def post(self, path: str, body: Any, login: str = "gaoyuan") -> Any:
        return self.client.post(f"/api/v1{path}", json=body, headers=self.headers(login))

    def person(self, login: str) -> dict[str, Any]:
        people = self.get("/admin/people").json()["people"]
        return next(each for each in people if each["login"] == login)

    def add(self, **over: Any) -> dict[str, Any]:
        reply = self.post("/admin/people", {**NEWCOMER, **over})
        assert reply.status_code == 201, reply.text
        added: dict[str, Any] = reply.json()
        return added

    def code(self, officer: str) -> str:
        reply = self.post("/admin/codes", {"officers": [officer]})
        assert reply.status_code == 201, reply.text
        return str(reply.json()[0]["code"])

    def acts(self) -> list[tuple[str, str, str]]:
        rows = self.get("/admin/audit").json()["rows"]
        return [(each["actor"], each["act"], each["detail"]) for each in rows]
