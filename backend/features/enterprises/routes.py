"""`/api/v1/enterprises`: the desk's search, and the signed code of one enterprise."""

from typing import Any

import msgspec
from litestar import Controller, Request, get
from litestar.params import Parameter

from backend.core.dossiers.service import Dossiers
from backend.core.problems import Problem
from backend.core.sessions import current_session
from backend.features.enterprises import public
from backend.features.enterprises.model import Enterprise
from backend.features.identity import public as identity

_MOST = 50


class CodeText(msgspec.Struct):
    """The text to draw as a QR code."""

    text: str


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

    @get("/{enterprise:str}/code", act="any")  # it hangs on the enterprise's wall
    async def code(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        public_url: str,
        enterprise: str = Parameter(max_length=64),
    ) -> CodeText:
        """企业码 for a poster or a test."""
        session = current_session(request)
        async with dossiers.database.read() as connection:
            bureau = (await identity.account(connection, session.officer)).subject.bureau
            found = await public.find_enterprise(connection, bureau, id=enterprise)
            pack = await identity.bureau_pack(connection, bureau)
        if found is None or found.withdrawn:
            raise Problem(404, "enterprise", "登记册里没有这家企业。")
        days = public.code_days(pack, dossiers.clock.now())
        return CodeText(public.code_text(dossiers.keys.code, public_url, bureau, found, days))
