"""今早: once a day, on working days, at the pack's hour; silence and hour clocks go their own way."""

from collections.abc import Awaitable, Callable

import pytest

from backend.features.deadlines import public
from backend.features.deadlines.service.pushing import Message, Sent
from backend.features.deadlines.tables import inbox as inbox_tables
from backend.features.deadlines.tables.inbox import Subscription
from tests.features.reminders.browser import Browser
from tests.features.reminders.office import DAY_MS, HOUR_MS, NOON_18_SEP, Office, fact
from tests.features.reminders.test_escalation import (  # noqa: F401
    TWO_DAYS,
    acknowledge,
    heard,
    inbox,
    run,
)

Opener = Callable[[str], Awaitable[Office]]
NINE = NOON_18_SEP - 3 * HOUR_MS


class Taker:
    """A push service that takes everything."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def send(self, to: Subscription, message: Message) -> Sent:
        self.messages.append(message)
        return Sent(201)


async def started(office: Office, *rules: str, ms: int = NOON_18_SEP) -> None:
    """Running clocks whose first ringing is over and answered."""
    for rule in rules:
        dossier = await office.open()
        await office.tell(dossier, fact("start", rule, ms, "zhang"))
    await run(office)
    await acknowledge(office, "zhang")


async def mornings(office: Office, officer: str = "zhang") -> list[str]:
    return [line.title for line in await inbox(office, officer) if line.title.startswith("今早")]


async def test_all_that_is_near_in_one_message_once_a_day(each_office: Office) -> None:
    await started(each_office, "D03", "D03", "D10")
    each_office.clock.ms = NINE + 4 * DAY_MS
    lines = len(await inbox(each_office, "zhang"))
    assert await run(each_office) == 1
    assert await mornings(each_office) == ["今早 2 件：2 件今天到期"]
    assert len(await inbox(each_office, "zhang")) == lines + 1
    each_office.clock.ms += HOUR_MS
    assert await run(each_office) == 0
    await acknowledge(each_office, "zhang")
    each_office.clock.ms = NINE + 5 * DAY_MS
    await run(each_office)
    assert (await mornings(each_office))[0] == "今早 3 件：2 件逾期、1 件以后到期"


async def test_not_before_the_hour_nor_long_after(office: Office) -> None:
    await started(office, "D03")
    office.clock.ms = NINE + 5 * DAY_MS - 1
    await run(office)
    assert await mornings(office) == []
    office.clock.ms = NINE + 5 * DAY_MS + 2 * HOUR_MS
    await run(office)
    assert await mornings(office) == []


async def test_none_on_a_rest_day_but_on_a_make_up_workday(office: Office) -> None:
    await started(office, "D03")
    office.clock.ms = NINE + DAY_MS
    await run(office)
    assert await mornings(office) == []
    office.clock.ms = NINE + 2 * DAY_MS
    await run(office)
    assert await mornings(office) == []
    office.clock.ms = NINE + 3 * DAY_MS
    await run(office)
    assert await mornings(office) == ["今早 1 件：1 件本周到期"]


async def test_nobody_is_told_of_nothing(office: Office) -> None:
    await started(office, "D10")
    office.clock.ms = NINE + 3 * DAY_MS
    assert await run(office) == 0
    assert await mornings(office) == []


async def test_an_hour_clock_rings_by_itself(office: Office) -> None:
    await started(office, "D03")
    at = NINE + 3 * DAY_MS
    dossier = await office.open()
    await office.tell(dossier, fact("start", "D02", at - 22 * HOUR_MS, "zhang"))
    await run(office)
    office.clock.ms = at
    await run(office)
    told = {line.title for line in await inbox(office, "zhang") if line.created == at}
    assert told == {"今早 2 件：1 件今天到期、1 件本周到期", "紧急实施强制措施补办批准"}


async def test_silence_on_a_morning_goes_up_clock_by_clock(heard: Office) -> None:  # noqa: F811
    await started(heard, "D10", "D10")
    heard.clock.ms = NINE + 5 * DAY_MS
    await run(heard)
    assert await mornings(heard) == ["今早 2 件：2 件以后到期"]
    heard.clock.ms += TWO_DAYS
    await run(heard)
    assert [line.title for line in await inbox(heard, "wang")] == ["整改复查"] * 2


@pytest.mark.parametrize("days", [4, 5])
async def test_a_days_pushes_take_each_others_place_not_yesterdays(
    office: Office, days: int
) -> None:
    await started(office, "D03")
    browser = Browser().subscription("zhang", "https://push.example/a")
    async with office.database.write() as connection:
        await inbox_tables.keep_subscription(connection, browser, office.clock.ms)
    tags = set()
    for day in (4, days):
        office.clock.ms = NINE + day * DAY_MS
        taker, dossiers = Taker(), office.dossiers
        await public.run_due(dossiers.database, taker, dossiers.clock, dossiers.ids)
        tags |= {message.payload.tag for message in taker.messages}
    assert len(tags) == days - 3
