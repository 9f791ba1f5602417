"""What a file of text would become in the library: judged against the index, nothing written."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Literal

import msgspec

from backend.features.law.model import Article, Clause, Law, LawText
from backend.features.law.rules import clause_words, split_statute
from backend.features.law.rules.heads import (
    DOUBTFUL,
    DateBasis,
    Head,
    day_in_force,
    plain_title,
    read_head,
    same_title,
)

_ID_HEX = 12


class TextFile(msgspec.Struct, frozen=True):
    """A file as it was handed in; what a person adds where the text itself does not say."""

    name: str
    data: bytes
    title: str = ""
    in_force: date | None = None


class Reading(msgspec.Struct, frozen=True):
    """What a file would become; with a `fault` it becomes nothing."""

    name: str
    fault: str = ""
    law: Law | None = None
    text: str = ""
    articles: int = 0
    date_basis: DateBasis | None = None
    notes: tuple[str, ...] = ()
    state: Literal["new", "same", "changed"] = "new"


def judge(
    files: Iterable[TextFile], index: Sequence[Law], kept: Mapping[str, LawText]
) -> list[Reading]:
    """Every file judged against the index and the texts kept. Two files of one version that say
    different things spoil each other."""
    read = [_compared(_read(file, index), kept) for file in files]
    return [_alone(reading, read) for reading in read]


def version_of(law: Law) -> str:
    """The name of a version in the register and at the head of a citation."""
    return f"{law.id}@{law.in_force.isoformat()}"


def _read(file: TextFile, index: Sequence[Law]) -> Reading:
    text = _decoded(file.data)
    if text is None:
        return Reading(file.name, "读不出文字：不是 UTF-8 或 GB 18030 编码。")
    articles = split_statute(text)
    if not articles:
        return Reading(file.name, "里面没有“第一条”这样的条文。")
    if twice := _twice(articles):
        return Reading(file.name, f"{twice}出现了两次，分不清哪一条是原文。")
    head = read_head(text, file.name)
    if file.title.strip():
        head = msgspec.structs.replace(head, title=file.title.strip())
    if not head.title:
        return Reading(file.name, "看不出法规名称。第一行写上全称再导入。")
    dated = day_in_force(head, articles, index, file.name)
    if file.in_force:
        dated = (file.in_force, "given")
    if dated is None:
        return Reading(
            file.name, "看不出哪天起施行。在正文前写一行“某年某月某日 施行”再导入。", text=text
        )
    law = _law(head, articles, index, *dated)
    notes = (*_gaps(articles), *_doubts(dated[1]))
    return Reading(file.name, "", law, text, len(articles), dated[1], notes)


def _law(
    head: Head, articles: Sequence[Article], index: Sequence[Law], day: date, basis: DateBasis
) -> Law:
    """The index's own row where it has this version; else a version of the law of that title."""
    namesakes = [law for law in index if same_title(law.title, head.title)]
    listed = next((law for law in namesakes if law.in_force == day), None)
    if listed:
        return listed
    short = plain_title(head.title)
    guessed = tuple(sorted({one.number for one in articles})) if basis in DOUBTFUL else ()
    return Law(
        id=namesakes[0].id if namesakes else _new_id(short),
        title=namesakes[0].title if namesakes else head.title,
        short=namesakes[0].short if namesakes else short,
        in_force=day,
        until=head.until,
        source=head.source or f"{day.year}年{day.month}月{day.day}日起施行",
        unchecked=guessed,
    )


def _new_id(title: str) -> str:
    """The same title gets the same id in every bureau and at every import."""
    return "x" + sha256(title.encode("utf-8")).hexdigest()[:_ID_HEX]


def _compared(reading: Reading, kept: Mapping[str, LawText]) -> Reading:
    if reading.law is None:
        return reading
    before = kept.get(version_of(reading.law))
    if before is None:
        return reading
    same = before == LawText(reading.law, reading.text)
    return msgspec.structs.replace(reading, state="same" if same else "changed")


def _alone(reading: Reading, among: Sequence[Reading]) -> Reading:
    twins = [one for one in among if one.law and reading.law and one.law == reading.law]
    others = [one.name for one in twins if one.text != reading.text]
    if reading.fault or not others:
        return reading
    words = f"和“{others[0]}”是同一部法规的同一个版本，内容却不同。"
    return msgspec.structs.replace(reading, fault=words)


def _decoded(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text else text.replace("\r\n", "\n")
    return None


def _twice(articles: Iterable[Article]) -> str:
    seen: set[tuple[int, int]] = set()
    for one in articles:
        if (one.number, one.insert) in seen:
            return clause_words(_whole(one))
        seen.add((one.number, one.insert))
    return ""


def _gaps(articles: Sequence[Article]) -> tuple[str, ...]:
    numbers = {one.number for one in articles}
    missing = sorted(set(range(1, max(numbers) + 1)) - numbers)
    return (f"条号不连续：缺第 {'、'.join(map(str, missing[:5]))} 条",) if missing else ()


def _doubts(basis: DateBasis) -> tuple[str, ...]:
    where = {"file_name": "文件名", "amendment": "最近一次修改的公布日"}.get(basis)
    return (f"施行日期取自{where}，全文按待核对入库",) if where else ()


def _whole(article: Article) -> Clause:
    return Clause(article.number, insert=article.insert)
