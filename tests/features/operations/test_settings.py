"""The README's table of settings is complete and true; the example file knows no other variable."""

import re
from dataclasses import fields
from pathlib import Path

from backend.settings import ROOT, Settings, read_settings

README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATIONS = ROOT / "backend" / "operations"
ROW = re.compile(r"^\| `(ANXUN_\w+)` \| .+ \| (.+) \|$", re.MULTILINE)
IN_CODE = set(re.findall(r"ANXUN_\w+", (ROOT / "backend" / "settings.py").read_text("utf-8")))


def test_the_table_names_every_setting_and_no_other() -> None:
    assert sorted(name for name, _ in ROW.findall(README)) == sorted(IN_CODE)
    assert len(IN_CODE) == len(fields(Settings))


def test_the_defaults_are_those_of_the_table() -> None:
    told, real = dict(ROW.findall(README)), read_settings({})
    assert told["ANXUN_PORT"] == f"`{real.port}`"
    assert told["ANXUN_PUBLIC_URL"].strip("`").replace("<port>", "8000") == real.public_url
    assert told["ANXUN_PACK"] == f"`{real.pack}`"
    for name, path in (
        ("ANXUN_DATA_DIR", real.data_dir),
        ("ANXUN_SITE", real.site),
        ("ANXUN_FACES", real.faces),
    ):
        assert told[name].strip("`") == str(Path(path).relative_to(ROOT))
    assert told["ANXUN_PUSH_ALLOW"] == "empty"
    assert not real.push_allow
    assert not real.metrics_token


def test_the_example_knows_no_other_variable() -> None:
    example = (OPERATIONS / "anxun.env").read_text(encoding="utf-8")
    assert set(re.findall(r"ANXUN_\w+", example)) <= IN_CODE


def test_every_file_of_operations_is_explained() -> None:
    told = (OPERATIONS / "README.md").read_text(encoding="utf-8")
    for path in OPERATIONS.iterdir():
        assert path.name == "README.md" or f"`{path.name}`" in told
