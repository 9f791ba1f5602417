"""`/api/v1/laws`: a text handed in at the desk, first shown as what it would become."""

import base64
import binascii
from datetime import date
from typing import Any

import msgspec
from litestar import Controller, Request, post

from backend.core.bodies import read_body
from backend.core.database import Connection
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.service import Dossiers
from backend.core.problems import Problem
from backend.core.sessions import current_session
from backend.features.identity import public as identity
from backend.features.law import service
from backend.features.law.service.reading import Reading, TextFile, version_of

_CAP = 3 * 2**20
_LONGEST_TITLE = 120


class LawFile(msgspec.Struct, forbid_unknown_fields=True):
    """A file as base64, and what its reader adds: the title, the day it came into force."""

    name: str
    data: str
    title: str = ""
    in_force: str = ""


class LawReading(msgspec.Struct):
    """What the file would become, or what is wrong with it. `state`: new, same or changed."""

    fault: str
    version: str
    title: str
    in_force: str
    source: str
    articles: int
    notes: list[str]
    state: str


class LawRoutes(Controller):
    """Bringing texts into the library: 法规科 (domain.md 6.2)."""

    path = "/api/v1/laws"

    @post("/preview", status_code=200, reads=LawFile, act="manage_laws")
    async def preview(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> LawReading:
        """The dry run: nothing is written."""
        session = current_session(request)
        file = _file(await read_body(request, LawFile, _CAP))
        async with dossiers.database.read() as connection:
            bureau = await _bureau(connection, session.officer)
            (reading,) = await service.read_files(connection, bureau, [file])
        return _view(reading)

    @post(status_code=201, reads=LawFile, act="manage_laws")
    async def bring_in(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> LawReading:
        """The text goes to every phone of the bureau."""
        session = current_session(request)
        file = _file(await read_body(request, LawFile, _CAP))
        async with dossiers.database.write() as connection:
            bureau = await _bureau(connection, session.officer)
            (reading,) = await service.read_files(connection, bureau, [file])
            if reading.fault:
                raise Problem(422, "law_text", f"{reading.fault}没有入库。")
            await service.publish_texts(dossiers, connection, bureau, session.officer, [reading])
        return _view(reading)


async def _bureau(connection: Connection, officer: str) -> str:
    """The bureau whose library the officer may keep.

    Raises:
        Problem: 403 `forbidden`.
    """
    bureau = (await identity.account(connection, officer)).subject.bureau
    await identity.require(connection, officer, "manage_laws", DossierFacts("", "", bureau, ""))
    return bureau


def _file(asked: LawFile) -> TextFile:
    try:
        data = base64.b64decode(asked.data, validate=True)
        day = date.fromisoformat(asked.in_force) if asked.in_force else None
    except (binascii.Error, ValueError) as error:
        raise Problem(422, "law_file", "文件或施行日期不对，没有入库。") from error
    return TextFile(asked.name[:_LONGEST_TITLE], data, asked.title[:_LONGEST_TITLE], day)


def _view(reading: Reading) -> LawReading:
    law = reading.law
    return LawReading(
        fault=reading.fault,
        version=version_of(law) if law else "",
        title=law.title if law else "",
        in_force=law.in_force.isoformat() if law else "",
        source=law.source if law else "",
        articles=reading.articles,
        notes=list(reading.notes),
        state=reading.state,
    )
