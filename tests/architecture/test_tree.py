"""The house rules that no linter knows: sizes, names, folders, lock files, freshness."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from backend.cli import contract_files

ROOT = Path(__file__).parents[2]
GENERATED = (
    "sync/contract/",
    "pwa/src/generated/",
    "backend/migrations/versions/",
    "sync/vectors/",
)
VAGUE = re.compile(r"(^|/)(utils?|helpers?|common|misc|shared)(\.|/)")


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def test_no_file_passes_its_ceiling() -> None:
    ceilings = {".py": 400, ".ts": 300, ".vue": 400, ".mjs": 300}
    long = []
    for name in tracked():
        ceiling = ceilings.get(Path(name).suffix)
        if ceiling is None or name.startswith(GENERATED):
            continue
        limit = (
            600 if "/tests/" in name or name.startswith("tests/") or ".test." in name else ceiling
        )
        lines = len((ROOT / name).read_text(encoding="utf-8").splitlines())
        if lines > limit:
            long.append((name, lines))
    assert long == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [name for name in tracked() if VAGUE.search(name)] == []


def test_lock_files_name_no_host() -> None:
    for name in (
        "requirements.lock",
        "pwa/package-lock.json",
        "tests/bench/package-lock.json",
        "pwa/.npmrc",
    ):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert '"resolved"' not in text
        assert "index-url" not in text
        assert "registry=" not in text


def test_the_readme_knows_every_top_folder() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    folders = {name.split("/")[0] for name in tracked() if "/" in name and not name.startswith(".")}
    assert {folder for folder in folders if f"`{folder}/`" not in readme} == set()


@pytest.mark.parametrize("name", sorted(contract_files()))
def test_the_contract_is_fresh(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == contract_files()[name]


def test_dependency_cruiser_sees_every_module() -> None:
    """With a TypeScript it does not know it finds nothing and reports no violation."""
    done = subprocess.run(
        [
            "node_modules/.bin/depcruise",
            "--config",
            ".dependency-cruiser.cjs",
            "--output-type",
            "json",
            "src",
        ],
        cwd=ROOT / "pwa",
        capture_output=True,
        text=True,
        check=False,
    )
    seen = {module["source"] for module in json.loads(done.stdout)["modules"]}
    files = {
        str(path.relative_to(ROOT / "pwa"))
        for kind in ("*.ts", "*.vue")
        for path in (ROOT / "pwa" / "src").rglob(kind)
    }
    assert {name for name in files if name not in seen and "/workers/" not in name} == set()
