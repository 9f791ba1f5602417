"""All pictures on one page and in one image: labelled, the phones in one grid, the desks in another."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

GAP, LABEL = 16, 28
GRIDS = {"phone": (8, 260, 563), "desk": (4, 640, 400)}
"""Columns, and the size a picture is shown at."""


def lay_out(folder: Path, names: Sequence[str]) -> None:
    """`contact-sheet.html` beside the pictures, and `contact-sheet-phone.png`, `-desk.png`."""
    sections = []
    for shell, (columns, width, height) in GRIDS.items():
        shown = [name for name in names if name.endswith(f"-{shell}")]
        _paint(folder, shell, shown, columns, (width, height))
        figures = "".join(_figure(name, width) for name in shown)
        sections.append(f"<h2>{shell} {len(shown)}</h2><div>{figures}</div>")
    (folder / "contact-sheet.html").write_text(_PAGE + "".join(sections), encoding="utf-8")


_PAGE = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Screens</title><style>'
    "body{font:14px sans-serif;background:#888}div{display:flex;flex-wrap:wrap;gap:16px}"
    "figure{margin:0}figcaption{background:#fff;padding:4px}</style>"
)


def _figure(name: str, width: int) -> str:
    file = escape(f"{name}.png")
    return (
        f'<figure><figcaption>{escape(name)}</figcaption><a href="{file}">'
        f'<img src="{file}" width="{width}" alt=""></a></figure>'
    )


def _paint(
    folder: Path, shell: str, names: Sequence[str], columns: int, size: tuple[int, int]
) -> None:
    width, height = size
    rows = -(-len(names) // columns)
    sheet = Image.new(
        "RGB", (columns * (width + GAP), max(rows, 1) * (height + LABEL + GAP)), "#888888"
    )
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(15)
    for place, name in enumerate(names):
        row, column = divmod(place, columns)
        left, top = column * (width + GAP), row * (height + LABEL + GAP)
        pen.text((left + 4, top + 5), name.encode("ascii", "replace").decode(), "white", font)
        with Image.open(folder / f"{name}.png") as picture:
            sheet.paste(picture.convert("RGB").resize(size), (left, top + LABEL))
    sheet.save(folder / f"contact-sheet-{shell}.png")
