"""How old something is, in words and to the minute."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

JUST_NOW = timedelta(seconds=90)
_STEPS = ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute"))


def age_in_words(moment: datetime, now: datetime) -> str:
    """`just now`, `40 minutes ago`, `2 days ago`: the largest whole unit."""
    age = now - moment
    if age < JUST_NOW:
        return "just now"
    size, word = next(step for step in _STEPS if age >= step[0])
    count = age // size
    return f"{count} {word}{'' if count == 1 else 's'} ago"


def local_moment(moment: datetime, time_zone: str | None) -> str:
    """`24 Nov 2026, 14:05` in the reader's zone, or in UTC and saying so where the browser's is not known."""
    try:
        return f"{moment.astimezone(ZoneInfo(time_zone or '')):%-d %b %Y, %H:%M}"
    except (ZoneInfoNotFoundError, ValueError):
        return f"{moment:%-d %b %Y, %H:%M} UTC"
