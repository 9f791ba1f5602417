"""责令限期整改指令书 (FORM16 form 5, with the three elements of S4-11)."""

from itertools import groupby

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
from printing.facts import Paper, Problem, RectificationOrder
from printing.layout.blocks import Block, Gap, Stack
from printing.layout.fonts import Faces
from printing.spans import Span, Spans, fill, join

FORM_NAME = "rectification_order"


def compose(facts: RectificationOrder, faces: Faces) -> Document:
    to = setter(FORM_NAME, faces, facts)
    body: list[Block] = [
        to.text((Span(facts.addressee, filled=True), Span("：")), FLUSH),
        to.sentence("lead"),
        *(block for problem in facts.problems for block in _problem(to, problem)),
        to.sentence("demand", items=_demands(to, facts.problems)),
        to.sentence("meanwhile"),
        to.sentence("remedies", government=facts.government, court=facts.court),
        *_closing(to),
    ]
    return Document(to.words["title"], body, frame(to, copies(to, facts.copies), cross_last=False))


def _problem(to: Setter[Paper], problem: Problem) -> list[Block]:
    text = to.text(f"{problem.number}．{ended(problem.text)}")
    return [text, *elements(to, problem.basis, problem.cause, problem.measure)]


def _demands(to: Setter[Paper], problems: tuple[Problem, ...]) -> Spans:
    """One clause for each day, the earliest first: 第1、3项…于…；第2项…于…"""
    in_time = sorted(problems, key=lambda problem: (problem.due, problem.number))
    clauses = []
    for due, group in groupby(in_time, lambda problem: problem.due):
        numbers = "、".join(str(problem.number) for problem in group)
        day = written_day(parsed_day(due))
        clauses.append(fill(to.words["items"], numbers=numbers, due=day))
    return join("；", clauses)


def _closing(to: Setter[Paper]) -> list[Block]:
    rows = officer_rows(to, to.paper.officers)
    party = party_row(to, f"职务：{to.paper.party.post}")
    return [Stack((Gap(8), *rows, party, *refusal(to), seal(to)))]
