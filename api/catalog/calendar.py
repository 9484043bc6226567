"""A product's months as a grid. calendar days of all options -> one cell a day"""

import calendar as month_names
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from api.catalog.pricing import ProductPricing
from api.catalog.views import CalendarCell, CalendarMonth, DayState
from core.domain.ports import AvailabilityStatus
from core.domain.pricing import Offer
from warehouse.readers.shapes import CalendarDay

MONTHS_AHEAD: Final = 12
LATE_IN_MONTH: Final = 12
_STATES: Final[dict[str, DayState]] = {
    AvailabilityStatus.AVAILABLE: DayState.AVAILABLE,
    AvailabilityStatus.FREESALE: DayState.AVAILABLE,
    AvailabilityStatus.LIMITED: DayState.LIMITED,
    AvailabilityStatus.SOLD_OUT: DayState.SOLD_OUT,
    AvailabilityStatus.CLOSED: DayState.CLOSED,
}
_BEST_FIRST: Final = (
    DayState.AVAILABLE,
    DayState.LIMITED,
    DayState.SOLD_OUT,
    DayState.CLOSED,
)


def state_of(status: str, *, is_available: bool) -> DayState:
    """A provider's status as a shop says it; `is_available` has the last word, since statuses are read tolerantly."""
    state = _STATES.get(status)
    if is_available:
        return state if state in (DayState.AVAILABLE, DayState.LIMITED) else DayState.AVAILABLE
    return state if state in (DayState.SOLD_OUT, DayState.CLOSED) else DayState.SOLD_OUT


def months_of(
    days: Iterable[CalendarDay], months: tuple[date, ...], *, today: date, pricing: ProductPricing
) -> tuple[CalendarMonth, ...]:
    """The months that begin on `months`, without weeks that are wholly over."""
    of_day: dict[date, list[CalendarDay]] = defaultdict(list)
    for day in days:
        of_day[day.local_date].append(day)
    return tuple(_month(of_day, month, today=today, pricing=pricing) for month in months)


def _month(
    of_day: dict[date, list[CalendarDay]], month: date, *, today: date, pricing: ProductPricing
) -> CalendarMonth:
    weeks = tuple(
        tuple(
            cell_of(of_day[day], day, today=today, pricing=pricing) if day.month == month.month else None
            for day in week
        )
        for week in month_names.Calendar().monthdatescalendar(month.year, month.month)
        if week[-1] >= today
    )
    return CalendarMonth(
        month,
        weeks,
        previous=_moved(month, -1) if month > first_of(today) else None,
        following=_moved(month, 1) if month < _moved(first_of(today), MONTHS_AHEAD) else None,
    )


def cell_of(options: list[CalendarDay], day: date, *, today: date, pricing: ProductPricing) -> CalendarCell:
    """One day over all its options."""
    if day < today:
        return CalendarCell(day, DayState.PAST, None, is_today=False)
    states = {state_of(option.status, is_available=option.is_available) for option in options}
    best = next((state for state in _BEST_FIRST if state in states), DayState.UNKNOWN)
    offers = [made for option in options if option.is_available and (made := _offer(option, pricing))]
    return CalendarCell(day, best, _cheapest(offers), is_today=day == today)


def months_shown(wanted: str | None, today: date) -> tuple[date, ...]:
    """First days: of the month asked for as `YYYY-MM`; of this one where none was, and of the next when it is late."""
    month = _month_asked(wanted, today)
    is_late = month == first_of(today) and not wanted and today.day > LATE_IN_MONTH
    return (month, _moved(month, 1)) if is_late else (month,)


def _month_asked(wanted: str | None, today: date) -> date:
    """Kept between this month and the last one on offer."""
    first, last = first_of(today), _moved(first_of(today), MONTHS_AHEAD)
    try:
        month = date.fromisoformat(f"{wanted}-01") if wanted else first
    except ValueError:
        return first
    return min(max(month, first), last)


def first_of(day: date) -> date:
    return day.replace(day=1)


def last_of(month: date) -> date:
    return _moved(month, 1) - timedelta(days=1)


def _offer(option: CalendarDay, pricing: ProductPricing) -> Offer | None:
    retail = option.from_retail
    if retail is None:
        return None
    return pricing.offer(option.from_original or retail, retail, option.from_net)


def _cheapest(offers: list[Offer]) -> Offer | None:
    if len({(made.asked.currency, made.asked.precision) for made in offers}) != 1:
        return None
    return min(offers, key=lambda made: made.asked.minor)


def _moved(month: date, months: int) -> date:
    years, index = divmod(month.month - 1 + months, 12)
    return date(month.year + years, index + 1, 1)
