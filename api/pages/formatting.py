"""Amounts, numbers and dates by the shop's locale. Money and dates -> text, remembered because pages repeat them"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, get_currency_symbol

from core.domain.money import Money

DEFAULT_LOCALE: Final = "en"
REMEMBERED: Final = 20_000
_CODE_AND_DIGIT: Final = re.compile(r"([A-Z]{2,3})(\d)")


@dataclass(frozen=True, slots=True)
class Formats:
    """How one shop writes things. A locale Babel does not know falls back to English rather than failing a page."""

    locale: Locale

    @classmethod
    def of(cls, locale: str) -> "Formats":
        try:
            return cls(Locale.parse(locale.replace("-", "_")))
        except (UnknownLocaleError, ValueError):
            return cls(Locale.parse(DEFAULT_LOCALE))

    def money(self, amount: Money) -> str:
        """`€12.50`; whole amounts keep their decimals, because columns of prices are compared."""
        return _money(self.locale, amount)

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
        return _date(self.locale, value, "full")

    def short_day(self, value: date) -> str:
        """`Fri, 27 Nov`."""
        return _date(self.locale, value, "EEE d MMM")

    def month(self, value: date) -> str:
        return _date(self.locale, value, "LLLL y")

    def weekdays(self) -> list[tuple[str, str]]:
        """Short and full names of the seven weekdays, Monday first."""
        monday = date(2024, 1, 1)
        days = [monday + timedelta(days=offset) for offset in range(7)]
        return [(_date(self.locale, day, "EEE"), _date(self.locale, day, "EEEE")) for day in days]

    def clock(self, value: str) -> str:
        """`HH:MM` of the place, written as the shop's locale writes times."""
        moment = datetime.strptime(value, "%H:%M").time()  # noqa: DTZ007 - a wall-clock time has no zone
        return str(format_time(moment, "short", locale=self.locale))


@lru_cache(maxsize=REMEMBERED)
def _money(locale: Locale, amount: Money) -> str:
    places = "" if amount.precision == 0 else "." + "0" * amount.precision
    pattern = locale.currency_formats["standard"].pattern.replace(".00", places)
    text = format_currency(
        amount.major, amount.currency, pattern, locale=locale, currency_digits=False, decimal_quantization=False
    )
    # English writes CZK320; people read CZK 320.
    return _CODE_AND_DIGIT.sub("\\1\u00a0\\2", text)


@lru_cache(maxsize=REMEMBERED)
def _date(locale: Locale, value: date, pattern: str) -> str:
    return str(format_date(value, pattern, locale=locale))
