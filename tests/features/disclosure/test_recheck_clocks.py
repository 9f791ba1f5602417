"""D03, D09 and D10 after a recheck: each item keeps its own day, what is judged ends (S0-5b)."""

from typing import Any

from backend.core.days import day_of
from tests.features.conftest import ON_BOTH
from tests.features.disclosure.test_sending import FEEDBACK, entered, photos
from tests.features.disclosure.visit import Browser, Visit, day, issue, served_visit, shown
from tests.features.dossiers.test_push import Enrol

MINUTE_MS = 60_000


def recheck(visit: Visit, *results: str) -> None:
    """The items of the order so far as there are results; an empty one was not looked at."""
    at = visit.phone.time + MINUTE_MS
    found = zip(visit.findings, results, strict=True)
    items = [{"finding": f, "result": result} for f, result in found if result]
    fields = {"order": visit.order, "started": at, "ended": at, "items": items}
    visit.phone.author(visit.dossier, "recheck", visit.phone.new_record(), fields)
    assert visit.phone.push().json()["other"] == []


def clocks(visit: Visit) -> list[dict[str, Any]]:
    running = shown(visit.phone, visit.dossier, "clock")
    return [each for each in running if each["state"] == "running"]


def rules_running(visit: Visit) -> list[str]:
    return sorted(each["rule"] for each in clocks(visit))


@ON_BOTH
def test_an_early_recheck_of_one_item_lets_the_clocks_of_the_other_run(phone: Enrol) -> None:
    visit = served_visit(phone)
    recheck(visit, "fixed", "")
    assert rules_running(visit) == ["D09", "D10"]
    recheck(visit, "fixed", "fixed")
    assert rules_running(visit) == []


@ON_BOTH
def test_not_mended_before_the_last_day_starts_no_transfer(phone: Enrol) -> None:
    visit = served_visit(phone)
    recheck(visit, "not_fixed", "fixed")
    assert rules_running(visit) == ["D09", "D10"]


def test_not_mended_on_the_last_day_starts_the_transfer(phone: Enrol) -> None:
    visit = served_visit(phone, due=0)
    recheck(visit, "not_fixed", "fixed")
    (clock,) = clocks(visit)
    assert (clock["rule"], day_of(clock["started"])) == ("D03", day(0))


@ON_BOTH
def test_what_was_mended_in_part_is_ordered_anew_and_the_new_order_has_clocks_of_its_own(
    phone: Enrol,
) -> None:
    visit = served_visit(phone, due=0, problems=1)
    first = visit.order
    recheck(visit, "partly")
    assert rules_running(visit) == []
    issue(visit, day(20), problems=1)
    assert {each["trigger"] for each in clocks(visit)} == {visit.order}
    assert {each["rule"]: each["due_strict"] for each in clocks(visit)}["D09"] == day(20)
    assert visit.order != first
    papers = shown(visit.phone, visit.dossier, "document")
    assert [bool(each.get("void")) for each in papers] == [False, False]
    recheck(visit, "fixed")
    assert rules_running(visit) == []


@ON_BOTH
def test_a_unit_that_asks_to_be_rechecked_is_rechecked_within_days_of_its_asking(
    phone: Enrol, browser: Browser
) -> None:
    visit = served_visit(phone)
    path = f"{entered(browser, visit)}/feedback/{visit.item}"
    assert browser.post(path, {**FEEDBACK, "recheck": "yes"}, photos()).status_code == 201
    assert started(visit) == {"D09": day(30), "D10": day(0)}
    recheck(visit, "fixed", "")
    assert started(visit) == {"D09": day(30), "D10": day(30)}


def started(visit: Visit) -> dict[str, str]:
    return {each["rule"]: day_of(each["started"]) for each in clocks(visit)}
