"""Stretches of business days that people ask for. preset and today -> Period"""

from datetime import date, timedelta
from enum import StrEnum

from warehouse.readers.sales_shapes import Period

ONE_DAY = timedelta(days=1)
WEEK = timedelta(days=7)


class Preset(StrEnum):
    TODAY = "Today"
    YESTERDAY = "Yesterday"
    LAST_7_DAYS = "Last 7 days"
    LAST_30_DAYS = "Last 30 days"
    THIS_MONTH = "This month"
    LAST_MONTH = "Last month"
    THIS_YEAR = "This year"
    OWN = "Own range"


def period_of(preset: Preset, today: date) -> Period:
    """The days of a preset up to and with `today`, where it is not over; today alone for a range still to be chosen."""
    first_of_month = today.replace(day=1)
    last_month = first_of_month - ONE_DAY
    return {
        Preset.TODAY: Period(today, today),
        Preset.YESTERDAY: Period(today - ONE_DAY, today - ONE_DAY),
        Preset.LAST_7_DAYS: last_days(7, today),
        Preset.LAST_30_DAYS: last_days(30, today),
        Preset.THIS_MONTH: Period(first_of_month, today),
        Preset.LAST_MONTH: Period(last_month.replace(day=1), last_month),
        Preset.THIS_YEAR: Period(today.replace(month=1, day=1), today),
        Preset.OWN: Period(today, today),
    }[preset]


def last_days(count: int, today: date) -> Period:
    """`count` days, the last of which is `today`."""
    return Period(today - timedelta(days=count - 1), today)


def period_before(period: Period) -> Period:
    """As many days, directly before."""
    length = period.last - period.first + ONE_DAY
    return Period(period.first - length, period.first - ONE_DAY)


def days_of(period: Period) -> list[date]:
    return [period.first + timedelta(days=offset) for offset in range((period.last - period.first).days + 1)]
