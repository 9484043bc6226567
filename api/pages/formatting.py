"""Amounts, dates, times and ages in words, by the shop's locale. Registered as template filters."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal, get_currency_symbol

from core.domain.money import Money
from warehouse.readers.shapes import Unit

_CODE_AND_DIGIT: Final = re.compile(r"([A-Z]{2,3})(\d)")
JUST_NOW: Final = timedelta(seconds=90)
DEFAULT_LOCALE: Final = "en"
# Suppliers write "no limit" as 99 or more.
NO_UPPER_AGE: Final = 99


@dataclass(frozen=True, slots=True)
class Formats:
    """How one shop writes things. A locale Babel does not know falls back to English rather than failing a page."""

    locale: Locale
    zone: ZoneInfo

    @classmethod
    def of(cls, locale: str, time_zone: str) -> "Formats":
        try:
            return cls(Locale.parse(locale.replace("-", "_")), ZoneInfo(time_zone))
        except (UnknownLocaleError, ValueError):
            return cls(Locale.parse(DEFAULT_LOCALE), ZoneInfo(time_zone))

    def money(self, amount: Money) -> str:
        """`€12.50`; whole amounts keep their decimals, because columns of prices are compared."""
        places = "" if amount.precision == 0 else "." + "0" * amount.precision
        pattern = self.locale.currency_formats["standard"].pattern.replace(".00", places)
        text = format_currency(
            amount.major,
            amount.currency,
            pattern,
            locale=self.locale,
            currency_digits=False,
            decimal_quantization=False,
        )
        # English writes CZK320; people read CZK 320.
        return _CODE_AND_DIGIT.sub("\\1\u00a0\\2", text)

    def short_money(self, amount: Money) -> str:
        """For a calendar's cell: no decimals where there are none to show."""
        if amount.major != amount.major.to_integral_value():
            return self.money(amount)
        return self.money(Money(int(amount.major), amount.currency, 0))

    def cell_money(self, amount: Money) -> str:
        """For a calendar's narrow cell: a code of three letters gives way to the amount alone."""
        if len(get_currency_symbol(amount.currency, locale=self.locale)) == 1:
            return self.short_money(amount)
        return str(format_decimal(amount.major, locale=self.locale))

    def number(self, value: int) -> str:
        return str(format_decimal(value, locale=self.locale))

    def day(self, value: date) -> str:
        """`Friday, 27 November 2026`."""
        return str(format_date(value, "full", locale=self.locale))

    def short_day(self, value: date) -> str:
        """`Fri, 27 Nov`."""
        return str(format_date(value, "EEE d MMM", locale=self.locale))

    def month(self, value: date) -> str:
        return str(format_date(value, "LLLL y", locale=self.locale))

    def weekdays(self) -> list[tuple[str, str]]:
        """Short and full names of the seven weekdays, Monday first."""
        monday = date(2024, 1, 1)
        days = [monday + timedelta(days=offset) for offset in range(7)]
        return [
            (str(format_date(day, "EEE", locale=self.locale)), str(format_date(day, "EEEE", locale=self.locale)))
            for day in days
        ]

    def clock(self, value: str) -> str:
        """`HH:MM` of the place, written as the shop's locale writes times."""
        moment = datetime.strptime(value, "%H:%M").time()  # noqa: DTZ007 - a wall-clock time has no zone
        return str(format_time(moment, "short", locale=self.locale))

    def moment(self, value: datetime) -> str:
        """An instant in the shop's zone, to the minute."""
        return str(format_datetime(value.astimezone(self.zone), "medium", locale=self.locale))


def age_in_words(fetched_at: datetime, now: datetime) -> str:
    """How old a fact is, as a person would say it: `checked just now`, `as of 40 minutes ago`."""
    age = now - fetched_at
    if age < JUST_NOW:
        return "checked just now"
    minutes = int(age.total_seconds() // 60)
    steps = ((1, 60, "minute"), (60, 24 * 60, "hour"), (24 * 60, None, "day"))
    size, _, word = next(step for step in steps if step[1] is None or minutes < step[1])
    count = minutes // size
    return f"as of {count} {word}{'' if count == 1 else 's'} ago"


def duration_in_words(first: int | None, last: int | None) -> str | None:
    """`1 h 30 min`, `2 to 3 h`; None where the supplier does not say."""
    if first is None and last is None:
        return None
    low, high = first if first is not None else last or 0, last if last is not None else first or 0
    if low == high:
        return _span(low)
    if low % 60 == 0 and high % 60 == 0:
        return f"{low // 60} to {high // 60} h"
    return f"{_span(low)} to {_span(high)}"


def cutoff_in_words(seconds: int | None) -> str | None:
    """`Free cancellation up to 24 hours before`; None where it is not said."""
    if seconds is None:
        return None
    if seconds == 0:
        return "Free cancellation until the visit starts"
    hours = -(-seconds // 3600)
    span = f"{hours // 24} days" if hours % 24 == 0 and hours > 24 else f"{hours} hour{'' if hours == 1 else 's'}"  # noqa: PLR2004
    return f"Free cancellation up to {span} before"


def ages_in_words(unit: Unit) -> str:
    """` (4 to 12 years)`, with its leading space; nothing where ages do not matter."""
    low, high = unit.min_age, unit.max_age
    if low and high is not None and high < NO_UPPER_AGE:
        return f" ({low} to {high} years)"
    if high is not None and high < NO_UPPER_AGE:
        return f" (up to {high} years)"
    return f" ({low} years and over)" if low else ""


def label_in_words(label: str) -> str:
    """A provider's code as a person reads it: `SKIP_THE_LINE`, `guided-tours` -> `Guided tours`."""
    return label.replace("_", " ").replace("-", " ").strip().capitalize()


def _span(minutes: int) -> str:
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    parts = [f"{days} day{'' if days == 1 else 's'}"] if days else []
    parts += [f"{hours} h"] if hours else []
    parts += [f"{left} min"] if left else []
    return " ".join(parts) or "0 min"


FILTERS: Final[dict[str, Callable[..., object]]] = {
    "ages_in_words": ages_in_words,
    "duration_in_words": duration_in_words,
    "cutoff_in_words": cutoff_in_words,
    "label_in_words": label_in_words,
}
