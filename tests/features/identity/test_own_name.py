"""A pack is written for one bureau; another that works by it keeps its own name on its papers."""

import pytest

from backend.core.database import Database
from backend.features.identity import public as identity
from backend.settings import Settings

FULL, SHORT = "昌吉回族自治州应急管理局", "昌吉州应急管理局"


@pytest.mark.parametrize(
    ("own", "full", "short"),
    [("米泉应急管理局", "米泉应急管理局", "米泉应急管理局"), (FULL, FULL, SHORT)],
)
async def test_papers_bear_the_name_the_bureau_was_set_up_with(
    settings: Settings, own: str, full: str, short: str
) -> None:
    database = Database(settings.database_url)
    async with database.write() as connection:
        await identity.add_bureau(connection, "miquan", own, "changji")
        pack = await identity.bureau_pack(connection, "miquan")
    await database.close()
    assert pack.setting("bureau.name", str) == full
    assert pack.setting("bureau.short_name", str) == short
    assert pack.setting("bureau.region", str) == "昌"
