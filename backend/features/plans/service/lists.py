"""涉企行政检查事项清单 (S3-2.1, S3-2.2): versions, publication, filing; inspections keep theirs.

The pack holds the list a bureau starts from. What the bureau publishes itself stands in a table, and
no version is ever changed: a better list is a later version (`releasing`). One taken back before its
first day never comes into force; a plan made with it keeps it.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from backend.core.database import Connection
from backend.core.days import day_of
from backend.core.dossiers.service import Dossiers
from backend.core.packs import Pack, in_force_on
from backend.core.registers import publish
from backend.features.identity import public as identity
from backend.features.plans import tables
from backend.features.plans.model import Item
from backend.features.plans.rules import ItemRow


class ItemList(msgspec.Struct, frozen=True):
    """One version of the list. `filed` is the note of filing with the judicial bureau (司法局备案)."""

    version: str
    title: str
    in_force: str
    published: str
    filed: str
    items: list[Item]


async def lists_of(connection: Connection, bureau: str, pack: Pack) -> list[ItemList]:
    """Every version that is, was or will be in force, the newest first; the pack's is the first of all."""
    own = [_standing(each) for each in await _published(connection, bureau)]
    return [*own, _pack_list(pack)]


async def _published(connection: Connection, bureau: str) -> list[ItemList]:
    texts = await tables.item_lists(connection, bureau)
    return [msgspec.json.decode(text, type=ItemList) for text in texts]


def _standing(published: ItemList) -> ItemList:
    """Without the items taken back."""
    items = [item for item in published.items if not item.withdrawn]
    return msgspec.structs.replace(published, items=items)


async def items_on(connection: Connection, bureau: str, pack: Pack, day: str) -> list[Item]:
    """What the version in force on a day holds, items taken back too."""
    found = [*await _published(connection, bureau), _pack_list(pack)]
    return list(_in_force(found, day).items)


async def lists_after(connection: Connection, bureau: str, day: str) -> list[ItemList]:
    """The versions that come into force after a day, the next first."""
    return [each for each in reversed(await _published(connection, bureau)) if each.in_force > day]


async def list_on(connection: Connection, bureau: str, pack: Pack, day: str) -> ItemList:
    """The version in force on a day (S3-2.1a)."""
    return _in_force(await lists_of(connection, bureau, pack), day)


def _in_force(found: Sequence[ItemList], day: str) -> ItemList:
    return next((each for each in found if each.in_force <= day), found[-1])


async def list_named(connection: Connection, bureau: str, pack: Pack, version: str) -> ItemList:
    """The version an inspection was planned with (S3-2.2); the pack's where none has the name."""
    text = await tables.item_list_named(connection, bureau, version)
    return _standing(msgspec.json.decode(text, type=ItemList)) if text else _pack_list(pack)


async def is_used(connection: Connection, bureau: str, pack: Pack, version: str) -> bool:
    """Whether a version has the name, one taken back too."""
    named = await tables.item_list_named(connection, bureau, version)
    return named is not None or version == pack.setting("item_list.version", str)


async def publish_items(dossiers: Dossiers, connection: Connection, bureau: str) -> int:
    """Bring the version in force into the register phones carry."""
    pack = await identity.bureau_pack(connection, bureau)
    today = day_of(dossiers.clock.now())
    current = await list_on(connection, bureau, pack, today)
    rows = [msgspec.to_builtins(item) for item in current.items]
    return await publish(dossiers, connection, ("items", bureau), "item", rows)


def _pack_list(pack: Pack) -> ItemList:
    """The list of the pack, each item in its latest version."""
    version = pack.setting("item_list.version", str)
    rows = in_force_on(pack.rows("item", ItemRow), date.max)
    published = pack.setting("item_list.published", str)
    return ItemList(
        version=version,
        title=pack.setting("item_list.title", str),
        in_force=published,
        published=published,
        filed=pack.setting("item_list.filed", str),
        items=[_item(row, version) for row in rows.values()],
    )


def _item(row: ItemRow, version: str) -> Item:
    return Item(
        id=row.id,
        list_version=version,
        sector=row.sector,
        group=row.group,
        title=row.title,
        content=row.content,
        method=row.method,
        basis=list(row.basis),
        liability=list(row.liability),
        problems=list(row.problems),
        causes=list(row.causes),
        measures=list(row.measures),
    )
