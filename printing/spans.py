"""Text in which the filled-in places of a form can be told from its printed words."""

from collections.abc import Iterable
from dataclasses import dataclass
from string import Formatter


@dataclass(frozen=True)
class Span:
    """A stretch of text; `filled`: it stands in a blank of the form, over a rule."""

    text: str
    filled: bool = False


Spans = tuple[Span, ...]


def plain(text: str) -> Spans:
    return (Span(text),)


def fill(template: str, **values: str | Spans) -> Spans:
    """The template's words with `{name}` places filled; raises KeyError for an unfilled place.

    A str becomes a filled span, spans are taken as they are.
    """
    spans: list[Span] = []
    for words, name, _, _ in Formatter().parse(template):
        if words:
            spans.append(Span(words))
        if name is not None:
            value = values[name]
            spans.extend((Span(value, filled=True),) if isinstance(value, str) else value)
    return tuple(spans)


def join(separator: str, parts: Iterable[Spans]) -> Spans:
    """The parts with the separator, as printed words, between them."""
    joined: list[Span] = []
    for part in parts:
        if joined:
            joined.append(Span(separator))
        joined.extend(part)
    return tuple(joined)
