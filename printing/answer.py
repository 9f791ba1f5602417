"""A paper, or why there is none, as data: for callers across a border of language or process."""

from dataclasses import dataclass
from typing import Literal

from printing.facts import FactsError
from printing.layout.fonts import Faces, MissingGlyph
from printing.layout.page import Overfull
from printing.render import render
from printing.wording import WordingError


@dataclass(frozen=True)
class Refused:
    """`field` is a path into the facts, `character` the one no loaded face has."""

    code: Literal["facts", "missing_glyph", "wording", "overfull"]
    reason: str
    field: str | None = None
    character: str | None = None


def answer(kind: str, facts_json: str, faces: Faces) -> bytes | Refused:
    """The PDF that `render` makes; its lawful refusals come back as values."""
    try:
        return render(kind, facts_json, faces)
    except FactsError as fault:
        return Refused("facts", fault.reason, field=fault.field)
    except MissingGlyph as fault:
        return Refused("missing_glyph", str(fault), character=fault.character)
    except WordingError as fault:
        return Refused("wording", str(fault))
    except Overfull as fault:
        return Refused("overfull", str(fault))
