"""The store of large bytes: a folder and S3, the same questions to both."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from backend.core.blobs import Blobs, open_blobs
from tests.features.evidence import s3_peer

PARTS = [bytes([n]) * (3 * 2**20) for n in range(4)]
DATA = b"".join(PARTS)
HASH = sha256(DATA).hexdigest()


@pytest.fixture(params=["file", "s3"])
def blobs(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Blobs]:
    if request.param == "file":
        yield open_blobs(f"file://{tmp_path / 'kept here'}")
        return
    with s3_peer.running() as bucket:
        for name, value in {
            "AWS_ENDPOINT": f"http://127.0.0.1:{bucket.server_address[1]}",
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": "k",
            "AWS_SECRET_ACCESS_KEY": "s",
            "AWS_REGION": "us-east-1",
        }.items():
            monkeypatch.setenv(name, value)
        yield open_blobs("s3://bucket/evidence")


async def staged(blobs: Blobs) -> list[str]:
    names = [f"u/{n}" for n in range(len(PARTS))]
    for name, part in zip(names, PARTS, strict=True):
        await blobs.stage(name, part)
    return names


async def test_parts_become_one_object_under_its_hash(blobs: Blobs) -> None:
    names = await staged(blobs)
    found = await blobs.assemble(names, "u/whole")
    assert (found.sha256, found.length, found.head) == (HASH, len(DATA), DATA[:32])
    await blobs.keep("u/whole", HASH)
    assert await blobs.read(HASH) == DATA
    pieces = [piece async for piece in blobs.stream(HASH, 3 * 2**20 - 1, 3 * 2**20 + 1)]
    assert b"".join(pieces) == b"\x00\x01"
    assert sorted(await blobs.staged("u")) == names


async def test_keeping_the_same_content_twice_is_no_error(blobs: Blobs) -> None:
    for name in ("one/whole", "two/whole"):
        await blobs.stage(name, PARTS[0])
        await blobs.keep(name, "ab" * 32)
    assert await blobs.read("ab" * 32) == PARTS[0]


async def test_what_is_dropped_is_gone_and_may_be_gone_already(blobs: Blobs) -> None:
    names = await staged(blobs)
    await blobs.drop(names[:2])
    await blobs.drop(names)
    assert await blobs.staged("u") == []


async def test_a_lost_part_is_told_and_leaves_nothing_whole(blobs: Blobs) -> None:
    names = await staged(blobs)
    await blobs.drop(names[2:3])
    with pytest.raises(FileNotFoundError):
        await blobs.assemble(names, "u/whole")
    assert "u/whole" not in await blobs.staged("u")


async def test_nothing_kept_is_nothing_read(blobs: Blobs) -> None:
    with pytest.raises(FileNotFoundError):
        await blobs.read("cd" * 32)


def test_only_folders_and_s3_are_stores() -> None:
    with pytest.raises(ValueError, match="ftp"):
        open_blobs("ftp://somewhere/x")
