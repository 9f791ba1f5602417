"""Every screen the router knows, looked at once over a visit that came in by wire: what `make test` affords.

Nothing is pressed here that a journey presses; `make screens` shows each screen in each of its states.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.conftest import Server
from tests.browser.office import ENTERPRISE, records
from tests.browser.screens import bureau_story as bureau
from tests.browser.screens import enterprise
from tests.browser.screens.desk_story import FILLED, Office, asks_for_approval, reports_a_special
from tests.browser.screens.field_story import Field, first_use, leaving
from tests.browser.screens.looker import Looker
from tests.browser.screens.people import seats
from tests.browser.screens.reference_story import looking_up
from tests.browser.screens.routes import all_paths, all_screens
from tests.browser.test_law import library
from tests.browser.test_open_page import served
from tests.browser.visit import today
from tests.features.disclosure.visit import Visit
from tests.features.dossiers.phone import Phone

POSTS = {
    "gaoyuan": ("people", "phones", "audit", "hand-in", "imports", "faults"),
    "ayinuer": ("complaints",),
}
"""Whose place at a desk it is; the rest is the section head's."""

APART = re.compile("/|/(login|enrol|lock|revoked)|/setup/.*|.*:law|.*:signer")
"""Where nobody goes by an address."""

SIGNED_BY_HAND = {"doc.sign"}
"""Its paper must be written whole first, as it is in `make screens`."""


@dataclass(frozen=True)
class Things:
    """What stands for the names in a path of the router."""

    server: Server
    visit: Visit
    plan: str
    draft: str

    def address(self, path: str) -> str:
        named = {
            "id": self._id(path),
            "check": self._record("check"),
            "finding": self.visit.findings[0],
            "photo": self._record("evidence"),
            "document": self.visit.order,
            "record": self._record("extension"),
        }
        about = f"?dossier={self.visit.dossier}" if path.startswith("/f/d/") else ""
        return re.sub(r":(\w+)", lambda name: named[name[1]], path) + about

    def _id(self, path: str) -> str:
        if path.endswith("/print"):
            (order,) = records(self.server, self.visit.dossier, "document")
            return str(order["draft"])
        disputed = f"{self.visit.dossier}~finding~{self.visit.findings[0]}~cause"
        others = {
            "/f/e": ENTERPRISE,
            "/f/d": self.draft,
            "/k/plans": self.plan,
            "/f/conflict": disputed,
        }
        return others.get(path.partition("/:")[0], self.visit.dossier)

    def _record(self, entity: str) -> str:
        return str(records(self.server, self.visit.dossier, entity)[0]["id"])


@pytest.fixture
def things(server: Server, tmp_path: Path) -> Things:
    library(server, tmp_path / "laws")
    visit = served(server)
    enterprise.speaks(server, visit.dossier)
    reports_a_special(server)
    two_versions(server, visit)
    draft = visit.phone.new_record()
    visit.phone.author(visit.dossier, "draft", draft, {"kind": "inspection_record"})
    assert visit.phone.push().json()["other"] == []
    return Things(server, visit, asks_for_approval(server, today(), reviewed=False), draft)


def two_versions(server: Server, visit: Visit) -> None:
    """Two phones write one cause, neither knows of the other's."""
    mate = Phone(visit.phone.client, "nurlan", server.login("nurlan")).enrol()
    mate.time = visit.phone.time
    for phone, words in ((visit.phone, "误报没有查明。"), (mate, "值班员自行关闭。")):
        phone.author(visit.dossier, "finding", visit.findings[0], {"cause": words})
        assert phone.push().json()["other"] == []


def test_every_screen_once(
    server: Server, things: Things, playwright: Playwright, tmp_path: Path
) -> None:
    expect.set_options(timeout=20_000)
    looker = Looker(None, whole=False)
    with seats(playwright, server, tmp_path) as room:
        hand = room.phone()
        story = Field(server, looker, things.visit.dossier, hand, hand)
        first_use(story)
        looking_up(story)
        for path in all_paths(hand):
            if not path.startswith("/k") and not APART.fullmatch(path):
                story.go(things.address(path))
                story.see()
        at_the_desks(Office(server, room, looker, things.visit.dossier), things, hand)
        leaving(story)
        bureau.a_lost_machine(Office(server, room, looker, things.visit.dossier))
        bureau.a_first_day(room, looker, tmp_path / "new")
        assert sorted(all_screens(hand) - looker.seen - SIGNED_BY_HAND) == []
    assert "\n".join(looker.faults) == ""
    assert room.errors == []


def at_the_desks(office: Office, things: Things, hand: Page) -> None:
    """Each in the place of the one whose work it is."""
    words = {f"/k/{path}": said for path, said in (bureau.ADMINISTERED | FILLED).items()}
    paths = [path for path in all_paths(hand) if path.startswith("/k")]
    owners = {f"/k/{path}": login for login, owned in POSTS.items() for path in owned}
    for login in (*POSTS, "gulnar"):
        desk = office.sit(login)
        for path in paths:
            if owners.get(path, "gulnar") == login:
                desk.go(things.address(path))
                expect(desk.page.get_by_text(words.get(path, "")).first).to_be_visible()
                desk.see()
        if login == "gaoyuan":
            bureau.led_to_no_case(desk)
        desk.page.context.close()
