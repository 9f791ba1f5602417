"""What the legal forms have in common: type sizes, head, the sheet's frame, the three elements."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from printing.dates import parsed_day
from printing.facts import Sheet
from printing.layout.blocks import Block, Gap, Row, Rule
from printing.layout.flow import Style, Text, set_text
from printing.layout.fonts import Faces
from printing.layout.page import WIDTH, Frame
from printing.spans import Spans, fill
from printing.wording import Wording

HEAD = Style(15, 24, align="centre")
TITLE = Style(22, 36, align="centre", role="bold")
NUMBER = Style(14, 26, align="right")
BODY = Style(14, 22.5, indent=28)
FLUSH = Style(14, 22.5)
FORM = Style(12, 24, align="left")
SMALL = Style(10.5, 16, align="left")
FULL_STOPS = "。！？；"


SheetT = TypeVar("SheetT", bound=Sheet)
SheetT_co = TypeVar("SheetT_co", bound=Sheet, covariant=True)


@dataclass(frozen=True)
class Document:
    """A paper ready to be put on sheets."""

    title: str
    body: Sequence[Block]
    frame: Frame


@dataclass(frozen=True)
class Setter(Generic[SheetT_co]):
    """Sets one paper: its faces, its facts, the sentences of its form and day."""

    faces: Faces
    paper: SheetT_co
    words: Wording

    def text(self, text: str | Spans, style: Style = BODY, width: float = WIDTH) -> Text:
        return set_text(self.faces, text, style, width)

    def sentence(self, key: str, style: Style = BODY, **values: str | Spans) -> Text:
        """A sentence of the form with its blanks filled."""
        return self.text(fill(self.words[key], **values), style)


def setter(form: str, faces: Faces, paper: SheetT) -> Setter[SheetT]:
    return Setter(faces, paper, Wording(form, parsed_day(paper.wording_date)))


def ended(text: str) -> str:
    """The text with a full stop, unless it has its end."""
    return text if text[-1] in FULL_STOPS else f"{text}。"


def joined(texts: Sequence[str]) -> str:
    """Several texts as one sentence."""
    return ended("；".join(text.rstrip(FULL_STOPS) or text for text in texts))


def number_or_mark(to: Setter[Sheet]) -> str:
    """The number, or why there is none."""
    if to.paper.number is not None:
        return to.paper.number
    return to.words["draft" if to.paper.draft else "practice"]


def head(to: Setter[Sheet]) -> list[Block]:
    """安全生产行政执法文书, the title, the number."""
    return [
        to.sentence("head", HEAD),
        to.sentence("title", TITLE),
        to.text(number_or_mark(to), NUMBER),
        Gap(6),
    ]


def running_head(to: Setter[Sheet]) -> list[Block]:
    """Head of a 续页: title and number once more."""
    title = to.words["continued"].format(title=to.words["title"])
    half = WIDTH / 2
    left = to.text(title, SMALL, half)
    right = to.text(number_or_mark(to), Style(10.5, 16, align="right"), half)
    return [Row(((0, left), (half, right))), Rule(WIDTH), Gap(4)]


def frame(to: Setter[Sheet], foot: Sequence[Block], cross_last: bool) -> Frame:
    paper, words = to.paper, to.words
    return Frame(
        head=head(to),
        running=running_head(to),
        foot=foot,
        page=words["page"],
        blank=words["blank_continued"],
        blank_last=words["blank"] if cross_last else None,
        code=(paper.verify_url, words["verify"]) if paper.verify_url else None,
        mark=words["practice_mark"] if paper.practice else None,
    )


def copies(to: Setter[Sheet], line: str | None) -> list[Block]:
    """The line on who keeps which copy, over the foot of every sheet."""
    return [Rule(WIDTH), to.text(line or to.words["copies"], SMALL)]


def elements(to: Setter[Sheet], basis: Sequence[str], cause: str, measure: str) -> list[Block]:
    """判定依据, 产生原因, 整改措施建议 of what must be mended (S4-11), a paragraph each."""
    return [
        to.text(f"判定依据：{joined(basis)}"),
        to.text(f"产生原因：{ended(cause)}"),
        to.text(f"整改措施建议：{ended(measure)}"),
    ]
