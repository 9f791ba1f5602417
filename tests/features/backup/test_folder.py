"""What `anxun backup` does with a folder in which others keep things too: nothing but its own goes."""

from pathlib import Path

import pytest

from backend.backup.folder import KEPT_STATES, MANIFEST, MARKER, BackupFault, states
from backend.settings import Settings
from tests.features.backup.test_round_trip import HOUR_MS, back_up

THEIRS = ("photos", "lost+found", ".snapshot", "20200101", "20200101T000000Z.old")
LINKS = ("linked", "20200101T000000Z")


def test_a_foreign_folder_is_left_alone(settings: Settings, tmp_path: Path) -> None:
    foreign = tmp_path / "photos"
    foreign.mkdir()
    (foreign / "cat.jpg").write_bytes(b"cat")
    with pytest.raises(BackupFault, match="不是安巡的备份"):
        back_up(settings, foreign)
    assert [each.name for each in foreign.iterdir()] == ["cat.jpg"]


def test_torn_and_surplus_states_go_and_folders_of_others_stay(
    settings: Settings, tmp_path: Path
) -> None:
    root, elsewhere = tmp_path / "saved", tmp_path / "elsewhere"
    back_up(settings, root)
    (first,) = states(root)
    for folder in (elsewhere, *(root / name for name in THEIRS)):
        folder.mkdir()
        (folder / MANIFEST).write_text("{}", encoding="utf-8")
    for name in LINKS:
        (root / name).symlink_to(elsewhere, target_is_directory=True)
    (root / "20200102T000000Z").mkdir()
    for number in range(KEPT_STATES):
        back_up(settings, root, later_ms=(number + 2) * HOUR_MS)
    kept = states(root)
    assert first not in kept
    assert len(kept) == KEPT_STATES
    assert {each.name for each in root.iterdir() if each not in kept} == {
        *THEIRS,
        *LINKS,
        MARKER,
    }
    for name in (*THEIRS, *LINKS):
        assert (root / name / MANIFEST).exists()
