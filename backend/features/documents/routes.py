"""企业码: `/api/v1/enterprises/{enterprise}/code` to show, `/poster` and `/posters` to hang up.

They stand in documents, not with the register: only this feature renders.
"""

from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Controller, Request, Response, get
from litestar.params import Parameter

from backend.core.dossiers.service import Dossiers
from backend.core.sessions import current_session
from backend.features.documents.service.posters import (
    PER_FILE,
    Press,
    one_within_reach,
    print_posters,
    within_reach,
)
from backend.features.enterprises import public as enterprises
from backend.features.identity import public as identity


class CodeText(msgspec.Struct):
    """The text to draw as a QR code."""

    text: str


class PosterFiles(msgspec.Struct):
    """How many enterprises this reader may print, in how many files."""

    enterprises: int
    files: int
    per_file: int


class PosterRoutes(Controller):
    """Posters of the reader's own bureau."""

    path = "/api/v1/enterprises"

    @get("/posters/files", act="issue_codes")
    async def files(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> PosterFiles:
        """How the register is divided into files."""
        async with dossiers.database.read() as connection:
            _, found = await within_reach(connection, current_session(request).officer)
        return PosterFiles(len(found), -(-len(found) // PER_FILE), PER_FILE)

    @get("/posters", act="issue_codes", answers={200: "application/pdf"})
    async def some(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        press: Press,
        file: int = Parameter(default=1, ge=1, le=10_000),
    ) -> Response[bytes]:
        """One file of the register."""
        officer = current_session(request).officer
        async with dossiers.database.read() as connection:
            bureau, found = await within_reach(connection, officer)
        chosen = found[(file - 1) * PER_FILE : file * PER_FILE]
        made = await print_posters(dossiers, press, bureau, chosen, officer)
        return _pdf(made, f"企业检查码第{file}册.pdf")

    @get("/{enterprise:str}/poster", act="issue_codes", answers={200: "application/pdf"})
    async def one(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        press: Press,
        enterprise: str = Parameter(max_length=64),
    ) -> Response[bytes]:
        """One enterprise's poster."""
        officer = current_session(request).officer
        async with dossiers.database.read() as connection:
            bureau, chosen = await one_within_reach(connection, officer, enterprise)
        made = await print_posters(dossiers, press, bureau, [chosen], officer)
        return _pdf(made, f"{chosen.short_name or chosen.name}企业检查码.pdf")

    @get("/{enterprise:str}/code", act="issue_codes")
    async def code(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        press: Press,
        enterprise: str = Parameter(max_length=64),
    ) -> CodeText:
        """The code of one enterprise, to be shown on a screen: who may hang it up."""
        async with dossiers.database.read() as connection:
            officer = current_session(request).officer
            bureau, chosen = await one_within_reach(connection, officer, enterprise)
            pack = await identity.bureau_pack(connection, bureau)
        days = enterprises.code_days(pack, dossiers.clock.now())
        key = dossiers.keys.code
        return CodeText(enterprises.code_text(key, press.public_url, bureau, chosen, days))


def _pdf(made: bytes, name: str) -> Response[bytes]:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(made, media_type="application/pdf", headers=headers)
