"""`/v/{code}`: is this paper genuine? Answer first, in one sentence; no personal data (ux.md 3.27)."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, ClassVar

from litestar import Request, Response, get, post

from backend.core.database import Connection
from backend.core.dossiers.service import Dossiers
from backend.core.packs import NATIONAL, load_pack
from backend.features.disclosure.papers import page
from backend.features.disclosure.routes.answers import OFFICE, after_form, client_of, html
from backend.features.disclosure.routes.doors import DoorPages, common
from backend.features.disclosure.routes.forms import PDF_BYTES, read_form
from backend.features.disclosure.rules import Standing, standing
from backend.features.disclosure.service import doors
from backend.features.disclosure.service.doors import DoorKind, Late
from backend.features.disclosure.service.showing import Visit
from backend.features.documents import public as documents
from backend.features.inspections import public as inspections
from backend.features.plans import public as plans

_ANSWERS: dict[Standing, tuple[str, str, str, str]] = {
    "genuine": ("good", "✔", "这份文书是真的", "由{bureau}签发，请核对下面的文号和日期。"),
    "same": ("good", "✔", "这份文书是真的", "由{bureau}签发，内容与存档一致。"),
    "corrected": ("warn", "！", "是真的，但已被更正", "以更正后的文书为准：{newer}。"),
    "void": ("warn", "！", "是真的，但已作废", "这个文号不再使用。请联系{bureau}取得新的文书。"),
    "differs": ("bad", "✘", "内容与存档不一致", "请以机关答复为准，不要只凭这份文件办事。"),
    "unknown": (
        "warn",
        "？",
        "查不到这个码",
        "可能还没联网上传，24 小时后再查；急用请拨文书上印的机关电话。",
    ),
}
_NO_FILE = "没有选文件，或者不是 PDF。"
_DIFFERS = "这个文件的内容与存档不一致。请以机关答复为准。"


class PaperPages(DoorPages):
    """文书核验."""

    path = "/v/{key:str}"
    kind: ClassVar[DoorKind] = "v"

    @get(open_to_all=True)
    async def index(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, key: str
    ) -> Response[str]:
        """The page of one code."""
        try:
            visit = await self.visit(request, dossiers, key)
        except Late:
            return html(_unknown(dossiers.clock.now()))
        async with dossiers.database.write() as connection:
            await doors.audit_view(connection, visit.door, visit.now)
            text = await _verified(connection, visit)
        return html(text)

    @post("/compare", request_max_body_size=PDF_BYTES, open_to_all=True)
    async def compare(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, key: str
    ) -> Response[str]:
        """A PDF against the archive by its SHA-256; nothing is stored."""
        async with dossiers.database.write() as connection:
            await doors.send(connection, client_of(request), dossiers.clock.now())
        visit = await self.visit(request, dossiers, key)
        files = (await read_form(request, PDF_BYTES)).files.get("file", [])
        whole = bool(files) and files[0].startswith(b"%PDF-")
        async with dossiers.database.read() as connection:
            if not whole:
                return after_form(await _verified(connection, visit, found=_NO_FILE), 422)
            digest = sha256(files[0]).hexdigest()
            return after_form(await _verified(connection, visit, digest), 200)


async def _verified(connection: Connection, visit: Visit, digest: str = "", found: str = "") -> str:
    (paper,) = await documents.find_issued(connection, record=visit.door.paper)
    newer = await _newer(connection, visit, paper)
    answer = standing(paper.voided is not None, paper.checked, bool(newer))
    if digest and digest != paper.pdf_sha256:
        answer, found = "differs", _DIFFERS
    elif digest and answer == "genuine":
        answer = "same"
    kind = plans.document_kinds(visit.pack, visit.today).get(paper.kind)
    shown = {
        "paper": paper,
        "paper_title": kind.title if kind else paper.kind,
        "copies": kind.copies if kind else 0,
        "dues": _dues(visit, paper),
        "reason": _void_reason(visit, paper),
        "newer": newer,
        "remedy": _remedy(visit, paper),
        "path": visit.door.path,
    }
    return _page(common(visit, "文书核验"), answer, visit.now, found, shown)


def _unknown(now: int) -> str:
    phone = load_pack(NATIONAL).setting("bureau.phone", str)
    shared = {"title": "文书核验", "bureau": OFFICE, "phone": phone, "complaint_phone": phone}
    empty: dict[str, Any] = {
        "paper": None,
        "paper_title": "",
        "copies": 0,
        "dues": [],
        "reason": "",
    }
    rest = {"newer": "", "remedy": "", "path": ""}
    return _page(shared, "unknown", now, "", {**empty, **rest})


def _page(
    shared: dict[str, Any], answer: Standing, now: int, found: str, shown: dict[str, Any]
) -> str:
    tone, sign, sentence, words = _ANSWERS[answer]
    said = words.format(bureau=shared["bureau"], newer=shown["newer"])
    told = {"standing": answer, "tone": tone, "sign": sign, "answer": sentence, "words": said}
    return page("verify", **shared, **told, **shown, now=now, found=found)


async def _newer(connection: Connection, visit: Visit, paper: documents.Issued) -> str:
    """The number of the paper that took a void one's place: same kind, same findings, later."""
    if paper.voided is None:
        return ""
    about = _about(visit, paper.record)
    later = [
        each.number
        for each in await documents.find_issued(connection, dossier=visit.door.facts.name)
        if each.kind == paper.kind
        and each.voided is None
        and each.issued > paper.issued
        and _about(visit, each.record) & about == about
    ]
    return later[-1] if later else ""


def _about(visit: Visit, record: str) -> set[str]:
    drafts = {each["id"]: each.get("about") or [] for each in visit.view["draft"]}
    papers = [each for each in visit.view["document"] if each["id"] == record]
    return {finding for each in papers for finding in drafts.get(each.get("draft", ""), [])}


def _dues(visit: Visit, paper: documents.Issued) -> list[str]:
    items = inspections.order_items(visit.view)
    return sorted({item.due for item in items if item.order == paper.record})


def _void_reason(visit: Visit, paper: documents.Issued) -> str:
    void = _document(visit, paper.record).get("void")
    return str(void.get("reason", "")) if void else ""


def _remedy(visit: Visit, paper: documents.Issued) -> str:
    """By the words of the paper itself: the bureau's may be others by now."""
    if paper.kind != "rectification_order":
        return ""
    facts = json.loads(_document(visit, paper.record)["facts"])
    remedy = visit.pack.setting("disclosure.remedy", str)
    return remedy.format(government=facts["government"], court=facts["court"])


def _document(visit: Visit, record: str) -> Mapping[str, Any]:
    return next(each for each in visit.view["document"] if each["id"] == record)
