"""What the office does round a visit, over the same HTTP the desk uses, and what the server holds."""

import json
import sqlite3
import urllib.request
from typing import Any

from tests.browser.conftest import Server

ENTERPRISE = "91652301MA0001181J"


def ask(server: Server, login: str, method: str, path: str, body: Any = None) -> Any:
    """One request as an officer; answers the JSON."""
    text = fetch(server, login, path, method, body)
    return json.loads(text) if text else None


def fetch(server: Server, login: str, path: str, method: str = "GET", body: Any = None) -> bytes:
    """One request as an officer; answers the bytes."""
    headers = {
        "Authorization": f"Bearer {server.login(login)}",
        "Content-Type": "application/json",
    }
    data = None if body is None else json.dumps(body).encode("utf-8")
    request = urllib.request.Request(server.url + path, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=20) as reply:
        return bytes(reply.read())


def approved_inspection(
    server: Server,
    day: str,
    officers: tuple[str, ...] = ("lijie", "nurlan"),
    items: tuple[str, ...] = ("WH-01", "WH-12"),
) -> str:
    """Plan, review, approve; answers the dossier."""
    draft = {
        "enterprise": ENTERPRISE,
        "planned_for": day,
        "reason": "年度监督检查计划",
        "officers": list(officers),
        "items": list(items),
        "content": "可燃气体检测报警、证照",
    }
    plan = ask(server, "lijie", "POST", "/api/v1/plans", draft)["id"]
    ask(server, "gulnar", "POST", f"/api/v1/plans/{plan}/review", {"answer": "yes"})
    done = ask(server, "xujianming", "POST", f"/api/v1/plans/{plan}/approve", {"answer": "yes"})
    return str(done["dossier"])


def records(server: Server, dossier: str, entity: str) -> list[dict[str, Any]]:
    """What the server holds of a dossier: the last value of each register, with the record's id."""
    query = (
        "SELECT record, fields FROM record_state WHERE dossier = ? AND entity = ? ORDER BY record"
    )
    with sqlite3.connect(server.folder / "anxun.sqlite") as database:
        rows = database.execute(query, (dossier, entity)).fetchall()
    return [{"id": record, **_last_values(json.loads(fields))} for record, fields in rows]


def _last_values(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: held["heads"][-1]["value"] for name, held in fields.items() if "heads" in held}


def devices_of(server: Server, officer: str) -> list[str]:
    """The officer's enrolments."""
    with sqlite3.connect(server.folder / "anxun.sqlite") as database:
        query = "SELECT device FROM device WHERE officer = ? ORDER BY enrolled"
        return [device for (device,) in database.execute(query, (officer,))]


def reminders(server: Server) -> list[tuple[int, str, str]]:
    """Instant (UTC ms), rule and clock of every reminder ahead, the next first."""
    with sqlite3.connect(server.folder / "anxun.sqlite") as database:
        query = """SELECT DISTINCT reminder.instant, running_clock.rule, running_clock.id
            FROM reminder JOIN running_clock ON running_clock.id = reminder.clock
            WHERE reminder.state = 'pending' ORDER BY reminder.instant"""
        return list(database.execute(query))
