"""The snapshot's side of a day. published catalogue within a shop's area -> product, options and their known slots"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from api.catalog.service import CatalogService
from api.shops.shop import Shop
from warehouse.readers.shapes import CalendarDay, City, Option, Place, Product, Slot

DAYS_AROUND: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class KnownDay:
    """All of one release."""

    product: Product
    city: City
    place: Place
    options: tuple[Option, ...]
    slots: tuple[Slot, ...]
    days: tuple[CalendarDay, ...]


def known_day(catalog_service: CatalogService, shop: Shop, slug_or_id: str, day: date) -> KnownDay:
    """What the catalogue holds of a day; ProductGone where the shop does not sell the product."""
    catalog = catalog_service.of(shop)
    product = catalog.product(slug_or_id)
    return KnownDay(
        product,
        catalog.city(product.city_slug),
        catalog.place(product.place_slug),
        catalog.options(product),
        catalog.slots(product, day),
        catalog.calendar(product, day - DAYS_AROUND, day + DAYS_AROUND),
    )
