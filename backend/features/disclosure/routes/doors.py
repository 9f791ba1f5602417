"""What both doors lead to: entering with the code, feedback, extension, evaluation, complaint."""

import re
from typing import Any, ClassVar

from litestar import Controller, Request, Response, get, post
from litestar.datastructures import Cookie

from backend.core.blobs import Blobs
from backend.core.database import Connection
from backend.core.dossiers.service import Dossiers
from backend.features.disclosure.papers import page
from backend.features.disclosure.routes.answers import (
    HANDLERS,
    SAID,
    NoPass,
    after_form,
    client_of,
    go_to,
    html,
    message,
)
from backend.features.disclosure.routes.forms import (
    FORM_BYTES,
    PHOTOS_BYTES,
    Sent,
    read_form,
)
from backend.features.disclosure.rules import (
    PHOTO_BYTES,
    ComplaintForm,
    ExtensionForm,
    ReportForm,
    complaint_faults,
    is_late,
)
from backend.features.disclosure.service import complaints, doors, sending, showing
from backend.features.disclosure.service.doors import PASS_MS, Door, DoorKind, Late
from backend.features.disclosure.service.showing import ProblemLine, Visit
from backend.features.disclosure.tables import photos_of

PASS = "__Host-anxun-pass"
_TO = re.compile(r"(feedback|extension)(/[0-9a-z.]{8,80}/[0-9]{1,3})?")
_WRONG = "代码对不上。请看营业执照上的统一社会信用代码，输入最后六位。"


class DoorPages(Controller):
    """Pages behind one kind of door."""

    kind: ClassVar[DoorKind]
    exception_handlers = HANDLERS
    opt = SAID

    async def door(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, key: str, sends: bool = False
    ) -> Door:
        """The door of a key; each look costs a use, each form another."""
        now, client = dossiers.clock.now(), client_of(request)
        async with dossiers.database.write() as connection:
            await (doors.send if sends else doors.look)(connection, client, now)
        async with dossiers.database.read() as connection:
            return await doors.find_door(connection, self.kind, key, now)

    async def visit(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, key: str, sends: bool = False
    ) -> Visit:
        """The dossier behind it."""
        door = await self.door(request, dossiers, key, sends)
        async with dossiers.database.read() as connection:
            return await showing.load_visit(dossiers, connection, door)

    @get("/enter", open_to_all=True)
    async def enter_page(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, key: str, to: str = "feedback"
    ) -> Response[str]:
        """Ask for the second secret."""
        visit = await self.visit(request, dossiers, key)
        return html(_enter(visit, safe(to)))

    @post("/enter", request_max_body_size=FORM_BYTES, open_to_all=True)
    async def enter(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, key: str
    ) -> Response[str]:
        """The code's last six: a pass for this browser."""
        visit = await self.visit(request, dossiers, key, sends=True)
        form, client = await read_form(request), client_of(request)
        async with dossiers.database.write() as connection:
            await doors.check_tries(connection, visit.door, client, visit.now)
            token = await doors.enter(dossiers, connection, visit.door, form.get("code"), client)
        if token is None:
            return after_form(_enter(visit, safe(form.get("to")), [_WRONG]), 422)
        return go_to(f"{visit.door.path}/{safe(form.get('to'))}", cookies=[_cookie(token)])

    @get("/feedback", open_to_all=True)
    async def problems(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, key: str
    ) -> Response[str]:
        """What is to be mended, for whom has the pass."""
        visit = await self.visit(request, dossiers, key)
        async with dossiers.database.read() as connection:
            await _admit(request, connection, visit, "feedback")
            papers = await showing.papers_of(connection, visit)
        found = showing.problems_of(visit, papers)
        return html(page("feedback", **common(visit, "反馈整改"), problems=found))

    @get("/feedback/{order:str}/{number:int}", open_to_all=True)
    async def report_page(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        key: str,
        order: str,
        number: int,
    ) -> Response[str]:
        """反馈整改 of one item."""
        visit = await self.visit(request, dossiers, key)
        path = f"{order}/{number}"
        async with dossiers.database.read() as connection:
            await _admit(request, connection, visit, f"feedback/{path}")
            problem = await _problem(connection, visit, path)
            held = len(await photos_of(connection, _pass_of(request), path))
        return html(_report(visit, problem, ReportForm("", "", ""), held))

    @post(
        "/feedback/{order:str}/{number:int}", request_max_body_size=PHOTOS_BYTES, open_to_all=True
    )
    async def report(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        blobs: Blobs,
        key: str,
        order: str,
        number: int,
    ) -> Response[str]:
        """Photos first, then the words: photos once here stay, whatever else is wrong."""
        visit = await self.visit(request, dossiers, key, sends=True)
        path = f"{order}/{number}"
        async with dossiers.database.read() as connection:
            await _admit(request, connection, visit, f"feedback/{path}")
            problem = await _problem(connection, visit, path)
        sent = await read_form(request, PHOTO_BYTES)
        item = (_pass_of(request), path)
        files = sent.files.get("photos", [])
        found = await sending.keep_photos(dossiers, blobs, visit.door, item, files)
        form = _report_form(sent)
        sends = sent.get("act") != "photos"
        async with dossiers.database.write() as connection:
            if sends and not found:
                about = (item[0], problem)
                found = await sending.report(dossiers, connection, visit.door, about, form)
            held = len(await photos_of(connection, *item))
        if found or not sends:
            return after_form(_report(visit, problem, form, held, found), 422 if found else 200)
        return _thanks(visit, "反馈已收到", "检查人员复查时会看到。可以再次反馈。")

    @get("/extension/{order:str}/{number:int}", open_to_all=True)
    async def extension_page(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        key: str,
        order: str,
        number: int,
    ) -> Response[str]:
        """申请延期 of one item."""
        visit = await self.visit(request, dossiers, key)
        path = f"{order}/{number}"
        async with dossiers.database.read() as connection:
            await _admit(request, connection, visit, f"extension/{path}")
            problem = await _problem(connection, visit, path)
        return html(_extension(visit, problem, ExtensionForm("", "", "", "")))

    @post("/extension/{order:str}/{number:int}", request_max_body_size=FORM_BYTES, open_to_all=True)
    async def extension(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        key: str,
        order: str,
        number: int,
    ) -> Response[str]:
        """Sent to the section head."""
        visit = await self.visit(request, dossiers, key, sends=True)
        path = f"{order}/{number}"
        async with dossiers.database.read() as connection:
            await _admit(request, connection, visit, f"extension/{path}")
            problem = await _problem(connection, visit, path)
        sent = await read_form(request)
        names = ("until", "reason", "name", "phone")
        form = ExtensionForm(*(sent.get(name) for name in names))
        async with dossiers.database.write() as connection:
            found = await sending.ask_extension(dossiers, connection, visit.door, path, form)
        if found:
            return after_form(_extension(visit, problem, form, found), 422)
        return _thanks(visit, "延期申请已收到", "没有答复前，仍按原来的期限整改。")

    @get("/evaluation", open_to_all=True)
    async def evaluation_page(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, key: str
    ) -> Response[str]:
        """评价."""
        visit = await self.visit(request, dossiers, key)
        return html(page("evaluation", **common(visit, "评价"), questions=_questions(visit)))

    @post("/evaluation", request_max_body_size=FORM_BYTES, open_to_all=True)
    async def evaluation(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, key: str
    ) -> Response[str]:
        """Yes and no to plain questions."""
        visit = await self.visit(request, dossiers, key, sends=True)
        sent = await read_form(request)
        answers = {
            each["id"]: sent.get(each["id"])
            for each in _questions(visit)
            if sent.get(each["id"]) in ("yes", "no")
        }
        if answers or sent.get("words").strip():
            async with dossiers.database.write() as connection:
                words = sent.get("words")[:1000]
                await complaints.evaluate(dossiers, connection, visit, answers, words)
            return _thanks(visit, "评价已收到", "只有法规科和局领导能看，检查人员看不到。")
        return go_to(f"{visit.door.path}/evaluation")

    @get("/complaint", open_to_all=True)
    async def complaint_page(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, key: str
    ) -> Response[str]:
        """投诉."""
        visit = await self.visit(request, dossiers, key)
        return html(_complaint(visit, ComplaintForm("", "", "", "")))

    @post("/complaint", request_max_body_size=FORM_BYTES, open_to_all=True)
    async def complaint(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, key: str
    ) -> Response[str]:
        """Taken down; number and query code are shown once."""
        visit = await self.visit(request, dossiers, key, sends=True)
        sent = await read_form(request)
        form = ComplaintForm(*(sent.get(n) for n in ("kind", "words", "name", "phone")))
        found = complaint_faults(form, [each["code"] for each in _kinds(visit)])
        if found:
            return after_form(_complaint(visit, form, found), 422)
        async with dossiers.database.write() as connection:
            given = await complaints.complain(dossiers, connection, visit, form)
        return html(page("complained", **common(visit, "投诉"), given=given), 201)


async def _admit(
    request: Request[Any, Any, Any], connection: Connection, visit: Visit, to: str
) -> None:
    """Only with the pass of this door.

    Raises:
        NoPass: led to where it is given, and from there to `to`.
    """
    token = request.cookies.get(PASS, "")
    if not await doors.passes(connection, visit.door, token, visit.now):
        raise NoPass(f"{visit.door.path}/enter?to={safe(to)}")


def safe(to: str) -> str:
    """Where to go on after entering: only to our own forms."""
    return to if _TO.fullmatch(to) else "feedback"


def common(visit: Visit, title: str) -> dict[str, Any]:
    """What every page of a visit is drawn with."""
    return {
        "title": title,
        "bureau": visit.pack.setting("bureau.short_name", str),
        "phone": visit.pack.setting("bureau.phone", str),
        "complaint_phone": visit.pack.setting("complaint.phone", str),
        "door": visit.door,
    }


def _cookie(token: str) -> Cookie:
    return Cookie(
        key=PASS,
        value=token,
        path="/",
        max_age=PASS_MS // 1000,
        secure=True,
        httponly=True,
        samesite="lax",
    )


def _pass_of(request: Request[Any, Any, Any]) -> str:
    return doors.hashed(request.cookies.get(PASS, ""))


async def _problem(connection: Connection, visit: Visit, path: str) -> ProblemLine:
    papers = await showing.papers_of(connection, visit)
    found = showing.problem_of(visit, papers, path)
    if found is None:
        raise Late
    return found


def _report_form(sent: Sent) -> ReportForm:
    return ReportForm(
        words=sent.get("words"),
        name=sent.get("name"),
        phone=sent.get("phone"),
        recheck=sent.get("recheck") == "yes",
    )


def _questions(visit: Visit) -> list[dict[str, str]]:
    return visit.pack.setting("evaluation.questions", list[dict[str, str]])


def _kinds(visit: Visit) -> list[dict[str, str]]:
    return visit.pack.setting("complaint.kinds", list[dict[str, str]])


def _enter(visit: Visit, to: str, found: list[str] | None = None) -> str:
    return page("enter", **common(visit, "反馈整改"), to=to, found=found or [])


def _report(
    visit: Visit,
    problem: ProblemLine,
    form: ReportForm,
    photos: int,
    found: list[str] | None = None,
) -> str:
    shown = {"problem": problem, "form": form, "photos": photos, "found": found or []}
    return page("report", **common(visit, "反馈整改"), **shown)


def _extension(
    visit: Visit, problem: ProblemLine, form: ExtensionForm, found: list[str] | None = None
) -> str:
    late = sending.late_words(problem) if is_late(visit.today, problem.last_day) else ""
    shown = {"problem": problem, "form": form, "late": late, "found": found or []}
    return page("extension", **common(visit, "申请延期"), **shown)


def _complaint(visit: Visit, form: ComplaintForm, found: list[str] | None = None) -> str:
    shown = {"form": form, "kinds": _kinds(visit), "found": found or []}
    return page("complaint", **common(visit, "投诉"), **shown)


def _thanks(visit: Visit, answer: str, words: str) -> Response[str]:
    shown = common(visit, "")
    links = ((visit.door.path, "返回本次检查"),)
    bureau, phone = shown["bureau"], shown["phone"]
    said = message(201, "good", answer, words, bureau=bureau, phone=phone, links=links)
    return after_form(said.content, 201)
