"""Faces, and which face shows which character. A character no face has is an error, never a box.

The order of fallback is fixed: body → rare, bold → body → rare. A host may leave out `rare` until
a character needs it; what it prints without it is what it would print with it.
"""

from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from printing.layout.manifest import ROLES, manifest

Role = Literal["body", "bold"]


class MissingGlyph(ValueError):
    """No loaded face has this character."""

    def __init__(self, character: str) -> None:
        super().__init__(f"no face has {character} (U+{ord(character):04X})")
        self.character = character


class WrongFace(ValueError):
    """A font file is not the one this version of the papers is pinned to."""


@dataclass(frozen=True)
class Face:
    """A font known to ReportLab by `name`."""

    name: str
    font: Any

    def has(self, character: str) -> bool:
        return ord(character) in self.font.face.charToGlyph

    def width(self, character: str) -> int:
        """Advance in thousandths of the type size."""
        face = self.font.face
        advance: float = face.charWidths.get(ord(character), face.defaultWidth)
        return round(advance)


@dataclass(frozen=True)
class Faces:
    """The loaded faces; `rare` is None until it is needed."""

    body: Face
    bold: Face
    rare: Face | None

    def face_of(self, character: str, role: Role) -> Face:
        """The first face of the role's chain that has the character; raises MissingGlyph."""
        for face in (self.bold, self.body, self.rare) if role == "bold" else (self.body, self.rare):
            if face is not None and face.has(character):
                return face
        raise MissingGlyph(character)


def faces_of(body: bytes, bold: bytes) -> Faces:
    """Faces from the bytes of the font files; raises WrongFace when they are not the pinned."""
    return Faces(_face("body", body), _face("bold", bold), None)


def with_rare(faces: Faces, rare: bytes) -> Faces:
    """The same faces and the rare one; raises WrongFace."""
    return replace(faces, rare=_face("rare", rare))


def load_faces(directory: Path) -> Faces:
    """Faces from the folder `printing.build_faces` filled."""
    body, bold, rare = ((directory / f"{role}.ttf").read_bytes() for role in ROLES)
    return with_rare(faces_of(body, bold), rare)


def _face(role: str, data: bytes) -> Face:
    digest = sha256(data).hexdigest()
    if digest != manifest().faces[role].sha256:
        raise WrongFace(f"{role} is not the pinned font file: sha256 {digest}")
    font = TTFont(f"anxun-{role}", BytesIO(data), shapable=False)
    pdfmetrics.registerFont(font)
    return Face(font.fontName, font)
