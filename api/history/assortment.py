"""What a shop could have sold. published catalogue -> times of the coming days, to be moved to a day of the past

Asked of the catalogue once for each product; every price is the shop's own offer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from api.availability.pricing import snapshot_prices
from api.availability.service import slot_id
from api.availability.views import LiveSlot, TimeSlot
from api.catalog.pricing import ProductPricing
from api.catalog.service import CatalogService
from api.catalog.views import DayState
from api.shops.shop import Shop
from core.domain.ports import AvailabilityStatus, ProviderSlot
from warehouse.readers.shapes import City, Option, Place, Product, ProductCard, Slot

MOST_PRODUCTS: Final = 28
DAYS_OF_A_WEEK: Final = 7
WEDNESDAY, SATURDAY = 2, 5


class Assortment:
    """One shop's best sellers of those that are confirmed at once. Times are loaded from `first_day` on for a week."""

    def __init__(self, catalog: CatalogService, shop: Shop, first_day: date) -> None:
        self._catalog = catalog
        self._shop = shop
        self._first_day = first_day
        self._known: dict[str, dict[int, list[LiveSlot]]] = {}
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
        """Those of a day like `visit`: a Wednesday stands for the working days, a Saturday for the weekend."""
        if product.product_id not in self._known:
            self._known[product.product_id] = self._open_times(product.product_id)
        return self._known[product.product_id][SATURDAY if visit.weekday() >= SATURDAY else WEDNESDAY]

    def _open_times(self, product_id: str) -> dict[int, list[LiveSlot]]:
        catalog = self._catalog.of(self._shop)
        product = catalog.product(product_id)
        of_product = _Product(
            product,
            catalog.city(product.city_slug),
            catalog.place(product.place_slug),
            {option.option_id: option for option in catalog.options(product)},
            self._catalog.pricing(self._shop, product),
        )
        return {
            weekday: [
                of_product.at(slot)
                for slot in catalog.slots(product, self._next(weekday))
                if slot.is_available and slot.prices and slot.option_id in of_product.options
            ]
            for weekday in (WEDNESDAY, SATURDAY)
        }

    def _next(self, weekday: int) -> date:
        return self._first_day + timedelta(days=(weekday - self._first_day.weekday()) % DAYS_OF_A_WEEK)


@dataclass(frozen=True)
class _Product:
    product: Product
    city: City
    place: Place
    options: Mapping[str, Option]
    pricing: ProductPricing

    def at(self, slot: Slot) -> LiveSlot:
        option = self.options[slot.option_id]
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
            prices=snapshot_prices(slot.prices, option.units, self.pricing),
        )
        zone = ZoneInfo(self.product.time_zone)
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
        return LiveSlot(self.product, self.city, self.place, option, shown, provided)


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
