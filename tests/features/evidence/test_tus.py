"""tus 1.0 as its paper says, against a real server and with a client written by others."""

import io
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from tusclient.client import TusClient

from tests.features.dossiers.phone import Phone
from tests.features.evidence.office import (
    PIECE,
    TUS,
    Office,
    announce,
    checksum,
    create,
    evidence,
    metadata,
    offset,
    photo,
    send,
    stand,
    upload,
)

Enrol = Callable[[str], Phone]


def problem(reply: Any, status: int, code: str) -> None:
    assert reply.status_code == status, reply.text
    assert reply.headers["Tus-Resumable"] == "1.0.0"
    body = reply.json()
    assert body["code"] == code
    assert any("\u4e00" <= c <= "\u9fff" for c in body["title"])


def opened(phone: Phone, data: bytes) -> tuple[str, dict[str, str]]:
    """A dossier with one evidence record on the server, and what announces its file."""
    dossier = phone.open_dossier()
    record = evidence(phone, dossier, data)
    assert phone.push().json()["other"] == []
    return record, metadata(dossier, record, data)


def test_a_foreign_client_sends_a_file_in_pieces_and_gets_it_back(phone: Enrol) -> None:
    lijie, data = phone("lijie"), photo(300_000, 1)
    record, facts = opened(lijie, data)
    url = str(lijie.client.base_url)
    tus = TusClient(f"{url}/uploads", headers={"Authorization": f"Bearer {lijie.token}"})
    tus.uploader(
        file_stream=io.BytesIO(data),
        chunk_size=64 * 1024,
        metadata=facts,
        upload_checksum=False,
    ).upload()
    got = lijie.client.get(f"/api/v1/evidence/{record}", headers=lijie.headers())
    assert got.status_code == 200
    assert got.content == data


def test_the_server_says_what_it_can(phone: Enrol) -> None:
    reply = phone("lijie").client.options("/uploads")
    assert reply.status_code == 204
    assert reply.headers["Tus-Version"] == "1.0.0"
    assert set(reply.headers["Tus-Extension"].split(",")) == {
        "creation",
        "creation-with-upload",
        "checksum",
        "termination",
        "expiration",
    }
    assert reply.headers["Tus-Checksum-Algorithm"] == "sha256"
    assert int(reply.headers["Tus-Max-Size"]) == 4 * 2**30


def test_the_first_piece_may_come_with_the_creation(phone: Enrol) -> None:
    lijie, data = phone("lijie"), photo(9_000, 2)
    _, facts = opened(lijie, data)
    headers = lijie.headers(**{**announce(facts, len(data)), **PIECE})
    made = lijie.client.post("/uploads", content=data[:5000], headers=headers)
    assert (made.status_code, made.headers["Upload-Offset"]) == (201, "5000")
    reply = send(lijie, made.headers["Location"], 5000, data[5000:])
    assert (reply.status_code, reply.headers["Upload-Offset"]) == (204, "9000")
    assert stand(lijie, made.headers["Location"]).headers["Anxun-Upload"] == "stored"


def test_head_tells_where_to_go_on_and_until_when(phone: Enrol) -> None:
    lijie, data = phone("lijie"), photo(9_000, 3)
    _, facts = opened(lijie, data)
    made = create(lijie, facts, len(data))
    headers = stand(lijie, made.headers["Location"]).headers
    assert headers["Upload-Offset"] == "0"
    assert headers["Upload-Length"] == "9000"
    assert headers["Upload-Metadata"] == announce(facts, 9000)["Upload-Metadata"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["Upload-Expires"].endswith(" GMT")


def test_a_piece_damaged_on_the_way_is_refused_and_sent_again(office: Office, phone: Enrol) -> None:
    lijie, data = phone("lijie"), photo(9_000, 4)
    _, facts = opened(lijie, data)
    where = create(lijie, facts, len(data)).headers["Location"]
    before = office.staged()
    damaged = b"\x00" + data[1:5000]
    sums = {"Upload-Checksum": checksum(data[:5000])}
    problem(send(lijie, where, 0, damaged, **sums), 460, "checksum")
    assert offset(lijie, where) == 0
    assert office.staged() == before
    assert send(lijie, where, 0, data[:5000], **sums).status_code == 204
    assert offset(lijie, where) == 5000


def test_a_file_that_is_not_the_announced_one_is_dropped_and_can_come_again(
    office: Office, phone: Enrol
) -> None:
    lijie, data = phone("lijie"), photo(9_000, 5)
    _, facts = opened(lijie, data)
    where = create(lijie, facts, len(data)).headers["Location"]
    other = photo(9_000, 6)
    before = office.staged()
    send(lijie, where, 0, other[:4000])
    problem(send(lijie, where, 4000, other[4000:]), 460, "mismatch")
    assert offset(lijie, where) == 0
    assert office.staged() == before
    assert not office.kept(data).exists()
    assert not office.kept(other).exists()
    assert send(lijie, where, 0, data).status_code == 204
    assert office.kept(data).read_bytes() == data
    assert office.staged() == before


def test_a_file_damaged_in_the_phone_is_not_sent_for_ever(phone: Enrol) -> None:
    lijie, data = phone("lijie"), photo(9_000, 7)
    _, facts = opened(lijie, data)
    where = create(lijie, facts, len(data)).headers["Location"]
    codes = [send(lijie, where, 0, photo(9_000, 8)).status_code for _ in range(3)]
    assert codes == [460, 460, 422]


def test_bytes_that_are_not_of_the_announced_type_are_not_kept(
    office: Office, phone: Enrol
) -> None:
    lijie, data = phone("lijie"), b"<html>" + photo(500)
    _, facts = opened(lijie, data)
    problem(upload(lijie, facts, data), 415, "content")
    assert not office.kept(data).exists()


def test_more_than_was_announced_changes_nothing(office: Office, phone: Enrol) -> None:
    lijie, data = phone("lijie"), photo(9_000, 9)
    _, facts = opened(lijie, data)
    where = create(lijie, facts, len(data)).headers["Location"]
    send(lijie, where, 0, data[:4000])
    before = office.staged()
    problem(send(lijie, where, 4000, data[4000:] + b"!"), 413, "too_large")
    assert offset(lijie, where) == 4000
    assert office.staged() == before


def test_a_piece_larger_than_memory_allows_is_refused(phone: Enrol) -> None:
    lijie = phone("lijie")
    dossier = lijie.open_dossier()
    facts = metadata(dossier, evidence(lijie, dossier, b""), b"")
    lijie.push()
    # The record of no bytes does not fit a large file, so this one has no record yet.
    facts["evidence"] = lijie.new_record()
    where = create(lijie, facts, 40 * 2**20).headers["Location"]
    problem(send(lijie, where, 0, bytes(16 * 2**20 + 1)), 413, "too_large")
    assert offset(lijie, where) == 0


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412, "tus_version"),
        ({"Content-Type": "application/json"}, 415, "content_type"),
        ({"Upload-Offset": "7"}, 409, "offset"),
        ({"Upload-Offset": "-1"}, 400, "malformed"),
        ({"Upload-Checksum": "md5 1B2M2Y8AsgTpgAmY7PhCfg=="}, 400, "checksum_algorithm"),
    ],
)
def test_a_wrong_piece_is_refused(
    phone: Enrol, change: dict[str, str], status: int, code: str
) -> None:
    lijie, data = phone("lijie"), photo(9_000, 10)
    _, facts = opened(lijie, data)
    where = create(lijie, facts, len(data)).headers["Location"]
    headers = lijie.headers(**{**PIECE, "Upload-Offset": "0", **change})
    problem(lijie.client.patch(where, content=data, headers=headers), status, code)
    assert offset(lijie, where) == 0


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"type": "image/svg+xml"}, 415, "media_type"),
        ({"sha256": "short"}, 400, "metadata"),
        ({"evidence": "../../etc"}, 400, "metadata"),
        ({"dossier": ""}, 400, "metadata"),
        ({"sha256": "0" * 64}, 422, "evidence_hash"),
    ],
)
def test_a_wrong_announcement_is_refused(
    phone: Enrol, change: dict[str, str], status: int, code: str
) -> None:
    lijie, data = phone("lijie"), photo(9_000, 11)
    _, facts = opened(lijie, data)
    problem(create(lijie, {**facts, **change}, len(data)), status, code)


def test_a_file_beyond_the_largest_is_refused_before_a_byte_is_sent(phone: Enrol) -> None:
    lijie, data = phone("lijie"), photo(900, 12)
    _, facts = opened(lijie, data)
    problem(create(lijie, facts, 4 * 2**30 + 1), 413, "too_large")
    problem(create(lijie, facts, 0), 400, "metadata")


def test_an_upload_can_be_given_up_until_it_is_stored(office: Office, phone: Enrol) -> None:
    lijie, data = phone("lijie"), photo(9_000, 13)
    _, facts = opened(lijie, data)
    before = office.staged()
    where = create(lijie, facts, len(data)).headers["Location"]
    send(lijie, where, 0, data[:4000])
    assert lijie.client.delete(where, headers=lijie.headers(**TUS)).status_code == 204
    assert office.staged() == before
    assert stand(lijie, where).status_code == 404
    where = create(lijie, facts, len(data)).headers["Location"]
    send(lijie, where, 0, data)
    problem(lijie.client.delete(where, headers=lijie.headers(**TUS)), 409, "stored")
    assert office.kept(data).exists()


def test_patch_and_delete_pass_as_post_where_a_network_knows_no_others(phone: Enrol) -> None:
    lijie, data = phone("lijie"), photo(9_000, 14)
    _, facts = opened(lijie, data)
    where = create(lijie, facts, len(data)).headers["Location"]

    def posted(method: str, **more: str) -> Any:
        headers = lijie.headers(**PIECE, **{"X-HTTP-Method-Override": method}, **more)
        return lijie.client.post(where, content=data[:4000], headers=headers)

    assert posted("PATCH", **{"Upload-Offset": "0"}).headers["Upload-Offset"] == "4000"
    problem(posted("PUT"), 405, "method")
    assert posted("DELETE").status_code == 204
    assert stand(lijie, where).status_code == 404


def test_what_is_stored_is_named_by_its_hash(office: Office, phone: Enrol) -> None:
    lijie, data = phone("lijie"), photo(9_000, 15)
    _, facts = opened(lijie, data)
    upload(lijie, facts, data)
    assert sha256(office.kept(data).read_bytes()).hexdigest() == facts["sha256"]
