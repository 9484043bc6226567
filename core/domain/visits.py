"""When a visit is over, so that the reseller has earned what was booked for it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def visit_ends_at(ends_at: datetime, local_date: date, time_zone: str) -> datetime:
    """The end of its day in the zone of the place, or of its slot where that lasts longer.

    A slot's end alone would not do: suppliers also give the time at which the last visitor is let in.
    """
    midnight = datetime.combine(local_date + timedelta(days=1), time.min, ZoneInfo(time_zone))
    return max(ends_at, midnight.astimezone(UTC))
