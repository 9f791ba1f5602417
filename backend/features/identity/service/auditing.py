"""审计: read by who may, with the server's own word on whether the chain is whole."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from backend.core.database import Connection
from backend.core.days import CHINA
from backend.core.problems import Problem
from backend.features.identity.rules.audit_words import detail_words, subject_words
from backend.features.identity.rules.chain import Entry, broken_at
from backend.features.identity.service.people import Actor
from backend.features.identity.service.phones import phones_of
from backend.features.identity.service.posts import bureau_pack, post_rules
from backend.features.identity.tables import auditing as a
from backend.features.identity.tables import people as p

PAGE = 200
_EXPORTED = 100_000
_OF_THE_SERVER = ("shell", "setup")
_HEAD = (
    *("序号", "时间", "人员", "对象", "说明"),
    *("人员编号", "事项代码", "对象编号", "原始说明", "校验值"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Empty fields ask for nothing; `day` is one in China; `before` a number of the chain."""

    actor: str = ""
    act: str = ""
    day: str = ""
    before: int = 0


@dataclass(frozen=True, slots=True)
class Verified:
    """How long the chain is, and the first number that does not follow; 0: it is whole."""

    entries: int
    broken_at: int


async def read_audit(
    connection: Connection, bureau: str, wanted: AuditFilter, limit: int = PAGE
) -> list[Entry]:
    """What the bureau's people did, and what was done from the shell; the newest first.

    Raises:
        Problem: 422 `day`.
    """
    people = [each.subject.officer for each in await p.people_of(connection, bureau)]
    actors = [each for each in (*people, *_OF_THE_SERVER) if wanted.actor in ("", each)]
    since, until = _bounds(wanted.day) if wanted.day else (0, 0)
    asked = a.Wanted(actors, wanted.act, since, until, wanted.before)
    return await a.found(connection, asked, limit)


def _bounds(day: str) -> tuple[int, int]:
    try:
        start = datetime.combine(date.fromisoformat(day), time(), CHINA)
        return _ms(start), _ms(start + timedelta(days=1))
    except (ValueError, OverflowError) as error:
        raise Problem(422, "day", "日期不对。请重新选。") from error


def _ms(instant: datetime) -> int:
    return round(instant.timestamp() * 1000)


async def names_of(connection: Connection, bureau: str, day: str) -> dict[str, str]:
    """Everything the audit names by an id of identity: people, sections, phones, posts, the bureau."""
    people = {e.subject.officer: e.name for e in await p.people_of(connection, bureau)}
    sections = {row.id: str(row.name) for row in await p.sections_of(connection, bureau)}
    devices = {
        e.device: f"{people.get(e.officer, '')}：{e.name}"
        for e in await phones_of(connection, bureau)
    }
    rules = post_rules(await bureau_pack(connection, bureau), day)
    kinds = {each.id: each.title for each in rules.kinds.values()}
    posts = {each.id: each.title for each in rules.posts.values()}
    own = {bureau: str((await p.bureau_row(connection, bureau)).name)}
    return {**kinds, **posts, **devices, **sections, **people, **own}


async def verify_chain(connection: Connection) -> Verified:
    """The whole chain, over every bureau of this server."""
    last: Entry | None = None
    entries = 0
    async for rows in a.in_order(connection):
        broken = broken_at(last, rows)
        entries += len(rows)
        if broken:
            return Verified(entries, broken)
        last = rows[-1]
    return Verified(entries, 0)


async def export_audit(connection: Connection, bureau: str, wanted: AuditFilter, day: str) -> bytes:
    """As a table that opens in any office program; no cell can be taken for a formula.

    In words, and beside them as the chain covers it.
    """
    names = await names_of(connection, bureau, day)
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow(_HEAD)
    for e in await read_audit(connection, bureau, wanted, _EXPORTED):
        at = datetime.fromtimestamp(e.at / 1000, CHINA).strftime("%Y-%m-%d %H:%M:%S")
        said = [subject_words(e, names), detail_words(e, names)]
        row = [e.n, at, names.get(e.actor, e.actor), *said, e.actor, e.act, e.subject, e.detail]
        row.append(e.hash)
        sheet.writerow([_plain(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: object) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


async def note_export(connection: Connection, actor: Actor) -> None:
    """Whoever took the audit away stands in it."""
    await a.write_audit(connection, actor.now, actor.officer, "export_audit", actor.bureau)
