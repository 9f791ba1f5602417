"""How a public page is answered: HTML, never kept, never indexed, no script; refusals too.

Forms are posted as browsers post them. That is safe without a token of their own: the session
middleware lets a state change pass only from our own pages (`Sec-Fetch-Site`, or an equal `Origin`,
which is why these pages send `Referrer-Policy: same-origin` and not `no-referrer`: that would make
an older browser say `Origin: null`), and the pass lies in a cookie of its own, `SameSite=Lax`.
"""

from hashlib import sha256
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException

from backend.core.openapi import ANSWERS, REFUSALS
from backend.core.packs import NATIONAL, load_pack
from backend.core.problems import Problem, answer_http, answer_problem
from backend.features.disclosure.papers import page
from backend.features.disclosure.service.doors import Expired, Late

PREFIXES = ("/o/", "/v/")
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'",
}
AFTER_FORM = {**HEADERS, "Cache-Control": "private, no-cache"}
"""What answers a form may lie in that browser alone: without it 返回 leads to an error page instead
of the words typed, which a browser does not send again by itself."""
OFFICE = "安全生产行政执法检查"
_WORDS = {
    400: "内容读不懂，没有发出。请返回再试。",
    403: "这个请求不是从本页发出的，没有执行。",
    404: "没有这一页。",
    405: "没有这一页。",
    413: "内容太大，没有收。一次少选几张照片再试。",
    500: "服务器出了意外，没有发出。请稍后再试。",
}


def html(text: str, status: int = 200, **more: Any) -> Response[str]:
    """A page."""
    return Response(text, status_code=status, media_type="text/html", headers=HEADERS, **more)


def after_form(text: str, status: int) -> Response[str]:
    """The page that answers a form: refused with its words, or taken."""
    return Response(text, status_code=status, media_type="text/html", headers=AFTER_FORM)


def go_to(path: str, **more: Any) -> Response[str]:
    """After a form, so that reloading does not send it again."""
    headers = {**HEADERS, "Location": path}
    return Response("", status_code=303, media_type="text/html", headers=headers, **more)


def message(
    status: int,
    tone: str,
    answer: str,
    *lines: str,
    title: str = "本次检查",
    bureau: str = OFFICE,
    phone: str = "",
    links: tuple[tuple[str, str], ...] = (),
) -> Response[str]:
    """One sentence, and what to do."""
    text = page(
        "message",
        title=title,
        bureau=bureau,
        tone=tone,
        answer=answer,
        lines=lines,
        phone=phone or load_pack(NATIONAL).setting("bureau.phone", str),
        links=links,
    )
    return html(text, status)


class NoPass(Exception):
    """The second secret was not given on this browser; the way to where it is asked for."""

    def __init__(self, way: str) -> None:
        super().__init__(way)
        self.way = way


def answer_no_pass(_request: Request[Any, Any, Any], error: NoPass) -> Response[str]:
    """First the second secret."""
    return go_to(error.way)


def answer_late(_request: Request[Any, Any, Any], _error: Late) -> Response[str]:
    """Unknown, not yet uploaded, malformed: one answer for all."""
    words = "检查人员的手机联网后，这里会显示本次检查的资料。"
    return message(404, "warn", "尚未上传，请稍后再试", words, "纸质文书同样有效。")


def answer_expired(_request: Request[Any, Any, Any], _error: Expired) -> Response[str]:
    """The page's time is over."""
    return message(410, "warn", "链接已过期", "请让执法人员重新出示二维码，或打电话询问。")


def answer_refused(_request: Request[Any, Any, Any], problem: Problem) -> Response[str]:
    """A refusal in words for people."""
    if problem.status == 429:
        minutes = max(1, -(-int(problem.facts.get("retry", 60)) // 60))
        return message(429, "warn", f"查得太频繁，请 {minutes} 分钟后再试。")
    return message(problem.status, "warn", _WORDS.get(problem.status, _WORDS[400]))


def answer_fault(_request: Request[Any, Any, Any], error: HTTPException) -> Response[str]:
    """What the framework refuses: a body too large, a form that cannot be read."""
    return message(error.status_code, "warn", _WORDS.get(error.status_code, _WORDS[400]))


def answer_any_problem(request: Request[Any, Any, Any], problem: Problem) -> Response[Any]:
    """For the root: a refusal before any route was reached speaks HTML on public pages."""
    public = request.scope["path"].startswith(PREFIXES)
    return answer_refused(request, problem) if public else answer_problem(request, problem)


def answer_any_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """The same for errors of the framework."""
    public = request.scope["path"].startswith(PREFIXES)
    return answer_fault(request, error) if public else answer_http(request, error)


SAID = {ANSWERS: dict.fromkeys((200, 201, 303), "text/html"), REFUSALS: "text/html"}
"""What a page says of itself in the description: it is for people, not for programs."""

HANDLERS: dict[Any, Any] = {
    Late: answer_late,
    NoPass: answer_no_pass,
    Expired: answer_expired,
    Problem: answer_refused,
    HTTPException: answer_fault,
}


def client_of(request: Request[Any, Any, Any]) -> str:
    """Whom a limit counts, as a hash."""
    host = request.client.host if request.client else ""
    return sha256(f"open/{host}".encode()).hexdigest()[:32]
