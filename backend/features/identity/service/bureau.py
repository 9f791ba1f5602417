"""The bureau's own words: kept with the bureau, laid over its pack, changed by its administrator."""

import json
from collections.abc import Awaitable, Callable

import msgspec

from backend.core.database import Connection
from backend.core.dossiers.service import Dossiers
from backend.core.packs import Pack
from backend.core.problems import Problem
from backend.features.identity.rules.bureau import BureauWords, words_fault
from backend.features.identity.service.people import Actor
from backend.features.identity.service.posts import bureau_pack
from backend.features.identity.tables import people as p
from backend.features.identity.tables.auditing import write_audit

Furnish = Callable[[Dossiers, Connection, str], Awaitable[None]]
"""Brings every register of a bureau to what it should say now; the composition root knows them all."""

_OVER_THE_PACK = ("region", "government", "court")
_PHONE = "bureau.phone"
_TITLES = {
    "name": "单位全称",
    "district": "行政区",
    "region": "文号里的地区简称",
    "government": "复议机关",
    "court": "受理诉讼的法院",
    "phone": "本局电话",
}


async def words_of(connection: Connection, bureau: str) -> BureauWords:
    """What papers written now bear of the bureau: its own words, the pack's where it has none."""
    row = await p.bureau_row(connection, bureau)
    pack = await bureau_pack(connection, bureau)
    region, government, court = (pack.setting(f"bureau.{name}", str) for name in _OVER_THE_PACK)
    return BureauWords(row.name, row.district, region, government, court, own_phone(pack))


def own_phone(pack: Pack) -> str:
    """The bureau's own telephone; empty where the pack knows only the hotline."""
    phone = pack.setting(_PHONE, str)
    return "" if phone == pack.setting("complaint.phone", str) else phone


async def keep_words(connection: Connection, bureau: str, words: BureauWords) -> None:
    """From now on these."""
    own = {f"bureau.{name}": getattr(words, name) for name in _OVER_THE_PACK}
    if words.phone:
        own[_PHONE] = words.phone
    await p.update_bureau(
        connection,
        bureau,
        name=words.name,
        district=words.district,
        own=json.dumps(own, ensure_ascii=False),
    )


async def change_words(connection: Connection, actor: Actor, wanted: BureauWords) -> None:
    """Other words for what is written from now on; issued papers and given numbers keep theirs.

    Raises:
        Problem: 422, its code the field that will not do.
    """
    fault = words_fault(wanted)
    if fault:
        raise Problem(422, fault[0], f"{fault[1]}。什么也没有改动，请改好再试。")
    await p.hold_bureau(connection, actor.bureau)
    changes = _changes(await words_of(connection, actor.bureau), wanted)
    if not changes:
        return
    await keep_words(connection, actor.bureau, wanted)
    await write_audit(
        connection, actor.now, actor.officer, "change_bureau", actor.bureau, "；".join(changes)
    )


def _changes(before: BureauWords, wanted: BureauWords) -> list[str]:
    old, new = msgspec.structs.asdict(before), msgspec.structs.asdict(wanted)
    return [
        f"{title}：{old[name] or '空'} → {new[name] or '空'}"
        for name, title in _TITLES.items()
        if old[name] != new[name]
    ]
