"""A leader on leave: days one can go to, people at their desks, and the delegation he gives."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from litestar.testing import TestClient

from backend.core.clock import SystemClock
from backend.core.days import CHINA, day_of
from backend.demo.load import PASSWORD
from tests.features.dossiers.phone import Phone

TODAY = day_of(SystemClock().now())
"""The demo's certificates are valid around the day the tests run."""


def day(later: int) -> str:
    """`YYYY-MM-DD`, so many days after today."""
    return (date.fromisoformat(TODAY) + timedelta(days=later)).isoformat()


@dataclass
class Office:
    """The server at a chosen instant, and whoever sits down at a desk there."""

    client: TestClient[Any]
    patch: pytest.MonkeyPatch

    def at(self, later: int, clock: str = "10:00") -> int:
        """Go to an instant in China; answers it in UTC milliseconds."""
        there = datetime.combine(date.fromisoformat(day(later)), time.fromisoformat(clock), CHINA)
        ms = round(there.timestamp() * 1000)
        self.patch.setattr(SystemClock, "now", lambda _clock: ms)
        return ms

    def desk(self, login: str) -> Phone:
        """Log in at a desk; a session does not outlive a working day."""
        reply = self.client.post("/api/v1/session", json={"login": login, "password": PASSWORD})
        assert reply.status_code == 201, reply.text
        self.client.cookies.clear()
        return Phone(self.client, login, reply.json()["token"])

    def delegate(self, leader: str = "xujianming", **over: Any) -> Any:
        body = {
            "taker": "gulnar",
            "act": "approve_plan",
            "since": day(1),
            "until": day(3),
            "words": "赴乌鲁木齐开会",
            **over,
        }
        return self.desk(leader).post("/api/v1/delegations", body)

    def withdraw(self, name: str, leader: str = "xujianming") -> Any:
        headers = self.desk(leader).headers()
        return self.client.delete(f"/api/v1/delegations/{name}", headers=headers)

    def delegations(self, login: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get("/api/v1/delegations", login).json()
        return found

    def get(self, path: str, login: str) -> Any:
        return self.client.get(path, headers=self.desk(login).headers())
