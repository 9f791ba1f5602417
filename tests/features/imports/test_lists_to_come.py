"""清单 with a day of publication still to come: merged, taken back, and what phones carry on that day."""

import asyncio
from typing import Any

import pytest

from backend.app import make_dossiers
from backend.core.clock import FixedClock
from backend.core.database import Database
from backend.core.registers import rows_of
from backend.core.signing import ServerKeys
from backend.features.identity import public as identity
from backend.features.plans import public as plans
from backend.settings import Settings
from tests.features.conftest import ON_BOTH
from tests.features.imports.conftest import LEGAL, Desk
from tests.features.imports.sheets import workbook
from tests.features.imports.test_items import HEAD, item
from tests.features.plans.leave import TODAY, day

DAY_MS = 86_400_000


def sheet(*items: list[Any]) -> bytes:
    return workbook(items, HEAD)


def brought(desk: Desk, version: str, later: int, *items: list[Any]) -> str:
    """The run that published these items in a version, so many days ahead."""
    run = desk.apply("items", sheet(*items), LEGAL, version=version, published=day(later))
    return str(run["id"])


def undone(desk: Desk, run: str) -> dict[str, Any]:
    reply = desk.undo(run, LEGAL)
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


def carried(settings: Settings, later: int) -> dict[str, str]:
    """Title by id of the list in force on a day to come, once the worker has brought it to the phones."""
    return asyncio.run(_carried(settings, later))


async def _carried(settings: Settings, later: int) -> dict[str, str]:
    database = Database(settings.database_url)
    dossiers = make_dossiers(database, ServerKeys.at(settings.data_dir / "keys"))
    dossiers.clock = FixedClock(dossiers.clock.now() + later * DAY_MS)
    await plans.release(dossiers, {"bureau": "changji"})
    async with database.read() as connection:
        told = await rows_of(connection, ("packs", "changji"), "pack")
        items = await rows_of(connection, ("items", "changji"), "item")
    await database.close()
    version = told["item_list.version"]["json"].strip('"')
    return {each["id"]: each["title"] for each in items.values() if each["list_version"] == version}


def listed(desk: Desk) -> list[str]:
    found = desk.get(LEGAL, "/api/v1/item-lists").json()
    return [each["list"]["version"] for each in found]


@ON_BOTH
def test_a_list_undone_before_its_first_day_never_comes_into_force(
    desk: Desk, settings: Settings
) -> None:
    before = carried(settings, 0)
    run = brought(desk, "2027.1", 30, item(), item("WH-01", title="改错的事项"))
    assert undone(desk, run) == {"undone": True, "restored": 2, "changed_since": []}
    assert carried(settings, 31) == before
    assert listed(desk) == ["2026.3"]


def test_a_list_in_force_since_is_taken_back_by_another_version(
    desk: Desk, settings: Settings
) -> None:
    before = carried(settings, 0)
    run = brought(desk, "2026.4", 0, item(), item("WH-01", title="改错的事项"))
    assert carried(settings, 0)["WH-01"] == "改错的事项"
    assert undone(desk, run)["restored"] == 2
    assert carried(settings, 0) == before
    assert listed(desk)[0] == "2026.4（撤销）"


def test_the_number_of_a_list_taken_back_is_not_given_again(desk: Desk) -> None:
    undone(desk, brought(desk, "2027.1", 30, item()))
    asked = {"version": "2027.1", "published": day(40)}
    token = desk.check("items", sheet(item()), LEGAL, **asked)["token"]
    reply = desk.send(LEGAL, "items/apply", sheet(item()), token=token, **asked)
    assert (reply.status_code, reply.json()["code"]) == (409, "list_version")


def test_what_is_imported_for_today_takes_in_nothing_of_a_list_to_come(
    desk: Desk, settings: Settings
) -> None:
    brought(desk, "2027.1", 30, item())
    asked = {"version": "2026.4", "published": TODAY}
    tried = desk.check("items", sheet(item("WH-91")), LEGAL, **asked)
    assert f"清单“2027.1”已定于 {day(30)} 起生效，里面没有这次导入的内容。" in tried["notes"]
    brought(desk, "2026.4", 0, item("WH-91"))
    now = carried(settings, 0)
    assert ("WH-90" in now, "WH-91" in now) == (False, True)
    then = carried(settings, 31)
    assert ("WH-90" in then, "WH-91" in then) == (True, False)


def test_what_is_imported_for_a_later_day_goes_on_from_the_list_of_that_day(
    desk: Desk, settings: Settings
) -> None:
    brought(desk, "2027.1", 30, item())
    brought(desk, "2027.2", 40, item("WH-91"))
    assert {"WH-90", "WH-91"} <= carried(settings, 41).keys()


def test_a_list_published_over_one_to_come_loses_only_what_is_undone(
    desk: Desk, settings: Settings
) -> None:
    first = brought(desk, "2027.1", 30, item())
    brought(desk, "2027.2", 30, item("WH-91"))
    assert undone(desk, first)["restored"] == 1
    assert listed(desk)[:2] == ["2027.1（撤销）", "2027.2"]
    then = carried(settings, 31)
    assert ("WH-90" in then, "WH-91" in then) == (False, True)


def test_an_undone_list_to_come_leaves_the_one_before_it_in_force(
    desk: Desk, settings: Settings
) -> None:
    run = brought(desk, "2027.1", 30, item())
    brought(desk, "2026.9", 20, item("WH-91"))
    undone(desk, run)
    then = carried(settings, 31)
    assert ("WH-90" in then, "WH-91" in then) == (False, True)


@pytest.mark.parametrize("version", ["2027.1", " 2027.1 "])
def test_blanks_around_a_version_do_not_hinder_its_undoing(
    desk: Desk, settings: Settings, version: str
) -> None:
    undone(desk, brought(desk, version, 30, item()))
    assert "WH-90" not in carried(settings, 31)


def test_a_plan_made_with_a_list_taken_back_keeps_it(desk: Desk, settings: Settings) -> None:
    undone(desk, brought(desk, "2027.1", 30, item()))
    kept = asyncio.run(_named(settings, "2027.1"))
    assert (kept.version, "WH-90" in {each.id for each in kept.items}) == ("2027.1", True)


async def _named(settings: Settings, version: str) -> plans.ItemList:
    database = Database(settings.database_url)
    async with database.read() as connection:
        pack = await identity.bureau_pack(connection, "changji")
        kept = await plans.list_named(connection, "changji", pack, version)
    await database.close()
    return kept
