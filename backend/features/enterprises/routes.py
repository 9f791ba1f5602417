"""`/api/v1/enterprises`: the desk's search."""

from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, get
from litestar.params import Parameter

from backend.core.dossiers.service import Dossiers
from backend.core.sessions import current_session
from backend.features.enterprises import public
from backend.features.enterprises.model import Enterprise
from backend.features.identity import public as identity

_MOST = 50
_FARTHEST = 1_000_000


class EnterprisePage(msgspec.Struct):
    """Some rows of the register, from the place asked for on, and how many match in all."""

    rows: list[Enterprise]
    total: int


class EnterpriseRoutes(Controller):
    """The register, of the reader's own bureau."""

    path = "/api/v1/enterprises"

    @get(act="any")  # every phone of the bureau carries the register
    async def search(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        q: str = "",
        start: Annotated[int, Parameter(ge=0, le=_FARTHEST)] = 0,
    ) -> EnterprisePage:
        """At most 50 of the enterprises that match, after the first `start`."""
        session = current_session(request)
        words = q.strip()[:64]
        async with dossiers.database.read() as connection:
            bureau = (await identity.account(connection, session.officer)).subject.bureau
            found = await public.search_enterprises(connection, bureau, words, start, _MOST)
        return EnterprisePage(*found)
