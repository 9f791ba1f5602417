"""Push over HTTP: what is accepted, held, refused, and what an answer says (SN, QU).

That bad input changes nothing: test_bad_input.py, test_held_input.py; many at once: test_at_once.py.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest

from sync.server import chain
from tests.features.conftest import ON_BOTH
from tests.features.dossiers.phone import Phone, gzipped

Enrol = Callable[[str], Phone]


def problem(reply: Any, status: int, code: str) -> dict[str, Any]:
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = reply.json()
    assert body["code"] == code
    assert any("\u4e00" <= c <= "\u9fff" for c in body["title"])
    return body


def rows(phone: Phone, dossier: str) -> list[Any]:
    pages = phone.pull({dossier: 0}).json()["pages"]
    return pages[0]["rows"] if pages else []


@ON_BOTH
def test_gr4_a_phone_opens_a_dossier_and_reads_it_back(phone: Enrol) -> None:
    lijie = phone("lijie")
    dossier = lijie.open_dossier()
    lijie.author(dossier, "finding", lijie.new_record(), {"problem": "报警器被关闭"})
    reply = lijie.push().json()
    assert (reply["acked_n"], reply["other"], reply["seq"]) == (2, [], {dossier: 2})
    assert [json.loads(row["body"])["entity"] for row in rows(lijie, dossier)] == [
        "dossier",
        "finding",
    ]


def test_cs1_the_authors_exact_bytes_come_back(phone: Enrol) -> None:
    lijie = phone("lijie")
    dossier = lijie.open_dossier()
    odd = lijie.waiting[0].replace('"kind":"edit"', '"kind" : "edit","later":[1,{"x":null}]')
    lijie.waiting = [odd]
    lijie.push()
    assert rows(lijie, dossier)[0]["body"] == odd


@ON_BOTH
def test_ln2_the_same_run_twice_is_a_duplicate_and_changes_nothing(phone: Enrol) -> None:
    lijie = phone("lijie")
    dossier = lijie.open_dossier()
    run = lijie.run()
    lijie.push(run)
    again = lijie.push(run).json()
    assert again["other"] == [{"n": 1, "status": "duplicate"}]
    assert len(rows(lijie, dossier)) == 1


@ON_BOTH
def test_sn4_another_history_under_a_known_number_is_a_fork_with_a_new_epoch(phone: Enrol) -> None:
    lijie = phone("lijie")
    dossier = lijie.open_dossier()
    lijie.push()
    clone = Phone(lijie.client, "lijie", lijie.token, lijie.key, lijie.device, lijie.timeline)
    clone.time += 60_000
    clone.open_dossier()
    body = problem(clone.push(), 409, "fork")
    assert body["epoch"] == 2
    assert len(rows(lijie, dossier)) == 1


def test_sn2_a_missing_stretch_is_a_gap_that_says_what_is_expected(phone: Enrol) -> None:
    lijie = phone("lijie")
    lijie.open_dossier()
    lijie.run()
    lijie.open_dossier()
    assert problem(lijie.push(), 409, "gap")["expect"] == 1


@ON_BOTH
def test_sn12_a_courier_carries_another_authors_run(phone: Enrol) -> None:
    author, courier = phone("lijie"), phone("nurlan")
    dossier = author.open_dossier()
    run = author.run()
    assert courier.push(run).status_code == 200
    row = rows(author, dossier)[0]
    assert row["courier"] == courier.device


def test_gr1_other_peoples_dossiers_are_neither_read_nor_written(phone: Enrol) -> None:
    lijie, stranger = phone("lijie"), phone("wangyi")
    dossier = lijie.open_dossier()
    lijie.push()
    stranger.author(dossier, "finding", stranger.new_record(), {"problem": "别人的卷宗"})
    reply = stranger.push().json()
    assert reply["other"] == [{"n": 1, "status": "quarantined", "reason": "no_authority"}]
    assert stranger.pull({dossier: 0}).json()["pages"] == []
    problem(
        stranger.client.get(f"/api/v1/sync/snapshot/{dossier}", headers=stranger.headers()),
        404,
        "dossier",
    )
    assert len(rows(lijie, dossier)) == 1


def test_gr4_the_detachment_opens_no_supervisory_inspection(phone: Enrol) -> None:
    detached = phone("yanglin")
    detached.open_dossier("zfzd")
    assert detached.push().json()["other"][0]["reason"] == "no_authority"


@ON_BOTH
def test_gr4_an_expired_certificate_opens_nothing_and_its_children_are_blocked(
    phone: Enrol,
) -> None:
    expired = phone("sunpeng")
    dossier = expired.open_dossier()
    expired.author(dossier, "finding", expired.new_record(), {"problem": "x"})
    reasons = [item["reason"] for item in expired.push().json()["other"]]
    assert reasons == ["no_authority", "blocked"]


@pytest.mark.parametrize(
    ("entity", "fields", "reason"),
    [
        ("receipt", {"sha256": "0"}, "authority"),
        ("visit_token", {"token": "x"}, "authority"),
        ("finding", {"basis": {"value": "aqscf"}}, "invalid"),
        ("finding", {"rectify_by": {"value": "2026-09-28"}}, "invalid"),
        ("document", {"kind": "rectification_order", "facts": "{}"}, "incomplete"),
    ],
)
def test_qu1_reasons(phone: Enrol, entity: str, fields: dict[str, Any], reason: str) -> None:
    lijie = phone("lijie")
    dossier = lijie.open_dossier()
    lijie.author(dossier, entity, lijie.new_record(), fields)
    lijie.author(dossier, "finding", lijie.new_record(), {"problem": "后面的照常"})
    other = lijie.push().json()["other"]
    assert other == [{"n": 2, "status": "quarantined", "reason": reason}]
    assert len(rows(lijie, dossier)) >= 2


def test_qu4_a_client_cannot_write_as_the_server_or_into_a_register(phone: Enrol) -> None:
    lijie = phone("lijie")
    dossier = lijie.open_dossier()
    lijie.author(dossier, "finding", lijie.new_record(), {"problem": "x"}, kind="system")
    lijie.author("ref.officers.changji", "officer", lijie.new_record(), {"record": "x"})
    assert [item["reason"] for item in lijie.push().json()["other"]] == ["authority", "authority"]


def test_mg3_unknown_fields_entities_and_newer_schemas_are_kept_and_forwarded(phone: Enrol) -> None:
    lijie = phone("lijie")
    dossier = lijie.open_dossier()
    lijie.author(
        dossier, "finding", lijie.new_record(), {"smell": {"value": {"of": "氨"}}}, schema=99
    )
    lijie.author(dossier, "drone_flight", lijie.new_record(), {"height": 30}, schema=99)
    assert lijie.push().json()["other"] == []
    line = lijie.client.get(
        f"/api/v1/sync/snapshot/{dossier}?after=f&limit=1", headers=lijie.headers()
    )
    fields = json.loads(line.text.splitlines()[1])["fields"]
    assert fields["smell"]["heads"][0]["value"] == {"of": "氨"}


MALFORMED = [
    b"",
    b"{",
    b"[]",
    b'{"timeline": 1}',
    b'{"items": []}',
    "不是 JSON".encode(),
    b"\xff\xfe",
]


@pytest.mark.parametrize("raw", MALFORMED)
def test_sn6_malformed_envelopes(phone: Enrol, raw: bytes) -> None:
    lijie = phone("lijie")
    reply = lijie.client.post(
        "/api/v1/sync/push",
        content=raw,
        headers=lijie.headers(**{"Content-Type": "application/json"}),
    )
    problem(reply, 400, "malformed")


@pytest.mark.parametrize(
    "member", ["first_n", "epoch", "device", "items", "signature", "last_hash"]
)
def test_sn6_a_member_of_the_wrong_type(phone: Enrol, member: str) -> None:
    lijie = phone("lijie")
    lijie.open_dossier()
    run = lijie.run()
    run[member] = str(run[member]) if isinstance(run[member], int) else 7
    problem(lijie.push(run), 400, "malformed")


def test_sn1_too_many_items_and_too_many_bytes(phone: Enrol) -> None:
    lijie = phone("lijie")
    dossier = lijie.open_dossier()
    for _ in range(501):
        lijie.author(dossier, "finding", lijie.new_record(), {"problem": "x"})
    problem(lijie.push(), 413, "too_large")
    lijie.n, lijie.prev = 0, chain.FIRST_PREV
    dossier = lijie.open_dossier()
    for _ in range(6):
        lijie.author(dossier, "finding", lijie.new_record(), {"problem": "长" * 70_000})
    problem(lijie.push(), 413, "too_large")


def test_sn6_gzip_is_read(phone: Enrol) -> None:
    lijie = phone("lijie")
    lijie.open_dossier()
    headers = lijie.headers(**{"Content-Type": "application/json", "Content-Encoding": "gzip"})
    run = gzipped(lijie.run())
    reply = lijie.client.post("/api/v1/sync/push", content=run, headers=headers)
    assert reply.json()["acked_n"] == 1


def test_sn6_another_timeline_session_enrolment_or_content_type(phone: Enrol) -> None:
    lijie, nurlan = phone("lijie"), phone("nurlan")
    lijie.open_dossier()
    run = lijie.run()
    problem(lijie.push({**run, "timeline": "0" * 16}), 409, "timeline")
    problem(lijie.push({**run, "device": "zzzzzzzzzzzz"}), 403, "enrolment")
    foreign = {**lijie.headers(), "Anxun-Enrolment": nurlan.device}
    problem(lijie.client.post("/api/v1/sync/push", json=run, headers=foreign), 403, "enrolment")
    problem(lijie.client.post("/api/v1/sync/push", json=run), 401, "session")
    text = lijie.headers(**{"Content-Type": "text/plain"})
    problem(
        lijie.client.post("/api/v1/sync/push", content=b"{}", headers=text), 415, "content_type"
    )
    assert lijie.push(run).json()["acked_n"] == 1


def test_every_answer_of_the_api_bears_the_timeline(phone: Enrol) -> None:
    lijie = phone("lijie")
    for path in ("/api/v1/me", "/api/v1/nothing"):
        assert (
            lijie.client.get(path, headers=lijie.headers()).headers["Anxun-Timeline"]
            == lijie.timeline
        )
