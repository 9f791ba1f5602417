"""`/api/v1/setup`: the first bureau of an empty server; there is nothing here afterwards."""

from typing import Any

from litestar import Controller, Request, post

from backend.core.bodies import read_body
from backend.core.days import day_of
from backend.core.dossiers.service import Dossiers
from backend.core.packs import Pack
from backend.features.identity.routes.views import (
    PackChoice,
    SetupBody,
    SetupOffer,
    SetupToken,
    Titled,
)
from backend.features.identity.rules.bureau import trimmed
from backend.features.identity.rules.people import plain_login
from backend.features.identity.service import Passwords, first_start
from backend.features.identity.service.bureau import Furnish
from backend.features.identity.service.first_start import FirstAdministrator, FirstBureau
from backend.features.identity.service.posts import post_rules, sectors_of
from backend.features.identity.service.sections import WantedSection


class SetupRoutes(Controller):
    """The token travels in bodies only: an address would stand in logs."""

    path = "/api/v1/setup"

    @post("/offer", status_code=200, reads=SetupToken, open_to_all=True)
    async def offer(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> SetupOffer:
        """What may be chosen, for who holds the link."""
        asked = await read_body(request, SetupToken, 4_096)
        now = dossiers.clock.now()
        async with dossiers.database.write() as connection:
            await first_start.check_link(connection, asked.token, now)
        packs = first_start.bureau_packs()
        least = min(each.setting("access.password_length", int) for each in packs.values())
        return SetupOffer([_choice(pack, day_of(now)) for pack in packs.values()], least)

    @post(status_code=204, reads=SetupBody, open_to_all=True)
    async def set_up(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        passwords: Passwords,
        furnish: Furnish,
    ) -> None:
        """The bureau, its sections, its first administrator."""
        asked = await read_body(request, SetupBody, 65_536)
        wanted = FirstBureau(
            words=trimmed(asked.bureau),
            pack=asked.pack,
            sections=[WantedSection(e.name, e.kind, e.sectors) for e in asked.sections],
            administrator=FirstAdministrator(
                plain_login(asked.login), asked.administrator, asked.password
            ),
        )
        async with dossiers.database.write() as connection:
            await first_start.check_link(connection, asked.token, dossiers.clock.now())
            await first_start.set_up(dossiers, connection, passwords, furnish, wanted)


def _choice(pack: Pack, day: str) -> PackChoice:
    kinds = post_rules(pack, day).kinds.values()
    return PackChoice(
        id=pack.name,
        title=pack.setting("bureau.name", str),
        region=pack.setting("bureau.region", str),
        government=pack.setting("bureau.government", str),
        court=pack.setting("bureau.court", str),
        section_kinds=[Titled(each.id, each.title) for each in kinds],
        sectors=[Titled(*each) for each in sectors_of(pack).items()],
    )
