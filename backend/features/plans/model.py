"""检查事项清单 and 现场检查方案 (S3-2.1, S3-4.2b)."""

from sync.server.schema import Authority, EntityRule, Latest, Record, Value, entity


class Item(Record):
    """检查事项: what to check, how, and on which clauses (`ref.items.<bureau>`)."""

    list_version: Authority[str] = ""
    code: Authority[str] = ""
    sector: Authority[str] = ""
    group: Authority[str] = ""
    title: Authority[str] = ""
    content: Authority[str] = ""
    method: Authority[str] = ""
    basis: Authority[list[str]] = []
    problems: Authority[list[str]] = []
    causes: Authority[list[str]] = []
    measures: Authority[list[str]] = []


class Pack(Record):
    """What a phone must know of its jurisdiction offline: one named value with its source."""

    name: Authority[str] = ""
    value: Authority[str] = ""
    source: Authority[str] = ""
    in_force: Authority[str] = ""


class Plan(Record):
    """现场检查方案: written at the desk before the visit; approval is the server's act."""

    number: Authority[str] = ""
    content: Latest[str] = ""
    focus: Latest[str] = ""
    method: Latest[str] = ""
    steps: Latest[str] = ""
    exemption: Latest[dict[str, str]] | None = None


class Approver(Value):
    """Who gave the answer; `delegated_by` when under a dated delegation."""

    officer: str
    name: str
    delegated_by: str = ""


class Approval(Record):
    """审核 or 审批 of an act: `review` by the section head (R2), `approve` by the leader (R7)."""

    of: Authority[str] = ""
    act: Authority[str] = ""
    answer: Authority[str] = ""
    by: Authority[Approver] | None = None
    words: Authority[str] = ""
    at: Authority[int] = 0


ENTITIES: tuple[EntityRule, ...] = (
    entity("item", Item, "server"),
    entity("pack", Pack, "server"),
    entity("plan", Plan, "server"),
    entity("approval", Approval, "server"),
)
