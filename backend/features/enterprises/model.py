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

    `owner` names the authority of another level that answers for it (S3-A8); empty: this bureau.
    `credit` is 信用等级 and `last_accident` the day of the last accident known (S3-A7b).
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
    more_sectors: list[str] = []
    owner: str = ""
    credit: str = ""
    last_accident: str = ""
    withdrawn: bool = False


class EnterpriseEntry(Record):
    """One row of `ref.enterprises.<bureau>`."""

    record: Authority[Enterprise] | None = None


class Visit(Value):
    """One visit as it is counted: `id` names the dossier, or the recheck in it.

    `exempt` is the code of its 免限理由, `joint` that others joined (综合查一次), `at` when it began
    (UTC ms), `over` that it was one too many: it stands all the same.
    """

    id: str
    dossier: str
    day: str
    kind: str
    at: int = 0
    exempt: str = ""
    joint: bool = False
    over: bool = False


class OpenFinding(Value):
    """未闭环问题 of an earlier inspection."""

    dossier: str
    finding: str
    problem: str
    due: str


class EnterpriseSummary(Value):
    """This year's visits, the cap (-1: 本地没有规定次数) and open findings, as of an instant (UTC ms).

    `id` is the enterprise's; `floor_left` how many visits the year still asks for.
    """

    id: str
    year: int
    as_of: int
    cap: int = -1
    floor_left: int = 0
    visits: list[Visit] = []
    open_findings: list[OpenFinding] = []


class EnterpriseSummaryEntry(Record):
    """A row of `ref.enterprises.<bureau>` beside the enterprise's own."""

    record: Authority[EnterpriseSummary] | None = None


ENTITIES: tuple[EntityRule, ...] = (
    entity("enterprise", EnterpriseEntry, "server"),
    entity("enterprise_summary", EnterpriseSummaryEntry, "server"),
)
