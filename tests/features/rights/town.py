"""Two bureaus at work: of each kind of thing one of 危化科, one of 工贸科, one of another bureau."""

import asyncio
import re
from dataclasses import dataclass, field
from typing import Any

from backend.app import make_dossiers
from backend.core.blobs import open_blobs
from backend.core.clock import SystemClock
from backend.core.database import Database
from backend.core.ids import SystemIds
from backend.core.outbox import Worker
from backend.core.signing import ServerKeys
from backend.features.evidence.public import handlers
from backend.settings import Settings
from tests.features.disclosure.visit import Browser, day
from tests.features.dossiers.phone import Phone
from tests.features.dossiers.server import Server
from tests.features.evidence.office import create, evidence, metadata, photo, upload
from tests.features.imports.conftest import Desk
from tests.features.imports.sheets import enterprise_row, workbook
from tests.features.plans.test_approval import answer, records
from tests.features.plans.test_caps_bureau import draft
from tests.features.rights.expecting import Place


@dataclass(frozen=True)
class Staff:
    """Who works there, on what; `intruder` writes into its dossier from outside."""

    maker: str
    mate: str
    head: str
    leader: str
    legal: str
    section: str
    enterprise: str
    items: tuple[str, ...]
    intruder: str


STAFF: dict[Place, Staff] = {
    "own": Staff(
        "lijie",
        "nurlan",
        "gulnar",
        "hanzhigang",
        "ayinuer",
        "whk",
        "91652301MA0001181J",
        ("WH-01",),
        "wangyi",
    ),
    "section": Staff(
        "wangyi",
        "maxiaodong",
        "chenjing",
        "hanzhigang",
        "ayinuer",
        "gmk",
        "91652301MA000RPK3E",
        ("GM-01",),
        "nurlan",
    ),
    "bureau": Staff(
        "sunli",
        "mutalifu",
        "zhangwei",
        "wanglei",
        "liufang",
        "u-whk",
        "91650100MA03X2726U",
        ("WH-01",),
        "nurlan",
    ),
}
SPECIAL = {
    "kind": "special",
    "title": "夏季专项检查",
    "need": "高温期事故多发",
    "target": "重点企业",
    "content": "降温喷淋",
    "since": day(0),
    "until": day(0),
}


@dataclass(frozen=True)
class Thing:
    """What lies in one place."""

    staff: Staff
    to_review: str
    to_approve: str
    dossier: str
    complaint: str
    evidence: str
    special: str
    held: dict[str, Any]
    mate: Phone


@dataclass
class Town:
    """Everything there is, by place."""

    server: Server
    things: dict[Place, Thing] = field(default_factory=dict)
    upload: str = ""
    delegation: str = ""
    session: str = ""
    runs: dict[Place, str] = field(default_factory=dict)

    def furnish(self) -> "Town":
        self.things = {place: self._thing(staff) for place, staff in STAFF.items()}
        finish_uploads(self.server.settings)
        mate = self.things["own"].mate
        facts = metadata(self.things["own"].dossier, mate.new_record(), photo(99))
        self.upload = upload_begun(mate, facts)
        self.session = get(mate, "/api/v1/me/sessions").json()[0]["id"]
        given = {"taker": "chenjing", "act": "approve_plan", "since": day(20), "until": day(21)}
        leader = self.server.phone("hanzhigang")
        self.delegation = leader.post("/api/v1/delegations", given).json()["id"]
        desk, sheet = Desk(self.server.client), workbook([enterprise_row(1)])
        self.runs["own"] = desk.apply("enterprises", sheet)["id"]
        names = get(self.server.phone("guoqiang"), "/api/v1/admin/people").json()["sections"]
        title = {"section": next(each["name"] for each in names if each["id"] == "u-gmk")}
        sheet = workbook([enterprise_row(2, **title)])
        self.runs["bureau"] = desk.apply("enterprises", sheet, "guoqiang")["id"]
        return self

    def _thing(self, staff: Staff) -> Thing:
        phone = self.server.phone
        maker, head, leader = phone(staff.maker), phone(staff.head), phone(staff.leader)
        plans = [self._plan(maker, staff) for _ in range(3)]
        for plan in plans[1:]:
            assert answer(head, plan, "review").status_code == 200
        reply = answer(leader, plans[2], "approve")
        assert reply.status_code == 200, reply.text
        dossier = reply.json()["dossier"]
        data = photo(500, seed=len(staff.section) + len(staff.maker))
        record = evidence(maker, dossier, data)
        assert maker.push().json()["other"] == []
        assert upload(maker, metadata(dossier, record, data), data).status_code == 204
        special = head.post("/api/v1/special-checks", SPECIAL).json()["id"]
        return Thing(
            staff=staff,
            to_review=plans[0],
            to_approve=plans[1],
            dossier=dossier,
            complaint=self._complaint(maker, staff, dossier),
            evidence=record,
            special=special,
            held=_held(phone(staff.intruder), dossier),
            mate=phone(staff.mate),
        )

    def _plan(self, maker: Phone, staff: Staff) -> str:
        officers, items = [staff.maker, staff.mate], list(staff.items)
        body = draft(enterprise=staff.enterprise, officers=officers, items=items)
        reply = maker.post("/api/v1/plans", body)
        assert reply.status_code == 201, reply.text
        return str(reply.json()["id"])

    def _complaint(self, maker: Phone, staff: Staff, dossier: str) -> str:
        (token,) = records(maker, dossier)["visit_token"]
        door = f"/o/{token['token']['heads'][0]['value']}"
        browser = Browser(self.server.client)
        form = {"kind": "attitude", "words": "进门就骂人", "name": "", "phone": ""}
        reply = browser.post(f"{door}/complaint", form)
        assert reply.status_code == 201, reply.text
        assert re.findall(r"<dd>(.*?)</dd>", reply.text)
        reply = browser.post(f"{door}/evaluation", {"certificates": "no", "words": "差"})
        assert reply.status_code < 400, reply.text
        found = get(self.server.phone(staff.legal), "/api/v1/complaints").json()
        return next(str(each["dossier"]) for each in found if each["inspection"] == dossier)


def get(phone: Phone, path: str) -> Any:
    return phone.client.get(path, headers=phone.headers())


def upload_begun(phone: Phone, facts: dict[str, str]) -> str:
    reply = create(phone, facts, 99)
    assert reply.status_code == 201, reply.text
    return str(reply.headers["Location"])


def _held(intruder: Phone, dossier: str) -> dict[str, Any]:
    fields = {"officer": intruder.officer, "at": intruder.time}
    intruder.author(dossier, "arrival", intruder.new_record(), fields)
    assert intruder.push().json()["other"] != []
    return {"device": intruder.device, "epoch": 1, "n": 1}


def finish_uploads(settings: Settings) -> None:
    """One round of the worker, so that what was uploaded is stored."""

    async def work() -> None:
        database, clock = Database(settings.database_url), SystemClock()
        keys = ServerKeys.at(settings.data_dir / "keys")
        dossiers = make_dossiers(database, keys, clock)
        jobs = handlers(dossiers, open_blobs(settings.blob_url))
        await Worker(database, clock, SystemIds(), jobs).run_due()
        await database.close()

    asyncio.run(work())
