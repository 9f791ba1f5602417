"""What lies in a backup folder and whether it is whole: names, hashes, the manifest."""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

import msgspec
from msgspec import Struct

FORMAT = "anxun/backup/1"
MARKER = "anxun-backup.json"
MANIFEST = "manifest.json"
BLOBS = "blobs"
BLOB_LIST = "blobs.jsonl.gz"
KEYS = "keys"
KEPT_STATES = 7
"""So many whole states stay; older ones go when a newer one is whole. Blobs never go."""

_STATE_NAME = re.compile(r"\d{8}T\d{6}Z", re.ASCII)


class BackupFault(Exception):
    """Nothing was changed; the words say why, for the one who runs the command."""


class Marker(Struct, frozen=True):
    """Whose folder it is: `installation` is the id of the server's signing key."""

    format: str
    installation: str


class Part(Struct, frozen=True):
    """One file of a state; `rows` of a table or a list."""

    file: str
    sha256: str
    bytes: int
    rows: int = 0


class Manifest(Struct, frozen=True, kw_only=True):
    """One whole state. `watermark`: what the server received up to then (UTC ms) lies in it.

    `damaged` are blobs the server held that were no longer what their name says.
    """

    format: str
    made: int
    timeline: str
    revision: str
    watermark: int
    tables: list[Part]
    blobs: Part
    keys: list[Part]
    damaged: list[str] = []


def state_name(now: int) -> str:
    """`20260918T040000Z`: sorts by time."""
    return datetime.fromtimestamp(now / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")


def states(root: Path) -> list[Path]:
    """Every whole state, the oldest in front."""
    return [each for each in _begun(root) if (each / MANIFEST).exists()]


def _begun(root: Path) -> list[Path]:
    """What backups made here, whole or torn: the folder may hold things of others."""
    return sorted(
        each
        for each in root.iterdir()
        if _STATE_NAME.fullmatch(each.name) and each.is_dir() and not each.is_symlink()
    )


def read_manifest(state: Path) -> Manifest:
    """What a state says of itself.

    Raises:
        BackupFault: not readable, or of another format.
    """
    try:
        found = msgspec.json.decode((state / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise BackupFault(f"读不懂 {state / MANIFEST}") from error
    if found.format != FORMAT:
        raise BackupFault(f"不认识的备份格式：{found.format}")
    return found


def read_marker(root: Path) -> Marker:
    """Whose folder it is.

    Raises:
        BackupFault: it is no backup folder.
    """
    try:
        return msgspec.json.decode((root / MARKER).read_bytes(), type=Marker)
    except (OSError, msgspec.DecodeError) as error:
        raise BackupFault(f"{root} 不是安巡的备份文件夹，没有动它。") from error


@contextmanager
def claimed(root: Path, installation: str) -> Iterator[None]:
    """The folder is ours alone while a backup runs; a new or empty one becomes ours.

    Raises:
        BackupFault: it holds something else, or another backup is running.
    """
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not any(root.iterdir()):
        write_whole(root / MARKER, msgspec.json.encode(Marker(FORMAT, installation)))
    if read_marker(root).installation != installation:
        raise BackupFault(f"{root} 是另一套安巡的备份，没有动它。请换一个空文件夹。")
    with (root / MARKER).open("rb") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BackupFault("另一次备份正在进行，这次没有开始。") from error
        yield


def tidy(root: Path) -> None:
    """States that were never finished go, and whole ones beyond the newest few."""
    whole = states(root)
    for each in _begun(root):
        if each not in whole[-KEPT_STATES:]:
            shutil.rmtree(each)


def blob_path(root: Path, content: str) -> Path:
    """Where a blob lies in the folder."""
    return root / BLOBS / content[:2] / content


def part_of(state: Path, file: str, rows: int = 0) -> Part:
    """A written file with its hash."""
    path = state / file
    return Part(file, sha256_of(path), path.stat().st_size, rows)


def sha256_of(path: Path) -> str:
    """Of the bytes on the disk."""
    with path.open("rb") as handle:
        return file_digest(handle, "sha256").hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """All of it or nothing, readable by the owner only, and on the disk once this returns."""
    torn = path.with_name(f"{path.name}.part")
    with os.fdopen(os.open(torn, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
        handle.write(data)
        flush(handle.fileno())
    put_in_place(torn, path)


def put_in_place(torn: Path, path: Path) -> None:
    """Rename, and flush the folder that now names it."""
    torn.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        flush(folder)
    finally:
        os.close(folder)


def flush(handle: int) -> None:
    """To the disk."""
    os.fsync(handle)
