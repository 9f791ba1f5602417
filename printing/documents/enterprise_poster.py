"""企业码海报 (S3-4.2a): one sheet an enterprise, to be read and scanned from some steps away."""

from typing import Any

from printing.dates import parsed_day, written_day
from printing.layout.flow import Style, Text, set_text
from printing.layout.fonts import Faces
from printing.layout.marks import draw_code
from printing.layout.page import A4, Overfull
from printing.poster import Poster, Posters
from printing.wording import Wording

FORM_NAME = "enterprise_poster"
LEFT = 60.0
WIDTH = A4[0] - 2 * LEFT
CODE = 312.0
"""Side of the code: 110 mm."""
FOOT = 34.0
CHOP = (30.0, 44.0)
CHOP_RED = (0.76, 0.15, 0.13)
CHOP_WORDS = "安巡"
BUREAU = Style(17, 44, align="left")
TITLE = Style(40, 62, align="centre", role="bold")
LEAD = Style(21, 36, align="centre", role="bold")
NAMES = tuple(Style(size, size * 1.4, align="centre", role="bold") for size in (26, 22, 18, 14))
CREDIT = Style(14, 26, align="centre")
SMALL = Style(13, 21, align="left")
MOST_LINES = 2


def draw_poster(canvas: Any, faces: Faces, all_of_them: Posters, poster: Poster) -> None:
    """Draw one sheet and close it; raises MissingGlyph, Overfull."""
    words = Wording(FORM_NAME, parsed_day(all_of_them.wording_date))
    top = A4[1] - 36
    _draw_chop(canvas, faces, top)
    _put(canvas, set_text(faces, all_of_them.bureau, BUREAU, WIDTH - 44), top, LEFT + 44)
    top = _put(canvas, set_text(faces, words["title"], TITLE, WIDTH), top - CHOP[1] - 14)
    top = _put(canvas, set_text(faces, words["lead"], LEAD, WIDTH), top) - 12
    draw_code(canvas, poster.text, (A4[0] - CODE) / 2, top, CODE, search=False)
    top = _put(canvas, _name(faces, poster.name), top - CODE - 18)
    credit = words["credit_code"].format(code=poster.credit_code)
    top = _put(canvas, set_text(faces, credit, CREDIT, WIDTH), top) - 10
    for line in _foot(words, all_of_them, poster):
        top = _put(canvas, set_text(faces, line, SMALL, WIDTH), top)
    if top < FOOT:
        raise Overfull(A4[1] - top)
    canvas.showPage()


def _foot(words: Wording, all_of_them: Posters, poster: Poster) -> tuple[str, ...]:
    day = written_day(parsed_day(poster.until))
    return (
        words["about"],
        words["rights"],
        words["until"].format(day=day, bureau=all_of_them.bureau),
        words["phones"].format(phones=all_of_them.phones),
    )


def _name(faces: Faces, name: str) -> Text:
    """As large as two lines allow; a name longer than that in the smallest size as it comes."""
    sizes = [set_text(faces, name, style, WIDTH) for style in NAMES]
    return next((each for each in sizes if len(each.lines) <= MOST_LINES), sizes[-1])


def _put(canvas: Any, text: Text, top: float, left: float = LEFT) -> float:
    text.draw(canvas, left, top)
    return top - text.height


def _draw_chop(canvas: Any, faces: Faces, top: float) -> None:
    """朱文印 with two characters upright, as on the screens."""
    width, height = CHOP
    canvas.saveState()
    canvas.setFillColorRGB(*CHOP_RED)
    canvas.roundRect(LEFT, top - height, width, height, 3, stroke=0, fill=1)
    canvas.setFillGray(1)
    for place, character in enumerate(CHOP_WORDS):
        style = Style(18, 20, align="centre", role="bold")
        set_text(faces, character, style, width).draw(canvas, LEFT, top - 2 - place * 20)
    canvas.restoreState()
