"""What a text says of itself: its title, when it was adopted, from when it is in force."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

import msgspec

from backend.features.law.model import Article, Law
from backend.features.law.rules.statutes import heading_of

NATION = "中华人民共和国"
DateBasis = Literal["given", "head", "index", "last_article", "adoption", "amendment", "file_name"]
DOUBTFUL: frozenset[DateBasis] = frozenset({"amendment", "file_name"})
"""Days that are likely but not said: the whole text is 待核对."""

_DAY = r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日"
_ANY_DAY = re.compile(_DAY)
_BEGINS = re.compile(rf"自?{_DAY}\s*起?\s*(?:施行|实施|生效)")
_ENDS = re.compile(rf"自?{_DAY}\s*起?\s*(?:废止|失效|停止执行)")
_AT_ADOPTION = re.compile("自(?:公布|发布|印发)之日起(?:施行|实施|执行)")
_IN_NAME = re.compile(r"([0-9]{4})[-.年]?([0-9]{2})[-.月]?([0-9]{2})日?")
_OPENING = re.compile("第一条|一、")
_LONGEST_SOURCE = 160


class Head(msgspec.Struct, frozen=True):
    """The lines before the first article. `adopted`: the last day of adoption or amendment."""

    title: str
    source: str
    adopted: date | None
    amended: bool
    in_force: date | None
    until: date | None


def read_head(text: str, file_name: str) -> Head:
    """Title, history and dates; the file's name gives the day of adoption where the text has none."""
    lines = [line.strip(" \t\r\n\u3000") for line in _before_articles(text)]
    history = [line for line in lines if _ANY_DAY.search(line)]
    passed = [line for line in history if not _BEGINS.search(line) and not _ENDS.search(line)]
    days = [_day_in(line) for line in passed]
    adopted = max(filter(None, [*days, day_in_name(file_name)]), default=None)
    return Head(
        title=_title(lines),
        source=_source(passed),
        adopted=adopted,
        amended=len(passed) > 1,
        in_force=_first(_BEGINS, history),
        until=_first(_ENDS, history),
    )


def day_in_name(file_name: str) -> date | None:
    """安全生产法(2021-06-10).md → 2021-06-10."""
    match = _IN_NAME.search(file_name)
    return _day(match) if match else None


def day_in_force(
    head: Head, articles: Sequence[Article], index: Iterable[Law], file_name: str
) -> tuple[date, DateBasis] | None:
    """From when a text is in force, and how that is known; None where nothing says.

    An amended law often keeps the last article of its first version, so a day there counts only
    when it is not before the last amendment.
    """
    if head.in_force and (head.adopted is None or head.adopted <= head.in_force):
        return head.in_force, "head"
    if listed := _listed(head, index):
        return listed, "index"
    tail = "\n".join(part.text for one in articles[-2:] for part in one.paragraphs)
    last = _first(_BEGINS, [tail])
    if last and (head.adopted is None or head.adopted <= last):
        return last, "last_article"
    if head.adopted and _AT_ADOPTION.search(tail):
        return head.adopted, "amendment" if head.amended else "adoption"
    named = day_in_name(file_name)
    return (named, "file_name") if named else None


def same_title(one: str, other: str) -> bool:
    """Whether two titles name one law: with or without 中华人民共和国, brackets of either width."""
    return plain_title(one) == plain_title(other)


def plain_title(title: str) -> str:
    """The title as it is compared and shortened."""
    plain = title.translate(str.maketrans("（）", "()")).strip("《》")
    return re.sub(r"\s+", "", plain).removeprefix(NATION)


def _before_articles(text: str) -> list[str]:
    lines = text.split("\n")
    starts = (at for at, line in enumerate(lines) if _OPENING.match(line.strip(" \t\r\u3000")))
    return lines[: next(starts, len(lines))]


def _title(lines: Iterable[str]) -> str:
    marked = (line.lstrip("#").strip() for line in lines if line.startswith("#"))
    written = (line for line in lines if line and heading_of(line) is None)
    title = next(marked, "") or next(written, "")
    return title if len(title) <= 80 else ""


def _source(passed: Sequence[str]) -> str:
    """The last step of its history; the whole first line where it was never amended."""
    latest = max(passed, key=lambda line: _day_in(line) or date.min, default="")
    return re.sub(r"\s+", "", latest)[:_LONGEST_SOURCE]


def _listed(head: Head, index: Iterable[Law]) -> date | None:
    """The version of the index whose source names the same day of adoption."""
    if head.adopted is None:
        return None
    words = f"{head.adopted.year}年{head.adopted.month}月{head.adopted.day}日"
    known = (law for law in index if same_title(law.title, head.title))
    return next((law.in_force for law in known if words in law.source), None)


def _first(pattern: re.Pattern[str], lines: Iterable[str]) -> date | None:
    found = (match for line in lines if (match := pattern.search(line)))
    return next(filter(None, map(_day, found)), None)


def _day_in(line: str) -> date | None:
    match = _ANY_DAY.search(line)
    return _day(match) if match else None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None
