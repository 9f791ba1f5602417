"""What the office does before a visit, over the same HTTP the desk uses."""

import json
import urllib.request
from typing import Any

from tests.browser.conftest import Server

ENTERPRISE = "91652301MA0001181J"


def ask(server: Server, login: str, method: str, path: str, body: Any = None) -> Any:
    """One request as an officer; answers the JSON."""
    headers = {
        "Authorization": f"Bearer {server.login(login)}",
        "Content-Type": "application/json",
    }
    data = None if body is None else json.dumps(body).encode("utf-8")
    request = urllib.request.Request(server.url + path, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=20) as reply:
        text = reply.read()
    return json.loads(text) if text else None


def approved_inspection(
    server: Server, day: str, items: tuple[str, ...] = ("WH-01", "WH-12")
) -> str:
    """Plan, review, approve; answers the dossier."""
    draft = {
        "enterprise": ENTERPRISE,
        "planned_for": day,
        "reason": "年度监督检查计划",
        "officers": ["lijie", "nurlan"],
        "items": list(items),
        "content": "可燃气体检测报警、证照",
    }
    plan = ask(server, "lijie", "POST", "/api/v1/plans", draft)["id"]
    ask(server, "gulnar", "POST", f"/api/v1/plans/{plan}/review", {"answer": "yes"})
    done = ask(server, "xujianming", "POST", f"/api/v1/plans/{plan}/approve", {"answer": "yes"})
    return str(done["dossier"])
