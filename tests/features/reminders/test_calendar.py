"""订阅日历 read by another's parser: days and instants, alarms, cancelling, names only when asked for."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import vobject
from litestar.testing import TestClient

from backend.core.packs import load_pack
from backend.core.problems import Problem
from backend.features.deadlines import public
from backend.features.deadlines.service import feeding
from backend.features.deadlines.service.feeding import FeedState, FeedWish
from tests.features.dossiers.phone import Phone
from tests.features.reminders.office import DAY_MS, HOUR_MS, NOON_18_SEP, Office, fact

URL = "https://anxun.example"


async def given(office: Office, officer: str = "zhang", names: bool = False) -> FeedState:
    async with office.database.write() as connection:
        return await feeding.give(
            connection, office.dossiers.ids, officer, FeedWish(names), office.clock.ms, URL
        )


async def fetched(office: Office, url: str) -> bytes:
    token = url.removeprefix(f"{URL}/calendar/").removesuffix(".ics")
    async with office.database.read() as connection:
        return await feeding.read(connection, token, office.clock.ms, URL)


def events(text: bytes) -> list[Any]:
    calendar = vobject.readOne(text.decode("utf-8"))
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    return list(calendar.contents.get("vevent", []))


async def test_a_day_clock_is_a_whole_day_with_its_alarms(each_office: Office) -> None:
    dossier = await each_office.open()
    await each_office.tell(dossier, fact("start", "D10", NOON_18_SEP, "zhang"))
    feed = await given(each_office)
    (event,) = events(await fetched(each_office, feed.url))
    (clock,) = await each_office.clocks(dossier)
    assert event.dtstart.value == clock.dates.strict
    assert event.summary.value == "整改复查"
    assert event.status.value == "CONFIRMED"
    triggers = sorted(alarm.trigger.value for alarm in event.valarm_list)
    assert all(isinstance(each, timedelta) for each in triggers)
    midnight = datetime.combine(event.dtstart.value, datetime.min.time())
    assert {(midnight + each).strftime("%H:%M") for each in triggers} == {"09:00"}


async def test_an_hour_clock_is_a_moment_in_shanghai(office: Office) -> None:
    dossier = await office.open()
    rules = public.clock_rules(load_pack("changji"), date(2026, 9, 18)).values()
    rule = next(each for each in rules if each.unit == "hour")
    await office.tell(dossier, fact("start", rule.id, NOON_18_SEP, "zhang"))
    (event,) = events(await fetched(office, (await given(office)).url))
    due = event.dtstart.value
    assert due.utcoffset() == timedelta(hours=8)
    assert due.timestamp() * 1000 == NOON_18_SEP + rule.length * HOUR_MS


async def test_what_is_done_is_cancelled_under_the_same_name(office: Office) -> None:
    dossier = await office.open()
    await office.tell(dossier, fact("start", "D03", NOON_18_SEP, "zhang"))
    feed = await given(office)
    (before,) = events(await fetched(office, feed.url))
    await office.tell(dossier, fact("stop", "D03", NOON_18_SEP + HOUR_MS))
    (after,) = events(await fetched(office, feed.url))
    assert after.uid.value == before.uid.value
    assert after.status.value == "CANCELLED"
    assert int(after.sequence.value) > int(before.sequence.value)
    assert "valarm" not in after.contents
    office.clock.ms += 90 * DAY_MS
    assert events(await fetched(office, feed.url)) == []


async def test_names_stay_out_unless_asked_for(office: Office) -> None:
    dossier = await office.open(enterprise="万通汽修")
    await office.tell(dossier, fact("start", "D03", NOON_18_SEP, "zhang"))
    quiet = await fetched(office, (await given(office)).url)
    for secret in ("万通", dossier, "zhang"):
        assert secret.encode() not in quiet.replace(b"\r\n ", b"")
    (named,) = events(await fetched(office, (await given(office, names=True)).url))
    assert named.summary.value.endswith(" · 万通汽修")
    (unnamed,) = events(quiet)
    assert int(named.sequence.value) > int(unnamed.sequence.value)


async def test_each_sees_his_own(office: Office) -> None:
    dossier = await office.open("s1")
    await office.tell(dossier, fact("start", "D03", NOON_18_SEP, "zhang"))
    for officer, seen in (("zhang", 1), ("li", 0), ("wang", 1), ("zhao", 0), ("qian", 1)):
        assert len(events(await fetched(office, (await given(office, officer)).url))) == seen
    with pytest.raises(Problem) as refused:
        await given(office, "admin")
    assert refused.value.code == "forbidden"


async def test_an_address_renewed_or_ended_answers_nothing(office: Office) -> None:
    first, second = await given(office), await given(office)
    with pytest.raises(Problem) as gone:
        await fetched(office, first.url)
    assert gone.value.code == "calendar"
    assert events(await fetched(office, second.url)) == []
    async with office.database.write() as connection:
        await feeding.end(connection, "zhang", office.clock.ms)
    with pytest.raises(Problem):
        await fetched(office, second.url)


def test_a_calendar_fetches_it_without_a_session_and_again_only_when_changed(
    client: TestClient[Any], phone: Callable[[str], Phone]
) -> None:
    lijie = phone("lijie")
    asked = client.get("/api/v1/calendar", headers=lijie.headers())
    assert asked.json() == {"on": False}
    made = lijie.post("/api/v1/calendar", {"names": False})
    assert made.status_code == 201, made.text
    path = made.json()["url"].partition("8000")[2]
    first = client.get(path)
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/calendar/wrong.ics").status_code == 404
    assert client.post("/api/v1/calendar", json={"names": True}).status_code == 401
    assert client.request("DELETE", "/api/v1/calendar", headers=lijie.headers()).status_code == 204
    assert client.get(path).status_code == 404
