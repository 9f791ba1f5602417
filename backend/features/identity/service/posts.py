"""What a bureau's pack says of posts, sections and codes on a day."""

from datetime import date

from backend.core.database import Connection
from backend.core.packs import Pack, in_force_on, load_pack
from backend.features.identity.rules.posts import Post, PostRules, SectionKind, Separation
from backend.features.identity.service import pack_of


async def bureau_pack(connection: Connection, bureau: str) -> Pack:
    """The pack of a bureau."""
    return load_pack(await pack_of(connection, bureau))


def post_rules(pack: Pack, day: str) -> PostRules:
    """Posts, section kinds and separations in force on a day."""
    on = date.fromisoformat(day)
    return PostRules(
        kinds=in_force_on(pack.rows("section_kind", SectionKind), on),
        posts=in_force_on(pack.rows("post", Post), on),
        separations=list(in_force_on(pack.rows("separation", Separation), on).values()),
    )


def sectors_of(pack: Pack) -> dict[str, str]:
    """行业领域 by id."""
    return {str(row.cells["id"]): str(row.cells["title"]) for row in pack.tables.get("sector", ())}
