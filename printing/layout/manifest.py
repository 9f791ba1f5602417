"""faces.toml: which font files the papers are pinned to. Standard library only."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ROLES = ("body", "bold", "rare")


@dataclass(frozen=True)
class FaceEntry:
    """A face: its name after cutting, the file it is cut from, the digests of both."""

    family: str
    style: str
    source: str
    source_sha256: str
    sha256: str


@dataclass(frozen=True)
class Manifest:
    subsetter: str
    marks: str
    faces: dict[str, FaceEntry]


@cache
def manifest() -> Manifest:
    """The committed manifest."""
    text = files("printing.layout").joinpath("faces.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    faces = {role: FaceEntry(**data[role]) for role in ROLES}
    return Manifest(data["subsetter"], data["marks"], faces)
