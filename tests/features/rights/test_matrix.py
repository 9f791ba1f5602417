"""Every route × every post × own, other section, other bureau: let in by the table, or nothing moves."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from litestar import Litestar

from backend.core.database import metadata
from backend.core.openapi import ACT, OPEN
from tests.features.dossiers.phone import Phone
from tests.features.rights.asks import ROUTES, Ask, send
from tests.features.rights.expecting import LOGINS, allowed
from tests.features.rights.town import Town

GUARDED = ("/api/v1", "/uploads", "/evidence")
COUNTS_ANYWAY = {"session", "audit", "rate"}
"""What a refusal may write: that it was asked."""
LAST = "DELETE /api/v1/session"


def asked_of(app: Litestar) -> dict[str, tuple[str, ...]]:
    """By method and path the acts of every route that is not open to all."""
    return {
        f"{method} {route.path_format}": _acts(handler.opt[ACT])
        for route in app.routes
        for method, (handler, _) in getattr(route, "route_handler_map", {}).items()
        if method != "OPTIONS"
        and route.path_format.startswith(GUARDED)
        and not handler.opt.get(OPEN)
    }


def _acts(said: str | tuple[str, ...]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else said


def test_every_route_is_asked_and_nothing_else(town: Town) -> None:
    found = asked_of(town.server.client.app)
    assert len(found) > 60
    assert set(found) - set(ROUTES) == set(), "a route without a builder"
    assert set(ROUTES) - set(found) == set(), "a builder without a route"


def test_whoever_may_is_let_in_and_for_all_others_nothing_moves(town: Town) -> None:
    matrix = Matrix(town)
    acts = asked_of(town.server.client.app)
    for route in sorted(ROUTES, key=lambda each: each == LAST):
        for ask in ROUTES[route](town):
            matrix.ask(route, ask, (ask.act,) if ask.act else acts[route])
    assert matrix.asked > 1000
    assert matrix.faults == [], "\n".join(matrix.faults)


@dataclass
class Matrix:
    """Asks as everybody; those who may not before those who may, so that all find the same."""

    town: Town
    asked: int = 0
    faults: list[str] = field(default_factory=list)
    people: dict[str, Phone] = field(default_factory=dict)

    def __post_init__(self) -> None:
        server = self.town.server
        nobody = Phone(server.client, "", "")
        self.people = {
            role: server.phone(login) if login else nobody for role, login in LOGINS.items()
        }
        self.database = sqlite3.connect(server.settings.data_dir / "anxun.sqlite")
        names = sorted(set(metadata.tables) - COUNTS_ANYWAY)
        self.count = "SELECT " + ",".join(f"(SELECT count(*) FROM {name})" for name in names)

    def ask(self, route: str, ask: Ask, acts: tuple[str, ...]) -> None:
        """One request by everybody."""
        for role, may in sorted(self._expected(ask, acts), key=lambda each: each[1]):
            before = self._rows()
            reply = send(self.people[role], route.split(maxsplit=1)[0], ask)
            self.asked += 1
            wrong = self._wrong(ask, reply, may)
            if not may and not ask.shows and self._rows() != before:
                wrong = "something was written"
            if wrong:
                self.faults.append(f"{role} {route} {ask.place} {reply.status_code}: {wrong}")

    def _expected(self, ask: Ask, acts: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
        for role in self.people:
            mine = ask.place == "own" and role in ask.makers
            yield role, mine or any(allowed(role, act, ask.place, ask.secret) for act in acts)

    def _wrong(self, ask: Ask, reply: Any, may: bool) -> str:
        refused = _refused(ask, reply)
        if reply.status_code >= 500:
            return "a fault"
        if not ask.shows:
            return "" if may != refused else ("refused" if refused else "let in")
        shown = not refused and ask.shows in reply.text
        if may and ask.shown_to_all:
            return "" if shown else "not shown"
        return "shown" if shown and not may else ""

    def _rows(self) -> tuple[int, ...]:
        found: tuple[int, ...] = self.database.execute(self.count).fetchone()
        return found


def _refused(ask: Ask, reply: Any) -> bool:
    """A 401 for a wrong password is none: who asks was let in to try it."""
    code = reply.json()["code"] if reply.is_error and reply.content else ""
    if reply.status_code == 401:
        return code in ("session", "")
    hidden = reply.status_code == 404 and (not ask.hides or code in ask.hides)
    return hidden or reply.status_code == 403
