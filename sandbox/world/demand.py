"""How many places are left: capacity, less what the world has bought by now. Product + day + today -> Opening"""

from dataclasses import dataclass
from datetime import date

from sandbox.world.draws import Noise
from sandbox.world.products import Option, Product, opening_minutes, start_minutes
from sandbox.world.seasons import crowd

# Percent of a usual slot by the hour it starts in; hours not named are usual.
HOURS = {9: 78, 10: 108, 11: 130, 12: 112, 13: 110, 14: 122, 15: 106, 16: 84, 17: 68}
# A slot sells along 20 / (20 + days ahead): all it will on the day, three quarters a week ahead, a seventh at 120 days.
LEAD_DAYS = 20
# One slot in fifty goes to a school class or a coach party; one day in thirty is an event that fills the place.
GROUP_TAKES_ALL = 98
EVENT_FROM, EVENT_PERCENT = 97, 420


@dataclass(frozen=True, slots=True)
class Opening:
    """An option's open day: hours in minutes after midnight, (start, vacancies) per slot; None is unlimited."""

    opens: int
    closes: int
    slots: list[tuple[int, int | None]]


def opening(product: Product, option: Option, day: date, today: date, noise: Noise) -> Opening | None:
    """None on a closed day. Before anybody's bookings at the supplier; those come on top."""
    hours = opening_minutes(product, day)
    if hours is None:
        return None
    starts = start_minutes(product, *hours)
    capacity = product.offer.capacity
    if capacity == 0:
        return Opening(*hours, [(start, None) for start in starts])
    mood, *chances = noise.row(option.noise_key, day.toordinal(), len(starts) + 1)
    share = (
        _demand_share(product, day, (day - today).days)
        * (EVENT_PERCENT if mood >= EVENT_FROM else 75 + mood // 2)
        // 100
    )
    slots: list[tuple[int, int | None]] = []
    for start, chance in zip(starts, chances, strict=True):
        wanted = capacity * share * HOURS.get(start // 60, 95) * (55 + chance) // 100_000_000
        left = 0 if chance >= GROUP_TAKES_ALL else max(0, capacity - wanted)
        if product.offer.takes_whole_slot:
            left = capacity if left * 2 > capacity else 0
        slots.append((start, left))
    return Opening(*hours, slots)


def _demand_share(product: Product, day: date, days_ahead: int) -> int:
    """Share of capacity wanted by now, in basis points."""
    busy = crowd(day, outdoor=product.kind.outdoor)
    return product.kind.demand * busy * LEAD_DAYS // (LEAD_DAYS + max(0, days_ahead))
