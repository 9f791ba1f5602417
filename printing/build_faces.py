"""Cut the three faces of the papers out of Noto Serif SC (SIL Open Font License 1.1).

body  GB 2312 and the marks of layout/faces.toml; every sentence of a paper.
bold  the 3755 common characters (GB 2312 level 1), for titles.
rare  every other character of the source: names such as 李㛃 or 王𫖮.

The result is fixed by the source file and the pinned subsetter, and is checked against the
digests in layout/faces.toml: other bytes in a font are other bytes in every paper.

    python -m printing.build_faces --npm pwa/node_modules --out .cache/faces
"""

import argparse
import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import fontTools  # type: ignore[import-untyped]
from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from printing.layout.manifest import ROLES, FaceEntry, Manifest, manifest

PACKAGE = "@expo-google-fonts/noto-serif-sc"
ASCII = frozenset(range(0x20, 0x7F))
TABLES_OF_SCREENS = ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "vhea", "vmtx", "gasp", "prep"]
LICENCE_NAMES = {0, 7, 13, 14}


class FaceMismatch(RuntimeError):
    """A source or a result is not the file the papers are pinned to."""


def gb2312(first_row: int, last_row: int) -> frozenset[int]:
    """Code points of the rows of GB 2312-80; han stand in rows 16-55 (level 1) and 56-87."""
    return frozenset(_decoded(first_row, last_row))


def _decoded(first_row: int, last_row: int) -> Iterator[int]:
    for row in range(first_row, last_row + 1):
        for cell in range(1, 95):
            try:
                yield ord(bytes([0xA0 + row, 0xA0 + cell]).decode("gb2312"))
            except UnicodeDecodeError:
                continue


def characters(role: str, source: frozenset[int], marks: str) -> frozenset[int]:
    """Which of the source's code points the face of that role carries."""
    body = ASCII | gb2312(1, 87) | frozenset(map(ord, marks))
    wanted = {"body": body, "bold": ASCII | gb2312(1, 55), "rare": source - body}
    return wanted[role] & source


def cut(role: str, entry: FaceEntry, source: bytes, marks: str) -> bytes:
    """The subset as a static TrueType file with no layout tables and the source's own dates."""
    font = TTFont(BytesIO(source), recalcTimestamp=False)
    options = Options(hinting=False, layout_features=[], notdef_outline=True, name_IDs=["*"])
    options.drop_tables += TABLES_OF_SCREENS
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters(role, frozenset(font.getBestCmap()), marks))
    subsetter.subset(font)
    _rename(font, entry)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _rename(font: TTFont, entry: FaceEntry) -> None:
    """A cut font needs its own name, and ReportLab keys fonts by their PostScript name."""
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in LICENCE_NAMES]
    full = f"{entry.family} {entry.style}"
    postscript = f"{entry.family.replace(' ', '')}-{entry.style}"
    for name_id, text in enumerate([entry.family, entry.style, postscript, full], 1):
        names.setName(text, name_id, 3, 1, 0x409)
    names.setName(postscript, 6, 3, 1, 0x409)


def build(npm: Path, out: Path, pinned: Manifest) -> None:
    """Write the faces that are absent or damaged, and manifest.json; raises FaceMismatch."""
    out.mkdir(parents=True, exist_ok=True)
    for role in ROLES:
        entry, target = pinned.faces[role], out / f"{role}.ttf"
        if not _is(target, entry.sha256):
            target.write_bytes(_checked(role, npm, pinned))
    digests = {role: pinned.faces[role].sha256 for role in ROLES}
    (out / "manifest.json").write_text(json.dumps(digests, indent=2) + "\n", encoding="utf-8")


def _checked(role: str, npm: Path, pinned: Manifest) -> bytes:
    if fontTools.version != pinned.subsetter:
        raise FaceMismatch(f"faces are cut with fontTools {pinned.subsetter}: {fontTools.version}")
    entry = pinned.faces[role]
    source = (npm / PACKAGE / entry.source).read_bytes()
    _expect(f"source of {role}", source, entry.source_sha256)
    face = cut(role, entry, source, pinned.marks)
    _expect(role, face, entry.sha256)
    return face


def _is(path: Path, digest: str) -> bool:
    return path.is_file() and sha256(path.read_bytes()).hexdigest() == digest


def _expect(what: str, data: bytes, digest: str) -> None:
    found = sha256(data).hexdigest()
    if found != digest:
        raise FaceMismatch(f"{what}: expected sha256 {digest or 'none'}, found {found}")


def main() -> int:
    parser = argparse.ArgumentParser(description="cut the faces of the papers")
    parser.add_argument("--npm", type=Path, required=True, help="a node_modules folder")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    try:
        build(options.npm, options.out, manifest())
    except (FaceMismatch, FileNotFoundError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
