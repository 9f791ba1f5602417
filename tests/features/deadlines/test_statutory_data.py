"""The clocks and calendars that ship: complete, lawful in form, and at one with the vectors."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from backend.core.packs import PackError, load_pack
from backend.features.deadlines.model import ClockRule
from backend.features.deadlines.service.packs import clock_rules, region_calendar

BUREAUS = ("changji", "chenzhou", "urumqi")
VECTORS = Path(__file__).parents[3] / "sync" / "vectors" / "clocks.json"
TODAY = date(2026, 9, 1)
NOT_PERIODS = {37, 44, 52}


def all_rules() -> dict[str, ClockRule]:
    rules: dict[str, ClockRule] = {}
    for bureau in BUREAUS:
        rules |= clock_rules(load_pack(bureau), TODAY)
    return rules


def rule(**fields: object) -> dict[str, object]:
    told = {"id": "X", "title": "x", "trigger": "x", "source": "x", "confidence": "L"}
    return told | {"in_force": "2020-01-01", "unit": "calendar_day", "length": 3} | fields


def test_every_period_of_the_table_has_a_clock() -> None:
    numbers = {int(id[1:3]) for id in all_rules()}
    assert numbers == set(range(1, 54)) - NOT_PERIODS


def test_a_bureau_has_the_national_clocks_and_its_own_only() -> None:
    changji, urumqi = (clock_rules(load_pack(name), TODAY) for name in ("changji", "urumqi"))
    assert {"D18", "D03"} <= changji.keys()
    assert {"D18", "D43"} <= urumqi.keys()
    assert "D43" not in changji
    assert "D03" not in urumqi


@pytest.mark.parametrize("id", ["D15", "D18", "D20", "D21", "D24", "D25", "D27", "D31", "D33"])
def test_short_periods_of_the_three_acts_are_working_days(id: str) -> None:
    assert all_rules()[id].unit == "working_day"


@pytest.mark.parametrize("id", ["D12", "D16", "D16b", "D36", "D36b"])
def test_a_roll_never_lengthens_a_burden_on_the_party(id: str) -> None:
    assert not all_rules()[id].roll


def test_what_is_not_read_in_a_source_is_a_setting_with_its_doubt() -> None:
    unread = [each for each in all_rules().values() if each.confidence == "L"]
    assert unread
    assert all(each.setting and each.note for each in unread)
    assert all(each.note for each in all_rules().values() if each.setting)


def test_the_vectors_count_by_the_rules_that_ship() -> None:
    vectors = msgspec.json.decode(VECTORS.read_bytes())["rules"]
    told = msgspec.convert(vectors, dict[str, ClockRule])
    shipped = {id: each for id, each in told.items() if id.startswith("D")}
    assert shipped
    assert all(all_rules()[id] == each for id, each in shipped.items())


def test_calendar_years_are_whole_and_only_announced_ones_official() -> None:
    calendar = region_calendar(load_pack("changji"))
    assert [(year.id, year.official) for year in calendar.years] == [
        ("2025", True),
        ("2026", True),
        ("2027", False),
    ]
    for year in calendar.years:
        named = (*year.days_off, *year.workdays)
        assert len(set(named)) == len(named)
        assert {str(day.year) for day in named} == {year.id}
        assert all(day.weekday() >= 5 for day in year.workdays)


def test_business_hours_are_the_region_s_own() -> None:
    closes = {name: region_calendar(load_pack(name)).office.closes for name in BUREAUS}
    assert closes == {"changji": "19:30", "chenzhou": "24:00", "urumqi": "24:00"}


@pytest.mark.parametrize(
    "fields",
    [
        {"length": 0},
        {"unit": "date"},
        {"on": ["06-30"]},
        {"unit": "date", "length": 0, "on": ["02-29"]},
        {"direction": "before", "roll": True},
        {"direction": "before", "unit": "quarter"},
        {"unit": "week"},
        {"lead_times": ["due-1d"]},
        {"lead_times": ["due-2h 09:00"]},
        {"source": ""},
        {"rol": True},
    ],
)
def test_a_clock_that_cannot_be_counted_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(rule(**fields), ClockRule)


def test_a_sound_clock_is_taken() -> None:
    assert msgspec.convert(rule(lead_times=["due-1d 09:00"]), ClockRule).length == 3


def test_a_faulty_clock_of_a_pack_is_named(tmp_path: Path) -> None:
    (tmp_path / "national").mkdir()
    text = '[[clock]]\nid = "D99"\ntitle = "x"\nsource = "s"\nin_force = 2020-01-01\n'
    (tmp_path / "national" / "clocks.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PackError, match=r"national/clocks.toml: clock\[D99\]: .*trigger"):
        clock_rules(load_pack("national", tmp_path), TODAY)
