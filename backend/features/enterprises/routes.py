"""`/api/v1/enterprises`: the desk's search."""

from typing import Any

from litestar import Controller, Request, get

from backend.core.dossiers.service import Dossiers
from backend.core.sessions import current_session
from backend.features.enterprises import public
from backend.features.enterprises.model import Enterprise
from backend.features.identity import public as identity

_MOST = 50


class EnterpriseRoutes(Controller):
    """The register, of the reader's own bureau."""

    path = "/api/v1/enterprises"

    @get(act="any")  # every phone of the bureau carries the register
    async def search(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, q: str = ""
    ) -> list[Enterprise]:
        """At most 50 enterprises that match."""
        session = current_session(request)
        async with dossiers.database.read() as connection:
            bureau = (await identity.account(connection, session.officer)).subject.bureau
            return await public.search_enterprises(connection, bureau, q[:64], _MOST)
