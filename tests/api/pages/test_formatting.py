"""Amounts, ages and spans in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from api.pages.formatting import Formats
from api.pages.wording import age_in_words, cutoff_in_words, duration_in_words, label_in_words
from core.domain.money import Money

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("locale", "amount", "written"),
    [
        ("en_GB", Money(123_450, "EUR"), "€1,234.50"),
        ("en_NL", Money(123_450, "EUR"), "€ 1.234,50"),
        ("en_GB", Money(32_000, "CZK"), "CZK 320.00"),
        ("en_GB", Money(500, "JPY", 0), "JP¥500"),
        ("xx_nonsense", Money(1_200, "EUR"), "€12.00"),
    ],
)
def test_an_amount_is_written_as_the_shops_locale_has_it(locale, amount, written):
    assert Formats.of(locale).money(amount).replace("\u00a0", " ") == written


def test_a_calendar_cell_has_room_for_no_more_than_it_needs():
    formats = Formats.of("en_GB")
    assert formats.cell_money(Money(1_200, "EUR")) == "€12"
    assert formats.cell_money(Money(1_250, "EUR")) == "€12.50"
    assert formats.cell_money(Money(32_000, "CZK")) == "320"


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=30), "checked just now"),
        (timedelta(seconds=100), "as of 1 minute ago"),
        (timedelta(minutes=40), "as of 40 minutes ago"),
        (timedelta(hours=1), "as of 1 hour ago"),
        (timedelta(hours=30), "as of 1 day ago"),
    ],
)
def test_an_age_is_told_as_a_person_would(age, words):
    assert age_in_words(NOW - age, NOW) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (60, 60, "1 h"),
        (90, 90, "1 h 30 min"),
        (120, 180, "2 to 3 h"),
        (45, 75, "45 min to 1 h 15 min"),
        (2_880, 2_880, "2 days"),
        (None, 30, "30 min"),
        (None, None, None),
    ],
)
def test_a_duration_is_short(first, last, words):
    assert duration_in_words(first, last) == words


def test_a_cancellation_deadline_is_in_hours_or_days():
    assert cutoff_in_words(86_400) == "Free cancellation up to 24 hours before"
    assert cutoff_in_words(3 * 86_400) == "Free cancellation up to 3 days before"
    assert cutoff_in_words(0) == "Free cancellation until the visit starts"
    assert cutoff_in_words(None) is None


def test_codes_become_words():
    assert label_in_words("SKIP_THE_LINE") == "Skip the line"
    assert Formats.of("en_GB").short_day(date(2026, 11, 27)) == "Fri 27 Nov"
