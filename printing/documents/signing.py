"""The end of a paper: places to sign, a refusal on record, room for the seal."""

from collections.abc import Sequence

from printing.dates import written_day
from printing.documents.parts import FORM, FULL_STOPS, Setter
from printing.facts import Officer, Paper, Refusal, Sheet, Strokes
from printing.layout.blocks import Block, Gap, Row, Stack
from printing.layout.flow import Style, set_text, width_of
from printing.layout.marks import Signature
from printing.layout.page import WIDTH
from printing.spans import Spans, fill, plain

CENTRED = Style(14, 24, align="centre")
CAPTION = Style(8, 10, align="centre")
SIGNING = (98.0, 33.0)
"""Width and height of a place to sign, in points."""


def signing_place(
    to: Setter[Sheet], name: str, strokes: Strokes | None, refused: bool = False
) -> Stack:
    """A signature over its rule, the name printed small below it."""
    width, height = SIGNING
    place: Block = Signature(strokes, width, height)
    if refused:
        words = set_text(to.faces, to.words["refused"], CENTRED, width, ruled=True)
        place = Stack((Gap(height - words.height), words))
    return Stack((place, to.text(name, CAPTION, width)))


def beside(to: Setter[Sheet], text: str) -> tuple[float, Block]:
    """A label that stands on the rule of a signing place, with its length."""
    length = width_of(to.faces, text, FORM)
    label: Block = to.text(text, FORM, length)
    return length, Stack((label, Gap(CAPTION.leading - 2)))


def signing_row(to: Setter[Sheet], label: str, place: Block, note: str | None) -> Row:
    """Label, place to sign, and a note such as the certificate after it."""
    length, words = beside(to, label)
    cells = [(0.0, words), (length, place)]
    if note:
        cells.append((length + SIGNING[0] + 10, beside(to, note)[1]))
    return Row(tuple(cells))


def officer_rows(to: Setter[Sheet], officers: Sequence[Officer]) -> list[Block]:
    """Each officer with 证号; the label stands before the first only, as in the form."""
    label = to.words["officers"]
    rows: list[Block] = []
    for officer in officers:
        place = signing_place(to, officer.name, officer.strokes)
        row = signing_row(to, label, place, to.words["certificate"] + officer.certificate)
        rows.append(row if not rows else Row(row.cells[1:]))
    return rows


def party_row(to: Setter[Paper], note: str | None) -> Row:
    """The place where the unit's representative signs or refused to."""
    party = to.paper.party
    place = signing_place(to, party.name, party.strokes, party.refused is not None)
    return signing_row(to, f"{to.words['party']}（签名）：", place, note)


def refusal(to: Setter[Paper]) -> list[Block]:
    """What is put on record when the party will not sign, and the witness's signature."""
    refused = to.paper.party.refused
    if refused is None:
        return []
    blocks: list[Block] = [to.text(_refusal_text(to, refused))]
    if refused.witness:
        place = signing_place(to, refused.witness.name, refused.witness.strokes)
        blocks.append(signing_row(to, to.words["witness"], place, None))
    return [Stack(tuple(blocks))]


def _refusal_text(to: Setter[Paper], refused: Refusal) -> Spans:
    party, words, witness = to.paper.party, to.words, refused.witness
    reason = refused.reason.rstrip(FULL_STOPS)
    spans = fill(words["refusal"], role=plain(words["party"]), name=party.name, reason=reason)
    if witness:
        spans += fill(
            words["refusal_witness"], name=witness.name, unit=witness.unit, phone=witness.phone
        )
    else:
        spans += fill(words["refusal_alone"])
    return spans + (fill(words["refusal_left"]) if refused.left else ())


def seal(to: Setter[Sheet]) -> Stack:
    """Room for the seal over the bureau's name and the day of issue."""
    half = WIDTH * 0.55
    name = to.text(to.words["seal"].format(bureau=to.paper.bureau), CENTRED, half)
    day = to.text(written_day(to.paper.day), CENTRED, half)
    return Stack((Gap(12), Row(((WIDTH - half, Stack((name, day))),)), Gap(14)))
