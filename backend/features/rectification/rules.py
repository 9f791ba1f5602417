"""整改与复查 (S0-5b, S1-11c): what an order asks, what a recheck found, and what follows.

The day by which a recheck or a transfer must be done is a clock's (features/deadlines), not here.
"""

from collections.abc import Iterable
from typing import Literal

import msgspec

ItemResult = Literal["fixed", "partly", "not_fixed"]
Outcome = Literal["passed", "partly", "failed"]
Act = Literal["new_order", "transfer"]


class Demand(msgspec.Struct, frozen=True):
    """One item of an order: its number, its finding, its last day."""

    number: int
    finding: str
    due: str


class DueGroup(msgspec.Struct, frozen=True):
    """Items of one day, as the order says them: 第1、3项于…前整改完毕."""

    due: str
    numbers: tuple[int, ...]


class Answer(msgspec.Struct, frozen=True):
    """What a recheck found of one item."""

    finding: str
    result: ItemResult


class Duty(msgspec.Struct, frozen=True):
    """What the section must do next; `clock` is the rule that counts its days, empty if none."""

    act: Act
    findings: tuple[str, ...]
    clock: str
    source: str


def due_groups(demands: Iterable[Demand]) -> list[DueGroup]:
    """The items by day, the earliest day first."""
    numbers: dict[str, list[int]] = {}
    for demand in sorted(demands, key=lambda each: (each.due, each.number)):
        numbers.setdefault(demand.due, []).append(demand.number)
    return [DueGroup(due, tuple(those)) for due, those in numbers.items()]


def unanswered(demands: Iterable[Demand], answers: Iterable[Answer]) -> list[int]:
    """Numbers of the items a recheck has no result for."""
    answered = {answer.finding for answer in answers}
    return sorted(each.number for each in demands if each.finding not in answered)


def outcome(answers: Iterable[Answer]) -> Outcome:
    """The whole recheck: one item untouched fails it, whatever else was mended.

    Raises:
        ValueError: there is no answer to judge by.
    """
    results = {answer.result for answer in answers}
    if not results:
        raise ValueError("a recheck without results")
    if "not_fixed" in results:
        return "failed"
    return "partly" if "partly" in results else "passed"


def next_duties(demands: Iterable[Demand], answers: Iterable[Answer], day: str) -> list[Duty]:
    """What was begun gets a new order with a new day; what was refused goes to the detachment.

    `day` (Asia/Shanghai) is that of the recheck. 没改好 before an item's last day is no refusal:
    the order gives the unit until that day (S0-5b), so nothing is transferred and its clocks run
    on. On the last day itself the item may be judged. A transfer does not end the rectification of
    the same finding (domain.md 6.3).
    """
    kept = list(answers)
    running = {each.finding for each in demands if day < each.due}
    refused = tuple(
        each.finding for each in kept if each.result == "not_fixed" and each.finding not in running
    )
    begun = tuple(each.finding for each in kept if each.result == "partly")
    duties = (
        Duty("transfer", refused, "D03", "S1-11c、S0-7b"),
        Duty("new_order", begun, "", "S0-5b"),
    )
    return [duty for duty in duties if duty.findings]
