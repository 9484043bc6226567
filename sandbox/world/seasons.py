"""How busy a day is, before anybody looks at one place: month, weekday, holidays."""

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

# Percent of a usual day, January to December.
OUTDOOR_MONTHS = (40, 45, 62, 85, 95, 105, 122, 122, 95, 76, 48, 60)
INDOOR_MONTHS = (76, 80, 90, 100, 95, 95, 106, 108, 95, 100, 86, 104)
# Monday to Sunday.
WEEKDAYS = (80, 80, 85, 90, 104, 125, 114)
HOLIDAY = 128
# High summer, autumn half-term, Christmas and New Year, as (month, day).
FIXED_HOLIDAYS = (((7, 10), (8, 25)), ((10, 12), (10, 27)), ((12, 20), (12, 31)), ((1, 1), (1, 4)))
# Easter, Ascension and Whitsun, in days after Easter Sunday.
MOVING_HOLIDAYS = ((-4, 5), (38, 42), (48, 50))
BUSY, QUIET = 122, 70


class Season(StrEnum):
    """What a dated price follows."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the algorithm of Meeus)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    offset = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * offset) // 433
    month = (h + offset - 7 * m + 90) // 25
    return date(year, month, (h + offset - 7 * m + 33 * month + 19) % 32)


def is_holiday(day: date) -> bool:
    """Days when families travel."""
    month_day, since_easter = (day.month, day.day), (day - easter(day.year)).days
    if any(first <= month_day <= last for first, last in FIXED_HOLIDAYS):
        return True
    return any(first <= since_easter <= last for first, last in MOVING_HOLIDAYS)


@lru_cache(maxsize=4096)
def crowd(day: date, *, outdoor: bool) -> int:
    """How busy the day is, in percent of a usual one."""
    months = OUTDOOR_MONTHS if outdoor else INDOOR_MONTHS
    usual = months[day.month - 1] * WEEKDAYS[day.weekday()] // 100
    return usual * HOLIDAY // 100 if is_holiday(day) else usual


def season(day: date, *, outdoor: bool) -> Season:
    busy = crowd(day, outdoor=outdoor)
    return Season.HIGH if busy >= BUSY else Season.LOW if busy <= QUIET else Season.NORMAL


def is_winter(day: date) -> bool:
    """Winter opening hours: November to March."""
    return day.month in {11, 12, 1, 2, 3}


def days_between(first: date, last: date) -> list[date]:
    """Both included; empty when `last` comes first."""
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
