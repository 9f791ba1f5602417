"""Many reminders are one message; silence goes up the rule's roles, an answer ends it."""

from collections.abc import Awaitable, Callable

import pytest

from backend.features.deadlines import public
from backend.features.deadlines.service import telling
from backend.features.deadlines.service.pushing import Message, Sent
from backend.features.deadlines.service.telling import InboxLine
from backend.features.deadlines.tables.inbox import Subscription
from tests.features.reminders.office import DAY_MS, HOUR_MS, NOON_18_SEP, Office, fact

TWO_DAYS = 48 * HOUR_MS


class Nobody:
    """No browser is subscribed here, so nothing may be sent."""

    async def send(self, to: Subscription, message: Message) -> Sent:
        raise AssertionError(to)


async def run(office: Office) -> int:
    dossiers = office.dossiers
    return await public.run_due(dossiers.database, Nobody(), dossiers.clock, dossiers.ids)


async def inbox(office: Office, officer: str) -> list[InboxLine]:
    async with office.database.read() as connection:
        return await telling.read_inbox(connection, officer)


async def acknowledge(office: Office, officer: str) -> None:
    for line in await inbox(office, officer):
        async with office.database.write() as connection:
            await telling.acknowledge(connection, officer, line.id, office.clock.ms)


Opener = Callable[[str], Awaitable[Office]]


@pytest.fixture
async def heard(silence: None, opener: Opener) -> Office:
    """A bureau whose pack tells of silence after 48 hours."""
    return await opener("heard")


async def start_recheck(office: Office, *officers: str) -> str:
    dossier = await office.open()
    await office.tell(dossier, fact("start", "D10", NOON_18_SEP, *officers))
    await run(office)
    return dossier


async def test_D10_silence_is_told_to_the_head_of_the_section_only(heard: Office) -> None:
    await start_recheck(heard, "zhang")
    heard.clock.ms += TWO_DAYS - 1
    assert await run(heard) == 0
    heard.clock.ms += 1
    assert await run(heard) == 1
    (told,) = await inbox(heard, "wang")
    assert (told.title, told.body) == (
        "整改复查",
        "万通汽修：承办人没有回应，9月28日到期，打开查看",
    )
    assert await inbox(heard, "zhao") == []
    (mine,) = await inbox(heard, "zhang")
    assert mine.escalated_to == ["R2"]


async def test_D10_silence_of_the_head_goes_on_to_the_leader_and_ends_there(heard: Office) -> None:
    await start_recheck(heard, "zhang")
    for _ in range(4):
        heard.clock.ms += TWO_DAYS
        await run(heard)
    told = [line for line in await inbox(heard, "qian") if "没有回应" in line.body]
    assert len(told) == 1
    assert told[0].escalated_to == []


async def test_an_answer_ends_it(heard: Office) -> None:
    await start_recheck(heard, "zhang")
    await acknowledge(heard, "zhang")
    heard.clock.ms += TWO_DAYS
    assert await run(heard) == 0
    assert await inbox(heard, "wang") == []


async def test_the_act_ends_it(heard: Office) -> None:
    dossier = await start_recheck(heard, "zhang")
    await heard.tell(dossier, fact("stop", "D10", heard.clock.ms))
    heard.clock.ms += TWO_DAYS
    assert await run(heard) == 0
    assert await inbox(heard, "wang") == []


async def test_two_silent_officers_are_one_message_to_the_head(heard: Office) -> None:
    await start_recheck(heard, "zhang", "li")
    heard.clock.ms += TWO_DAYS
    await run(heard)
    assert len(await inbox(heard, "wang")) == 1


async def test_a_section_without_a_head_is_told_to_the_leader(heard: Office) -> None:
    dossier = await heard.open(section="lead")
    await heard.tell(dossier, fact("start", "D10", NOON_18_SEP, "zhang"))
    await run(heard)
    heard.clock.ms += TWO_DAYS
    await run(heard)
    assert [len(await inbox(heard, who)) for who in ("wang", "zhao", "qian")] == [0, 0, 1]


async def test_a_pack_that_waits_for_ever_tells_nobody(silence: None, opener: Opener) -> None:
    office = await opener("mute")
    await start_recheck(office, "zhang")
    office.clock.ms += 2 * TWO_DAYS
    await run(office)
    assert [line.escalated_to for line in await inbox(office, "zhang")][-1] == []
    assert await inbox(office, "wang") == []


async def test_five_at_once_are_one_digest(office: Office) -> None:
    starts = [NOON_18_SEP - 9 * DAY_MS, *[NOON_18_SEP - n * DAY_MS for n in (1, 2, 2, 1)]]
    for at in starts:
        await office.tell(await office.open(), fact("start", "D03", at, "zhang", "li"))
    await office.tell(await office.open(), fact("start", "D10", NOON_18_SEP, "zhang"))
    assert await run(office) == 2
    (mine,) = await inbox(office, "zhang")
    assert mine.title == "6 件期限提醒"
    assert mine.body == "1 件逾期、2 件本周到期、3 件以后到期，打开查看"
    assert (mine.url, mine.dossier, mine.clock) == ("/#/f/inbox", "", "")
    (other,) = await inbox(office, "li")
    assert other.title == "5 件期限提醒"


async def test_four_at_once_are_four_messages(office: Office) -> None:
    for _ in range(4):
        await office.tell(await office.open(), fact("start", "D03", NOON_18_SEP, "zhang"))
    assert await run(office) == 4
    assert len(await inbox(office, "zhang")) == 4


async def test_silence_on_a_digest_is_told_clock_by_clock(heard: Office) -> None:
    dossiers = [await heard.open() for _ in range(5)]
    for dossier in dossiers:
        await heard.tell(dossier, fact("start", "D10", NOON_18_SEP, "zhang"))
    await run(heard)
    await heard.tell(dossiers[0], fact("stop", "D10", heard.clock.ms))
    heard.clock.ms += TWO_DAYS
    assert await run(heard) == 4
    assert {line.dossier for line in await inbox(heard, "wang")} == set(dossiers[1:])


async def test_the_board_shows_who_was_told_and_who_answered(heard: Office) -> None:
    await start_recheck(heard, "zhang")
    heard.clock.ms += TWO_DAYS
    await run(heard)
    await acknowledge(heard, "wang")
    async with heard.database.read() as connection:
        sight = await public.sight_of(connection, "wang")
        board = await public.due_list(connection, sight, public.DueFilter(), heard.clock.ms)
    (row,) = board.clocks
    assert (row.reminded, row.escalated_to, row.acknowledged) == (2, "R2", heard.clock.ms)
    assert row.left == "还剩 8 天"
