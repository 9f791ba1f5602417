"""Sheets of A4: filling them with blocks, and what stands on every sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from printing.layout.blocks import Block, Stack
from printing.layout.flow import Style, set_text
from printing.layout.fonts import Faces
from printing.layout.marks import cross_out, draw_code

A4 = (595.28, 841.89)
"""Width and height in points."""
LEFT = 80.0
WIDTH = 434.0
"""31 characters of 14 points."""
TOP = A4[1] - 58
BOTTOM = 54.0
CODE = 54.0
"""Side of the verification code in points: 19 mm."""
CODE_TOP = A4[1] - 26
WORTH_CROSSING = 60.0
"""Empty space at the foot of a sheet that is not the last, from which on it is crossed out."""
COMPANY = 150.0
"""A paragraph up to this height goes along undivided with a closing that starts a sheet."""
BLANK = Style(12, 24, align="centre")
SMALL = Style(10.5, 15, align="centre")
TINY = Style(7.5, 10, align="centre")
MARK = Style(150, 150, align="centre", role="bold")


class Overfull(ValueError):
    """Something that cannot be divided is higher than a sheet has room for."""

    def __init__(self, height: float) -> None:
        super().__init__(f"{height} points do not fit on a sheet")


@dataclass(frozen=True)
class Frame:
    """What every sheet carries: `head` on the first, `running` on the others, `foot` on all."""

    head: Sequence[Block]
    running: Sequence[Block]
    foot: Sequence[Block]
    page: str
    """Template of the page number with {page} and {pages}."""
    blank: str
    """The words over a crossed-out space before the next sheet."""
    blank_last: str | None
    """The same on the last sheet; None where its rest may stay empty."""
    code: tuple[str, str] | None
    """Verification address and its caption."""
    mark: str | None
    """Word across the sheet behind the text."""


@dataclass(frozen=True)
class Sheet:
    blocks: tuple[Block, ...]
    free: float


def fill_sheets(body: Sequence[Block], frame: Frame) -> list[Sheet]:
    """Distribute the body over sheets; raises Overfull.

    The last block never stands alone on a new sheet. A stack is taken apart only where it is
    higher than a whole sheet.
    """
    room = TOP - BOTTOM - _height(frame.foot)
    first, other = room - _height(frame.head), room - _height(frame.running)
    sheets: list[Sheet] = []
    current: list[Block] = []
    free = first
    queue = list(body)[::-1]
    while queue:
        block = queue.pop()
        if block.height <= free:
            current.append(block)
            free -= block.height
            continue
        if not current and free >= other and not block.split(free):
            if not isinstance(block, Stack):
                raise Overfull(block.height)
            queue += reversed(block.blocks)
            continue
        queue.append(block)
        if parts := block.split(free):
            current.append(parts[0])
            free -= parts[0].height
            queue[-1] = parts[1]
        elif len(queue) == 1 and len(current) > 1:
            company = _company(current)
            free += company.height
            queue.append(company)
        sheets.append(Sheet(tuple(current), free))
        current, free = [], other
    return [*sheets, Sheet(tuple(current), free)]


def _company(current: list[Block]) -> Block:
    """Take from a full sheet what goes along with the closing: the last block or its end."""
    last = current.pop()
    parts = last.split(last.height - 1) if last.height > COMPANY else None
    if parts is None:
        return last
    current.append(parts[0])
    return parts[1]


def draw_sheets(canvas: Any, faces: Faces, sheets: Sequence[Sheet], frame: Frame) -> None:
    """Draw every sheet and close it."""
    for i, sheet in enumerate(sheets):
        last = i == len(sheets) - 1
        if frame.mark:
            _draw_mark(canvas, faces, frame.mark)
        top = _draw_stack(canvas, [*(frame.running if i else frame.head), *sheet.blocks], TOP)
        _cross(canvas, faces, frame, top, sheet.free, last)
        _draw_stack(canvas, frame.foot, BOTTOM + _height(frame.foot))
        number = frame.page.format(page=i + 1, pages=len(sheets))
        set_text(faces, number, SMALL, WIDTH).draw(canvas, LEFT, BOTTOM - 14)
        if frame.code and i == 0:
            _draw_code(canvas, faces, *frame.code)
        canvas.showPage()


def _cross(canvas: Any, faces: Faces, frame: Frame, top: float, free: float, last: bool) -> None:
    words = frame.blank_last if last else frame.blank
    if words is None or free < (BLANK.leading if last else WORTH_CROSSING):
        return
    set_text(faces, words, BLANK, WIDTH).draw(canvas, LEFT, top)
    cross_out(canvas, LEFT, top - BLANK.leading, (WIDTH, free - BLANK.leading))


def _draw_code(canvas: Any, faces: Faces, address: str, caption: str) -> None:
    x = LEFT + WIDTH - CODE
    draw_code(canvas, address, x, CODE_TOP, CODE)
    set_text(faces, caption, TINY, CODE).draw(canvas, x, CODE_TOP - CODE - 3)


def _draw_mark(canvas: Any, faces: Faces, word: str) -> None:
    canvas.saveState()
    canvas.setFillGray(0.9)
    canvas.translate(A4[0] / 2, A4[1] / 2)
    canvas.rotate(40)
    set_text(faces, word, MARK, A4[0]).draw(canvas, -A4[0] / 2, MARK.leading / 2)
    canvas.restoreState()


def _draw_stack(canvas: Any, blocks: Sequence[Block], top: float) -> float:
    for block in blocks:
        block.draw(canvas, LEFT, top)
        top -= block.height
    return top


def _height(blocks: Sequence[Block]) -> float:
    return sum(block.height for block in blocks)
