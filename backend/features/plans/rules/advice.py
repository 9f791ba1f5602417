"""What the desk is told before a plan is made: the floor, who checks himself, whose enterprise it is.

None of it forbids. The numbers are the pack's, so a place without them says nothing.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

AdviceKind = Literal["floor", "self_check", "owner", "merge"]


class Advice(msgspec.Struct, frozen=True):
    """A sentence with its source; `plans` are those that could be merged (综合查一次)."""

    kind: AdviceKind
    words: str
    source: str
    plans: tuple[str, ...] = ()


class Floor(msgspec.Struct, frozen=True):
    """至少检查: `least` visits a year of enterprises of high-risk sectors (应急〔2025〕11号)."""

    least: int
    high_risk: bool


class SelfCheck(msgspec.Struct, frozen=True):
    """企业自我检查 (S3-A7b): all three must hold. The seed names no grade: they are the pack's."""

    credit: tuple[str, ...]
    grades: tuple[str, ...]
    accident_free_years: int


class Waiting(msgspec.Struct, frozen=True):
    """A plan of the same enterprise that is on its way or approved and not yet visited."""

    plan: str
    day: str
    reason: str


def floor_left(floor: Floor, high_risk: bool, visited: int) -> int:
    """How many visits the year still asks for; an exempt visit is a visit."""
    return max(floor.least - visited, 0) if high_risk >= floor.high_risk else 0


def checks_itself(rule: SelfCheck, credit: str, grade: str, last_accident: str, day: str) -> bool:
    """Whether a self-check is to be suggested. `last_accident` is a day, or empty for none known."""
    graded = credit in rule.credit and grade in rule.grades
    return graded and _years_since(last_accident, day) >= rule.accident_free_years


def mergeable(waiting: Iterable[Waiting], day: str, window: int) -> tuple[Waiting, ...]:
    """Plans within so many days before or after: one comprehensive check could do (S3-3.3b)."""
    asked = date.fromisoformat(day)
    near = (w for w in waiting if abs((date.fromisoformat(w.day) - asked).days) <= window)
    return tuple(sorted(near, key=lambda one: (one.day, one.plan)))


def _years_since(day: str, until: str) -> int:
    """Whole years; no day at all counts as long ago."""
    if not day:
        return date.max.year
    begun, ended = date.fromisoformat(day), date.fromisoformat(until)
    return ended.year - begun.year - ((ended.month, ended.day) < (begun.month, begun.day))
