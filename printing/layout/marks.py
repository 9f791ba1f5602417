"""What is drawn and not written: signatures, the code of verification, the crossing-out."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from printing.facts import BOX, Strokes

_FIXED_MASK = 2
PEN = 1.1
"""Width of a signature's line in points."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Signature:
    """A place to sign, over a rule: empty for wet ink, or the drawn strokes."""

    strokes: Strokes | None
    width: float
    height: float

    def split(self, room: float) -> None:
        """A signature is never cut in two."""

    def draw(self, canvas: Any, x: float, top: float) -> None:
        foot = top - self.height + 4
        canvas.setLineWidth(0.5)
        canvas.line(x, foot, x + self.width, foot)
        if self.strokes:
            draw_strokes(canvas, self.strokes, x + 2, top, (self.width - 4, self.height - 3))


def draw_strokes(
    canvas: Any, strokes: Strokes, x: float, top: float, size: tuple[float, float]
) -> None:
    """Strokes fitted into a box of `size` points whose upper left corner is (x, top)."""
    scale = min(size[0] / BOX[0], size[1] / BOX[1])
    canvas.saveState()
    canvas.setLineWidth(PEN)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for stroke in strokes:
        _draw_stroke(canvas, [(x + px * scale, top - py * scale) for px, py in stroke])
    canvas.restoreState()


def _draw_stroke(canvas: Any, points: list[Point]) -> None:
    """A smooth line: each inner point pulls a quadratic curve between the middles beside it."""
    path = canvas.beginPath()
    path.moveTo(*points[0])
    here = points[0]
    for pull, following in pairwise(points[1:]):
        middle = _between(pull, following, 1 / 2)
        first, second = _between(here, pull, 2 / 3), _between(middle, pull, 2 / 3)
        path.curveTo(*first, *second, *middle)
        here = middle
    path.lineTo(*points[-1])
    canvas.drawPath(path)


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def draw_code(
    canvas: Any, text: str, x: float, top: float, size: float, search: bool = True
) -> None:
    """A QR code of level M, `size` points wide without its quiet zone, as one filled path.

    Without `search` the mask is a fixed one: the best of eight costs nine times the time, and on a
    code as large as a hand no camera sees the difference.
    """
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    if search:
        code.make()
    else:
        code.version = code.calculate_version()
        code.makeImpl(False, _FIXED_MASK)
    count = code.getModuleCount()
    module = size / count
    path = canvas.beginPath()
    for row in range(count):
        for start, end in _dark_runs([code.isDark(row, column) for column in range(count)]):
            y = top - (row + 1) * module
            path.rect(x + start * module, y, (end - start) * module, module)
    canvas.drawPath(path, stroke=0, fill=1)


def _dark_runs(modules: list[bool]) -> list[tuple[int, int]]:
    bordered = pairwise([False, *modules, False])
    edges = [i for i, (left, right) in enumerate(bordered) if left != right]
    return list(zip(edges[::2], edges[1::2], strict=True))


def cross_out(canvas: Any, x: float, top: float, size: tuple[float, float]) -> None:
    """One stroke from the upper right to the lower left of an empty space, if it has any height."""
    if size[1] <= 0:
        return
    canvas.setLineWidth(0.5)
    canvas.line(x + size[0], top, x, top - size[1])
