"""Days and hours as a paper in China writes them."""

import pytest

from printing.dates import moment, parsed_day, written_day, written_minute, written_stretch

NEW_YEAR = 1_798_732_800_000
"""2027-01-01 00:00 in China, still 2026 in Greenwich."""


def test_the_day_begins_at_midnight_in_china():
    assert written_day(moment(NEW_YEAR).date()) == "2027年1月1日"
    assert written_day(moment(NEW_YEAR - 1).date()) == "2026年12月31日"


def test_a_minute_is_not_rounded_up():
    assert written_minute(NEW_YEAR - 1) == "2026年12月31日23时59分"


def test_the_year_stands_once_unless_it_changes():
    hour = 3_600_000
    assert written_stretch(NEW_YEAR, NEW_YEAR + hour) == "2027年1月1日0时0分至1月1日1时0分"
    assert written_stretch(NEW_YEAR - hour, NEW_YEAR) == "2026年12月31日23时0分至2027年1月1日0时0分"


@pytest.mark.parametrize("text", ["20260918", "2026-9-18", "2026-W38-5", "2026-02-30", "今天"])
def test_a_day_has_one_spelling(text):
    with pytest.raises(ValueError):
        parsed_day(text)
