"""Sending evidence over networks that cut, damage, lie and lose answers."""

from __future__ import annotations

import base64
import hashlib
import random
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.lab.conftest import KEY
from tests.browser.lab.lab_server import LabServer
from tests.browser.lab.tus_peer import TusPeer

pytestmark = pytest.mark.timeout(30)

ORIGINAL = random.Random(11).randbytes(700_000)
CHUNK = 300_000
PUT = """async ([key, text]) =>
  lab.store.put('photo.1', await lab.key(key), new Blob([lab.bytes(text)]))"""


@pytest.fixture
def tus(page: Page, server: LabServer) -> TusPeer:
    """The peer, with one photo stored on the phone that waits for being sent."""
    page.evaluate(PUT, [KEY, base64.b64encode(ORIGINAL).decode()])
    return server.tus


def send(page: Page, key: str = KEY, **job: object) -> Any:
    job = {"chunkBytes": CHUNK, **job}
    return page.evaluate("([key, job]) => lab.sending(key, 'photo.1', job)", [key, job])


def test_every_piece_carries_its_checksum_and_all_arrives(page: Page, tus: TusPeer) -> None:
    metadata = {
        "dossier": "a1.1.7.00ff00ff",
        "evidence": "a1.1.9.11aa22bb",
        "sha256": hashlib.sha256(ORIGINAL).hexdigest(),
        "type": "image/jpeg",
    }
    sent = send(page, metadata=metadata, headers={"X-Bureau": "changji"})
    assert (sent["ok"], sent["value"]) == (True, {"url": "/uploads/u0"})
    assert sent["seen"] == ["/uploads/u0", 300_000, 600_000, 700_000]
    assert tus.uploads["u0"].content == ORIGINAL
    assert tus.uploads["u0"].metadata == metadata
    assert tus.requests == ["POST", "PATCH 0", "PATCH 300000", "PATCH 600000"]
    assert all(headers["X-Bureau"] == "changji" for headers in tus.headers)
    pieces = [ORIGINAL[at : at + CHUNK] for at in range(0, 700_000, CHUNK)]
    sums = [base64.b64encode(hashlib.sha256(piece).digest()).decode() for piece in pieces]
    carried = [headers.get("Upload-Checksum") for headers in tus.headers[1:]]
    assert carried == [f"sha256 {digest}" for digest in sums]


def test_a_cut_line_is_taken_up_where_the_server_stands(page: Page, tus: TusPeer) -> None:
    tus.faults.cut = 4
    assert send(page)["ok"]
    assert tus.uploads["u0"].content == ORIGINAL
    assert tus.requests.count("POST") == 1
    assert "HEAD" in tus.requests


def test_a_lost_answer_does_not_store_the_piece_twice(page: Page, tus: TusPeer) -> None:
    tus.faults.lose_answer = 1
    assert send(page)["ok"]
    assert tus.uploads["u0"].content == ORIGINAL
    # Chromium itself may send the piece once more; the server's 409 then leads to the question.
    assert "HEAD" in tus.requests
    assert tus.requests[-2:] == ["PATCH 300000", "PATCH 600000"]


def test_a_piece_damaged_on_the_way_is_sent_again(page: Page, tus: TusPeer) -> None:
    tus.faults.damage = 1
    assert send(page)["ok"]
    assert tus.uploads["u0"].content == ORIGINAL
    assert tus.requests[:4] == ["POST", "PATCH 0", "HEAD", "PATCH 0"]


def test_a_server_that_stands_elsewhere_is_asked_and_followed(page: Page, tus: TusPeer) -> None:
    tus.faults.status = [409]
    assert send(page)["ok"]
    assert tus.requests[:4] == ["POST", "PATCH 0", "HEAD", "PATCH 0"]


def test_a_captive_portal_is_no_answer(page: Page, tus: TusPeer) -> None:
    tus.faults.portal = 9
    sent = send(page)
    assert (sent["ok"], sent["error"]) == (False, {"code": "offline"})
    assert tus.uploads["u0"].content == b""
    tus.faults.portal = 0
    assert send(page, url=sent["seen"][0])["ok"]
    assert tus.uploads["u0"].content == ORIGINAL


def test_a_broken_server_does_not_make_it_begin_anew(page: Page, tus: TusPeer) -> None:
    tus.faults.status = [500]
    tus.faults.head_status = [503]
    assert send(page)["ok"]
    assert list(tus.uploads) == ["u0"]
    assert tus.requests[:5] == ["POST", "PATCH 0", "HEAD", "HEAD", "PATCH 0"]


def test_an_ended_session_is_told_and_nothing_is_begun_anew(page: Page, tus: TusPeer) -> None:
    sent = send(page, abortAt=300_000)
    assert sent["error"] == {"code": "aborted"}
    tus.faults.head_status = [401]
    refused = send(page, url=sent["seen"][0])
    assert refused["error"] == {"code": "refused", "status": 401, "body": ""}
    assert list(tus.uploads) == ["u0"]
    resumed = send(page, url=sent["seen"][0])
    assert resumed["ok"]
    assert tus.uploads["u0"].content == ORIGINAL
    assert tus.requests[-3:] == ["HEAD", "PATCH 300000", "PATCH 600000"]


def test_a_place_the_server_forgot_is_made_again(page: Page, tus: TusPeer) -> None:
    assert send(page, url="/uploads/gone")["ok"]
    assert tus.requests[:3] == ["HEAD", "POST", "PATCH 0"]
    assert tus.uploads["u0"].content == ORIGINAL


def test_a_server_gone_for_long_ends_in_offline(page: Page, tus: TusPeer) -> None:
    page.context.set_offline(True)
    sent = send(page)
    page.context.set_offline(False)
    assert sent["error"] == {"code": "offline"}
    assert tus.requests == []


def test_bytes_that_do_not_open_are_not_retried(page: Page, tus: TusPeer) -> None:
    sent = send(page, key="ff" * 32)
    error = {"code": "unreadable_source", "error": {"code": "unreadable", "slice": 0}}
    assert sent["error"] == error
    assert tus.requests == ["POST"]


def test_no_address_of_an_upload_is_left_in_the_browser(page: Page, tus: TusPeer) -> None:
    assert send(page)["ok"]
    kept = page.evaluate("() => Object.values({ ...localStorage })")
    assert not [text for text in kept if "uploads" in text]
