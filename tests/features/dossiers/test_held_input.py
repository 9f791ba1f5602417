"""Bad items of a good run, one row a kind: held under the named reason, whole, and nothing else moves.

Elsewhere: the reasons that need no state (test_push.py), which bodies are `invalid` clause by clause
(tests/conformance, vectors `changeset`), which papers lack something (tests/printing/test_facts.py).
"""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest

from backend.core.clock import SystemClock
from backend.features.identity.rules import ISSUED
from tests.features.dossiers.phone import Phone
from tests.features.dossiers.server import Server
from tests.features.dossiers.test_push import rows
from tests.printing.paper_samples import PROBLEM_1, officer, order, text_of

Row = Callable[[Server, Phone, str], Phone]
"""A row leaves one bad body waiting on a phone, and answers which."""
OWN, COLLEAGUE = officer("李㛃", "31020117", 3), officer("努尔兰·哈森", "31020142", 5)
EXPIRED, UNKNOWN = officer("孙鹏", "31020088", 7), officer("无此人", "39999999", 9)


def issue(phone: Phone, dossier: str, **changes: Any) -> None:
    """An order issued now, whole but for `changes`."""
    today = {"when": SystemClock().now(), "problems": [problem_of()], **changes}
    text = text_of(order(**today))
    fields = {
        "kind": "rectification_order",
        "number": "x.1.1",
        "facts": text,
        "facts_sha256": sha256(text.encode("utf-8")).hexdigest(),
        "pdf_sha256": "0" * 64,
        "code": f"code-of-{phone.device}",
    }
    phone.author(dossier, "document", phone.new_record(), fields)


def problem_of(**changes: Any) -> dict[str, Any]:
    return {**PROBLEM_1, "due": "2099-12-31", **changes}


def order_without(**lacking: Any) -> Row:
    def row(_: Server, lijie: Phone, dossier: str) -> Phone:
        issue(lijie, dossier, problems=[problem_of(**lacking)])
        return lijie

    return row


def order_by(*officers: dict[str, Any]) -> Row:
    def row(_: Server, lijie: Phone, dossier: str) -> Phone:
        issue(lijie, dossier, officers=list(officers))
        return lijie

    return row


def finding(text: str) -> Row:
    """A finding whose `problem` is this JSON text."""

    def row(_: Server, lijie: Phone, dossier: str) -> Phone:
        lijie.author(dossier, "finding", lijie.new_record(), {"problem": "here"})
        lijie.waiting[0] = lijie.waiting[0].replace('"here"', text)
        return lijie

    return row


def sealed_twice(_: Server, lijie: Phone, dossier: str) -> Phone:
    step = lijie.new_record()
    lijie.author(dossier, "step", step, {"name": "certificates_shown", "at": 1})
    assert lijie.push().json()["other"] == []
    lijie.author(dossier, "step", step, {"at": 2})
    return lijie


def sealed_twice_unaltered(_: Server, lijie: Phone, dossier: str) -> Phone:
    step, fields = lijie.new_record(), {"name": "certificates_shown", "at": 1}
    lijie.author(dossier, "step", step, fields)
    assert lijie.push().json()["other"] == []
    lijie.author(dossier, "step", step, fields)
    return lijie


def other_peoples_dossier(running: Server, _: Phone, dossier: str) -> Phone:
    stranger = running.phone("wangyi")
    stranger.author(dossier, "finding", stranger.new_record(), {"problem": "别人的卷宗"})
    return stranger


def work_of_another_as_ones_own(running: Server, lijie: Phone, dossier: str) -> Phone:
    """The bodies of a colleague's run, linked and signed anew by who found it."""
    nurlan = running.phone("nurlan")
    lijie.author(dossier, "finding", lijie.new_record(), {"problem": "x"})
    nurlan.waiting = lijie.waiting
    return nurlan


def record_named_after_another(running: Server, lijie: Phone, dossier: str) -> Phone:
    nurlan = running.phone("nurlan")
    lijie.author(dossier, "finding", nurlan.new_record(), {"problem": "x"})
    return lijie


def revoked_enrolment(running: Server, lijie: Phone, dossier: str) -> Phone:
    lijie.author(dossier, "finding", lijie.new_record(), {"problem": "x"})
    running.revoke(lijie)
    return lijie


HELD = {
    "a sealed record written again": (sealed_twice, "sealed"),
    "a sealed record written again as it was": (sealed_twice_unaltered, "sealed"),
    "an order without a basis": (order_without(basis=[]), "incomplete"),
    "an order with a blank basis": (order_without(basis=[" "]), "incomplete"),
    "an order without a cause": (order_without(cause=""), "incomplete"),
    "an order whose cause repeats the problem": (
        order_without(cause=PROBLEM_1["text"]),
        "incomplete",
    ),
    "an order without a measure": (order_without(measure=""), "incomplete"),
    "an order of one officer": (order_by(OWN), "incomplete"),
    "an order of one officer named twice": (order_by(OWN, OWN), "incomplete"),
    "an order with an expired certificate": (order_by(OWN, EXPIRED), "incomplete"),
    "an order with an unknown certificate": (order_by(OWN, UNKNOWN), "incomplete"),
    "a number written as 1.0": (finding("1.0"), "invalid"),
    "nesting over the limit": (finding("[" * 30 + "]" * 30), "invalid"),
    "nesting without end": (finding("[" * 50_000 + "]" * 50_000), "invalid"),
    "U+0000 in a text": (finding(r'"\u0000"'), "invalid"),
    "U+0000 plain in a text": (finding('"\x00"'), "invalid"),
    "other people's dossier": (other_peoples_dossier, "no_authority"),
    "another's work as one's own": (work_of_another_as_ones_own, "invalid"),
    "a record named after another device": (record_named_after_another, "invalid"),
    "a revoked enrolment": (revoked_enrolment, "revoked"),
}


@pytest.mark.parametrize(("row", "reason"), HELD.values(), ids=HELD)
def test_qu2_a_bad_item_is_held_whole_and_moves_nothing(
    running: Server, row: Row, reason: str
) -> None:
    lijie = running.phone("lijie")
    dossier = lijie.open_dossier()
    assert lijie.push().json()["other"] == []
    author = row(running, lijie, dossier)
    body, n = author.waiting[0], author.n + 1
    run = author.run()
    before = running.holdings()
    reply = author.push(run).json()
    after = running.holdings()
    assert reply["other"] == [{"n": n, "status": "quarantined", "reason": reason}]
    assert (reply["acked_n"], reply["seq"]) == (n, {})
    assert (after.changesets, after.seqs, after.devices) == (
        before.changesets,
        before.seqs,
        before.devices,
    )
    (held,) = [each for each in after.held if each not in before.held]
    kept = "\x01" + json.dumps(body) if "\x00" in body else body
    assert held == (
        *(author.device, n, reason, kept, run["signature"]),
        *(author.officer, author.device, "quarantined"),
    )


def test_qu5_a_whole_order_is_accepted(running: Server) -> None:
    """So that each row above is held for what it lacks."""
    lijie = running.phone("lijie")
    dossier = lijie.open_dossier()
    issue(lijie, dossier)
    issue(lijie, dossier, officers=[COLLEAGUE, OWN])
    assert lijie.push().json()["other"] == []
    assert [json.loads(row["body"])["entity"] for row in rows(lijie, dossier)][:3] == [
        "dossier",
        "document",
        "document",
    ]


@pytest.mark.parametrize("login", ["dinghongwei", "zhoutao"], ids=["expert", "assistant"])
@pytest.mark.parametrize("entity", sorted(ISSUED))
def test_gr1_who_is_invited_to_help_notes_what_is_found_but_issues_nothing(
    running: Server, login: str, entity: str
) -> None:
    """S3-4.2d: experts and assistants never stand in for an officer."""
    lijie, invited = running.phone("lijie"), running.phone(login)
    dossier = lijie.open_dossier()
    assert lijie.push().json()["other"] == []
    running.invite(invited, dossier)
    invited.author(dossier, "finding", invited.new_record(), {"problem": "报警器被关闭"})
    invited.author(dossier, entity, invited.new_record(), {"withdrawn": None})
    reply = invited.push().json()
    assert reply["other"] == [{"n": 2, "status": "quarantined", "reason": "no_authority"}]
    assert [json.loads(row["body"])["entity"] for row in rows(lijie, dossier)][-1] == "finding"


def test_mg3_what_an_older_server_does_not_know_is_handed_on_verbatim(running: Server) -> None:
    lijie = running.phone("lijie")
    dossier = lijie.open_dossier()
    record = lijie.new_record()
    unknown = {"smell": {"value": {"of": "氨", "in": [None, True, -7]}}}
    lijie.author(dossier, "finding", record, {"problem": "x", **unknown}, schema=9007199254740991)
    lijie.author(dossier, "drone_flight", lijie.new_record(), {"height": 30}, schema=99)
    lijie.author(dossier, "drone_flight", lijie.new_record(), {"height": 31}, later={"x": [1]})
    lijie.waiting[3] = lijie.waiting[3].replace('"later":', ' "later" :\t').replace("31", "31 ")
    sent = list(lijie.waiting)
    assert lijie.push().json()["other"] == []
    again = running.phone("lijie")
    assert [row["body"] for row in rows(again, dossier)] == sent
    reply = again.client.get(f"/api/v1/sync/snapshot/{dossier}", headers=again.headers())
    lines = [json.loads(each) for each in reply.text.splitlines()[1:-1]]
    (found,) = [each["fields"] for each in lines if each["record"] == record]
    assert found["smell"]["heads"][0]["value"] == unknown["smell"]["value"]


UNREADABLE = {
    "no JSON": lambda body: "not json",
    "no object": lambda body: "[]",
    "U+0000": lambda body: body.replace("here", "\x00"),
    "nesting without end": lambda body: body.replace('"here"', "[" * 50_000 + "]" * 50_000),
    "an opening for elsewhere that does not read": lambda body: body.replace('"here"', "1.0"),
}


@pytest.mark.parametrize("spoil", UNREADABLE.values(), ids=UNREADABLE)
def test_qu2_what_does_not_read_waits_at_its_authors_section_head(
    running: Server, spoil: Callable[[str], str]
) -> None:
    lijie, own_head, other_head = (running.phone(each) for each in ("lijie", "gulnar", "chenjing"))
    elsewhere = {"kind": "inspection", "bureau": "changji", "section": "gmk", "enterprise": "here"}
    lijie.author(record := lijie.new_record(), "dossier", record, elsewhere)
    lijie.waiting = [spoil(lijie.waiting[0])]
    (item,) = lijie.push().json()["other"]
    assert item["reason"] == "invalid"

    def waiting(head: Phone) -> list[Any]:
        answer = head.client.get("/api/v1/quarantine", headers=head.headers())
        assert answer.status_code == 200, answer.text
        return [each for each in answer.json() if each["device"] == lijie.device]

    assert waiting(other_head) == []
    (held,) = waiting(own_head)
    assert (held["entity"], held["fields"]) == ("", {})
    key = {"device": lijie.device, "epoch": 1, "n": item["n"]}
    decision = {**key, "answer": "discard", "words": "读不出来"}
    assert other_head.post("/api/v1/quarantine", decision).status_code == 404
    assert own_head.post("/api/v1/quarantine", decision).status_code == 204
    assert waiting(own_head) == []
