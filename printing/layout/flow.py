"""Setting Chinese text: where a line may break, and lines that can be drawn and split.

All measuring is in integer thousandths of the type size, so that two hosts cannot disagree by
a rounding. No line begins with a closing mark or ends with an opening one (GB/T 15834), words
and numbers of Latin letters stay whole, and the slack of a full line goes between characters.
Text is never read as markup.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Any, Literal, NamedTuple

from printing.layout.fonts import Face, Faces, Role
from printing.spans import Spans, plain

OPENING = frozenset("（〔［【《〈「『")
CLOSING = frozenset("，。、；：？！）〕］】》〉」』")
NO_START = CLOSING | frozenset("”’…—·％%℃°,.;:?!)]}㎡㎥ ")
NO_END = OPENING | frozenset("“‘([{№§￥")
WORD = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-./_#&+=~@")
LOOSEST = 3000
"""The slack a line may spread, in thousandths of the size; beyond it the line stays ragged."""
HALF = 500
RULE_DROP = 0.26
"""How far under the baseline a rule is drawn, in type sizes."""


class Style(NamedTuple):
    """Type size, line distance and first-line indent in points."""

    size: float
    leading: float
    indent: float = 0
    align: Literal["justify", "left", "centre", "right"] = "justify"
    role: Role = "body"


class Glyph(NamedTuple):
    """A character in its face; `width` is its advance less what `kern` takes from it."""

    character: str
    face: Face
    width: int
    filled: bool
    kern: int = 0


class Line(NamedTuple):
    """Glyphs of one line, the indent and the room for them in thousandths of the size."""

    glyphs: tuple[Glyph, ...]
    indent: int
    room: int
    last: bool


class Run(NamedTuple):
    """A stretch of a line drawn at once; `extra` points follow each character; all in points."""

    face: Face
    extra: float
    filled: bool
    text: str
    advance: float


@dataclass(frozen=True)
class Text:
    """A paragraph broken into lines. `ruled`: a rule runs under each line's whole width."""

    lines: tuple[Line, ...]
    style: Style
    width: float
    ruled: bool = False

    @property
    def height(self) -> float:
        return len(self.lines) * self.style.leading

    def split(self, room: float) -> "tuple[Text, Text] | None":
        """The paragraph in two at `room` points, never with a single line on either side."""
        fit = min(int(room // self.style.leading), len(self.lines) - 2)
        if fit < 2:
            return None
        head, tail = self.lines[:fit], self.lines[fit:]
        return (
            Text(head, self.style, self.width, self.ruled),
            Text(tail, self.style, self.width, self.ruled),
        )

    def draw(self, canvas: Any, x: float, top: float) -> None:
        size, leading = self.style.size, self.style.leading
        baseline = top - (leading + size) / 2 + size * 0.14
        for line in self.lines:
            _draw_line(canvas, line, self.style, x, baseline)
            if self.ruled:
                _rule(canvas, x, x + self.width, baseline - size * RULE_DROP)
            baseline -= leading


def set_text(
    faces: Faces, text: str | Spans, style: Style, width: float, ruled: bool = False
) -> Text:
    """Break a text into lines of `width` points; raises MissingGlyph."""
    spans = plain(text) if isinstance(text, str) else text
    glyphs = [glyph for span in spans for glyph in _glyphs(faces, span.text, style, span.filled)]
    pieces = _pieces(_kerned(glyphs))
    lines = [line for piece in pieces for line in _lines(piece, style, width)]
    return Text(tuple(lines), style, width, ruled)


def width_of(faces: Faces, text: str, style: Style) -> float:
    """The length of a text on one line, in points."""
    return sum(glyph.width for glyph in _glyphs(faces, text, style, False)) * style.size / 1000


def _glyphs(faces: Faces, text: str, style: Style, filled: bool) -> Iterator[Glyph]:
    for character in text:
        if character == "\n":
            yield Glyph(character, faces.body, 0, filled)
            continue
        face = faces.face_of(character, style.role)
        yield Glyph(character, face, face.width(character), filled)


def _kerned(glyphs: list[Glyph]) -> Iterator[Glyph]:
    """Between two marks of full width the empty half is taken out, as in ：《 or ）。"""
    for glyph, right in _neighbours(glyphs):
        double = right is not None and _doubly_blank(glyph.character, right.character)
        yield glyph._replace(width=glyph.width - HALF, kern=HALF) if double else glyph


def _doubly_blank(left: str, right: str) -> bool:
    blank_between = right in CLOSING | OPENING if left in CLOSING else right in OPENING
    return left in CLOSING | OPENING and blank_between


def _pieces(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    pieces: list[list[Glyph]] = [[]]
    for glyph in glyphs:
        if glyph.character == "\n":
            pieces.append([])
        else:
            pieces[-1].append(glyph)
    return pieces


def _lines(glyphs: list[Glyph], style: Style, width: float) -> list[Line]:
    full, indent = int(width * 1000 / style.size), int(style.indent * 1000 / style.size)
    lines: list[Line] = []
    current: list[Glyph] = []
    queue = _atoms(glyphs)[::-1]
    while queue:
        atom = queue.pop()
        room = full if lines else full - indent
        if _width(current) + _width(atom) <= room:
            current += atom
        elif current:
            lines.append(_line(current, lines, indent, room, last=False))
            current = []
            queue.append(atom)
        elif len(atom) > 1:  # longer than a whole line: it may break anywhere
            queue += [[glyph] for glyph in reversed(atom)]
        else:
            current = atom
    lines.append(_line(current, lines, indent, full if lines else full - indent, last=True))
    return lines


def _line(glyphs: list[Glyph], before: list[Line], indent: int, room: int, last: bool) -> Line:
    return Line(tuple(glyphs), 0 if before else indent, room, last)


def _atoms(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Runs of glyphs that stay on one line."""
    atoms: list[list[Glyph]] = []
    for glyph in glyphs:
        if atoms and _inseparable(atoms[-1][-1].character, glyph.character):
            atoms[-1].append(glyph)
        else:
            atoms.append([glyph])
    return atoms


def _inseparable(left: str, right: str) -> bool:
    return right in NO_START or left in NO_END or (left in WORD and right in WORD)


def _width(glyphs: Iterable[Glyph]) -> int:
    return sum(glyph.width for glyph in glyphs)


def _draw_line(canvas: Any, line: Line, style: Style, x: float, baseline: float) -> None:
    slack = line.room - _width(line.glyphs)
    x += line.indent * style.size / 1000
    if style.align == "centre":
        x += slack * style.size / 2000
    elif style.align == "right":
        x += slack * style.size / 1000
    spread = _spread(line, slack, style)
    text = canvas.beginText(x, baseline)
    for run in _runs(line, spread, style.size):
        text.setFont(run.face.name, style.size)
        text.setCharSpace(run.extra)
        text.textOut(run.text)
        if run.filled:
            _rule(canvas, x, x + run.advance, baseline - style.size * RULE_DROP)
        x += run.advance
    text.setCharSpace(0)
    canvas.drawText(text)


def _spread(line: Line, slack: int, style: Style) -> float:
    """Points to add after each glyph that is not inside a word."""
    gaps = sum(_may_spread(glyph, right) for glyph, right in _neighbours(line.glyphs))
    if style.align != "justify" or line.last or not gaps or slack > LOOSEST:
        return 0.0
    return round(slack * style.size / 1000 / gaps, 4)


def _runs(line: Line, spread: float, size: float) -> Iterator[Run]:
    """Stretches of one face, one spacing and one filling."""
    spaced = [
        (glyph, (spread if _may_spread(glyph, right) else 0.0) - glyph.kern * size / 1000)
        for glyph, right in _neighbours(line.glyphs)
    ]
    for (_, extra, filled), group in groupby(spaced, lambda p: (p[0].face.name, p[1], p[0].filled)):
        run = [glyph for glyph, _ in group]
        text = "".join(glyph.character for glyph in run)
        advance = sum(glyph.width + glyph.kern for glyph in run) * size / 1000 + extra * len(run)
        yield Run(run[0].face, extra, filled, text, advance)


def _neighbours(glyphs: Sequence[Glyph]) -> Iterator[tuple[Glyph, Glyph | None]]:
    return zip_longest(glyphs, glyphs[1:])


def _may_spread(glyph: Glyph, right: Glyph | None) -> bool:
    return right is not None and not (glyph.character in WORD and right.character in WORD)


def _rule(canvas: Any, left: float, right: float, y: float) -> None:
    canvas.setLineWidth(0.5)
    canvas.line(left, y, right, y)
