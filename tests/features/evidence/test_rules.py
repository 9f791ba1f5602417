"""Headers and formats as they are read, without a server."""

import base64
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.features.evidence.rules.content import is_of_type, media_type
from backend.features.evidence.rules.headers import read_checksum, read_metadata, read_range

RECORD = "abcdefghijkm.1.2.0123abcd"


def encoded(**facts: str) -> str:
    pairs = (f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in facts.items())
    return ",".join(pairs)


def whole(**change: str) -> dict[str, str]:
    facts = {"dossier": RECORD, "evidence": RECORD, "sha256": "a" * 64, "type": "image/png"}
    return {**facts, **change}


def test_metadata_reads_with_blanks_and_members_it_does_not_know() -> None:
    header = encoded(**whole(), filename="现场.png").replace(",", ", ") + ",flag"
    read = read_metadata(header)
    assert read is not None
    assert (read.dossier, read.evidence, read.type) == (RECORD, RECORD, "image/png")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "dossier",
        "dossier ***",
        encoded(dossier=RECORD, evidence=RECORD, sha256="a" * 64),
        encoded(**whole(sha256="A" * 64)),
        encoded(**whole(evidence="abcdefghijkm.1.2")),
        encoded(**whole(dossier="ref")),
        encoded(**whole()).replace("dossier ", "dossier \u6587"),
    ],
)
def test_metadata_that_does_not_do_is_none(header: str) -> None:
    assert read_metadata(header) is None


@given(st.binary(min_size=1, max_size=50), st.integers(0, 60), st.integers(0, 60))
def test_a_range_is_what_a_slice_is(data: bytes, first: int, last: int) -> None:
    header = f"bytes={first}-{last}"
    if first >= len(data) and first <= last:
        with pytest.raises(IndexError):
            read_range(header, len(data))
        return
    found = read_range(header, len(data))
    if last < first:
        assert found is None
    else:
        assert found is not None
        assert data[slice(*found)] == data[first : last + 1]


@given(st.binary(min_size=1, max_size=50), st.integers(1, 60))
def test_a_suffix_is_the_end(data: bytes, length: int) -> None:
    found = read_range(f"bytes=-{length}", len(data))
    assert found is not None
    assert data[slice(*found)] == data[-length:]


def test_the_last_no_bytes_cannot_be_had() -> None:
    with pytest.raises(IndexError):
        read_range("bytes=-0", 10)


def test_a_checksum_is_sha256_or_none() -> None:
    digest = sha256(b"x").digest()
    good = base64.b64encode(digest).decode()
    assert read_checksum(f"sha256 {good}") == digest
    assert read_checksum(f"sha1 {good}") is None
    assert read_checksum("sha256 AAAA") is None
    assert read_checksum("sha256 !") is None


@pytest.mark.parametrize(
    ("kind", "head"),
    [
        ("image/jpeg", b"\xff\xd8\xff\xe1Exif"),
        ("image/png", b"\x89PNG\r\n\x1a\n\x00"),
        ("image/webp", b"RIFF\x04\x00\x00\x00WEBPVP8 "),
        ("video/webm", b"\x1a\x45\xdf\xa3\x9f"),
        ("audio/webm", b"\x1a\x45\xdf\xa3\x9f"),
        ("video/mp4", b"\x00\x00\x00\x1cftypiso5"),
        ("audio/mp4", b"\x00\x00\x00\x1cftypM4A "),
        ("audio/ogg", b"OggS\x00\x02"),
        ("application/pdf", b"%PDF-1.7\n"),
    ],
)
def test_each_format_knows_itself_and_no_other(kind: str, head: bytes) -> None:
    assert is_of_type(kind, head)
    assert not is_of_type(kind, b"<html>" + head)
    assert not is_of_type(kind, head[:2])
    assert not is_of_type("text/html", head)


def test_codecs_are_no_part_of_the_type() -> None:
    assert media_type("Video/WebM; codecs=vp8,opus") == "video/webm"
