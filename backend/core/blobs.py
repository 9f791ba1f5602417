"""Large bytes: a folder (`file:`) or an S3-compatible store (`s3:`), one small door to both.

What arrives lies under `staging/` until it is whole; what is kept lies under `sha256/`, named by its
content. Objects are only ever put over or renamed, never created conditionally: some stores answer
If-None-Match with 501. In a folder everything is flushed to disk before it counts as written.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

import obstore
from obstore.store import LocalStore, ObjectStore, from_url

MAX_BYTES = 4 * 2**30
_BUFFER = 8 * 2**20
_STREAM = 256 * 2**10
_HEAD = 32


@dataclass(frozen=True, slots=True)
class Whole:
    """Parts put together: the SHA-256 in lower-case hex, the length, and the first bytes."""

    sha256: str
    length: int
    head: bytes


class Blobs:
    """The store. `root` is its folder, None for S3; `max_bytes` the largest file it takes."""

    def __init__(
        self, store: ObjectStore, root: Path | None = None, max_bytes: int = MAX_BYTES
    ) -> None:
        self.store = store
        self.root = root
        self.max_bytes = max_bytes

    async def stage(self, name: str, data: bytes) -> None:
        """Write one staged object; once this returns it survives a power cut."""
        await asyncio.to_thread(self._put, _staging(name), data)

    async def assemble(self, parts: Sequence[str], name: str) -> Whole:
        """Join staged parts in order into the staged object `name`, hashing on the way.

        Raises:
            FileNotFoundError: a part is gone.
        """
        return await asyncio.to_thread(self._join, [_staging(p) for p in parts], _staging(name))

    async def keep(self, name: str, content: str) -> None:
        """Move a staged object to its place, named by `content`, its SHA-256."""
        await asyncio.to_thread(self._rename, _staging(name), _kept(content))

    async def drop(self, names: Sequence[str]) -> None:
        """Remove staged objects and, in a folder, what they leave empty; absent ones are no error."""
        for name in names:
            with suppress(FileNotFoundError):
                await obstore.delete_async(self.store, _staging(name))
        if self.root is not None:
            for folder in {(self.root / _staging(name)).parent for name in names}:
                with suppress(OSError):
                    folder.rmdir()

    async def staged(self, folder: str) -> list[str]:
        """Names of the staged objects under a folder."""
        paths: list[str] = []
        async for batch in obstore.list(self.store, prefix=_staging(folder)):
            paths += [each["path"].removeprefix("staging/") for each in batch]
        return paths

    async def stream(self, content: str, start: int, end: int) -> AsyncIterator[bytes]:
        """Bytes `start` up to but not including `end` of a kept object.

        Raises:
            FileNotFoundError: nothing with this hash is kept.
        """
        found = await obstore.get_async(self.store, _kept(content), options={"range": (start, end)})
        async for piece in found.stream(min_chunk_size=_STREAM):
            yield bytes(piece)

    async def read(self, content: str) -> bytes:
        """All of a kept object.

        Raises:
            FileNotFoundError: nothing with this hash is kept.
        """
        found = await obstore.get_async(self.store, _kept(content))
        return bytes(await found.bytes_async())

    async def kept(self) -> AsyncIterator[tuple[str, int]]:
        """SHA-256 and length of everything kept."""
        async for batch in obstore.list(self.store, prefix="sha256/"):
            for each in batch:
                yield each["path"].rpartition("/")[2], each["size"]

    async def take_in(self, content: str, source: Path) -> None:
        """Keep a file of the disk that was checked to have this hash."""
        staged = f"restore/{content}"
        await asyncio.to_thread(obstore.put, self.store, _staging(staged), source)
        await asyncio.to_thread(self._flush, _staging(staged))
        await self.keep(staged, content)

    def _put(self, path: str, data: bytes) -> None:
        obstore.put(self.store, path, data, use_multipart=False)
        self._flush(path)

    def _join(self, parts: list[str], path: str) -> Whole:
        digest, size, head = sha256(), 0, b""
        with obstore.open_writer(self.store, path, buffer_size=_BUFFER) as writer:
            for part in parts:
                for piece in obstore.get(self.store, part).stream(min_chunk_size=_BUFFER):
                    data = bytes(piece)
                    digest.update(data)
                    writer.write(data)
                    size += len(data)
                    head = (head + data[:_HEAD])[:_HEAD]
        self._flush(path)
        return Whole(digest.hexdigest(), size, head)

    def _rename(self, source: str, target: str) -> None:
        obstore.rename(self.store, source, target)
        self._flush(target)

    def _flush(self, path: str) -> None:
        """Also the folders above: a new file's name is lost with its unflushed folder."""
        if self.root is None:
            return
        written = self.root / path
        for each in (written, *written.parents):
            _fsync(each)
            if each == self.root:
                break


def open_blobs(url: str, max_bytes: int = MAX_BYTES) -> Blobs:
    """`file:///folder`, or `s3://bucket/prefix` with the usual `AWS_*` environment.

    Raises:
        ValueError: another scheme.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        root = Path(unquote(parts.path))
        return Blobs(LocalStore(root, mkdir=True), root.resolve(), max_bytes)
    if parts.scheme == "s3":
        return Blobs(from_url(url), None, max_bytes)
    raise ValueError(f"no store for {parts.scheme}:")


def _staging(name: str) -> str:
    return f"staging/{name}"


def _kept(content: str) -> str:
    return f"sha256/{content[:2]}/{content}"


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
