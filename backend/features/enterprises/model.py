"""被检查单位: the register of enterprises and what a phone must know of one offline."""

from backend.core.dossiers.model import Place
from sync.server.schema import Authority, EntityRule, Record, Value, entity


class Permit(Value):
    """行政许可 with its last day of validity."""

    kind: str
    number: str
    until: str


class Enterprise(Record):
    """One enterprise of the register (reference dossier `ref.enterprises.<bureau>`)."""

    code: Authority[str] = ""
    name: Authority[str] = ""
    short_name: Authority[str] = ""
    address: Authority[str] = ""
    legal_representative: Authority[str] = ""
    phone: Authority[str] = ""
    sector: Authority[str] = ""
    high_risk: Authority[bool] = False
    grade: Authority[str] = ""
    section: Authority[str] = ""
    place: Authority[Place] | None = None
    permits: Authority[list[Permit]] = []


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


class EnterpriseSummary(Record):
    """This year's visits, the pack's cap (-1: 本地没有规定次数) and open findings, as of an instant."""

    enterprise: Authority[str] = ""
    year: Authority[int] = 0
    visits: Authority[list[Visit]] = []
    cap: Authority[int] = -1
    open_findings: Authority[list[OpenFinding]] = []
    as_of: Authority[int] = 0


ENTITIES: tuple[EntityRule, ...] = (
    entity("enterprise", Enterprise, "server"),
    entity("enterprise_summary", EnterpriseSummary, "server"),
)
