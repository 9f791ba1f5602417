"""整改复查意见书 (FORM16 form 6): the result item by item; what remains with its three elements."""

from printing.dates import parsed_day, written_day
from printing.documents.parts import (
    FLUSH,
    Document,
    Setter,
    copies,
    elements,
    ended,
    frame,
    setter,
)
from printing.documents.signing import officer_rows, party_row, refusal, seal
from printing.facts import Paper, RecheckOpinion, Remaining, Result
from printing.layout.blocks import Block, Gap, Stack
from printing.layout.fonts import Faces
from printing.spans import Span

FORM_NAME = "recheck_opinion"


def compose(facts: RecheckOpinion, faces: Faces) -> Document:
    to = setter(FORM_NAME, faces, facts)
    order = facts.order
    day = written_day(parsed_day(order.day))
    body: list[Block] = [
        to.text((Span(facts.addressee, filled=True), Span("：")), FLUSH),
        to.sentence("lead", day=day, title=f"《{order.title}》", number=order.number),
        *(block for result in facts.results for block in _result(to, result)),
        *([to.text(ended(facts.opinion))] if facts.opinion else []),
        *_closing(to),
    ]
    return Document(to.words["title"], body, frame(to, copies(to, facts.copies), cross_last=False))


def _result(to: Setter[Paper], result: Result) -> list[Block]:
    verdict = to.words[result.outcome] + (ended(result.note) if result.note else "")
    blocks: list[Block] = [to.text(f"{result.number}．{ended(result.text)}{verdict}")]
    return blocks + (_remaining(to, result.remaining) if result.remaining else [])


def _remaining(to: Setter[Paper], remaining: Remaining) -> list[Block]:
    blocks = elements(to, remaining.basis, remaining.cause, remaining.measure)
    if remaining.due:
        blocks.append(to.sentence("due", due=written_day(parsed_day(remaining.due))))
    return blocks


def _closing(to: Setter[Paper]) -> list[Block]:
    """The form lets the unit sign first, then the officers."""
    party = party_row(to, f"职务：{to.paper.party.post}")
    rows = officer_rows(to, to.paper.officers)
    return [Stack((Gap(8), party, *refusal(to), *rows, seal(to)))]
