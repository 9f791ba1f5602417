"""Pin ReportLab. Imported by the package, so before anything that draws.

ReportLab takes settings from the environment, from settings files and from a C accelerator,
and stamps the clock; each of these would make two hosts write different bytes. The pins below
overrule them all, so that a paper is a function of its facts and the font files alone.
"""

import sys
import time
from importlib.util import find_spec
from types import ModuleType
from typing import Any, cast

RELEASE = "5.1.0"
MODULES = cast(dict[str, ModuleType | None], sys.modules)


def _stand_in_for_pillow() -> None:
    """ReportLab imports PIL at once, though it needs it for pictures only; a phone has none."""
    if find_spec("PIL") is None:
        MODULES["PIL"] = ModuleType("PIL")
        MODULES["PIL.Image"] = cast(Any, MODULES["PIL"]).Image = ModuleType("PIL.Image")


MODULES.setdefault("_rl_accel", None)
_stand_in_for_pillow()

from reportlab import Version, rl_config, rl_settings  # noqa: E402

if Version != RELEASE:
    raise ImportError(f"printing is pinned to reportlab {RELEASE}, found {Version}")

CONVERTED = {
    "unShapedFontGlob",
    "T1SearchPath",
    "TTFSearchPath",
    "CMapSearchPath",
    "defaultPageSize",
}
"""Settings ReportLab converts when it reads them; no paper depends on one."""
PINS = {
    "invariant": 1,
    "pageCompression": 0,  # zlib and its descendants deflate the same bytes differently
    "useA85": 0,
    "ttfAsciiReadable": 0,
    "documentLang": "zh-CN",
}
SETTINGS = {name: getattr(rl_settings, name) for name in rl_settings.__all__} | PINS
for setting in rl_config.currentSettings().keys() & SETTINGS.keys() - CONVERTED:
    setattr(rl_config, setting, SETTINGS[setting])

from reportlab.pdfbase import pdfdoc, ttfonts  # noqa: E402


def to_unicode_map(font: str, subset: list[int]) -> str:
    """The ToUnicode CMap of a subset, in UTF-16BE and blocks of at most 100 (PDF 1.7, 9.10.3).

    ReportLab's own writes five hex digits outside the basic plane, and 𫖮 is lost to a search.
    """
    rows = [f"<{i:02X}> <{chr(code).encode('utf-16-be').hex()}>" for i, code in enumerate(subset)]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        f"/CIDSystemInfo << /Registry ({font}) /Ordering ({font}) /Supplement 0 >> def",
        f"/CMapName /{font} def /CMapType 2 def",
        f"1 begincodespacerange <00> <{len(subset) - 1:02X}> endcodespacerange",
    ]
    for start in range(0, len(rows), 100):
        block = rows[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines)


class Instant:
    """Stands in for ReportLab's TimeStamp, which asks the clock and SOURCE_DATE_EPOCH.

    `seconds` since 1970 UTC. A new document makes one that means nothing; Press sets the paper's.
    """

    tzname = "UTC"
    dhh = dmm = 0

    def __init__(self, seconds: int) -> None:
        self.t = seconds
        self.lt = time.gmtime(seconds)
        self.YMDhms = tuple(self.lt)[:6]


_format_stream = pdfdoc.PDFStream.format


def format_stream(self: Any, document: Any) -> bytes:
    """PDF/A-2 wants a line end before `endstream` that the length does not count (6.1.7.1)."""
    written: bytes = _format_stream(self, document)
    return written.removesuffix(b"endstream\n") + b"\nendstream\n"


pdfdoc.TimeStamp = Instant
ttfonts.makeToUnicodeCMap = to_unicode_map
pdfdoc.PDFStream.format = format_stream
