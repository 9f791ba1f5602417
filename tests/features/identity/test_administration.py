"""The administrator's desk over HTTP: what it changes, refuses and writes down; what it never sees."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from litestar.testing import TestClient

from backend.settings import Settings
from tests.features.conftest import ON_BOTH
from tests.features.dossiers.phone import Phone
from tests.features.dossiers.test_at_once import at_once
from tests.features.identity.desk import CERTIFICATE, NEWCOMER, Desk

OWN = "梧桐树下三点半开会吧"


@pytest.fixture
def desk(client: TestClient[Any]) -> Desk:
    return Desk(client)


def officers_on(phone: Phone) -> dict[str, Any]:
    """The register of people as this phone gets it at its next contact."""
    page = phone.pull({"ref.officers.changji": 0}).json()["pages"][0]
    rows = [json.loads(row["body"])["fields"]["record"]["value"] for row in page["rows"]]
    return {row["id"]: row for row in rows}


@ON_BOTH
def test_a_newcomer_gets_a_code_chooses_his_own_and_the_code_is_over(desk: Desk) -> None:
    added = desk.add()
    assert (added["login_state"], desk.login("newcomer", "").status_code) == ("none", 401)
    assert desk.login("newcomer", "anxun").status_code == 401
    code = desk.code(added["id"])
    refused = desk.login("newcomer", code)
    assert (refused.status_code, refused.json()["code"]) == (409, "code")
    body = {"login": "newcomer", "old": f"{code[:4]}-{code[4:]}".upper(), "new": OWN}
    uses = at_once([lambda: desk.client.post("/api/v1/session/password", json=body)] * 3)
    assert sorted(each.status_code for each in uses) == [201, 401, 401]
    desk.client.cookies.clear()
    assert desk.login("newcomer", code).status_code == 401
    assert desk.login("newcomer", OWN).status_code == 201
    assert desk.person("newcomer")["login_state"] == "own"
    acts = [act for _, act, _ in desk.acts()]
    assert {"add_account", "give_code", "choose_password"} <= set(acts)


def test_a_code_is_over_after_its_hours(desk: Desk, settings: Settings) -> None:
    code = desk.code(desk.add()["id"])
    with closing(sqlite3.connect(settings.data_dir / "anxun.sqlite")) as database, database:
        database.execute("UPDATE officer SET code_until = 1 WHERE login = 'newcomer'")
    assert desk.login("newcomer", code).json()["code"] == "code_over"


def test_codes_are_given_to_many_as_one_list(desk: Desk) -> None:
    officers = [desk.add(login=f"new{n}")["id"] for n in range(3)]
    given = desk.post("/admin/codes", {"officers": officers}).json()
    assert [each["officer"] for each in given] == officers
    assert len({each["code"] for each in given}) == 3
    assert desk.post("/admin/codes", {"officers": []}).status_code == 422
    refused = desk.post("/admin/codes", {"officers": [*officers, "nobody"]})
    assert refused.json()["code"] == "officer"
    assert desk.login("new0", given[0]["code"]).json()["code"] == "code"


@pytest.mark.parametrize(
    ("over", "status", "code", "words"),
    [
        ({"login": "lijie"}, 409, "login_taken", "已经有人用"),
        ({"login": "李"}, 422, "login", "小写字母"),
        ({"name": " "}, 422, "name", "姓名"),
        ({"phone": "111"}, 422, "phone", "11 位手机号"),
        ({"section": "nowhere"}, 422, "section", "没有这个科室"),
        ({"roles": []}, 422, "posts", "岗位没有选"),
        ({"roles": ["R1", "R9"]}, 422, "posts", "S3-4.2d"),
        ({"section": "zfzd"}, 422, "posts", "第二条"),
        ({"unknown": 1}, 400, "malformed", ""),
    ],
)
def test_what_cannot_be_added_gets_a_reason_and_changes_nothing(
    desk: Desk, over: dict[str, Any], status: int, code: str, words: str
) -> None:
    before = desk.get("/admin/people").json()["people"]
    reply = desk.post("/admin/people", {**NEWCOMER, **over})
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert words in reply.json()["title"]
    assert desk.get("/admin/people").json()["people"] == before
    if status != 400:
        assert desk.acts()[0] == ("gaoyuan", "refused", code)


def test_a_closed_account_logs_in_no_more_and_comes_back(desk: Desk) -> None:
    headers = desk.headers("lijie")
    path = "/admin/people/lijie/state"
    assert desk.post(path, {"active": False}).json()["code"] == "words"
    assert desk.post(path, {"active": False, "words": "调离"}).json()["active"] is False
    assert desk.client.get("/api/v1/me", headers=headers).status_code == 401
    assert desk.login("lijie").status_code == 401
    assert desk.post("/admin/codes", {"officers": ["lijie"]}).json()["code"] == "inactive"
    assert desk.post(path, {"active": True, "words": "调回"}).json()["active"] is True
    assert desk.login("lijie").status_code == 201
    assert desk.acts()[:3] == [
        ("gaoyuan", "reopen_account", "调回"),
        ("gaoyuan", "refused", "inactive"),
        ("gaoyuan", "close_account", "调离"),
    ]


@ON_BOTH
def test_the_last_administrator_stays_even_when_two_close_each_other(desk: Desk) -> None:
    path = "/admin/people/gaoyuan/state"
    alone = desk.post(path, {"active": False, "words": "试"})
    assert (alone.status_code, alone.json()["code"]) == (409, "last_administrator")
    second = desk.add(login="second", section="xxz", roles=["R14"])["id"]
    body = {"login": "second", "old": desk.code(second), "new": OWN}
    token = desk.client.post("/api/v1/session/password", json=body).json()["token"]
    desk.client.cookies.clear()
    desk.tokens["second"] = token
    desk.headers("gaoyuan")
    shut = {"active": False, "words": "试"}
    replies = at_once(
        [
            lambda: desk.post(path, shut, "second"),
            lambda: desk.post(f"/admin/people/{second}/state", shut, "gaoyuan"),
        ]
    )
    assert sorted(each.status_code for each in replies)[0] == 200
    assert sorted(each.status_code for each in replies)[1] in (401, 403, 409)


def test_a_post_changes_and_the_phones_hear_of_it(
    desk: Desk, phone: Callable[[str], Phone]
) -> None:
    carried = phone("nurlan")
    person = desk.person("lijie")
    assert desk.post("/admin/people/lijie", saved(person, roles=["R2"])).json()["roles"] == ["R2"]
    assert officers_on(carried)["lijie"]["roles"] == ["R2"]


@ON_BOTH
def test_of_two_windows_on_one_person_the_later_save_changes_nothing(desk: Desk) -> None:
    person = desk.person("lijie")
    first = desk.post("/admin/people/lijie", saved(person, phone="139 0000 0007"))
    assert (first.status_code, first.json()["phone"]) == (200, "13900000007")
    acts = desk.acts()
    for stale in (saved(person, name="李洁"), saved(person, version="")):
        late = desk.post("/admin/people/lijie", stale)
        assert (late.status_code, late.json()["code"]) == (409, "stale")
        assert "别人改过" in late.json()["title"]
    assert desk.person("lijie") == first.json()
    assert desk.acts()[2:] == acts
    assert desk.post("/admin/people/lijie", saved(first.json(), name="李洁")).status_code == 200
    assert desk.person("lijie")["phone"] == "13900000007"


def saved(person: dict[str, Any], **over: Any) -> dict[str, Any]:
    """What the sheet sends."""
    names = ("login", "name", "phone", "section", "roles", "version")
    return {**{name: person[name] for name in names}, **over}


def test_S3_1_1_certificates_are_added_renewed_suspended_and_phones_hear_of_it(
    desk: Desk, phone: Callable[[str], Phone]
) -> None:
    carried = phone("nurlan")
    path = "/admin/people/zhoutao"
    assert desk.post(f"{path}/certificates", CERTIFICATE).status_code == 200
    taken = desk.post("/admin/people/lijie/certificates", CERTIFICATE)
    assert (taken.status_code, taken.json()["code"]) == (409, "number_taken")
    out_of_scope = {**CERTIFICATE, "number": "2", "scope": ["shipping"]}
    assert desk.post(f"{path}/certificates", out_of_scope).json()["code"] == "scope"
    suspension = {"number": CERTIFICATE["number"], "suspended": True, "words": "年审未过"}
    assert desk.post(f"{path}/suspension", suspension).status_code == 200
    assert officers_on(carried)["zhoutao"]["certificate"]["suspended"] is True
    renewed = {**CERTIFICATE, "until": "2098-12-31"}
    kept = desk.post(f"{path}/certificates", renewed).json()["certificates"]
    assert [(each["until"], each.get("suspended")) for each in kept] == [("2098-12-31", True)]
    desk.post(f"{path}/suspension", {**suspension, "suspended": False, "words": "补审"})
    assert officers_on(carried)["zhoutao"]["certificate"].get("suspended") is None
    unknown = desk.post(f"{path}/suspension", {**suspension, "number": "0"})
    assert unknown.json()["code"] == "certificate"


def test_a_section_changes_only_where_everybody_in_it_can_stay(desk: Desk) -> None:
    idle = desk.post("/admin/sections", {"name": "矿山科", "kind": "supervision", "sectors": []})
    assert (idle.status_code, idle.json()["code"]) == (422, "section")
    assert "“矿山科”没有选监管的行业" in idle.json()["title"]
    mines = {"name": "矿山科", "kind": "supervision", "sectors": ["hazardous_chemicals"]}
    made = desk.post("/admin/sections", mines)
    assert "矿山科" in {each["name"] for each in made.json()["sections"]}
    twin = desk.post("/admin/sections", mines)
    assert twin.json()["code"] == "section_name"
    moved = desk.post("/admin/sections/whk", {"name": "危化科", "kind": "detachment"})
    assert (moved.status_code, moved.json()["code"]) == (422, "posts")
    assert desk.post("/admin/sections/none", {"name": "x科", "kind": "legal"}).status_code == 404


def test_where_the_bureau_wants_it_a_phone_is_enrolled_by_a_code_once(
    desk: Desk, phone: Callable[[str], Phone]
) -> None:
    assert desk.post("/admin/approval", {"needed": True}).json()["enrolment_needs_approval"]
    held = phone("gaoyuan")
    body = {"public_key": held.key.public, "name": "手机"}
    assert desk.post("/enrolments", body, "lijie").json()["code"] == "enrolment_code"
    code = desk.post("/admin/people/lijie/enrolment-code", None).json()["code"]
    anothers = desk.post("/enrolments", {**body, "code": code}, "nurlan")
    assert anothers.json()["code"] == "enrolment_code"
    assert desk.post("/enrolments", {**body, "code": code.upper()}, "lijie").status_code == 201
    assert desk.post("/enrolments", {**body, "code": code}, "lijie").status_code == 403


def test_a_revoked_phone_ends_its_officers_sessions_and_keeps_the_reason(
    desk: Desk, phone: Callable[[str], Phone]
) -> None:
    held = phone("lijie")
    path = f"/admin/enrolments/{held.device}/revoke"
    assert desk.post(path, {}).json()["code"] == "words"
    rows = desk.post(path, {"words": "手机丢失"}).json()
    (row,) = [each for each in rows if each["device"] == held.device]
    assert (row["officer_name"], row["revoked_words"]) == ("李㛃", "手机丢失")
    assert desk.client.get("/api/v1/me", headers=held.headers()).status_code == 401
    assert desk.post(path, {"words": "再"}).json()["code"] == "revoked"
    assert desk.post("/admin/enrolments/none/revoke", {"words": "x"}).status_code == 404


def test_the_audit_says_whether_it_is_whole(desk: Desk, settings: Settings) -> None:
    desk.add()
    whole = desk.get("/admin/audit?actor=gaoyuan&act=add_account").json()
    assert [each["act"] for each in whole["rows"]] == ["add_account"]
    assert whole["broken_at"] == 0
    assert desk.get("/admin/audit?day=2001-01-01").json()["rows"] == []
    assert desk.get("/admin/audit?day=soon").json()["code"] == "day"
    sheet = desk.get("/admin/audit.csv").content.decode("utf-8-sig")
    assert "add_account" in sheet
    assert desk.acts()[0][1] == "export_audit"
    with closing(sqlite3.connect(settings.data_dir / "anxun.sqlite")) as database, database:
        database.execute("UPDATE audit SET actor = 'lijie' WHERE act = 'add_account'")
    assert desk.get("/admin/audit").json()["broken_at"] > 0


def test_the_audit_is_read_in_words_and_keeps_no_telephone(desk: Desk) -> None:
    person = desk.person("lijie")
    desk.post("/admin/people/lijie", saved(person, phone="13900000007", roles=["R2"]))
    desk.post("/admin/people/lijie/certificates", {**CERTIFICATE, "number": ""})
    mines = {"name": "矿山科", "kind": "supervision", "sectors": ["hazardous_chemicals"]}
    desk.post("/admin/sections", mines)
    rows = desk.get("/admin/audit").json()["rows"]
    told = [(each["act"], each["subject_name"], each["words"]) for each in rows[:3]]
    post = next(
        each["title"] for each in desk.get("/admin/people").json()["posts"] if each["id"] == "R2"
    )
    assert told == [
        ("add_section", "矿山科", "监管业务科室"),
        ("refused", "李㛃", "执法证没有填对"),
        ("change_account", "李㛃", f"电话、岗位：危化科 执法人员 → 危化科 {post}"),
    ]
    assert "13900000007" not in str(rows)
    assert "电话、岗位" in desk.get("/admin/audit.csv").content.decode("utf-8-sig")


@pytest.mark.parametrize("login", ["lijie", "gulnar", "hejianguo", "xujianming", "ayinuer"])
def test_nobody_else_manages_accounts_and_the_attempt_is_written_down(
    desk: Desk, login: str
) -> None:
    reply = desk.post("/admin/people", NEWCOMER, login)
    assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")
    assert desk.acts()[0] == (login, "refused", "forbidden")
    reads = desk.get("/admin/people", login).status_code
    assert reads == (200 if login == "ayinuer" else 403)


def test_another_bureaus_people_are_as_unknown_as_nobodys(desk: Desk, settings: Settings) -> None:
    with closing(sqlite3.connect(settings.data_dir / "anxun.sqlite")) as database, database:
        database.execute("INSERT INTO bureau (id, name, pack) VALUES ('u', '乌市局', 'urumqi')")
        database.execute(
            "INSERT INTO section (id, bureau, name, kind, sectors)"
            " VALUES ('us', 'u', '处', 'supervision', '[]')"
        )
        database.execute(
            "INSERT INTO officer (id, section, login, password, name, phone, roles)"
            " VALUES ('alim', 'us', 'alim', '', '阿力木', '', '[\"R1\"]')"
        )
    for name in ("alim", "nobody"):
        reply = desk.post(f"/admin/people/{name}/state", {"active": False, "words": "x"})
        assert (reply.status_code, reply.json()["code"]) == (404, "officer")
    assert "alim" not in {each["id"] for each in desk.get("/admin/people").json()["people"]}


CASE_ROUTES = [
    ("GET", "/plans/{plan}"),
    ("POST", "/plans/{plan}/review"),
    ("POST", "/plans/{plan}/approve"),
    ("POST", "/dossiers/{dossier}/close"),
    ("GET", "/evidence/{record}?dossier={dossier}"),
    ("GET", "/evidence/{record}/state?dossier={dossier}"),
    ("GET", "/sync/snapshot/{dossier}"),
]


def test_an_administrator_sees_no_case_content(desk: Desk, phone: Callable[[str], Phone]) -> None:
    """domain.md 6.2: accounts, never case content."""
    lijie, admin = phone("lijie"), phone("gaoyuan")
    dossier = lijie.open_dossier()
    finding = lijie.new_record()
    lijie.author(dossier, "finding", finding, {"problem": "阀门常开"})
    assert lijie.push().status_code == 200
    draft = {
        "enterprise": "91652301MA0001181J",
        "planned_for": "2026-11-30",
        "reason": "年度监督检查计划",
        "officers": ["lijie", "nurlan"],
        "items": ["WH-01"],
        "content": "证照",
    }
    plan = lijie.post("/api/v1/plans", draft).json()["id"]
    names = {"plan": plan, "dossier": dossier, "record": finding}
    for method, path in CASE_ROUTES:
        body = {"json": {"answer": "yes"}} if method == "POST" else {}
        reply = admin.client.request(
            method, f"/api/v1{path.format(**names)}", headers=admin.headers(), **body
        )
        assert reply.status_code in (403, 404), f"{method} {path}: {reply.text}"
        assert "阀门" not in reply.text
    assert admin.post("/api/v1/plans", draft).status_code in (403, 422)
    pulled = admin.pull({dossier: 0}).json()
    assert "阀门" not in str(pulled)
    for path in ("/plans", "/dossiers", "/quarantine", "/clocks"):
        reply = desk.get(path)
        assert reply.status_code == 403 or not _cases(reply.json()), f"{path}: {reply.text}"
    upload = {"Upload-Length": "1", "Tus-Resumable": "1.0.0"}
    reply = admin.client.post("/uploads", headers={**admin.headers(), **upload})
    assert reply.status_code in (400, 403, 404)


def _cases(body: Any) -> Any:
    return body if isinstance(body, list) else [rows for rows in body.values() if rows]


def test_ones_own_password_and_sessions(desk: Desk) -> None:
    here = desk.headers("lijie")
    elsewhere = {"Authorization": f"Bearer {desk.login('lijie').json()['token']}"}
    running = desk.get("/me/sessions", "lijie").json()
    assert sorted(each["this"] for each in running) == [False, True]
    other = next(each["id"] for each in running if not each["this"])
    end = desk.client.delete(f"/api/v1/me/sessions/{other}", headers=here)
    assert end.status_code == 204
    assert desk.client.get("/api/v1/me", headers=elsewhere).status_code == 401
    assert desk.client.delete(f"/api/v1/me/sessions/{other}", headers=here).status_code == 404
    third = {"Authorization": f"Bearer {desk.login('lijie').json()['token']}"}
    for body, code in (
        ({"old": "falsch", "new": OWN}, "login"),
        ({"old": "anxun-demo", "new": "short"}, "password"),
        ({"old": "anxun-demo", "new": "anxun-demo"}, "password"),
    ):
        assert desk.post("/me/password", body, "lijie").json()["code"] == code
    assert desk.post("/me/password", {"old": "anxun-demo", "new": OWN}, "lijie").status_code == 204
    assert desk.client.get("/api/v1/me", headers=here).status_code == 200
    assert desk.client.get("/api/v1/me", headers=third).status_code == 401
    assert desk.login("lijie", OWN).status_code == 201
