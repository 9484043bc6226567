"""Amounts, counts and days as the reader's browser would write them. Money and dates -> text"""

import re
from dataclasses import dataclass
from datetime import date

import streamlit as st
from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from core.domain.money import Money

DEFAULT_LOCALE = "en"
MOST_PERCENT = 999
_CODE_AND_DIGIT = re.compile(r"([A-Z]{2,3})(\d)")


@dataclass(frozen=True, slots=True)
class Amounts:
    locale: Locale

    @classmethod
    def of(cls, locale: str | None) -> "Amounts":
        """A locale Babel does not know is English rather than a page that fails."""
        try:
            return cls(Locale.parse((locale or DEFAULT_LOCALE).replace("-", "_")))
        except (UnknownLocaleError, ValueError):
            return cls(Locale.parse(DEFAULT_LOCALE))

    def money(self, amount: Money) -> str:
        """`€1,234.50`, with as many decimals as its currency has: `¥2,700`, `KWD 12.345`."""
        places = "." + "0" * amount.precision if amount.precision else ""
        pattern = self.locale.currency_formats["standard"].pattern.replace(".00", places)
        written = format_currency(
            amount.major,
            amount.currency,
            pattern,
            locale=self.locale,
            currency_digits=False,
            decimal_quantization=False,
        )
        # English writes KWD12.345; people read KWD 12.345.
        return _CODE_AND_DIGIT.sub("\\1\u00a0\\2", written)

    def count(self, value: int) -> str:
        return str(format_decimal(value, locale=self.locale))

    def day(self, value: date) -> str:
        """`Tue 17 Nov`; the words around it are English, and so are these."""
        return str(format_date(value, "EEE d MMM", locale=DEFAULT_LOCALE))

    def days(self, first: date, last: date) -> str:
        """`Mon 2 Nov to Tue 1 Dec 2026`, or the one day."""
        end = f"{self.day(last)} {last.year}"
        return (
            end if first == last else f"{self.day(first)}{'' if first.year == last.year else f' {first.year}'} to {end}"
        )


def reader_amounts() -> Amounts:
    """As this visitor's browser says."""
    return Amounts.of(st.context.locale)


def change_in_percent(now: int, before: int) -> str | None:
    """`+12 %`, `-8 %`, `no change`; None where nothing can be said: there was nothing before."""
    if before <= 0:
        return None
    percent = round(100 * (now - before) / before)
    if percent == 0:
        return "no change"
    return f"+{min(percent, MOST_PERCENT)} %" if percent > 0 else f"{percent} %"
