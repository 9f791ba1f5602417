"""The faces are cut as pinned, or there are none."""

import json
import shutil
from dataclasses import replace
from hashlib import sha256

import pytest
from conftest import ROOT

from printing.build_faces import FaceMismatch, build, characters, gb2312
from printing.layout.fonts import WrongFace, faces_of
from printing.layout.manifest import ROLES, manifest

NPM = ROOT / "pwa" / "node_modules"
RARE_NAMES = "㛃䶮㳚䥽䲟㸆䴙䴘䌷㧑𫖮𬭎𬘭𬮿𬸚𫟹𬀩𫍯𬱖𬣙喆堃翀赟昇"


def test_gb2312_is_whole():
    assert len(gb2312(16, 55)) == 3755
    assert len(gb2312(16, 87)) == 6763


def test_body_and_rare_share_no_character():
    source = frozenset(range(0x20, 0x30000))
    body, rare = (characters(role, source, manifest().marks) for role in ("body", "rare"))
    assert not body & rare
    assert body | rare == source


def test_the_faces_show_every_common_character_and_rare_names(faces):
    assert all(faces.body.has(chr(code)) for code in gb2312(1, 87))
    assert all(faces.body.has(mark) for mark in manifest().marks)
    assert all(faces.rare.has(character) for character in RARE_NAMES)
    assert all(faces.bold.has(character) for character in "安全生产行政执法文书责令限期整改指令书")


def test_built_faces_are_the_pinned_files(faces_folder):
    digests = json.loads((faces_folder / "manifest.json").read_text())
    for role in ROLES:
        digest = sha256((faces_folder / f"{role}.ttf").read_bytes()).hexdigest()
        assert digest == digests[role] == manifest().faces[role].sha256


def test_a_damaged_face_is_not_loaded(faces_folder):
    body, bold = ((faces_folder / f"{role}.ttf").read_bytes() for role in ("body", "bold"))
    with pytest.raises(WrongFace, match="bold"):
        faces_of(body, bold[:-1] + bytes([bold[-1] ^ 1]))


@pytest.fixture
def damaged(faces_folder, tmp_path):
    """A copy of the faces whose bold one is spoilt."""
    for role in ROLES:
        shutil.copy(faces_folder / f"{role}.ttf", tmp_path)
    (tmp_path / "bold.ttf").write_bytes(b"damaged")
    return tmp_path


def test_a_damaged_face_is_cut_again(damaged, faces_folder):
    build(NPM, damaged, manifest())
    assert (damaged / "bold.ttf").read_bytes() == (faces_folder / "bold.ttf").read_bytes()


@pytest.mark.parametrize("changed", ["source_sha256", "sha256"])
def test_a_file_that_is_not_as_pinned_is_an_error(damaged, changed):
    pinned = manifest()
    wrong = replace(pinned.faces["bold"], **{changed: "0" * 64})
    with pytest.raises(FaceMismatch, match="bold"):
        build(NPM, damaged, replace(pinned, faces={**pinned.faces, "bold": wrong}))
    assert (damaged / "bold.ttf").read_bytes() == b"damaged"


def test_another_release_of_the_subsetter_is_an_error(damaged):
    with pytest.raises(FaceMismatch, match=r"4\.0\.0"):
        build(NPM, damaged, replace(manifest(), subsetter="4.0.0"))
