"""保管链: what breaks a run is marked, what mends it takes the mark back, open runs are known."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.features.evidence import public
from backend.features.evidence.rules.custody import Act, faults, open_runs
from tests.features.dossiers.phone import Phone
from tests.features.evidence.office import Office, evidence, photo, records

Enrol = Callable[[str], Phone]
DATA = photo(100, 60)


def act(phone: Phone, dossier: str, n: int, what: str, about: str = "") -> str:
    record = phone.new_record()
    fields = {"n": n, "act": what, "evidence": about, "at": phone.time}
    phone.author(dossier, "custody", record, fields)
    return record


def marks(phone: Phone, dossier: str) -> list[tuple[str, str, str]]:
    return sorted(
        (each["kind"], each["of"], each["text"])
        for each in records(phone, dossier, "mark")
        if not each.get("withdrawn") and each["kind"].startswith("custody_")
    )


def running(office: Office, dossier: str) -> list[str]:
    async def asked(dossiers: Any, _blobs: Any) -> list[str]:
        async with dossiers.database.read() as connection:
            return await public.open_runs(connection, dossier)

    return office.with_log(asked)


def test_a_whole_run_is_not_marked_and_is_open_until_closed(office: Office, phone: Enrol) -> None:
    lijie = phone("lijie")
    dossier = lijie.open_dossier()
    photo_record = evidence(lijie, dossier, DATA)
    act(lijie, dossier, 1, "captured", photo_record)
    lijie.push()
    assert running(office, dossier) == [f"{lijie.device}.1"]
    act(lijie, dossier, 2, "run_closed")
    act(lijie, dossier, 3, "viewed", photo_record)
    lijie.push()
    assert running(office, dossier) == []
    assert marks(lijie, dossier) == []


def test_a_missing_number_is_marked_and_the_mark_goes_when_it_comes(phone: Enrol) -> None:
    lijie = phone("lijie")
    dossier = lijie.open_dossier()
    act(lijie, dossier, 1, "gap")
    late = act(lijie, dossier, 5, "mark")
    lijie.push()
    assert marks(lijie, dossier) == [("custody_gap", late, "保管链编号不连续：缺2至4号。")]
    act(lijie, dossier, 3, "mark")
    act(lijie, dossier, 4, "mark")
    lijie.push()
    assert [text for *_, text in marks(lijie, dossier)] == ["保管链编号不连续：缺2号。"]
    act(lijie, dossier, 2, "mark")
    lijie.push()
    assert marks(lijie, dossier) == []


def test_a_number_used_twice_is_marked_at_the_later_one(phone: Enrol) -> None:
    lijie = phone("lijie")
    dossier = lijie.open_dossier()
    act(lijie, dossier, 1, "gap")
    second = act(lijie, dossier, 1, "mark")
    lijie.push()
    assert marks(lijie, dossier) == [("custody_gap", second, "保管链编号1重复。")]


def test_only_who_took_evidence_attests_its_taking(phone: Enrol) -> None:
    lijie, gulnar = phone("lijie"), phone("gulnar")
    dossier = lijie.open_dossier()
    taken = evidence(lijie, dossier, DATA)
    lijie.push()
    foreign = act(gulnar, dossier, 1, "captured", taken)
    act(gulnar, dossier, 2, "viewed", taken)
    gulnar.push()
    ((kind, of, _),) = marks(lijie, dossier)
    assert (kind, of) == ("custody_foreign", foreign)


def name(device: str, number: int) -> str:
    return f"{device}.1.{number}.0123abcd"


@given(st.permutations(range(1, 8)))
def test_a_whole_run_has_no_fault_in_whatever_order_it_comes(order: list[int]) -> None:
    acts = [Act(name("d" * 12, n), n, "mark", "") for n in order]
    assert faults(acts) == {}


@given(st.sets(st.integers(2, 30), min_size=1), st.integers(31, 40))
def test_whatever_is_left_out_leaves_a_fault(gone: set[int], last: int) -> None:
    acts = [Act(name("d" * 12, n), n, "mark", "") for n in range(1, last + 1) if n not in gone]
    assert {kind for _, kind in faults(acts)} == {"custody_gap"}


@pytest.mark.parametrize(
    ("acts", "still_open"),
    [
        ([], False),
        (["viewed"], False),
        (["captured"], True),
        (["captured", "run_closed"], False),
        (["recording_started", "run_closed", "captured"], True),
        (["captured", "run_closed", "printed"], False),
    ],
)
def test_a_run_is_open_from_a_capture_to_its_close(acts: list[str], still_open: bool) -> None:
    numbered = [Act(name("d" * 12, n), n, what, "") for n, what in enumerate(acts, 1)]
    assert (open_runs(numbered) == ["d" * 12 + ".1"]) is still_open
