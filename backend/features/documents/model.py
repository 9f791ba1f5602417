"""文书 from draft to service (architecture.md 7)."""

from sync.server.schema import EntityRule, First, Latest, Record, Sealed, Value, entity

Stroke = list[list[int]]
"""One pen stroke: points [x, y], integers in a box of 1000 × 400, y downward."""


class Draft(Record):
    """草稿: the paper's content before 定稿. `content` is the facts' JSON without number, signatures."""

    kind: Latest[str] = ""
    content: Latest[str] = ""
    about: Latest[list[str]] = []


class VoidReason(Value):
    """作废: the number is never used again."""

    reason: str
    at: int


class DocumentNumber(Record):
    """文号 taken from the lease when the content is fixed."""

    kind: Sealed[str] = ""
    year: Sealed[int] = 0
    serial: Sealed[int] = 0
    text: Sealed[str] = ""
    draft: Sealed[str] = ""
    void: First[VoidReason] | None = None


class Refusal(Value):
    """拒签: reason and witness, or the evidence of the paper left (安全生产法第六十八条)."""

    reason: str
    witness_name: str = ""
    witness_unit: str = ""
    witness_phone: str = ""
    left_evidence: str = ""


class Signature(Record):
    """签名: names the draft and the SHA-256 of the content's JSON text it was given under."""

    draft: Sealed[str] = ""
    content_sha256: Sealed[str] = ""
    role: Sealed[str] = ""
    officer: Sealed[str] = ""
    name: Sealed[str] = ""
    post: Sealed[str] = ""
    strokes: Sealed[list[Stroke]] = []
    refusal: Sealed[Refusal] | None = None
    wet_ink: Sealed[str] = ""
    at: Sealed[int] = 0


class IssuedDocument(Record):
    """已签发的文书: `facts` is the exact JSON text given to the renderer; nothing issued is edited."""

    kind: Sealed[str] = ""
    draft: Sealed[str] = ""
    number: Sealed[str] = ""
    facts: Sealed[str] = ""
    facts_sha256: Sealed[str] = ""
    renderer: Sealed[str] = ""
    pdf: Sealed[str] = ""
    pdf_sha256: Sealed[str] = ""
    code: Sealed[str] = ""
    issued: Sealed[int] = 0
    void: First[VoidReason] | None = None


class Service(Record):
    """送达: direct, leave, other, electronic (民事诉讼法, 行政处罚法第六十一条)."""

    document: Sealed[str] = ""
    way: Sealed[str] = ""
    recipient: Sealed[str] = ""
    words: Sealed[str] = ""
    at: Sealed[int] = 0


class PrintEntry(Record):
    """打印台账: what came out of the printer, as the officer answered."""

    document: Sealed[str] = ""
    copies: Sealed[int] = 0
    outcome: Sealed[str] = ""
    at: Sealed[int] = 0


ENTITIES: tuple[EntityRule, ...] = (
    entity("draft", Draft),
    entity("number", DocumentNumber),
    entity("signature", Signature),
    entity("document", IssuedDocument),
    entity("service", Service),
    entity("print", PrintEntry),
)
