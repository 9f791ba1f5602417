"""Pieces a sheet is put together from: rows, filled fields, groups that stay together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from printing.layout.flow import Style, Text, set_text, width_of
from printing.layout.fonts import Faces


class Block(Protocol):
    """Something of a known height that can be drawn with its upper left corner at (x, top)."""

    @property
    def height(self) -> float: ...

    def split(self, room: float) -> "tuple[Block, Block] | None":
        """The block in two, the first at most `room` points high; None when it stays whole."""

    def draw(self, canvas: Any, x: float, top: float) -> None: ...


@dataclass(frozen=True)
class Gap:
    """White space, in points."""

    height: float

    def split(self, room: float) -> None:
        """White space is not cut."""

    def draw(self, canvas: Any, x: float, top: float) -> None:
        """Nothing is drawn."""


@dataclass(frozen=True)
class Rule:
    """A thin line across `width` points."""

    width: float
    height: float = 5

    def split(self, room: float) -> None:
        """A line is not cut."""

    def draw(self, canvas: Any, x: float, top: float) -> None:
        canvas.setLineWidth(0.6)
        canvas.line(x, top, x + self.width, top)


@dataclass(frozen=True)
class Row:
    """Blocks side by side, each at its distance from the left, standing on one foot line."""

    cells: tuple[tuple[float, Block], ...]

    @property
    def height(self) -> float:
        return max(block.height for _, block in self.cells)

    def split(self, room: float) -> None:
        """A row is never cut."""

    def draw(self, canvas: Any, x: float, top: float) -> None:
        for offset, block in self.cells:
            block.draw(canvas, x + offset, top - (self.height - block.height))


@dataclass(frozen=True)
class Stack:
    """Blocks one under the other that stay on one sheet."""

    blocks: tuple[Block, ...]

    @property
    def height(self) -> float:
        return sum(block.height for block in self.blocks)

    def split(self, room: float) -> None:
        """What is stacked stays together."""

    def draw(self, canvas: Any, x: float, top: float) -> None:
        for block in self.blocks:
            block.draw(canvas, x, top)
            top -= block.height


def fields(faces: Faces, style: Style, cells: Iterable[tuple[str, str | None, float]]) -> Row:
    """A line of the form: (label, value, width in points) each, the value over a rule.

    An unknown value leaves its rule empty, as on paper.
    """
    placed: list[tuple[float, Block]] = []
    x = 0.0
    for label, value, width in cells:
        shift = width_of(faces, label, style)
        placed.append((x, set_text(faces, label, style, shift)))
        written: Text = set_text(faces, value or "", style, width - shift, ruled=True)
        placed.append((x + shift, written))
        x += width
    return Row(tuple(placed))
