"""Every screen there is, filled with true work: accessible, nothing lost, big enough for gloves.

A screen that the router knows and no story comes by fails here by its name. It runs with
ANXUN_SCREENS=FOLDER (`make screens`), where pictures are kept: too long for every `make test`.
"""

import os
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
from tests.browser.screens.people import seats
from tests.browser.screens.routes import all_screens
from tests.browser.test_law import library
from tests.browser.visit import today

KEPT = os.environ.get("ANXUN_SCREENS")

pytestmark = [
    pytest.mark.timeout(1_800),
    pytest.mark.skipif(not KEPT, reason="`make screens` looks at every screen"),
]


def test_every_screen_of_the_product(
    server: Server, playwright: Playwright, tmp_path: Path
) -> None:
    expect.set_options(timeout=20_000)
    looker = Looker(Path(KEPT) if KEPT else None, whole=bool(KEPT))
    library(server, tmp_path / "laws")
    dossier = approved_inspection(server, today(), ("lijie", "wangyi"))
    plan = asks_for_approval(server, today(), reviewed=False)
    asks_for_approval(server, today(), reviewed=True)
    in_the_office.reports_a_special(server)
    with seats(playwright, server, tmp_path) as room:
        story = Field(server, room, looker, dossier, room.phone(), room.phone())
        on_the_phone.first_use(story)
        on_the_phone.before_the_gate(story)
        reference.looking_up(story)
        reference.his_own(story)
        reference.the_plan_in_the_hand(story)
        on_the_phone.at_the_gate(story)
        on_the_phone.a_problem(story)
        on_the_phone.apart(story)
        on_the_phone.in_mid_visit(story)
        on_the_phone.without_a_network(story)
        on_the_phone.the_papers(story)
        on_the_phone.two_versions(story)
        enterprise.speaks(server, dossier)
        on_the_phone.a_recheck(story)
        office = Office(server, room, looker, dossier)
        in_the_office.a_section_head(office, plan)
        in_the_office.a_leader(office)
        bureau.an_administrator(office, tmp_path)
        bureau.a_legal_section(office)
        bureau.a_lost_phone(office)
        bureau.a_first_day(office, tmp_path / "new")
        in_the_office.a_passer_by(office)
        on_the_phone.leaving(story)
        unseen = all_screens(story.a) - looker.seen
    if looker.folder:
        lay_out(looker.folder, looker.shots)
        (looker.folder / "faults.txt").write_text("\n".join(looker.faults), encoding="utf-8")
    assert sorted(unseen) == []
    assert "\n".join(looker.faults) == ""
    assert room.errors == []
