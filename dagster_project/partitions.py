"""Local days of visits, and business days of sales, as Dagster's partitions."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import dagster as dg

from core.domain.clock import utc_now
from pipelines.loads import CALENDAR_DAYS_AHEAD

FIRST_DAY = date(2026, 11, 1)

# A day's rows are about visits on that day, so most partitions lie ahead of the clock.
VISIT_DAYS = dg.DailyPartitionsDefinition(start_date=FIRST_DAY.isoformat(), end_offset=CALENDAR_DAYS_AHEAD + 1)

# No sale is older. Somewhere a day begins fourteen hours before it does in UTC: tomorrow is a partition too.
FIRST_BUSINESS_DAY = date(2025, 1, 1)
BUSINESS_DAYS = dg.DailyPartitionsDefinition(start_date=FIRST_BUSINESS_DAY.isoformat(), end_offset=2)

RANGE_START = "dagster/asset_partition_range_start"
RANGE_END = "dagster/asset_partition_range_end"


def days_from(moment: datetime, count: int) -> tuple[date, date]:
    """The first and last of `count` local days, counted from the earliest day it still is anywhere on Earth."""
    first = (moment - timedelta(hours=12)).date()
    return first, first + timedelta(days=count - 1)


def require_future(first: date) -> None:
    """Fail for days that are over: no supplier tells of them, and a load would replace what we know by nothing."""
    # It is still yesterday somewhere, and a run may have waited for its turn.
    if first < utc_now().date() - timedelta(days=1):
        raise dg.Failure(f"{first} is past, and suppliers only tell of days to come.", allow_retries=False)


def range_tags(first: date, last: date) -> dict[str, str]:
    """Tags that make one run load the days `first` to `last`, both included."""
    return {RANGE_START: first.isoformat(), RANGE_END: last.isoformat()}


def range_of(partition_keys: Sequence[str]) -> tuple[date, date]:
    """The first and last day of a run's partitions."""
    return date.fromisoformat(min(partition_keys)), date.fromisoformat(max(partition_keys))
