"""行政执法证件 as it is registered, and when its end is told. Pure."""

from collections.abc import Collection, Iterable
from datetime import date

from backend.features.identity.model import Certificate


def certificate_fault(held: Certificate) -> str:
    """Why it cannot be kept; empty: it can."""
    if not held.number.strip() or not held.number.isascii() or len(held.number) > 64:
        return "证号没有填，或者不对"
    if not (_is_day(held.issued) and _is_day(held.until)):
        return "日期不对"
    if held.until < held.issued:
        return "到期日早于发证日"
    return "" if held.scope else "执法范围没有选"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def warning_step(certificates: Collection[Certificate], day: str, steps: Iterable[int]) -> int:
    """Which warning is due: the nearest of `steps` days ahead, 0 once over, -1 for none.

    What has been renewed already asks for nothing.
    """
    lasting = [each.until for each in certificates if not each.suspended]
    if not lasting:
        return -1
    left = (date.fromisoformat(max(lasting)) - date.fromisoformat(day)).days
    if left < 0:
        return 0
    return min((step for step in steps if left <= step), default=-1)
