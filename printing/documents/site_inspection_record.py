"""现场检查记录 (FORM16 form 3): signed on every sheet, unused space crossed out, no seal."""

from collections.abc import Iterable

from printing.dates import written_day, written_stretch
from printing.documents.parts import FORM, Document, Setter, frame, setter
from printing.documents.signing import SIGNING, beside, party_row, refusal, signing_place
from printing.facts import Officer, Paper, SiteInspectionRecord
from printing.layout.blocks import Block, Gap, Row, Rule, fields
from printing.layout.flow import Style, set_text
from printing.layout.fonts import Faces
from printing.layout.page import WIDTH
from printing.spans import Span, Spans, join

FORM_NAME = "site_inspection_record"
SITUATION = Style(13, 24, indent=26)
OFFICERS_A_ROW = 3


def compose(facts: SiteInspectionRecord, faces: Faces) -> Document:
    to = setter(FORM_NAME, faces, facts)
    body: list[Block] = [
        *_particulars(to, facts),
        Gap(6),
        _opening(to, facts),
        to.text("检查情况：", FORM),
        *(set_text(faces, text, SITUATION, WIDTH, ruled=True) for text in facts.situation),
        *refusal(to),
    ]
    return Document(to.words["title"], body, frame(to, _foot(to), cross_last=True))


def _particulars(to: Setter[Paper], facts: SiteInspectionRecord) -> list[Block]:
    unit, faces = facts.unit, to.faces
    between = written_stretch(facts.begun, facts.ended)
    return [
        fields(faces, FORM, [("被检查单位 ", unit.name, WIDTH)]),
        fields(faces, FORM, [("地址 ", unit.address, WIDTH)]),
        fields(
            faces,
            FORM,
            [
                ("法定代表人（负责人）", unit.legal_representative, 196),
                (" 职务 ", unit.post, 100),
                (" 联系电话 ", unit.phone, 138),
            ],
        ),
        fields(faces, FORM, [("检查场所 ", facts.place, WIDTH)]),
        fields(faces, FORM, [("检查时间 ", between, WIDTH)]),
    ]


def _opening(to: Setter[Paper], facts: SiteInspectionRecord) -> Block:
    return to.sentence(
        "opening",
        SITUATION,
        bureau=facts.bureau,
        officers=_listed(officer.name for officer in facts.officers),
        certificates=_listed(officer.certificate for officer in facts.officers),
    )


def _foot(to: Setter[Paper]) -> list[Block]:
    """The places to sign and the day, on every sheet."""
    officers = to.paper.officers
    rows = [
        _officers_row(to, officers[i : i + OFFICERS_A_ROW], first=i == 0)
        for i in range(0, len(officers), OFFICERS_A_ROW)
    ]
    return [Rule(WIDTH), *rows, party_row(to, written_day(to.paper.day))]


def _officers_row(to: Setter[Paper], officers: tuple[Officer, ...], first: bool) -> Row:
    length, label = beside(to, to.words["officers"])
    cells: list[tuple[float, Block]] = [(0.0, label)] if first else []
    for i, officer in enumerate(officers):
        place = signing_place(to, officer.name, officer.strokes)
        cells.append((length + i * (SIGNING[0] + 8), place))
    return Row(tuple(cells))


def _listed(values: Iterable[str]) -> Spans:
    """Values over rules, with 、 between them."""
    return join("、", ((Span(value, filled=True),) for value in values))
