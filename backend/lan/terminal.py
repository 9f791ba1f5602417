"""What the terminal shows: two codes to scan, the fingerprint to compare, the steps."""

import segno

_BLACK_ON_WHITE, _PLAIN = "\x1b[30;107m", "\x1b[0m"
_HALVES = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}


def qr_text(address: str) -> str:
    """Two rows of modules a line; dark on white whatever the colours of the terminal."""
    rows = [tuple(row) for row in segno.make(address, error="m", micro=False).matrix_iter(border=3)]
    if len(rows) % 2:
        rows.append((0,) * len(rows[0]))
    pairs = zip(rows[::2], rows[1::2], strict=True)
    lines = (
        "".join(_HALVES[up & 1, down & 1] for up, down in zip(*pair, strict=True)) for pair in pairs
    )
    return "".join(f"{_BLACK_ON_WHITE}{line}{_PLAIN}\n" for line in lines)


def steps(trust_url: str, app_url: str, others: tuple[str, ...], fingerprint: str) -> str:
    """The whole text."""
    more = f"   打不开时换一个地址：{' '.join(others)}\n" if others else ""
    return (
        f"\n1. 手机连同一个 Wi-Fi，扫码下载证书，照页面上的步骤信任它（每台手机一次）：{trust_url}\n"
        f"{qr_text(trust_url)}"
        f"   核对证书的 SHA-256 指纹：\n   {fingerprint}\n\n"
        f"2. 信任后扫码打开安巡：{app_url}\n{qr_text(app_url)}{more}"
    )
