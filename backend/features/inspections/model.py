"""现场检查 (architecture.md 5). Instants are UTC ms, dates are Asia/Shanghai."""

from backend.core.dossiers.model import Place
from sync.server.schema import (
    Authority,
    EntityRule,
    First,
    Group,
    Latest,
    Record,
    Sealed,
    Union,
    Value,
    entity,
)


class Unit(Value):
    """被检查单位 as the papers print it."""

    name: str
    code: str = ""
    address: str = ""
    legal_representative: str = ""
    post: str = ""
    phone: str = ""


class Inspection(Record):
    """检查: one visit; a wrong `ended` is corrected by an addendum that names it."""

    kind: Latest[str] = ""
    unit: Latest[Unit] | None = None
    sector: Latest[str] = ""
    planned_for: Latest[str] = ""
    reason: Latest[str] = ""
    list_version: Latest[str] = ""
    premises: Latest[str] = ""
    situation: Latest[str] = ""
    officers: Union[str] = []
    started: First[int] | None = None
    ended: First[int] | None = None


class Scan(Value):
    """What the enterprise's code said and how the phone judged it (扫码入企, S3-4.2a)."""

    text: str
    verdict: str
    key: str = ""
    enterprise: str = ""


class Exempt(Value):
    """免限理由 given at the door (S3-3.1x, S3-A2)."""

    code: str
    reference: str = ""
    approver: str = ""
    reason: str = ""


class Arrival(Record):
    """到场: by scan, or with the reason why not; made up before leaving.

    `exemption` is why the visit goes on although the year's number is used up.
    """

    officer: Sealed[str] = ""
    at: Sealed[int] = 0
    scan: Sealed[Scan] | None = None
    reason: Sealed[str] = ""
    place: Sealed[Place] | None = None
    exemption: Sealed[Exempt] | None = None


class Reception(Value):
    """接待人: any authorised person; the legal representative need not be present (S3-A12)."""

    name: str
    post: str = ""
    phone: str = ""


class Step(Record):
    """亮证 certificates_shown, 告知 rights_told, 普法 law_lesson, 廉洁 integrity_statement, 接待 reception.

    With the reason in `words`: recording_skipped, scan_skipped (补扫不了), ended_early.
    """

    name: Sealed[str] = ""
    at: Sealed[int] = 0
    officers: Sealed[list[str]] = []
    certificates: Sealed[list[str]] = []
    reception: Sealed[Reception] | None = None
    words: Sealed[str] = ""
    recording: Sealed[str] = ""
    offset: Sealed[int] = 0


class Check(Record):
    """检查表 row: one item. Result: conforms 符合, problem 有问题, not_applicable 不涉及."""

    item: Latest[str] = ""
    order: Latest[int] = 0
    title: Latest[str] = ""
    content: Latest[str] = ""
    method: Latest[str] = ""
    basis: Latest[list[str]] = []
    result: Latest[str] = ""
    reason: Latest[str] = ""
    note: Latest[str] = ""
    evidence: Union[str] = []


class RectifyBy(Value):
    """整改期限: the last day, and the rule of the clock that runs to it."""

    due: str
    rule: str


class Leniency(Value):
    """L0–L6: the rule an officer applied, with the reason in words."""

    rule: str
    reason: str


class Finding(Record):
    """问题 with 判定依据, 产生原因, 整改措施建议 (S4-11).

    Dispositions, at least one, they add up (S0-5, S0-6, S0-7): corrected, order, measure, transfer.
    """

    problem: Latest[str] = ""
    place: Latest[str] = ""
    check: Latest[str] = ""
    grade: Latest[str] = ""
    basis: Union[str] = []
    cause: Latest[str] = ""
    cause_kind: Latest[str] = ""
    measure: Latest[str] = ""
    dispositions: Union[str] = []
    rectify_by: Group[RectifyBy] | None = None
    leniency: Latest[Leniency] | None = None
    evidence: Union[str] = []


class Participant(Value):
    """Who took part in the exchange; side is `bureau` or `unit`."""

    name: str
    side: str
    post: str = ""


class Read(Value):
    """What was read to the unit: an opinion stands for these words, not for what is written later."""

    problem: str = ""
    measure: str = ""


class Exchange(Record):
    """交换意见 on one finding (S4-12b): agreed, or disputed; their words are written as they speak."""

    finding: Sealed[str] = ""
    agreed: Sealed[bool] = False
    words: Latest[str] = ""
    read: Sealed[Read | None] = None
    participants: Sealed[list[Participant]] = []
    at: Sealed[int] = 0


class VisitToken(Record):
    """The code on the inspector's screen that the enterprise scans (architecture.md 9b)."""

    token: Authority[str] = ""
    until: Authority[int] = 0


ENTITIES: tuple[EntityRule, ...] = (
    entity("inspection", Inspection, "opener"),
    entity("arrival", Arrival),
    entity("step", Step),
    entity("check", Check, "opener"),
    entity("finding", Finding),
    entity("exchange", Exchange),
    entity("visit_token", VisitToken, "server"),
)
