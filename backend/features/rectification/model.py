"""整改与复查 (S0-5b)."""

from sync.server.schema import EntityRule, Record, Sealed, Value, entity


class RecheckedItem(Value):
    """One order item: fixed 改好了, partly 改了一部分, not_fixed 没改好."""

    finding: str
    result: str
    words: str = ""
    evidence: list[str] = []


class Recheck(Record):
    """复查 with its own start and end; every item of the order has a result."""

    order: Sealed[str] = ""
    started: Sealed[int] = 0
    ended: Sealed[int] = 0
    officers: Sealed[list[str]] = []
    items: Sealed[list[RecheckedItem]] = []


class Extension(Record):
    """整改延期申请 as the officer took it down; the answer is an approval."""

    order: Sealed[str] = ""
    findings: Sealed[list[str]] = []
    until: Sealed[str] = ""
    reason: Sealed[str] = ""


ENTITIES: tuple[EntityRule, ...] = (
    entity("recheck", Recheck),
    entity("extension", Extension),
)
