"""The public pages as HTML: Jinja2 with every value escaped, no script, one small stylesheet."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from backend.core.days import CHINA
from backend.features.disclosure.papers.words import day_words

_FOLDER = Path(__file__).parent / "templates"

STYLE = (_FOLDER / "open.css").read_bytes()
STYLE_TAG = sha256(STYLE).hexdigest()[:12]
"""Names the stylesheet in its address, so that browsers may keep it."""


def _moment(ms: int) -> str:
    """2026年9月18日 11:31."""
    at = datetime.fromtimestamp(ms / 1000, UTC).astimezone(CHINA)
    return f"{day_words(at.date().isoformat())} {at:%H:%M}"


def _environment() -> Environment:
    pages = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters |= {"day": day_words, "moment": _moment}
    pages.globals |= {"style": f"/o/open.css?{STYLE_TAG}"}
    return pages


_PAGES = _environment()


def page(name: str, **shown: Any) -> str:
    """One page; a name the template asks for and does not get is a mistake, not a blank."""
    return _PAGES.get_template(f"{name}.html").render(**shown)
