"""被检查单位: the register of enterprises and what a phone must know of one offline."""

from backend.core.dossiers.model import Place
from sync.server.schema import Authority, EntityRule, Record, Value, entity


class Permit(Value):
    """行政许可 with its last day of validity."""

    kind: str
    number: str
    until: str


class GradePeriod(Value):
    """标准化等级 from its first to its last day of validity."""

    grade: str
    since: str
    until: str


class Enterprise(Value):
    """One enterprise; `code` is its 统一社会信用代码, `section` the one that supervises it.

    A row is never deleted: one brought in by mistake is `withdrawn`, and no search finds it.
    """

    id: str
    code: str
    name: str
    section: str
    sector: str
    short_name: str = ""
    address: str = ""
    legal_representative: str = ""
    phone: str = ""
    high_risk: bool = False
    grades: list[GradePeriod] = []
    place: Place | None = None
    permits: list[Permit] = []
    withdrawn: bool = False


class EnterpriseEntry(Record):
    """One row of `ref.enterprises.<bureau>`."""

    record: Authority[Enterprise] | None = None


class Visit(Value):
    """One visit that counts or stands apart: dossier, day, kind and whether it counts to the cap."""

    dossier: str
    day: str
    kind: str
    counts: bool


class OpenFinding(Value):
    """未闭环问题 of an earlier inspection."""

    dossier: str
    finding: str
    problem: str
    due: str


class EnterpriseSummary(Value):
    """This year's visits, the cap (-1: 本地没有规定次数) and open findings, as of an instant (UTC ms).

    `id` is the enterprise's.
    """

    id: str
    year: int
    as_of: int
    cap: int = -1
    visits: list[Visit] = []
    open_findings: list[OpenFinding] = []


class EnterpriseSummaryEntry(Record):
    """A row of `ref.enterprises.<bureau>` beside the enterprise's own."""

    record: Authority[EnterpriseSummary] | None = None


ENTITIES: tuple[EntityRule, ...] = (
    entity("enterprise", EnterpriseEntry, "server"),
    entity("enterprise_summary", EnterpriseSummaryEntry, "server"),
)
