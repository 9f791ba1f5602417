"""A version of the item list is published (S3-2.2) and reaches the phones on its first day.

Items read from a file enter by the same door as those edited at the desk.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import msgspec

from backend.core.database import Connection
from backend.core.days import CHINA, day_of
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.service import Dossiers
from backend.core.packs import Pack
from backend.core.problems import Problem
from backend.features.identity import public as identity
from backend.features.plans import tables
from backend.features.plans.model import Item
from backend.features.plans.rules import item_words_lacking
from backend.features.plans.service.lists import (
    ItemList,
    is_used,
    items_on,
    list_on,
    publish_items,
)
from backend.features.plans.service.publishing import publish_pack

RELEASE = "release_items"
_MOST_ITEMS = 2000


async def publish_list(
    dossiers: Dossiers, connection: Connection, officer: str, fresh: ItemList
) -> ItemList:
    """A new version, published by the legal section (R5); phones hear of it on its first day.

    Raises:
        Problem: 403 forbidden, 409 `list_version`, 422 with what is wrong.
    """
    subject = (await identity.account(connection, officer)).subject
    facts = DossierFacts("", "items", subject.bureau, subject.section)
    await identity.require(connection, officer, "publish_items", facts)
    pack = await identity.bureau_pack(connection, subject.bureau)
    now = dossiers.clock.now()
    kept = _renamed(fresh)
    _check(kept, day_of(now))
    await _keep(dossiers, connection, (subject.bureau, officer), pack, kept)
    return kept


async def import_items(
    dossiers: Dossiers,
    connection: Connection,
    who: tuple[str, str],
    items: Sequence[Item],
    published: str,
) -> ItemList:
    """Items of a file as a new version, for `who`: bureau and importer, whose right was asked already.

    They are merged onto the list in force on their own first day, which is the day of publication
    (`published`) or, if that is over, today: they take the place of those with their ids, the others
    go on as they were. A list published for a later day stands on its own: nothing of it is taken in,
    and nothing of these items reaches it. The version is the one they bear.

    Raises:
        Problem: 409 `list_version`.
    """
    bureau, _ = who
    pack = await identity.bureau_pack(connection, bureau)
    first = max(published, day_of(dossiers.clock.now()))
    merged = {item.id: item for item in await items_on(connection, bureau, pack, first)}
    merged |= {item.id: item for item in items}
    fresh = ItemList(
        version=items[0].list_version,
        title=(await list_on(connection, bureau, pack, first)).title,
        in_force=first,
        published=published,
        filed="",
        items=list(merged.values()),
    )
    kept = _renamed(fresh)
    await _keep(dossiers, connection, who, pack, kept)
    return kept


async def take_back(dossiers: Dossiers, connection: Connection, bureau: str, version: str) -> bool:
    """Whether a version was yet to come into force: if so, it never will."""
    now = dossiers.clock.now()
    return await tables.take_back_list(connection, bureau, version, (day_of(now), now))


async def _keep(
    dossiers: Dossiers, connection: Connection, who: tuple[str, str], pack: Pack, kept: ItemList
) -> None:
    bureau, officer = who
    now = dossiers.clock.now()
    if await is_used(connection, bureau, pack, kept.version):
        raise Problem(409, "list_version", "这个版本号已经用过，没有发布。请换一个版本号。")
    text = msgspec.json.encode(kept).decode("utf-8")
    order = (kept.in_force, now)
    await tables.keep_item_list(connection, bureau, kept.version, order, officer, text)
    await identity.write_audit(connection, now, officer, "publish_items", kept.version, kept.title)
    begins = max(now, _midnight(kept.in_force))
    key = f"{bureau}/{kept.version}"
    await dossiers.reading(connection).post(RELEASE, key, {"bureau": bureau}, begins)


async def release(dossiers: Dossiers, payload: dict[str, Any]) -> None:
    """The worker's job on the first day of a version: the registers phones carry."""
    bureau = payload["bureau"]
    async with dossiers.database.write() as connection:
        await publish_items(dossiers, connection, bureau)
        await publish_pack(dossiers, connection, bureau)


def _midnight(day: str) -> int:
    return int(datetime.combine(date.fromisoformat(day), time(), CHINA).timestamp() * 1000)


def _renamed(fresh: ItemList) -> ItemList:
    """Every item bears the version it is published in."""
    version = fresh.version.strip()
    items = [msgspec.structs.replace(item, list_version=version) for item in fresh.items]
    return msgspec.structs.replace(fresh, version=version, items=items)


def _check(fresh: ItemList, today: str) -> None:
    if not fresh.version or not fresh.title.strip():
        raise Problem(422, "list_version", "要写版本号和清单名称，没有发布。")
    for name, words in (("in_force", "生效日期"), ("published", "公布日期")):
        if not _is_day(getattr(fresh, name)):
            raise Problem(422, name, f"{words}不对，没有发布。")
    if fresh.in_force < today:
        raise Problem(422, "in_force", "生效日期不能早于今天：已经开展的检查不能换清单。")
    ids = [item.id for item in fresh.items]
    if not ids or len(ids) > _MOST_ITEMS or len(set(ids)) != len(ids):
        raise Problem(422, "items", "清单要有事项，编号不能重复，没有发布。")
    faulty = [item.id for item in fresh.items if item_words_lacking(item)]
    if faulty:
        text = f"{faulty[0]}还缺名称、依据、内容或者方法，没有发布。"
        raise Problem(422, "item_words", text, items=faulty[:20])


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
