"""How many buy on a day, when in it, and how long before the visit. shop, day, chance -> numbers"""

import math
from datetime import date, timedelta
from random import Random
from typing import Final

DAYS_A_YEAR: Final = 365.25
# Orders on an ordinary day a year ago; the three together come to about 60,000 items in thirteen months.
ORDERS_A_DAY: Final = {"herengracht": 46, "les-pins": 41, "gallery-circle": 34}
ELSEWHERE: Final = 20
# How much of a year's swing a shop's guests bring: a campsite is nearly empty in winter.
SWING: Final = {"herengracht": 0.25, "les-pins": 0.65, "gallery-circle": 0.18}
BUSIEST_DAY: Final = 205
GROWTH_A_YEAR: Final = 0.3
BY_WEEKDAY: Final = (0.82, 0.80, 0.88, 0.96, 1.12, 1.28, 1.14)
BY_HOUR: Final = (0, 0, 0, 0, 0, 0, 1, 3, 6, 9, 10, 10, 8, 8, 8, 8, 8, 8, 9, 10, 11, 9, 5, 2)
SAME_DAY: Final = 0.34
NEXT_DAY: Final = 0.54
LONGEST_LEAD: Final = 90


def orders_on(slug: str, day: date, present: date, chance: Random) -> int:
    """Seasons, weekdays, growth, a week's luck and a day's."""
    year = (day.timetuple().tm_yday - BUSIEST_DAY) / DAYS_A_YEAR
    season = 1 + SWING.get(slug, 0.3) * math.cos(2 * math.pi * year)
    # The last week of December is a season of its own.
    holidays = 1.45 if (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 3) else 1.0
    growth = 1 + GROWTH_A_YEAR * (1 - (present - day).days / DAYS_A_YEAR)
    week = Random(f"{slug}:{day.isocalendar()[:2]}").gauss(1, 0.07)  # noqa: S311 - repeatable on purpose
    mean = ORDERS_A_DAY.get(slug, ELSEWHERE) * season * holidays * growth * BY_WEEKDAY[day.weekday()] * week
    return max(0, round(chance.gauss(mean, math.sqrt(max(mean, 1)))))


def moment_in_day(chance: Random) -> timedelta:
    hour = chance.choices(range(24), BY_HOUR)[0]
    return timedelta(hours=hour, seconds=chance.uniform(0, 3600))


def lead_days(chance: Random, most: int) -> int:
    """Many decide at breakfast, some months ahead; drawn again, and not cut, where it would be more than `most`."""
    for _ in range(8):
        luck = chance.random()
        lead = 0 if luck < SAME_DAY else 1 if luck < NEXT_DAY else 2 + int(chance.lognormvariate(1.5, 1.0))
        if lead <= min(most, LONGEST_LEAD):
            return lead
    return 0
