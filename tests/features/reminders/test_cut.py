"""More clocks than a list or a calendar holds: what runs is never cut off by what has ended."""

from backend.core.dossiers.ports import Sight
from backend.features.deadlines import public
from backend.features.deadlines.service.due import MAX_CLOCKS
from backend.features.deadlines.service.feeding import MAX_EVENTS
from backend.features.deadlines.tables.clocks import running_clock
from tests.features.reminders.office import NOON_18_SEP, Office, fact
from tests.features.reminders.test_calendar import fetched, given

BUREAU = Sight("b")


async def busy(office: Office, ended: int) -> str:
    """One clock that runs, and so many of earlier days that were stopped, one each millisecond."""
    dossier = await office.open()
    await office.tell(dossier, fact("start", "D10", NOON_18_SEP, "zhang"))
    (row,) = await office.rows(running_clock.select())
    one = dict(zip((column.name for column in running_clock.c), row, strict=True))
    over = {**one, "state": "stopped", "due_strict": one["due_strict"] - 1}
    rows = [{**over, "id": f"over{n:04d}", "stopped": NOON_18_SEP + n} for n in range(ended)]
    async with office.database.write() as connection:
        for start in range(0, ended, 500):
            await connection.execute(running_clock.insert(), rows[start : start + 500])
    return str(one["id"])


async def listed(office: Office, state: str) -> public.DueClocks:
    asked = public.DueFilter(state=state)
    async with office.database.read() as connection:
        return await public.due_list(connection, BUREAU, asked, office.clock.ms)


async def test_the_calendar_leaves_ended_clocks_out_before_running_ones(
    each_office: Office,
) -> None:
    await busy(each_office, MAX_EVENTS)
    text = await fetched(each_office, (await given(each_office)).url)
    assert text.count(b"BEGIN:VEVENT") == MAX_EVENTS
    assert text.count(b"STATUS:CONFIRMED") == 1


async def test_the_board_of_all_clocks_leaves_ended_ones_out_first(each_office: Office) -> None:
    running = await busy(each_office, MAX_CLOCKS)
    found = await listed(each_office, "")
    assert (len(found.clocks), found.more) == (MAX_CLOCKS, True)
    assert found.clocks[-1].id == running
    assert "over0000" not in {each.id for each in found.clocks}


async def test_of_ended_clocks_the_last_ended_are_shown(each_office: Office) -> None:
    await busy(each_office, MAX_CLOCKS + 1)
    found = await listed(each_office, "stopped")
    names = {each.id for each in found.clocks}
    assert (len(names), found.more) == (MAX_CLOCKS, True)
    assert {f"over{MAX_CLOCKS:04d}", "over0001"} <= names
