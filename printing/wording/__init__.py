"""The fixed sentences of the forms, as data by form, key and the day they came in force.

One TOML file a form; each key holds versions with `in_force`, `source` and `text`, in which
`{name}` marks a blank. `paper` holds what every form shares.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

Versions = list[dict[str, Any]]


class WordingError(LookupError):
    """No such sentence, or none in force on that day."""


@dataclass(frozen=True)
class Wording:
    """The sentences of one form on one day; what the form lacks is looked up in `paper`."""

    form: str
    on: date

    def __getitem__(self, key: str) -> str:
        form = self.form if key in _forms(self.form) else "paper"
        return sentence(form, key, self.on)


def sentence(form: str, key: str, on: date) -> str:
    """The template of a form's sentence in force on a day; raises WordingError."""
    versions = _forms(form).get(key)
    if versions is None:
        raise WordingError(f"{form}: no sentence {key}")
    return in_force(versions, on, f"{form}.{key}")


def in_force(versions: Versions, on: date, what: str) -> str:
    """The text of the latest version not younger than `on`; raises WordingError."""
    begun = [version for version in versions if version["in_force"] <= on]
    if not begun:
        raise WordingError(f"{what}: none in force on {on.isoformat()}")
    text: str = max(begun, key=lambda version: version["in_force"])["text"]
    return text


@cache
def _forms(form: str) -> dict[str, Versions]:
    path = files("printing.wording").joinpath(f"{form}.toml")
    if not path.is_file():
        raise WordingError(f"no wording for {form}")
    return tomllib.loads(path.read_text(encoding="utf-8"))
