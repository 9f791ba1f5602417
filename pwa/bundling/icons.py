"""Draws the app's icons: the chop 「安巡」, upright, paper white on seal red.

Run by hand when the chop changes, the pictures are committed:
    .venv/bin/python pwa/bundling/icons.py
"""

from pathlib import Path

from fontTools.misc.transform import Transform
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

PWA = Path(__file__).parents[1]
OUT = PWA / "public/icons"
FACE = PWA / "node_modules/@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf"
RED, PAPER = "#A8261D", "#FFFFFF"
SHARP = 4


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    for size in (192, 512):
        save(chop(size, characters=0.76, corner=0.18, frame=True), f"icon-{size}.png")
        save(chop(size, characters=0.58, corner=0, frame=False), f"maskable-{size}.png")
    save(chop(180, characters=0.68, corner=0, frame=False), "apple-180.png")
    save(badge(96), "badge-96.png")
    (OUT / "chop.svg").write_text(svg(), encoding="utf-8")


def chop(size: int, characters: float, corner: float, *, frame: bool) -> Image.Image:
    """`characters` is how much of the height both take; a maskable icon keeps 20 % clear."""
    side = size * SHARP
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, side - 1, side - 1), corner * side, fill=RED)
    if frame:
        inset, width = side * 0.045, max(1, side // 64)
        box = (inset, inset, side - inset, side - inset)
        pen.rounded_rectangle(box, corner * side - inset, outline=PAPER, width=width)
    write(pen, side, characters)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def badge(size: int) -> Image.Image:
    """For the status line of a phone, which keeps only the shape."""
    side = size * SHARP
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    write(ImageDraw.Draw(image), side, 1.0)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def write(pen: ImageDraw.ImageDraw, side: int, characters: float) -> None:
    height = side * characters / 2
    font = ImageFont.truetype(FACE, round(height * 1.04))
    for character, centre in (("安", side / 2 - height / 2), ("巡", side / 2 + height / 2)):
        pen.text((side / 2, centre), character, font=font, fill=PAPER, anchor="mm")


def svg() -> str:
    """The chop as outlines, so that it looks the same without the font."""
    face = TTFont(FACE)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="12" fill="{RED}"/>'
        f'<path fill="{PAPER}" d="{outline(face, "安", 31)}{outline(face, "巡", 57)}"/>'
        "</svg>\n"
    )


def outline(face: TTFont, character: str, baseline: float) -> str:
    glyphs = face.getGlyphSet()
    scale = 26 / face["head"].unitsPerEm
    pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.1f}")
    name = face.getBestCmap()[ord(character)]
    glyphs[name].draw(TransformPen(pen, Transform(scale, 0, 0, -scale, 19, baseline - 2)))
    return str(pen.getCommands())


def save(image: Image.Image, name: str) -> None:
    image.save(OUT / name, optimize=True)


if __name__ == "__main__":
    main()
