"""Evidence on a screen: stretches, conditions, and the ledger of everyone who looked."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.features.dossiers.phone import Phone
from tests.features.evidence.office import (
    Office,
    evidence,
    metadata,
    photo,
    records,
    upload,
)

Enrol = Callable[[str], Phone]
DATA = photo(10_000, 50)


@pytest.fixture(scope="module")
def shown(office: Office) -> tuple[Phone, str]:
    """One photo on the server, for questions that change nothing."""
    return stored(office.phone("lijie"))[:2]


def stored(phone: Phone) -> tuple[Phone, str, str]:
    dossier = phone.open_dossier()
    record = evidence(phone, dossier, DATA)
    phone.push()
    assert upload(phone, metadata(dossier, record, DATA), DATA).status_code == 204
    return phone, record, dossier


def fetch(phone: Phone, record: str, query: str = "", **headers: str) -> Any:
    return phone.client.get(f"/api/v1/evidence/{record}{query}", headers=phone.headers(**headers))


@pytest.mark.parametrize(
    ("asked", "status", "answered", "start", "end"),
    [
        ("", 200, None, 0, 10_000),
        ("bytes=0-1", 206, "bytes 0-1/10000", 0, 2),
        ("bytes=9000-", 206, "bytes 9000-9999/10000", 9_000, 10_000),
        ("bytes=-500", 206, "bytes 9500-9999/10000", 9_500, 10_000),
        ("bytes=9999-999999", 206, "bytes 9999-9999/10000", 9_999, 10_000),
        ("bytes=-99999", 206, "bytes 0-9999/10000", 0, 10_000),
        ("bytes=5-2", 200, None, 0, 10_000),
        ("bytes=0-1,4-5", 200, None, 0, 10_000),
        ("pages=1-2", 200, None, 0, 10_000),
    ],
)
def test_a_player_gets_the_stretch_it_asks_for(
    shown: tuple[Phone, str], asked: str, status: int, answered: str | None, start: int, end: int
) -> None:
    reply = fetch(*shown, **({"Range": asked} if asked else {}))
    assert reply.status_code == status
    assert reply.headers.get("Content-Range") == answered
    assert reply.headers["Content-Length"] == str(end - start)
    assert reply.content == DATA[start:end]


@pytest.mark.parametrize("asked", ["bytes=10000-", "bytes=99999-100000"])
def test_a_stretch_behind_the_end_is_told_how_long_the_file_is(
    shown: tuple[Phone, str], asked: str
) -> None:
    reply = fetch(*shown, Range=asked)
    assert reply.status_code == 416
    assert reply.json()["size"] == 10_000
    assert reply.headers["Content-Range"] == "bytes */10000"


def test_a_browser_that_has_it_gets_it_confirmed(shown: tuple[Phone, str]) -> None:
    first = fetch(*shown)
    tag = first.headers["ETag"]
    again = fetch(*shown, **{"If-None-Match": f'W/"x", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert fetch(*shown, **{"If-None-Match": '"other"'}).status_code == 200
    assert fetch(*shown, **{"If-Range": tag, "Range": "bytes=0-1"}).status_code == 206
    assert fetch(*shown, **{"If-Range": '"other"', "Range": "bytes=0-1"}).status_code == 200


def test_head_describes_the_file_and_shows_nothing(phone: Enrol) -> None:
    lijie, record, dossier = stored(phone("lijie"))
    reply = lijie.client.head(f"/api/v1/evidence/{record}", headers=lijie.headers())
    assert reply.status_code == 200
    assert reply.headers["Content-Length"] == "10000"
    assert reply.headers["Content-Type"] == "image/jpeg"
    assert reply.headers["Accept-Ranges"] == "bytes"
    assert records(lijie, dossier, "custody") == []


def test_it_is_private_inline_and_named(shown: tuple[Phone, str]) -> None:
    headers = fetch(*shown).headers
    assert headers["Cache-Control"].startswith("private")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"] == f'inline; filename="{shown[1]}.jpg"'
    assert fetch(*shown, "?download=true").headers["Content-Disposition"].startswith("attachment;")


def looks(phone: Phone, dossier: str) -> list[tuple[int, str, str]]:
    found = records(phone, dossier, "custody")
    return sorted((each["n"], each["act"], each["officer"]) for each in found)


def test_every_look_is_numbered_once_an_hour_and_session(office: Office, phone: Enrol) -> None:
    lijie, record, dossier = stored(phone("lijie"))
    gulnar = phone("gulnar")
    for _ in range(3):
        fetch(lijie, record)
        fetch(lijie, record, Range="bytes=0-1")
    fetch(gulnar, record)
    fetch(lijie, record, "?download=true")
    lijie.token = office.new_session("lijie")
    fetch(lijie, record)
    assert looks(lijie, dossier) == [
        (1, "viewed", "lijie"),
        (2, "viewed", "gulnar"),
        (3, "downloaded", "lijie"),
        (4, "viewed", "lijie"),
    ]
    assert records(lijie, dossier, "mark") == []


def test_who_may_not_look_leaves_no_look(phone: Enrol) -> None:
    lijie, record, dossier = stored(phone("lijie"))
    assert fetch(phone("wangyi"), record).status_code == 404
    assert fetch(lijie, record, Range="bytes=10000-").status_code == 416
    assert looks(lijie, dossier) == []
