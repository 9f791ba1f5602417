"""Who may bring evidence into a dossier, and who may see it."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import httpx
import sqlalchemy as sa

from backend.core.dossiers.service import Dossiers
from backend.core.dossiers.tables import dossier_grant
from backend.core.signing import KeyPair, verify
from sync.server.chain import signed_text
from tests.features.dossiers.phone import Phone
from tests.features.evidence.office import (
    TUS,
    Office,
    announce,
    create,
    evidence,
    metadata,
    photo,
    send,
    stand,
    upload,
)

Enrol = Callable[[str], Phone]
DATA = photo(9_000, 40)


def sent(phone: Phone) -> tuple[str, str]:
    dossier = phone.open_dossier()
    record = evidence(phone, dossier, DATA)
    assert phone.push().json()["other"] == []
    return dossier, record


def refused(reply: Any, status: int, code: str) -> None:
    assert (reply.status_code, reply.json()["code"]) == (status, code)


def fetch(phone: Phone, record: str, what: str = "") -> Any:
    return phone.client.get(f"/api/v1/evidence/{record}{what}", headers=phone.headers())


def test_nobody_uploads_into_other_peoples_dossiers(phone: Enrol) -> None:
    lijie, wangyi = phone("lijie"), phone("wangyi")
    dossier, record = sent(lijie)
    refused(create(wangyi, metadata(dossier, record, DATA), len(DATA)), 403, "forbidden")
    own = metadata(dossier, wangyi.new_record(), DATA)
    refused(create(wangyi, own, len(DATA)), 403, "forbidden")


def test_nobody_uploads_into_a_register(phone: Enrol) -> None:
    lijie = phone("lijie")
    facts = metadata("ref.officers.changji", lijie.new_record(), DATA)
    refused(create(lijie, facts, len(DATA)), 403, "forbidden")


def test_a_section_head_may_bring_what_an_inspector_recorded(phone: Enrol) -> None:
    dossier, record = sent(phone("lijie"))
    assert upload(phone("gulnar"), metadata(dossier, record, DATA), DATA).status_code == 204


def test_a_dossier_still_in_the_phone_takes_files_of_who_opens_it_only(phone: Enrol) -> None:
    lijie, wangyi = phone("lijie"), phone("wangyi")
    dossier = lijie.open_dossier()
    facts = metadata(dossier, evidence(lijie, dossier, DATA), DATA)
    assert create(lijie, facts, len(DATA)).status_code == 201
    refused(create(wangyi, facts, len(DATA)), 403, "forbidden")


def test_the_author_brings_his_file_after_his_grant_has_ended(office: Office, phone: Enrol) -> None:
    lijie = phone("lijie")
    dossier, record = sent(lijie)
    _revoke(office, dossier)
    assert upload(lijie, metadata(dossier, record, DATA), DATA).status_code == 204
    refused(create(lijie, metadata(dossier, lijie.new_record(), DATA), len(DATA)), 403, "forbidden")


def test_the_author_is_told_the_signed_receipt_after_his_grant_has_ended(
    office: Office, phone: Enrol
) -> None:
    lijie = phone("lijie")
    dossier, record = sent(lijie)
    _revoke(office, dossier)
    absent = fetch(lijie, record, "/state").json()
    assert (absent["state"], absent["receipt"], absent["signature"]) == ("absent", "", "")
    upload(lijie, metadata(dossier, record, DATA), DATA)
    told = fetch(lijie, record, "/state").json()
    assert (told["state"], told["length"]) == ("stored", len(DATA))
    key = office.with_log(lambda dossiers, _: _sign_key(dossiers))
    said = (key.id, dossier, record, sha256(DATA).hexdigest(), len(DATA), told["received"])
    assert told["key"] == key.id
    assert verify(key.public, signed_text("receipt", *said), told["signature"])
    refused(fetch(lijie, record), 404, "evidence")


def test_a_revoked_phone_brings_the_files_of_what_it_pushed_after_a_new_login(
    own_office: Office,
) -> None:
    lijie, gaoyuan = own_office.phone("lijie"), own_office.phone("gaoyuan")
    dossier, record = sent(lijie)
    path = f"/api/v1/admin/enrolments/{lijie.device}/revoke"
    assert gaoyuan.post(path, {"words": "停错了"}).status_code == 200
    facts = metadata(dossier, record, DATA)
    refused(create(lijie, facts, len(DATA)), 401, "session")
    lijie.token = own_office.new_session("lijie")
    refused(lijie.post("/api/v1/sync/pull", {}), 403, "enrolment")
    assert upload(lijie, facts, DATA).status_code == 204
    assert fetch(lijie, record, "/state").json()["signature"] != ""


async def _sign_key(dossiers: Dossiers) -> KeyPair:
    return dossiers.keys.sign


def _revoke(office: Office, dossier: str) -> None:
    engine = sa.create_engine(f"sqlite:///{office.folder / 'anxun.sqlite'}")
    with engine.begin() as connection:
        connection.execute(
            dossier_grant.update().where(dossier_grant.c.dossier == dossier).values(revoked=1)
        )
    engine.dispose()


def test_an_upload_is_known_to_who_began_it_only(phone: Enrol) -> None:
    lijie, gulnar = phone("lijie"), phone("gulnar")
    dossier, record = sent(lijie)
    where = create(lijie, metadata(dossier, record, DATA), len(DATA)).headers["Location"]
    assert stand(gulnar, where).status_code == 404
    refused(send(gulnar, where, 0, DATA), 404, "upload")
    refused(gulnar.client.delete(where, headers=gulnar.headers(**TUS)), 404, "upload")
    assert stand(lijie, where).headers["Upload-Offset"] == "0"


def test_without_a_session_or_from_a_foreign_page_nothing_begins(office: Office) -> None:
    lijie = office.phone("lijie")
    dossier, record = sent(lijie)
    headers = announce(metadata(dossier, record, DATA), len(DATA))
    refused(httpx.post(f"{office.url}/uploads", headers=headers), 401, "session")
    foreign = lijie.headers(**headers, Origin="https://elsewhere.example")
    refused(httpx.post(f"{office.url}/uploads", headers=foreign), 403, "foreign_origin")


def told(answer: Any) -> dict[str, Any]:
    """What an answer says; each request has an id of its own."""
    return {name: each for name, each in answer.json().items() if name != "instance"}


def test_evidence_of_others_looks_like_none(phone: Enrol) -> None:
    lijie, wangyi = phone("lijie"), phone("wangyi")
    dossier, record = sent(lijie)
    upload(lijie, metadata(dossier, record, DATA), DATA)
    unknown = lijie.new_record()
    for what in ("", "/state"):
        there, nowhere = fetch(wangyi, record, what), fetch(wangyi, unknown, what)
        refused(there, 404, "evidence")
        assert told(there) == told(nowhere)


def test_a_file_that_has_not_come_says_where_it_is(phone: Enrol) -> None:
    lijie = phone("lijie")
    _, record = sent(lijie)
    refused(fetch(lijie, record), 404, "evidence_absent")


def test_a_leader_sees_evidence_and_brings_none(phone: Enrol) -> None:
    lijie, leader = phone("lijie"), phone("xujianming")
    dossier, record = sent(lijie)
    refused(create(leader, metadata(dossier, record, DATA), len(DATA)), 403, "forbidden")
    upload(lijie, metadata(dossier, record, DATA), DATA)
    assert fetch(leader, record).content == DATA
