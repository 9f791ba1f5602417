"""Errors as RFC 9457 problem details: Chinese title, stable code, nothing of the inside.

A title says what happened, what is safe and what to do, in that order (ux.md 4).
"""

import logging
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.status_codes import HTTP_500_INTERNAL_SERVER_ERROR

from backend.core.requests import request_id, route_of

PROBLEM_JSON = "application/problem+json"
logger = logging.getLogger("anxun.problems")
_TITLES = {
    400: "请求读不懂，什么也没有改动。请更新应用后再试。",
    401: "登录过期了，本机内容都在。请重新登录。",
    403: "你没有这项权限，什么也没有改动。",
    404: "没有找到。",
    405: "这个地址不支持这种操作。",
    413: "内容太大，没有接收。请分开发送。",
    415: "内容格式不对，没有接收。",
    429: "操作太频繁，请稍后再试。",
    500: "服务器出了意外，什么也没有改动。内容在本机，请稍后再试。",
}


STATUSES = (400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 416, 422, 423, 429, 460)
"""Every status a refusal may have; 460 is the tus checksum mismatch."""


class Problem(Exception):
    """A refusal the client can act on. `facts` are members of the answer, never personal data."""

    def __init__(self, status: int, code: str, title: str = "", **facts: Any) -> None:
        super().__init__(code)
        if status < HTTP_500_INTERNAL_SERVER_ERROR and status not in STATUSES:
            raise ValueError(f"no refusal has status {status}")
        self.status = status
        self.code = code
        self.title = title or _TITLES.get(status, _TITLES[400])
        self.facts = facts


class ProblemDetails(msgspec.Struct, omit_defaults=True):
    """The body of a refusal (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    instance: str
    errors: list[str] = []


def answer_problem(request: Request[Any, Any, Any], problem: Problem) -> Response[Any]:
    """Turn a Problem into its answer; every refusal is logged without personal data."""
    logger.info("refused", extra={"code": problem.code, **_about(request)})
    body = {
        "type": f"/problems/{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "code": problem.code,
        "instance": f"/requests/{request_id(request.scope)}",
        **problem.facts,
    }
    headers = {"Retry-After": str(problem.facts["retry"])} if "retry" in problem.facts else {}
    return Response(
        body,
        status_code=problem.status,
        media_type=PROBLEM_JSON,
        headers=headers,
    )


def answer_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """Errors of the framework itself."""
    return answer_problem(request, Problem(error.status_code, f"http_{error.status_code}"))


def answer_unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """A fault of ours: logged with its trace, told without it."""
    logger.error("unexpected", extra=_about(request), exc_info=error)
    return answer_problem(request, Problem(HTTP_500_INTERNAL_SERVER_ERROR, "unexpected"))


def _about(request: Request[Any, Any, Any]) -> dict[str, str]:
    """What a log line may say of a request: never its address, which holds ids and tokens."""
    scope = request.scope
    return {"method": request.method, "route": route_of(scope), "request": request_id(scope)}
