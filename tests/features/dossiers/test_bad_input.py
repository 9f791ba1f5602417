"""Bad input, one row a kind: its answer, and that the log is afterwards what it was before (SN6).

Elsewhere: bodies CS3 and CS7 refuse, clause by clause (tests/conformance, vectors `changeset`);
envelopes of other shapes, members of wrong types, the other reasons of quarantine (test_push.py);
lifeboats (test_lifeboat_refused.py); cut uploads, wrong checksums (tests/features/evidence/test_tus.py,
test_interrupted.py); papers, field by field (tests/printing/test_facts.py); a login too many
(tests/features/identity/test_sessions.py). What is held instead of refused: test_held_input.py.
"""

import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest

from sync.server.wire import MAX_RUN_BYTES
from tests.features.dossiers.phone import Phone
from tests.features.dossiers.server import (
    PUSH,
    Server,
    packed,
    send_bytes,
    send_packed,
    signed,
    twin,
)
from tests.features.dossiers.test_push import problem

Send = Callable[[], Any]
"""A row arranges, then gives what sends the bad input."""


def cut_json(lijie: Phone, _: Phone) -> Send:
    raw = json.dumps(lijie.run()).encode()
    return lambda: send_bytes(lijie, raw[:-1])


def deep_json(lijie: Phone, _: Phone) -> Send:
    return lambda: send_bytes(lijie, b"[" * 100_000)


def no_items(lijie: Phone, _: Phone) -> Send:
    run = {**lijie.run(), "items": []}
    return lambda: lijie.push(run)


def wrong_content_type(lijie: Phone, _: Phone) -> Send:
    raw = json.dumps(lijie.run()).encode()
    return lambda: send_bytes(lijie, raw, **{"Content-Type": "text/plain"})


def too_many_items(lijie: Phone, _: Phone) -> Send:
    run = signed(lijie, ["{}"] * 501)
    return lambda: lijie.push(run)


def too_many_bytes(lijie: Phone, _: Phone) -> Send:
    raw = json.dumps(lijie.run()).encode()
    return lambda: send_bytes(lijie, raw + b" " * MAX_RUN_BYTES)


def gzip_bomb(lijie: Phone, _: Phone) -> Send:
    raw = gzip.compress(b" " * (64 * MAX_RUN_BYTES), 1)
    return lambda: send_packed(lijie, raw)


def bomb_behind_a_run(lijie: Phone, _: Phone) -> Send:
    raw = gzip.compress(json.dumps(lijie.run()).encode() + b" " * MAX_RUN_BYTES)
    return lambda: send_packed(lijie, raw)


def truncated_gzip(lijie: Phone, _: Phone) -> Send:
    raw = packed(lijie.run())
    return lambda: send_packed(lijie, raw[:-20])


def no_gzip(lijie: Phone, _: Phone) -> Send:
    raw = json.dumps(lijie.run()).encode()
    return lambda: send_packed(lijie, raw)


def forged_signature(lijie: Phone, _: Phone) -> Send:
    run = {**lijie.run(), "signature": "A" * 86}
    return lambda: lijie.push(run)


def signature_of_another_run(lijie: Phone, _: Phone) -> Send:
    run, other = lijie.run(), signed(lijie, ["{}"])
    return lambda: lijie.push({**run, "signature": other["signature"]})


def signed_by_another_enrolment(lijie: Phone, nurlan: Phone) -> Send:
    forged = signed(nurlan, lijie.run()["items"], device=lijie.device)
    return lambda: nurlan.push(forged)


def body_changed_on_the_way(lijie: Phone, _: Phone) -> Send:
    run = lijie.run()
    run["items"] = [run["items"][0].replace("投诉举报", "转办交办")]
    return lambda: lijie.push(run)


def another_device_written_over(lijie: Phone, nurlan: Phone) -> Send:
    run = {**lijie.run(), "device": nurlan.device}
    return lambda: nurlan.push(run)


def fork(lijie: Phone, _: Phone) -> Send:
    clone = twin(lijie)
    lijie.push()
    clone.open_dossier()
    run = clone.run()
    return lambda: clone.push(run)


def history_contradicted(lijie: Phone, _: Phone) -> Send:
    """A number that is new, behind one that was never sent so."""
    clone = twin(lijie)
    lijie.push()
    clone.open_dossier()
    clone.run()
    clone.open_dossier()
    run = clone.run()
    return lambda: clone.push(run)


def gap(lijie: Phone, _: Phone) -> Send:
    lijie.run()
    lijie.open_dossier()
    run = lijie.run()
    return lambda: lijie.push(run)


def another_timeline(lijie: Phone, _: Phone) -> Send:
    run = {**lijie.run(), "timeline": "0" * 16}
    return lambda: lijie.push(run)


def unknown_author(lijie: Phone, _: Phone) -> Send:
    run = signed(lijie, lijie.run()["items"], device="zzzzzzzzzzzz")
    return lambda: lijie.push(run)


def author_named_u0000(lijie: Phone, _: Phone) -> Send:
    run = signed(lijie, lijie.run()["items"], device="\x00" * 12)
    return lambda: lijie.push(run)


def unknown_courier(lijie: Phone, _: Phone) -> Send:
    run = lijie.run()
    return lambda: lijie.push(run, **{"Anxun-Enrolment": "zzzzzzzzzzzz"})


def courier_of_another_session(lijie: Phone, nurlan: Phone) -> Send:
    run = lijie.run()
    return lambda: lijie.push(run, **{"Anxun-Enrolment": nurlan.device})


def epoch_never_opened(lijie: Phone, _: Phone) -> Send:
    run = signed(lijie, lijie.run()["items"], epoch=2)
    return lambda: lijie.push(run)


def largest_epoch(lijie: Phone, _: Phone) -> Send:
    run = signed(lijie, lijie.run()["items"], epoch=2**53 - 1)
    return lambda: lijie.push(run)


def epoch_beyond_integers(lijie: Phone, _: Phone) -> Send:
    run = signed(lijie, lijie.run()["items"], epoch=2**64 - 1)
    return lambda: lijie.push(run)


def no_session(lijie: Phone, _: Phone) -> Send:
    run = lijie.run()
    return lambda: lijie.client.post(PUSH, json=run, headers={"Anxun-Enrolment": lijie.device})


def made_up_session(lijie: Phone, _: Phone) -> Send:
    run = lijie.run()
    return lambda: lijie.push(run, Authorization="Bearer " + "A" * 43)


def page_of_another_site(lijie: Phone, _: Phone) -> Send:
    run = lijie.run()
    return lambda: lijie.push(run, Origin="https://example.com")


BAD_PUSHES = [
    (cut_json, 400, "malformed"),
    (deep_json, 400, "malformed"),
    (no_items, 400, "malformed"),
    (wrong_content_type, 415, "content_type"),
    (too_many_items, 413, "too_large"),
    (too_many_bytes, 413, "too_large"),
    (gzip_bomb, 413, "too_large"),
    (bomb_behind_a_run, 413, "too_large"),
    (truncated_gzip, 400, "malformed"),
    (no_gzip, 400, "malformed"),
    (forged_signature, 422, "signature"),
    (signature_of_another_run, 422, "signature"),
    (signed_by_another_enrolment, 422, "signature"),
    (body_changed_on_the_way, 422, "signature"),
    (another_device_written_over, 422, "signature"),
    (fork, 409, "fork"),
    (history_contradicted, 409, "fork"),
    (gap, 409, "gap"),
    (another_timeline, 409, "timeline"),
    (unknown_author, 403, "enrolment"),
    (author_named_u0000, 400, "malformed"),
    (unknown_courier, 403, "enrolment"),
    (courier_of_another_session, 403, "enrolment"),
    (epoch_never_opened, 403, "enrolment"),
    (largest_epoch, 400, "malformed"),
    (epoch_beyond_integers, 400, "malformed"),
    (no_session, 401, "session"),
    (made_up_session, 401, "session"),
    (page_of_another_site, 403, "foreign_origin"),
]


@pytest.mark.parametrize(
    ("row", "status", "code"), [pytest.param(*each, id=each[0].__name__) for each in BAD_PUSHES]
)
def test_sn6_a_bad_push_changes_nothing(
    running: Server, row: Callable[[Phone, Phone], Send], status: int, code: str
) -> None:
    lijie, nurlan = running.phone("lijie"), running.phone("nurlan")
    lijie.open_dossier()
    send = row(lijie, nurlan)
    before = running.holdings()
    problem(send(), status, code)
    assert running.holdings() == before


def revoked_pull(lijie: Phone, _: str) -> Any:
    return lijie.pull({})


def revoked_hello(lijie: Phone, _: str) -> Any:
    return hello(lijie)


def revoked_snapshot(lijie: Phone, dossier: str) -> Any:
    return snapshot(lijie, dossier)


def hello(phone: Phone, **over: Any) -> Any:
    body = {"device": phone.device, "epoch": 1, "n": 0, "hash": "", "schema": 1, "now": 1}
    return phone.post("/api/v1/sync/hello", {**body, "timeline": phone.timeline, **over})


def snapshot(phone: Phone, dossier: str) -> Any:
    return phone.client.get(f"/api/v1/sync/snapshot/{dossier}", headers=phone.headers())


@pytest.mark.parametrize("ask", [revoked_pull, revoked_hello, revoked_snapshot])
def test_gr3_a_revoked_enrolment_is_told_nothing(
    running: Server, ask: Callable[[Phone, str], Any]
) -> None:
    lijie = running.phone("lijie")
    dossier = lijie.open_dossier()
    lijie.push()
    running.revoke(lijie)
    before = running.holdings()
    problem(ask(lijie, dossier), 403, "enrolment")
    assert running.holdings() == before


def test_gr1_other_peoples_dossiers_look_like_none(running: Server) -> None:
    lijie, stranger = running.phone("lijie"), running.phone("wangyi")
    dossier = lijie.open_dossier()
    lijie.push()
    before = running.holdings()
    bodies = []
    for name in (dossier, "zzzzzzzzzzzz.1.1.00000000"):
        reply = snapshot(stranger, name)
        bodies.append({**problem(reply, 404, "dossier"), "instance": ""})
        check = {"dossier": name, "timeline": stranger.timeline, "seq": 1, "count": 0, "digest": ""}
        problem(stranger.post("/api/v1/sync/check", check), 404, "dossier")
        assert stranger.pull({name: 0}).json()["pages"] == []
    assert bodies[0] == bodies[1]
    assert running.holdings() == before


@pytest.mark.parametrize("number", [-1, 2**31, 2**63, 2**64 - 1, 2**70])
def test_sn9_numbers_of_any_size_are_answered(running: Server, number: int) -> None:
    lijie = running.phone("lijie")
    dossier = lijie.open_dossier()
    lijie.push()
    before = running.holdings().seqs
    for reply in (
        hello(lijie, n=number),
        hello(lijie, epoch=number),
        hello(lijie, now=number),
        lijie.pull({dossier: number}),
    ):
        assert reply.status_code in (200, 400), reply.text
    assert running.holdings().seqs == before


def test_sn6_a_name_with_u0000_is_none(running: Server) -> None:
    lijie = running.phone("lijie")
    before = running.holdings()
    problem(lijie.pull({"\x00": 0}), 400, "malformed")
    problem(hello(lijie, device="\x00"), 400, "malformed")
    problem(snapshot(lijie, "%00"), 400, "malformed")
    assert running.holdings() == before


def test_ln2_a_replayed_run_changes_nothing(running: Server) -> None:
    lijie, nurlan = running.phone("lijie"), running.phone("nurlan")
    dossier = lijie.open_dossier()
    lijie.author(dossier, "finding", lijie.new_record(), {"problem": "x"}, kind="system")
    run = lijie.run()
    lijie.push(run)
    before = running.holdings()
    for reply in (lijie.push(run), send_packed(lijie, packed(run)), nurlan.push(run)):
        assert reply.json()["other"] == [{"n": n, "status": "duplicate"} for n in (1, 2)]
        assert (reply.json()["acked_n"], reply.json()["seq"]) == (2, {})
    assert running.holdings() == before
