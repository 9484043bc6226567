"""How much was sold when."""

from collections import Counter
from datetime import date, timedelta
from random import Random

from api.history.seasons import ORDERS_A_DAY, lead_days, orders_on

TODAY = date(2026, 11, 24)
DAYS = 395


def _orders(slug: str) -> dict[date, int]:
    days = [TODAY - timedelta(days=ago) for ago in range(1, DAYS + 1)]
    return {day: orders_on(slug, day, TODAY, Random(f"{slug}:{day}")) for day in days}  # noqa: S311 - repeatable


def test_thirteen_months_come_to_some_sixty_thousand_visits():
    orders = sum(sum(_orders(slug).values()) for slug in ORDERS_A_DAY)
    assert 45_000 < orders < 65_000


def test_a_campsite_is_full_in_july_and_weekends_are_busier():
    months, weekdays = Counter[int](), Counter[int]()
    for day, count in _orders("les-pins").items():
        months[day.month] += count
        weekdays[day.weekday()] += count
    assert months[7] > 3 * months[2]
    assert weekdays[5] > 1.3 * weekdays[1]


def test_nobody_visits_before_he_buys_or_later_than_there_are_days():
    chance = Random(7)  # noqa: S311 - repeatable
    leads = [lead_days(chance, 9) for _ in range(2_000)]
    assert (min(leads), max(leads)) == (0, 9)
    assert 0.3 < leads.count(0) / len(leads) < 0.45
