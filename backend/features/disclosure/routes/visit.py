"""`/o/{token}`: the page of one visit, by the code on the inspector's screen (architecture.md 9b)."""

from typing import Any, ClassVar

from litestar import Request, Response, get
from litestar.response import Stream

from backend.core.blobs import Blobs
from backend.core.database import Connection
from backend.core.dossiers.service import Dossiers
from backend.features.disclosure.papers import page
from backend.features.disclosure.routes.answers import HEADERS, html, message
from backend.features.disclosure.routes.doors import DoorPages, common
from backend.features.disclosure.service import doors, showing
from backend.features.disclosure.service.doors import DoorKind, Late
from backend.features.disclosure.service.showing import Visit
from backend.features.documents import public as documents
from backend.features.evidence import public as evidence
from backend.features.inspections import public as inspections
from backend.features.law import public as law


class VisitPages(DoorPages):
    """今天谁来检查, and all that follows from it."""

    path = "/o/{key:str}"
    kind: ClassVar[DoorKind] = "o"

    @get(open_to_all=True)
    async def index(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, key: str
    ) -> Response[str]:
        """The page itself."""
        visit = await self.visit(request, dossiers, key)
        async with dossiers.database.read() as connection:
            shown = await _shown(connection, visit)
        async with dossiers.database.write() as connection:
            await doors.audit_view(connection, visit.door, visit.now)
        return html(page("visit", **common(visit, "本次检查"), **shown))

    @get("/items", open_to_all=True)
    async def items(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, key: str
    ) -> Response[str]:
        """检查依据 with the text of each clause."""
        visit = await self.visit(request, dossiers, key)
        cited = [c for check in inspections.live(visit.view, "check") for c in check["basis"]]
        async with dossiers.database.read() as connection:
            bureau = visit.door.facts.bureau
            clauses = await law.clauses_shown(connection, bureau, visit.pack, cited)
        return html(page("items", **common(visit, "检查依据"), clauses=clauses))

    @get("/paper/{record:str}", open_to_all=True, answers={200: "application/pdf"})
    async def paper(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        blobs: Blobs,
        key: str,
        record: str,
    ) -> Response[Any]:
        """The original, byte for byte, once the paper has been served."""
        visit = await self.visit(request, dossiers, key)
        async with dossiers.database.read() as connection:
            served = {each.record for each in await showing.papers_of(connection, visit)}
            if record not in served:
                raise Late
            (issued,) = await documents.find_issued(connection, record=record)
            kept = await evidence.blob_of(connection, issued.pdf_sha256)
        if kept is None:
            words = "原件还在检查人员的手机里，联网上传后可以下载。"
            links = ((visit.door.path, "返回本次检查"),)
            return message(404, "warn", "尚未上传，请稍后再试", words, links=links)
        return Stream(
            evidence.stream_blob(blobs, kept),
            headers={**HEADERS, "Content-Disposition": 'attachment; filename="wenshu.pdf"'},
            media_type="application/pdf",
        )


async def _shown(connection: Connection, visit: Visit) -> dict[str, Any]:
    papers = await showing.papers_of(connection, visit)
    plan = next(iter(inspections.live(visit.view, "plan")), {})
    opened: dict[str, Any] = next(iter(visit.view["dossier"]), {})
    pack = visit.pack
    return {
        "officers": await showing.officers_of(connection, visit),
        "arrived": bool(inspections.live(visit.view, "arrival")),
        "unit": visit.unit,
        "reason": visit.inspection.get("reason") or opened.get("reason", ""),
        "plan_number": plan.get("number", ""),
        "planned_for": visit.inspection.get("planned_for", ""),
        "items": [each.get("title", "") for each in inspections.live(visit.view, "check")],
        "rights": await _rights(connection, visit),
        "integrity_title": pack.setting("integrity.title", str),
        "integrity": pack.setting("integrity.rules", list[dict[str, Any]]),
        "integrity_source": pack.settings["integrity.rules"].source,
        "papers": papers,
        "problems": showing.problems_of(visit, papers),
    }


async def _rights(connection: Connection, visit: Visit) -> list[dict[str, str]]:
    rights = visit.pack.setting("disclosure.rights", list[dict[str, str]])
    bureau = visit.door.facts.bureau
    shown = []
    for right in rights:
        found = await law.clauses_shown(connection, bureau, visit.pack, [right["basis"]])
        source = found[0].words if found else ""
        shown.append({**right, "source": source})
    return shown
