"""评价 and 投诉: dossiers of their own kinds, which the officers of the visit never read (S3-5.1)."""

from backend.features.plans.model import Approver
from sync.server.schema import Authority, EntityRule, Record, entity


class Complaint(Record):
    """投诉: what somebody complains of; `inspection` is the dossier of the visit. Instants UTC ms."""

    number: Authority[str] = ""
    inspection: Authority[str] = ""
    unit: Authority[str] = ""
    kind: Authority[str] = ""
    words: Authority[str] = ""
    name: Authority[str] = ""
    phone: Authority[str] = ""
    at: Authority[int] = 0


class ComplaintAct(Record):
    """办理: accept 受理, reply 答复 (with words the complainant reads), close 办结."""

    act: Authority[str] = ""
    words: Authority[str] = ""
    by: Authority[Approver] | None = None
    at: Authority[int] = 0


class Evaluation(Record):
    """评价 of one visit: yes, no or empty to each question of the pack; no stars, no names."""

    inspection: Authority[str] = ""
    unit: Authority[str] = ""
    answers: Authority[dict[str, str]] = {}
    words: Authority[str] = ""
    at: Authority[int] = 0


ENTITIES: tuple[EntityRule, ...] = (
    entity("complaint", Complaint, "server"),
    entity("complaint_act", ComplaintAct, "server"),
    entity("evaluation", Evaluation, "server"),
)
