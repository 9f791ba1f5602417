"""What a bureau's pack says of posts, sections and codes on a day."""

import json
from collections.abc import Mapping
from datetime import date

import msgspec

from backend.core.database import Connection
from backend.core.packs import Pack, in_force_on, load_pack
from backend.features.identity.rules.passwords import CommonPasswords, password_fault
from backend.features.identity.rules.posts import Post, PostRules, SectionKind, Separation
from backend.features.identity.tables.people import bureau_row

_NAME, _SHORT = "bureau.name", "bureau.short_name"


async def bureau_pack(connection: Connection, bureau: str) -> Pack:
    """The pack of a bureau, under the name and with the words the bureau was set up with."""
    row = await bureau_row(connection, bureau)
    pack = load_pack(row.pack)
    return _worded(pack, {**_names(pack, str(row.name)), **json.loads(row.own)})


def _names(pack: Pack, name: str) -> dict[str, str]:
    """A pack is written for one bureau; another that works by it keeps its own name on its papers."""
    if _NAME not in pack.settings or pack.setting(_NAME, str) == name:
        return {}
    return {_NAME: name, _SHORT: name}


def _worded(pack: Pack, own: Mapping[str, str]) -> Pack:
    if not own:
        return pack
    said = {
        key: msgspec.structs.replace(pack.settings[key], value=value)
        for key, value in own.items()
        if key in pack.settings
    }
    return msgspec.structs.replace(pack, settings={**pack.settings, **said})


def post_rules(pack: Pack, day: str) -> PostRules:
    """Posts, section kinds and separations in force on a day."""
    on = date.fromisoformat(day)
    return PostRules(
        kinds=in_force_on(pack.rows("section_kind", SectionKind), on),
        posts=in_force_on(pack.rows("post", Post), on),
        separations=list(in_force_on(pack.rows("separation", Separation), on).values()),
    )


def own_password_fault(pack: Pack, password: str, login: str, day: str) -> str:
    """Why nobody may choose this password; empty: one may."""
    rows = in_force_on(pack.rows("common_password", CommonPasswords), date.fromisoformat(day))
    common = {word for row in rows.values() for word in row.words.split()}
    return password_fault(password, login, pack.setting("access.password_length", int), common)


def sectors_of(pack: Pack) -> dict[str, str]:
    """行业领域 by id."""
    return {str(row.cells["id"]): str(row.cells["title"]) for row in pack.tables.get("sector", ())}
