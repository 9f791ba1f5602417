"""Instants and days as a paper writes them, in China's one time zone.

Asia/Shanghai has been UTC+8 without daylight saving since 1991-09-15; the offset is fixed here
because a phone's Python carries no time zone tables.
"""

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def moment(when: int) -> datetime:
    """The Chinese wall clock at `when`, milliseconds UTC."""
    return datetime.fromtimestamp(when // 1000, CHINA)


def parsed_day(text: str) -> date:
    """A `YYYY-MM-DD` day and no other spelling; raises ValueError."""
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError(text)
    return day


def written_day(day: date) -> str:
    """2026年9月18日"""
    return f"{day.year}年{day.month}月{day.day}日"


def written_minute(when: int) -> str:
    """2026年9月18日11时52分, Chinese wall clock of `when`, milliseconds UTC."""
    at = moment(when)
    return f"{written_day(at.date())}{at.hour}时{at.minute}分"


def written_stretch(begun: int, ended: int) -> str:
    """2026年9月18日9时50分至9月18日11时52分; the year once, as the forms have it."""
    year = f"{moment(begun).year}年"
    return f"{written_minute(begun)}至{written_minute(ended).removeprefix(year)}"
