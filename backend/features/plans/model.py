"""检查事项清单 and 现场检查方案 (S3-2.1, S3-4.2b)."""

from datetime import date

import msgspec

from sync.server.schema import Authority, EntityRule, Record, Value, entity


class Item(Value):
    """检查事项: what to check, how, and on which clauses; with phrases to write a finding by.

    An item taken back from the list is `withdrawn`, never deleted.
    """

    id: str
    list_version: str
    sector: str
    group: str
    title: str
    content: str
    method: str
    basis: list[str]
    liability: list[str] = []
    problems: list[str] = []
    causes: list[str] = []
    measures: list[str] = []
    withdrawn: bool = False


class ItemEntry(Record):
    """One row of `ref.items.<bureau>`."""

    record: Authority[Item] | None = None


class PackValue(Value):
    """A named value of the jurisdiction's pack as JSON text, with its source (law as data)."""

    id: str
    json: str
    source: str
    in_force: str


class PackEntry(Record):
    """One row of `ref.packs.<bureau>`."""

    record: Authority[PackValue] | None = None


class DocumentKind(msgspec.Struct, frozen=True):
    """文书种类 of a pack (table `document_kind`): title, number code, copies."""

    id: str
    title: str
    code: str
    outward: bool
    copies: int
    source: str
    in_force: date


class JointBody(Value):
    """联合检查的部门 and what it checks (S3-3.3a)."""

    name: str
    task: str = ""


class Plan(Record):
    """现场检查方案 (S3-4.2b): what was approved, with the items and officers it names.

    `paper` is the exact JSON text of the printed form's facts: who prints it from them, phone or
    server, prints the same bytes.
    """

    number: Authority[str] = ""
    kind: Authority[str] = ""
    enterprise: Authority[str] = ""
    planned_for: Authority[str] = ""
    reason: Authority[str] = ""
    officers: Authority[list[str]] = []
    items: Authority[list[str]] = []
    list_version: Authority[str] = ""
    content: Authority[str] = ""
    focus: Authority[str] = ""
    method: Authority[str] = ""
    steps: Authority[str] = ""
    exemption: Authority[dict[str, str]] | None = None
    starts: Authority[str] = ""
    place: Authority[str] = ""
    equipment: Authority[list[str]] = []
    joint: Authority[list[JointBody]] = []
    off_site: Authority[dict[str, str]] | None = None
    special: Authority[str] = ""
    remark: Authority[str] = ""
    paper: Authority[str] = ""


class Approver(Value):
    """Who gave the answer; `delegated_by` when under a dated delegation."""

    officer: str
    name: str
    delegated_by: str = ""


class Approval(Record):
    """审核 or 审批 of an act: `review` by the section head (R2), `approve` by the leader (R7).

    `cancel` withdraws an approved plan before anybody arrived. `extend` answers a 整改延期; `until` is
    the day given where it is another than the one asked for.
    """

    of: Authority[str] = ""
    act: Authority[str] = ""
    answer: Authority[str] = ""
    by: Authority[Approver] | None = None
    words: Authority[str] = ""
    until: Authority[str] = ""
    at: Authority[int] = 0


ENTITIES: tuple[EntityRule, ...] = (
    entity("item", ItemEntry, "server"),
    entity("pack", PackEntry, "server"),
    entity("plan", Plan, "server"),
    entity("approval", Approval, "server"),
)
