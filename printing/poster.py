"""企业码海报: what hangs at an enterprise's gate. No legal paper: no number, no signature, no kind.

Standard library only; importing this module loads no layout code.
"""

from dataclasses import dataclass

from printing.dates import parsed_day
from printing.strict import FactsError, read

LONGEST_CODE = 1200
"""Beyond it the squares would be too small for a phone at arm's length."""


@dataclass(frozen=True)
class Poster:
    """One enterprise; `text` is its signed code, valid to the end of the day `until`."""

    name: str
    credit_code: str
    text: str
    until: str

    def __post_init__(self) -> None:
        try:
            parsed_day(self.until)
        except ValueError:
            raise FactsError("until", "no day") from None
        if len(self.text.encode()) > LONGEST_CODE:
            raise FactsError("text", "is too long for a code on a wall")


@dataclass(frozen=True)
class Posters:
    """The posters of one bureau, made at one instant (milliseconds UTC); `phones` as printed."""

    bureau: str
    phones: str
    wording_date: str
    when: int
    posters: tuple[Poster, ...]


def load_posters(text: str) -> Posters:
    """From JSON, strictly; raises FactsError."""
    return read(Posters, text)
