"""What a shop could have sold. published catalogue -> a time of the coming week, moved to a day of the past

Asked of the catalogue once for each product and weekday; every price is the shop's own offer.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from api.availability.pricing import snapshot_prices
from api.availability.repository import KnownDay, known_day
from api.availability.service import slot_id
from api.availability.views import LiveSlot, TimeSlot
from api.catalog.service import CatalogService
from api.catalog.views import DayState
from api.shops.shop import Shop
from core.domain.ports import AvailabilityStatus, ProviderSlot
from warehouse.readers.shapes import Option, ProductCard, Slot

MOST_PRODUCTS: Final = 40
WEEK: Final = 7


class Assortment:
    """One shop's best sellers of those that are confirmed at once. `first_day` is one whose times are loaded."""

    def __init__(self, catalog: CatalogService, shop: Shop, first_day: date) -> None:
        self._catalog = catalog
        self._shop = shop
        self._first_day = first_day
        self._known: dict[tuple[str, int], list[LiveSlot]] = {}
        products = catalog.of(shop).products(page_size=MOST_PRODUCTS * 2).items
        self._products = [product for product in products if product.instant_confirmation][:MOST_PRODUCTS]
        # The best seller sells some ten times what the last one does.
        self._weights = list(accumulate(1 / (rank + 4) for rank in range(len(self._products))))

    def product(self, chance: Random, currency: str | None = None) -> ProductCard | None:
        """None where nothing is on sale; of `currency`, where an order has one already."""
        if not self._products:
            return None
        found = chance.choices(self._products, cum_weights=self._weights)[0]
        return found if currency in (None, found.currency) else None

    def times(self, product: ProductCard, visit: date) -> Sequence[LiveSlot]:
        """The times of that weekday, as they would have been on `visit`."""
        key = (product.product_id, visit.weekday())
        if key not in self._known:
            day = self._first_day + timedelta(days=(visit.weekday() - self._first_day.weekday()) % WEEK)
            self._known[key] = self._open_times(known_day(self._catalog, self._shop, product.product_id, day))
        return self._known[key]

    def _open_times(self, known: KnownDay) -> list[LiveSlot]:
        options = {option.option_id: option for option in known.options}
        return [
            self._live(known, options[slot.option_id], slot)
            for slot in known.slots
            if slot.is_available and slot.prices and slot.option_id in options
        ]

    def _live(self, known: KnownDay, option: Option, slot: Slot) -> LiveSlot:
        prices = snapshot_prices(slot.prices, option.units, self._catalog.pricing(self._shop, known.product))
        hours = ((slot.opens_at, slot.closes_at),) if slot.opens_at and slot.closes_at else ()
        shown = TimeSlot(
            slot_id=slot.slot_id,
            starts=slot.local_start_time,
            ends=slot.local_end_time,
            is_all_day=slot.is_all_day,
            opening_hours=hours,
            state=DayState.AVAILABLE,
            vacancies=None,
            max_units=slot.max_units,
            prices=prices,
        )
        zone = ZoneInfo(known.product.time_zone)
        provided = ProviderSlot(
            provider_availability_id=slot.provider_availability_id,
            starts_at=slot.starts_at.astimezone(zone),
            ends_at=slot.ends_at.astimezone(zone),
            is_all_day=slot.is_all_day,
            is_available=True,
            status=AvailabilityStatus.AVAILABLE,
            vacancies=None,
            max_units=slot.max_units,
            cutoff_at=slot.starts_at,
        )
        return LiveSlot(known.product, known.city, known.place, option, shown, provided)


def moved_to(live: LiveSlot, visit: date) -> LiveSlot:
    """The same time on another day, under the id that the supplier and the catalogue would give it there."""
    starts_at = _on(live.provided.starts_at, visit)
    length = live.provided.ends_at - live.provided.starts_at
    theirs = _id_on(live.provided.provider_availability_id, live.provided.starts_at, visit)
    provided = replace(
        live.provided,
        provider_availability_id=theirs,
        starts_at=starts_at,
        ends_at=starts_at + length,
        cutoff_at=starts_at,
    )
    return replace(live, provided=provided, slot=replace(live.slot, slot_id=slot_id(live.product, live.option, theirs)))


def _id_on(provider_availability_id: str, starts_at: datetime, visit: date) -> str:
    """Suppliers name a time by when it begins; another id gets the day put behind it."""
    try:
        named = datetime.fromisoformat(provider_availability_id)
    except ValueError:
        return f"{provider_availability_id}:{visit.isoformat()}"
    return _on(named.replace(tzinfo=starts_at.tzinfo), visit).isoformat()


def _on(moment: datetime, day: date) -> datetime:
    return datetime.combine(day, time(moment.hour, moment.minute, tzinfo=moment.tzinfo))
