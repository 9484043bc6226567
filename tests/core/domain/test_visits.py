"""When a visit is over."""

from datetime import UTC, date, datetime

import pytest

from core.domain.visits import visit_ends_at


@pytest.mark.parametrize(
    ("ends_at", "time_zone", "over_at"),
    [
        (datetime(2026, 7, 1, 9, tzinfo=UTC), "Europe/Amsterdam", datetime(2026, 7, 1, 22, tzinfo=UTC)),
        (datetime(2026, 7, 1, 9, tzinfo=UTC), "Pacific/Auckland", datetime(2026, 7, 1, 12, tzinfo=UTC)),
        (datetime(2026, 7, 2, 1, tzinfo=UTC), "Europe/Amsterdam", datetime(2026, 7, 2, 1, tzinfo=UTC)),
    ],
    ids=["with its day", "in the place's zone", "a night's slot lasts longer"],
)
def test_a_visit_is_over_with_its_day_or_its_slot(ends_at, time_zone, over_at):
    assert visit_ends_at(ends_at, date(2026, 7, 1), time_zone) == over_at


def test_a_day_on_which_the_clocks_change_is_as_long_as_it_is():
    opened = datetime(2026, 10, 25, 8, tzinfo=UTC)
    assert visit_ends_at(opened, date(2026, 10, 25), "Europe/Amsterdam") == datetime(2026, 10, 25, 23, tzinfo=UTC)
