"""Every screen there is, filled with true work: accessible, nothing lost, big enough for gloves.

Four parts, each with a bureau of its own and each to be run alone; a screen that the router knows and
no part comes by fails in the last test by its name. They run with ANXUN_SCREENS=FOLDER (`make
screens`), where pictures are kept: too long for every `make test`, which has test_tour.py.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.conftest import Server
from tests.browser.office import approved_inspection
from tests.browser.screens import bureau_story as bureau
from tests.browser.screens import desk_story as in_the_office
from tests.browser.screens import enterprise
from tests.browser.screens import field_story as on_the_phone
from tests.browser.screens import reference_story as reference
from tests.browser.screens.contact_sheet import lay_out
from tests.browser.screens.desk_story import Office, asks_for_approval
from tests.browser.screens.field_story import Field
from tests.browser.screens.looker import Looker
from tests.browser.screens.people import Seats, seats
from tests.browser.screens.routes import all_screens
from tests.browser.test_law import library
from tests.browser.visit import today

KEPT = os.environ.get("ANXUN_SCREENS")

pytestmark = [
    pytest.mark.timeout(1_800),
    pytest.mark.skipif(not KEPT, reason="`make screens` looks at every screen in every state"),
]


@pytest.fixture(scope="module")
def looked() -> Iterator[Looker]:
    """One for all parts: it knows at the end what nobody came by."""
    folder = Path(KEPT or "")
    looker = Looker(folder, whole=True)
    yield looker
    lay_out(folder, looker.shots)
    (folder / "faults.txt").write_text("\n".join(looker.faults), encoding="utf-8")


@pytest.fixture
def looker(looked: Looker) -> Iterator[Looker]:
    """A part answers for the faults of its own screens."""
    before = len(looked.faults)
    yield looked
    assert "\n".join(looked.faults[before:]) == ""


@pytest.fixture
def room(server: Server, playwright: Playwright, tmp_path: Path) -> Iterator[Seats]:
    expect.set_options(timeout=20_000)
    library(server, tmp_path / "laws")
    with seats(playwright, server, tmp_path) as room:
        yield room
    assert room.errors == []


def test_an_officer_with_his_phone(server: Server, room: Seats, looker: Looker) -> None:
    story = _two_officers(server, room, looker)
    on_the_phone.first_use(story)
    on_the_phone.before_the_gate(story)
    reference.looking_up(story)
    reference.his_own(story)
    reference.the_plan_in_the_hand(story)
    _a_visit(story)
    on_the_phone.a_recheck(story)
    on_the_phone.leaving(story)


def test_the_office_with_what_came_in(server: Server, room: Seats, looker: Looker) -> None:
    story = _two_officers(server, room, None)
    on_the_phone.first_use(story)
    on_the_phone.before_the_gate(story)
    _a_visit(story)
    plan = asks_for_approval(server, today(), reviewed=False)
    asks_for_approval(server, today(), reviewed=True)
    in_the_office.reports_a_special(server)
    office = Office(server, room, looker, story.dossier)
    in_the_office.a_section_head(office, plan)
    in_the_office.a_leader(office)
    bureau.a_legal_section(office)
    in_the_office.a_passer_by(office)


def test_a_bureau_and_its_administrator(
    server: Server, room: Seats, looker: Looker, tmp_path: Path
) -> None:
    office = Office(server, room, looker, approved_inspection(server, today()))
    bureau.an_administrator(office, tmp_path)
    bureau.a_lost_machine(office)


def test_a_bureau_on_its_first_day(room: Seats, looker: Looker, tmp_path: Path) -> None:
    bureau.a_first_day(room, looker, tmp_path / "new")


def test_no_screen_was_missed(
    request: pytest.FixtureRequest, server: Server, room: Seats, looked: Looker
) -> None:
    parts = [name for name in globals() if name.startswith("test_")]
    if len(parts) > sum(item.path == request.path for item in request.session.items):
        pytest.skip("only some parts were run")
    page = room.phone()
    page.goto(server.url)
    assert sorted(all_screens(page) - looked.seen) == []


def _two_officers(server: Server, room: Seats, looker: Looker | None) -> Field:
    dossier = approved_inspection(server, today(), ("lijie", "wangyi"))
    return Field(server, looker, dossier, room.phone(), room.phone())


def _a_visit(story: Field) -> None:
    """From the gate to two versions of one deadline, and what the enterprise says to it."""
    on_the_phone.at_the_gate(story)
    on_the_phone.a_problem(story)
    on_the_phone.apart(story)
    on_the_phone.in_mid_visit(story)
    on_the_phone.without_a_network(story)
    on_the_phone.the_papers(story)
    on_the_phone.two_versions(story)
    enterprise.speaks(story.server, story.dossier)
