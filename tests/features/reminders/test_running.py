"""D03, D09, D10 in a dossier: the fact starts them, the act stops them, history stays."""

import json
from collections.abc import Awaitable, Callable

import sqlalchemy as sa

from backend.core.dossiers import tables as t
from backend.features.deadlines import public
from backend.features.deadlines.tables.reminders import Reminder, plan, reminder
from tests.features.reminders.office import (
    DAY_MS,
    HOUR_MS,
    NOON_18_SEP,
    Office,
    fact,
)

Opener = Callable[[str], Awaitable[Office]]
NINE_22_SEP = NOON_18_SEP + 4 * DAY_MS - 3 * HOUR_MS
END_22_SEP = NOON_18_SEP + 4 * DAY_MS + 12 * HOUR_MS


async def test_D03_the_end_of_an_inspection_starts_three_working_days(each_office: Office) -> None:
    dossier = await each_office.open()
    await each_office.tell(dossier, fact("start", "D03", NOON_18_SEP, "zhang", "li"))
    (clock,) = await each_office.records(dossier)
    assert (clock.rule, clock.trigger, clock.state) == ("D03", "r1", "running")
    assert (clock.due_strict, clock.due_rolled) == ("2026-09-22", "2026-09-22")
    assert clock.due_strict_ms == END_22_SEP
    assert json.loads(clock.resolved)["length"] == 3
    assert clock.source == json.loads(clock.resolved)["source"]
    assert not clock.provisional
    told = await each_office.reminders()
    assert [who for who, _, _ in told] == ["li", "zhang"] * 3
    assert [at for _, at, _ in told[::2]] == [
        NOON_18_SEP,
        NINE_22_SEP - DAY_MS,
        NINE_22_SEP,
    ]


async def test_D03_the_transfer_stops_it_and_nothing_rings_any_more(each_office: Office) -> None:
    dossier = await each_office.open()
    await each_office.tell(dossier, fact("start", "D03", NOON_18_SEP, "zhang"))
    done = NOON_18_SEP + HOUR_MS
    await each_office.tell(dossier, fact("stop", "D03", done))
    (clock,) = await each_office.records(dossier)
    assert (clock.state, clock.stopped) == ("stopped", done)
    (row,) = await each_office.clocks(dossier)
    assert (row.state, row.stopped) == ("stopped", done)
    assert {state for _, _, state in await each_office.reminders()} == {"cancelled"}


async def test_D09_then_D10_an_order_and_its_recheck(each_office: Office) -> None:
    dossier = await each_office.open()
    due = NOON_18_SEP + 12 * DAY_MS
    await each_office.tell(dossier, fact("start", "D09", due, "zhang", trigger="order"))
    (order,) = await each_office.records(dossier)
    assert (order.title, order.due_strict, order.due_rolled) == (
        "整改期限",
        "2026-09-30",
        "2026-09-30",
    )
    await each_office.tell(
        dossier,
        fact("stop", "D09", due, trigger="order"),
        fact("start", "D10", due, "zhang", trigger="order"),
    )
    order, recheck = await each_office.records(dossier)
    assert (order.rule, order.state) == ("D09", "stopped")
    assert (recheck.rule, recheck.state, recheck.due_strict) == ("D10", "running", "2026-10-10")
    await each_office.tell(dossier, fact("stop", "D10", due + DAY_MS, trigger="order"))
    assert [clock.state for clock in await each_office.records(dossier)] == ["stopped"] * 2


async def test_the_same_fact_told_again_changes_nothing(office: Office) -> None:
    dossier = await office.open()
    for at in (NOON_18_SEP, NOON_18_SEP, NOON_18_SEP + HOUR_MS):
        await office.tell(dossier, fact("start", "D03", at, "zhang"))
    assert len(await office.records(dossier)) == 1
    await office.tell(dossier, fact("stop", "D03", NOON_18_SEP + 1))
    await office.tell(dossier, fact("stop", "D03", NOON_18_SEP + 2))
    await office.tell(dossier, fact("start", "D03", NOON_18_SEP, "zhang"))
    (clock,) = await office.records(dossier)
    assert (clock.state, clock.stopped) == ("stopped", NOON_18_SEP + 1)


async def test_one_push_may_hold_both_the_fact_and_the_act(office: Office) -> None:
    dossier = await office.open()
    await office.tell(
        dossier,
        fact("start", "D03", NOON_18_SEP, "zhang", trigger="r1"),
        fact("start", "D03", NOON_18_SEP, "zhang", trigger="r2"),
        fact("stop", "D03", NOON_18_SEP + 1, trigger="r1"),
    )
    states = {clock.trigger: clock.state for clock in await office.records(dossier)}
    assert states == {"r1": "stopped", "r2": "running"}


async def test_a_clock_record_bears_the_name_of_the_changeset_that_made_it(office: Office) -> None:
    dossier = await office.open()
    await office.tell(
        dossier,
        fact("start", "D03", NOON_18_SEP, "zhang", trigger="r1"),
        fact("start", "D10", NOON_18_SEP, "zhang", trigger="r2"),
        fact("stop", "D03", NOON_18_SEP, trigger="r1"),
    )
    c = t.changeset.c
    query = sa.select(c.device, c.epoch, c.n, c.record).where(c.entity == "clock").order_by(c.seq)
    made: dict[str, str] = {}
    for device, epoch, n, record in await office.rows(query):
        made.setdefault(record, f"{device}.{epoch}.{n}")
    assert len(made) == 2
    assert all(record.rpartition(".")[0] == creator for record, creator in made.items())
    assert set(made) == {clock.id for clock in await office.clocks(dossier)}


async def test_an_act_told_before_its_fact_stops_nothing(office: Office) -> None:
    dossier = await office.open()
    await office.tell(dossier, fact("stop", "D03", NOON_18_SEP))
    assert await office.records(dossier) == []


async def test_a_moved_date_keeps_the_old_clock(each_office: Office) -> None:
    dossier = await each_office.open()
    first, later = NOON_18_SEP + 12 * DAY_MS, NOON_18_SEP + 30 * DAY_MS
    for act, due in (("start", first), ("move", first), ("move", later), ("move", later)):
        await each_office.tell(dossier, fact(act, "D09", due, "zhang"))
    old, new = await each_office.records(dossier)
    assert (old.state, old.due_strict, old.stopped) == ("stopped", "2026-09-30", NOON_18_SEP)
    assert (new.state, new.due_strict) == ("running", "2026-10-18")
    pending = [at for _, at, state in await each_office.reminders() if state == "pending"]
    assert min(pending) > first


async def test_a_date_moved_after_the_act_starts_nothing(office: Office) -> None:
    dossier = await office.open()
    await office.tell(dossier, fact("move", "D09", NOON_18_SEP + DAY_MS, "zhang"))
    await office.tell(dossier, fact("stop", "D09", NOON_18_SEP))
    await office.tell(dossier, fact("move", "D09", NOON_18_SEP + 9 * DAY_MS, "zhang"))
    assert [clock.state for clock in await office.records(dossier)] == ["stopped"]


async def test_a_bureau_without_the_rule_runs_no_clock(opener: Opener) -> None:
    office = await opener("urumqi")
    dossier = await office.open()
    await office.tell(dossier, fact("start", "D03", NOON_18_SEP, "zhang"))
    assert await office.records(dossier) == []


async def test_a_fact_learnt_late_rings_once_at_once(office: Office) -> None:
    dossier = await office.open()
    office.clock.ms = NINE_22_SEP + HOUR_MS
    await office.tell(dossier, fact("start", "D03", NOON_18_SEP, "zhang"))
    assert await office.reminders() == [("zhang", NINE_22_SEP, "pending")]


async def test_planning_twice_plans_once(each_office: Office) -> None:
    rows = [Reminder("c", at, who) for at in (1, 2) for who in ("zhang", "li")]
    async with each_office.database.write() as connection:
        await plan(connection, rows)
        await connection.execute(reminder.update().values(state="done"))
        await plan(connection, [*rows, Reminder("c", 3, "li")])
    states = [state for _, _, state in await each_office.reminders()]
    assert states == ["done"] * 4 + ["pending"]


async def test_a_right_that_is_gone_lapses_and_still_stops_when_the_act_was_in_time(
    each_office: Office,
) -> None:
    dossier = await each_office.open()
    await each_office.tell(dossier, fact("start", "D20", NOON_18_SEP, "zhang"))
    (clock,) = await each_office.clocks(dossier)
    each_office.clock.ms = clock.dates.due_ms_rolled
    assert await public.lapse_past(each_office.dossiers) == 0
    each_office.clock.ms += 1
    assert await public.lapse_past(each_office.dossiers) == 1
    assert await public.lapse_past(each_office.dossiers) == 0
    assert [each.state for each in await each_office.records(dossier)] == ["lapsed"]
    await each_office.tell(dossier, fact("stop", "D20", NOON_18_SEP + DAY_MS))
    assert [each.state for each in await each_office.records(dossier)] == ["stopped"]
