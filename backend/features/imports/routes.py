"""`/api/v1/imports`: templates, trial, applying, history, undoing."""

import asyncio
from typing import Annotated, Any, cast
from urllib.parse import quote, unquote

from litestar import Controller, Request, Response, get, post
from litestar.params import Parameter

from backend.core.bodies import read_body, read_bytes
from backend.core.dossiers.service import Dossiers
from backend.core.limits import spend
from backend.core.problems import Problem
from backend.core.sessions import current_session
from backend.features.identity import public as identity
from backend.features.imports import tables
from backend.features.imports.model import CheckView, Kind, RowView, RunView, UndoBody, UndoView
from backend.features.imports.papers.template import template
from backend.features.imports.papers.workbook import MAX_FILE, XLSX
from backend.features.imports.service import ACTS, File, Imports, allow, run_of
from backend.features.imports.service.registers import TABLES, ListVersion
from backend.features.imports.service.undoing import undo
from backend.features.imports.tables import Run

FILE_NAME = "Anxun-File-Name"
_A_MINUTE = 20
_LONGEST_NAME = 120
_TOO_LARGE = Problem(413, "too_large", "表格超过 16 MB，没有接收。请删去图片，或分成几个表格。")
Short = Annotated[str, Parameter(max_length=80)]
RunId = Annotated[str, Parameter(max_length=40)]


class ImportRoutes(Controller):
    """Imports into the registers of the reader's own bureau."""

    path = "/api/v1/imports"

    @get(act="any")  # shows the kinds the reader may import, to others none
    async def history(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> list[RunView]:
        """The last hundred imports of the kinds this reader may import."""
        session = current_session(request)
        async with dossiers.database.read() as connection:
            account = await identity.account(connection, session.officer)
            kinds = [kind for kind in ACTS if _may(account, kind)]
            runs = await tables.runs_of(connection, account.subject.bureau, kinds)
            people = await identity.people(connection, account.subject.bureau)
        names = {each.subject.officer: each.name for each in people}
        return [_view(run, names.get(run.officer, "")) for run in runs]

    @get("/{kind:str}/template", act=tuple(ACTS.values()), answers={200: XLSX})
    async def template(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, kind: Kind
    ) -> Response[bytes]:
        """An empty spreadsheet of the kind, with an example and an explanation."""
        session = current_session(request)
        await allow(dossiers, await _bureau(dossiers, session.officer), session.officer, kind)
        made = await asyncio.to_thread(template, TABLES[kind])
        return _download(made, f"{TABLES[kind].title}导入模板.xlsx")

    @post(
        "/{kind:str}/check",
        status_code=200,
        request_max_body_size=None,
        reads=XLSX,
        act=tuple(ACTS.values()),
    )
    async def check(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        imports: Imports,
        kind: Kind,
        version: Short = "",
        published: Short = "",
    ) -> CheckView:
        """试读: nothing is written."""
        officer = current_session(request).officer
        bureau = await _bureau(dossiers, officer)
        await allow(dossiers, bureau, officer, kind)
        file = await _file(request, dossiers, kind, ListVersion(version, published))
        return await imports.check(bureau, officer, file)

    @post(
        "/{kind:str}/apply",
        status_code=201,
        request_max_body_size=None,
        reads=XLSX,
        act=tuple(ACTS.values()),
    )
    async def apply(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        imports: Imports,
        kind: Kind,
        token: Short,
        partial: bool = False,
        version: Short = "",
        published: Short = "",
    ) -> RunView:
        """Exactly what the trial of this token promised."""
        officer = current_session(request).officer
        bureau = await _bureau(dossiers, officer)
        await allow(dossiers, bureau, officer, kind)
        file = await _file(request, dossiers, kind, ListVersion(version, published))
        run = await imports.apply(bureau, officer, file, token, partial)
        return _view(run, "")

    @get("/runs/{run:str}/refused", act=tuple(ACTS.values()))
    async def refused(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, run: RunId
    ) -> list[RowView]:
        """The rows a run refused, with why."""
        officer = current_session(request).officer
        await run_of(dossiers, await _bureau(dossiers, officer), officer, run)
        async with dossiers.database.read() as connection:
            return await tables.refused_rows(connection, run)

    @get("/runs/{run:str}/refused/sheet", act=tuple(ACTS.values()), answers={200: XLSX})
    async def refused_sheet(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, run: RunId
    ) -> Response[bytes]:
        """The same rows as they stood in the file, with 原因, to be mended and brought in again."""
        officer = current_session(request).officer
        found = await run_of(dossiers, await _bureau(dossiers, officer), officer, run)
        async with dossiers.database.read() as connection:
            sheet = await tables.refused_sheet(connection, run)
        if sheet is None:
            raise Problem(404, "refused", "这次导入没有留下没导入的行。")
        stem = found.file_name.removesuffix(".xlsx") or TABLES[cast(Kind, found.kind)].title
        return _download(sheet, f"{stem} 没导入的行.xlsx")

    @post("/runs/{run:str}/undo", status_code=200, reads=UndoBody, act=tuple(ACTS.values()))
    async def undo(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, run: RunId
    ) -> UndoView:
        """撤销; refused with the rows changed since, unless the rest is accepted."""
        officer = current_session(request).officer
        body = await read_body(request, UndoBody, 1024)
        return await undo(dossiers, await _bureau(dossiers, officer), officer, run, body.rest)


def _download(sheet: bytes, name: str) -> Response[bytes]:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(sheet, media_type=XLSX, headers=headers)


async def _bureau(dossiers: Dossiers, officer: str) -> str:
    async with dossiers.database.read() as connection:
        return (await identity.account(connection, officer)).subject.bureau


def _may(account: identity.Account, kind: Kind) -> bool:
    return identity.may_here(account.subject, ACTS[kind])


async def _file(
    request: Request[Any, Any, Any], dossiers: Dossiers, kind: Kind, version: ListVersion
) -> File:
    officer = current_session(request).officer
    async with dossiers.database.write() as connection:
        now = dossiers.clock.now()
        await spend(connection, f"import/{officer}", _A_MINUTE, 60_000, now)
    raw = await read_bytes(request, XLSX, MAX_FILE, _TOO_LARGE)
    name = unquote(request.headers.get(FILE_NAME, ""), errors="replace").replace("\x00", "")
    named = version if kind == "items" else None
    return File(kind, raw, name[:_LONGEST_NAME], named)


def _view(run: Run, officer_name: str) -> RunView:
    return RunView(
        id=run.id,
        kind=run.kind,  # type: ignore[arg-type]
        officer=run.officer,
        officer_name=officer_name,
        at=run.at,
        file_name=run.file_name,
        list_version=run.list_version,
        created=run.created,
        changed=run.changed,
        refused=run.refused,
        undone_at=run.undone_at,
        kept=run.kept,
    )
