"""A visit of the demo bureau with an order that was issued and served, and the enterprise's browser."""

import json
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from litestar.testing import TestClient

from backend.core.clock import SystemClock
from backend.core.days import day_of
from tests.features.dossiers.phone import Phone
from tests.features.dossiers.test_push import Enrol
from tests.features.evidence.office import metadata, upload
from tests.features.plans.test_approval import answer, records, submit
from tests.printing.paper_samples import PROBLEM_1, PROBLEM_2, order

CODE = "91652301MA0001181J"
TAIL = CODE[-6:]
PDF = b"%PDF-1.7\n% the order as the phone printed it\n"
JPEG = b"\xff\xd8\xff\xe0 a photo "
PERSON = {"name": "周启明", "phone": "13900001111"}


def day(later: int) -> str:
    """`YYYY-MM-DD`, so many days after today in China."""
    return (date.fromisoformat(day_of(SystemClock().now())) + timedelta(days=later)).isoformat()


@dataclass
class Visit:
    phone: Phone
    dossier: str
    token: str
    order: str = ""
    findings: list[str] = field(default_factory=list)
    code: str = ""

    def __post_init__(self) -> None:
        self.code = sha256(self.dossier.encode()).hexdigest()[:26]

    @property
    def item(self) -> str:
        return f"{self.order}/1"


@dataclass
class Browser:
    """Any phone's browser, without script; it keeps the pass by hand, for the test speaks http."""

    client: TestClient[Any]
    cookie: str = ""

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, headers=self._headers(), follow_redirects=False, **more)

    def post(self, path: str, form: dict[str, Any], files: Any = None, **headers: str) -> Any:
        said = {"Sec-Fetch-Site": "same-origin", **self._headers(), **headers}
        reply = self.client.post(path, data=form, files=files, headers=said, follow_redirects=False)
        if found := re.match(r"(__Host-anxun-pass=[^;]+)", reply.headers.get("set-cookie", "")):
            self.cookie = found.group(1)
        self.client.cookies.clear()
        return reply

    def enter(self, door: str, typed: str = TAIL, to: str = "feedback") -> Any:
        return self.post(f"{door}/enter", {"code": typed, "to": to})

    def _headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie} if self.cookie else {}


def planned_visit(phone: Enrol) -> Visit:
    """Approved for today, nobody has gone yet."""
    lijie = phone("lijie")
    plan = submit(lijie, planned_for=day(0)).json()["id"]
    answer(phone("gulnar"), plan, "review")
    dossier = answer(phone("xujianming"), plan, "approve").json()["dossier"]
    (token,) = records(lijie, dossier)["visit_token"]
    return Visit(lijie, dossier, token["token"]["heads"][0]["value"])


def served_visit(phone: Enrol, due: int = 30, problems: int = 2) -> Visit:
    """The officers have been there: an order of two items is issued, served and uploaded."""
    visit = planned_visit(phone)
    issue(visit, day(due), problems)
    return visit


def issue(visit: Visit, due: str, problems: int = 2) -> None:
    lijie, now = visit.phone, SystemClock().now()
    lijie.time = now
    dossier = visit.dossier
    new = _Author(lijie, dossier)
    new("arrival", {"officer": "lijie", "at": now})
    named = [PROBLEM_1, PROBLEM_2][:problems]
    visit.findings = visit.findings or [
        new("finding", {"problem": each["text"], "dispositions": {"value": {"add": ["order"]}}})
        for each in named
    ]
    facts = order(
        when=now,
        wording_date=day(0),
        problems=[{**each, "due": due} for each in named],
        verify_url=f"https://anxun.example.cn/v/{visit.code}",
    )
    text = json.dumps(facts, ensure_ascii=False)
    draft = new("draft", {"kind": "rectification_order", "about": visit.findings})
    number = new(
        "number",
        {
            "kind": "rectification_order",
            "year": 2026,
            "serial": 37,
            "text": facts["number"],
            "draft": draft,
        },
    )
    content = sha256(PDF).hexdigest()
    sealed = {"type": "application/pdf", "bytes": len(PDF), "sha256": content, "captured": now}
    pdf = new("evidence", {"kind": "pdf", "officer": "lijie", **sealed})
    issued = {"renderer": "other", "pdf": pdf, "pdf_sha256": content, "code": visit.code}
    visit.order = new(
        "document",
        {
            "kind": "rectification_order",
            "draft": draft,
            "number": number,
            "facts": text,
            "facts_sha256": sha256(text.encode()).hexdigest(),
            "issued": now,
            **issued,
        },
    )
    new("service", {"document": visit.order, "way": "direct", "recipient": "周启明", "at": now})
    reply = lijie.push().json()
    assert reply["other"] == [], reply
    sent = upload(lijie, metadata(dossier, pdf, PDF, "application/pdf"), PDF)
    assert sent.status_code == 204, sent.text


@dataclass
class _Author:
    phone: Phone
    dossier: str

    def __call__(self, entity: str, fields: dict[str, Any]) -> str:
        record = self.phone.new_record()
        self.phone.author(self.dossier, entity, record, fields)
        return record


def shown(phone: Phone, dossier: str, entity: str) -> list[dict[str, Any]]:
    """The dossier's records of an entity, as a phone reads them."""
    return [
        {name: held["heads"][-1]["value"] for name, held in each.items() if "heads" in held}
        for each in records(phone, dossier).get(entity, [])
    ]
