"""Reading public forms: urlencoded or multipart, capped, cleaned of what no text may hold."""

from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.datastructures import FormMultiDict, UploadFile

from backend.core.problems import Problem
from backend.features.disclosure.rules import PHOTO_BYTES, PHOTOS_AT_MOST

FORM_BYTES = 64 * 2**10
PHOTOS_BYTES = PHOTOS_AT_MOST * PHOTO_BYTES + 2**20
PDF_BYTES = 24 * 2**20
_FIELD = 4_000


@dataclass(frozen=True, slots=True)
class Sent:
    """A form: its words by name, its files by name."""

    words: dict[str, str]
    files: dict[str, list[bytes]]

    def get(self, name: str) -> str:
        """One field; empty where it was left out."""
        return self.words.get(name, "")


async def read_form(request: Request[Any, Any, Any], file_bytes: int = 0) -> Sent:
    """The form; files are read only where the form has some, each up to its cap and a byte.

    Raises:
        Problem: 415 neither of the two encodings; 400 its text is in no encoding that reads.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise Problem(415, "content_type")
    words: dict[str, str] = {}
    files: dict[str, list[bytes]] = {}
    for name, value in (await _fields(request)).multi_items():
        if isinstance(value, UploadFile):
            data = await value.read(file_bytes + 1) if file_bytes else b""
            if data:
                files.setdefault(name, []).append(data)
        elif isinstance(value, str):
            words[name] = clean(value)
    return Sent(words, files)


async def _fields(request: Request[Any, Any, Any]) -> FormMultiDict:
    try:
        return await request.form()
    except (UnicodeDecodeError, LookupError) as error:  # bytes of no charset, a charset of no name
        raise Problem(400, "form") from error


def clean(text: str) -> str:
    """Without control characters and lone surrogates, lines ended by one character."""
    plain = text.replace("\r\n", "\n").encode("utf-8", "ignore").decode("utf-8")
    return "".join(c for c in plain if c == "\n" or c.isprintable() or c == "\u3000")[:_FIELD]
