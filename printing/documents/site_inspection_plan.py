"""现场检查方案 (FORM16 form 2): internal; what it checks, how, and who said yes (S3-4.2b)."""

from collections.abc import Iterable, Sequence

from printing.dates import parsed_day, written_day
from printing.documents.parts import FORM, Document, Setter, frame, setter
from printing.facts import Endorsement, Sheet, SiteInspectionPlan
from printing.layout.blocks import Block, Gap, Rule, Stack, fields
from printing.layout.flow import Style, set_text
from printing.layout.fonts import Faces
from printing.layout.page import WIDTH

FORM_NAME = "site_inspection_plan"
WRITTEN = Style(12, 22, indent=24)


def compose(facts: SiteInspectionPlan, faces: Faces) -> Document:
    to = setter(FORM_NAME, faces, facts)
    body: list[Block] = [
        *_particulars(to, facts),
        Gap(4),
        *_section(to, "content", facts.content),
        *_section(to, "focus", facts.focus),
        *_section(to, "method", facts.method),
        *_section(to, "steps", facts.steps),
        *_section(to, "items", _numbered(facts.items), version=facts.list_version),
        *_section(to, "bodies", facts.bodies),
        *_section(to, "equipment", ("、".join(facts.equipment),) if facts.equipment else ()),
        *_section(to, "count", [facts.count, *([facts.exemption] if facts.exemption else [])]),
        Rule(WIDTH),
        *_endorsement(to, ("review", "reviewer"), facts.review),
        *_endorsement(to, ("approval", "approver"), facts.approval),
        *_section(to, "remark", (facts.remark,) if facts.remark else ()),
    ]
    return Document(to.words["title"], body, frame(to, (), cross_last=False))


def _particulars(to: Setter[Sheet], facts: SiteInspectionPlan) -> list[Block]:
    words, half = to.words, WIDTH / 2
    officers = "、".join(f"{each.name}（{each.certificate}）" for each in facts.officers)
    return [
        _line(to, (words["unit"], facts.unit, WIDTH)),
        _line(to, (words["address"], facts.address, WIDTH)),
        _line(to, (words["contact"], facts.contact, half), (words["phone"], facts.phone, half)),
        _line(to, (words["sector"], facts.sector, half), (words["time"], facts.time, half)),
        _line(to, (words["place"], facts.place, WIDTH)),
        _line(to, (words["people"], officers, WIDTH)),
    ]


def _line(to: Setter[Sheet], *cells: tuple[str, str | None, float]) -> Block:
    return fields(to.faces, FORM, [(f"{label} ", value, width) for label, value, width in cells])


def _section(to: Setter[Sheet], key: str, texts: Iterable[str], **values: str) -> list[Block]:
    """A heading of the form and what was written under it; nothing written leaves no heading."""
    written = [set_text(to.faces, text, WRITTEN, WIDTH, ruled=True) for text in texts]
    return [to.text(to.words[key].format(**values), FORM), *written] if written else []


def _endorsement(to: Setter[Sheet], keys: tuple[str, str], given: Endorsement) -> list[Block]:
    """意见, who gave it and when: on one sheet."""
    half = WIDTH / 2
    words, giver = keys
    day = written_day(parsed_day(given.day))
    signed = _line(to, (to.words[giver], given.name, half), (to.words["day"], day, half))
    return [Stack((*_section(to, words, (given.words,)), signed))]


def _numbered(texts: Sequence[str]) -> list[str]:
    return [f"{n}．{text}" for n, text in enumerate(texts, 1)]
