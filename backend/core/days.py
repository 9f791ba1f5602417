"""Days in China (Asia/Shanghai, UTC+8 without summer time, Xinjiang included)."""

from datetime import UTC, date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def day_of(ms: int) -> str:
    """The day of an instant (UTC ms) in China, `YYYY-MM-DD`."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(CHINA).date().isoformat()


def year_of(ms: int) -> int:
    """The year of an instant in China."""
    return int(day_of(ms)[:4])


def years_later(day: str, years: int) -> str:
    """The corresponding day so many years later; 29 February becomes 28."""
    start = date.fromisoformat(day)
    try:
        return start.replace(year=start.year + years).isoformat()
    except ValueError:
        return start.replace(year=start.year + years, day=28).isoformat()
