"""The days that a period means."""

from datetime import date

import pytest

from dashboards.periods import Preset, days_of, period_before, period_of
from dashboards.views.amounts import Amounts, change_in_percent
from warehouse.readers.sales_shapes import Period

LEAP_DAY = date(2028, 2, 29)


@pytest.mark.parametrize(
    ("preset", "first", "last"),
    [
        (Preset.TODAY, LEAP_DAY, LEAP_DAY),
        (Preset.YESTERDAY, date(2028, 2, 28), date(2028, 2, 28)),
        (Preset.LAST_7_DAYS, date(2028, 2, 23), LEAP_DAY),
        (Preset.LAST_30_DAYS, date(2028, 1, 31), LEAP_DAY),
        (Preset.THIS_MONTH, date(2028, 2, 1), LEAP_DAY),
        (Preset.LAST_MONTH, date(2028, 1, 1), date(2028, 1, 31)),
        (Preset.THIS_YEAR, date(2028, 1, 1), LEAP_DAY),
    ],
)
def test_a_preset_ends_with_today_or_before(preset, first, last):
    assert period_of(preset, LEAP_DAY) == Period(first, last)


@pytest.mark.parametrize("preset", list(Preset))
def test_the_period_before_is_as_long_and_touches(preset):
    period = period_of(preset, date(2026, 1, 1))
    before = period_before(period)
    assert len(days_of(before)) == len(days_of(period))
    assert (period.first - before.last).days == 1


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (150, 100, "+50 %"),
        (50, 100, "-50 %"),
        (0, 100, "-100 %"),
        (100, 100, "no change"),
        (5_000_000, 1, "+999 %"),
        (10, 0, None),
        (10, -5, None),
    ],
)
def test_a_change_is_said_only_where_there_was_something(now, before, words):
    assert change_in_percent(now, before) == words


def test_days_are_written_with_one_year_where_one_is_enough():
    amounts = Amounts.of("nonsense")
    assert amounts.days(date(2026, 11, 2), date(2026, 11, 3)) == "Mon 2 Nov to Tue 3 Nov 2026"
    assert amounts.days(date(2025, 12, 31), date(2026, 1, 1)) == "Wed 31 Dec 2025 to Thu 1 Jan 2026"
    assert amounts.days(date(2026, 1, 1), date(2026, 1, 1)) == "Thu 1 Jan 2026"
