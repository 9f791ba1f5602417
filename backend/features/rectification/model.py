"""整改与复查 (S0-5b)."""

from sync.server.schema import Authority, EntityRule, Record, Sealed, Value, entity


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


class Reporter(Value):
    """谁报的: the person of the enterprise who reports or asks, as he named himself."""

    name: str
    phone: str = ""


class Feedback(Record):
    """整改反馈 of one finding as the enterprise sent it (S3-5.1); `photos` are evidence records.

    `recheck`: 申请提前复查 of the whole order. Instants are UTC ms.
    """

    order: Authority[str] = ""
    finding: Authority[str] = ""
    words: Authority[str] = ""
    photos: Authority[list[str]] = []
    by: Authority[Reporter] | None = None
    recheck: Authority[bool] = False
    at: Authority[int] = 0


class Extension(Record):
    """整改延期申请: taken down by an officer, or sent by the enterprise; the answer is an approval."""

    order: Sealed[str] = ""
    findings: Sealed[list[str]] = []
    until: Sealed[str] = ""
    reason: Sealed[str] = ""
    by: Sealed[Reporter] | None = None


ENTITIES: tuple[EntityRule, ...] = (
    entity("recheck", Recheck),
    entity("extension", Extension),
    entity("feedback", Feedback, "server"),
)
