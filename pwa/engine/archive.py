"""Runs inside Pyodide: pack the modules a paper really needs, compiled for this very Python.

The samples are printed once, so that what ReportLab imports late is packed too, and so that an
engine which cannot print is never shipped. `SOURCE` holds `printing` and `reportlab`, `FACES`
the font files, `SAMPLES` facts by kind as JSON text; the last value is the archive's bytes.
"""

import importlib.util
import io
import json
import sys
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc
from pathlib import Path

SOURCE, FACES, SAMPLES = Path("/source"), Path("/faces"), "/samples.json"
FIXED_DATE = (2026, 1, 1, 0, 0, 0)
DATA = ("*.toml",)


def print_samples():
    from printing.render import load_faces, render

    faces = load_faces(FACES)
    for kind, facts in json.loads(Path(SAMPLES).read_text(encoding="utf-8")).items():
        assert render(kind, json.dumps(facts), faces).startswith(b"%PDF-")


def used_sources():
    """Files under SOURCE that printing the samples imported, plus the engine's own entry."""
    import printing.answer

    names = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    modules = {Path(name) for name in names if name and name.startswith(f"{SOURCE}/")}
    return sorted(modules | {path for data in DATA for path in SOURCE.glob(f"printing/**/{data}")})


def entry(path):
    """(name in the archive, bytes): a source becomes an unchecked hash-based .pyc."""
    name = str(path.relative_to(SOURCE))
    data = path.read_bytes()
    if path.suffix != ".py":
        return name, data
    code = compile(data, f"/app/{name}", "exec", dont_inherit=True, optimize=2)
    return f"{name}c", bytes(_code_to_hash_pyc(code, importlib.util.source_hash(data), False))


def archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in used_sources():
            name, data = entry(path)
            info = zipfile.ZipInfo(name, FIXED_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, data)
    return out.getvalue()


sys.path.insert(0, str(SOURCE))
print_samples()
archive()
