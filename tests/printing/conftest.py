"""The real faces and the real browser engine, built from the tree under test."""

import subprocess
import sys
from functools import cached_property
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from printing.build_faces import build
from printing.layout.manifest import manifest
from printing.render import load_faces, render

ROOT = Path(__file__).resolve().parents[2]
FACES = ROOT / ".cache" / "faces"


@pytest.fixture(scope="session")
def faces_folder():
    build(ROOT / "pwa" / "node_modules", FACES, manifest())
    return FACES


@pytest.fixture(scope="session")
def faces(faces_folder):
    return load_faces(faces_folder)


@pytest.fixture(scope="session")
def engine(faces_folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("engine")
    script = str(ROOT / "pwa" / "engine" / "build.mjs")
    options = ["--python", sys.executable, "--faces", str(faces_folder), "--out", str(out)]
    subprocess.run(["node", script, *options], check=True, timeout=120)
    return out


class Printed:
    """A rendered paper: its bytes, its pages, and its text with the line breaks taken out."""

    def __init__(self, data):
        self.data = data
        self.pages = PdfReader(BytesIO(data)).pages

    @cached_property
    def texts(self):
        return ["".join(page.extract_text().split()) for page in self.pages]

    @cached_property
    def text(self):
        return "".join(self.texts)


@pytest.fixture(scope="session")
def printed(faces):
    def of(kind, text):
        return Printed(render(kind, text, faces))

    return of
