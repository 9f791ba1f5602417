"""The RGB colour profile a PDF/A must carry: ICC version 2, sRGB primaries, gamma 2.2.

Built from its numbers (ICC.1:2001-04 and IEC 61966-2-1, adapted to D50), so that no binary
is kept in the tree and no clock gets into it.
"""

from struct import pack

PRIMARIES = {
    b"rXYZ": (0.4361, 0.2225, 0.0139),
    b"gXYZ": (0.3851, 0.7169, 0.0971),
    b"bXYZ": (0.1431, 0.0606, 0.7141),
}
WHITE_D50 = (0.9642, 1.0, 0.8249)
MADE = (2026, 1, 1, 0, 0, 0)
NAME = b"sRGB primaries, gamma 2.2\0"


def colour_profile() -> bytes:
    """The profile's bytes, always the same."""
    tags = {b"desc": _description(), b"cprt": b"text\0\0\0\0" + b"no copyright, use freely\0"}
    tags[b"wtpt"] = _xyz(WHITE_D50)
    tags |= {name: _xyz(value) for name, value in PRIMARIES.items()}
    curve = pack(">4s4xIH", b"curv", 1, round(2.2 * 256))
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    return _assembled(tags)


def _assembled(tags: dict[bytes, bytes]) -> bytes:
    start = 128 + 4 + 12 * len(tags)
    table, data = pack(">I", len(tags)), b""
    for name, content in tags.items():
        table += pack(">4sII", name, start + len(data), len(content))
        data += content + b"\0" * (-len(content) % 4)
    return _header(start + len(data)) + table + data


def _header(size: int) -> bytes:
    white = pack(">3i", *(_fixed(part) for part in WHITE_D50))
    kind = pack(">I4xI4s4s4s6H4s", size, 0x02100000, b"mntr", b"RGB ", b"XYZ ", *MADE, b"acsp")
    return (kind + b"\0" * 28 + white).ljust(128, b"\0")


def _description() -> bytes:
    """textDescriptionType: ASCII, then empty Unicode and Macintosh parts."""
    return pack(">4s4xI", b"desc", len(NAME)) + NAME + b"\0" * (4 + 4 + 2 + 1 + 67)


def _xyz(value: tuple[float, float, float]) -> bytes:
    return pack(">4s4x3i", b"XYZ ", *(_fixed(part) for part in value))


def _fixed(value: float) -> int:
    """s15Fixed16Number."""
    return round(value * 65536)
