"""The catalogue's use cases: one view for each page, shared by HTML and JSON. ShopCatalog -> views"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from api.catalog.calendar import cell_of, last_of, months_of, months_shown
from api.catalog.pricing import ProductPricing
from api.catalog.repository import PAGE_SIZE, ShopCatalog
from api.catalog.views import (
    CalendarCell,
    Card,
    Choice,
    CityView,
    CountryView,
    FrontView,
    Listing,
    PlaceView,
    ProductView,
    SearchView,
)
from api.shops.shop import Shop
from core.domain.clock import Clock, utc_now
from core.domain.pricing import Offer
from warehouse.readers.catalog import CatalogReader
from warehouse.readers.shapes import NamedCity, Product, ProductCard, ProductList

FAVOURITES: Final = 8
RELATED: Final = 4


class CatalogService:
    """Each method reads one release, so that the parts of its answer agree; they read files, so run them in a thread.

    Each raises CatalogPreparing before the first release, besides what it says itself.
    """

    def __init__(
        self, reader: CatalogReader, clock: Clock = utc_now, *, fixed_retail: frozenset[str] = frozenset()
    ) -> None:
        """`fixed_retail` names the connections whose retail price no shop may leave."""
        self._reader = reader
        self._clock = clock
        self._fixed_retail = fixed_retail

    def of(self, shop: Shop) -> ShopCatalog:
        return ShopCatalog(self._reader, shop)

    def pricing(self, shop: Shop, product: ProductCard) -> ProductPricing:
        """How the shop prices this product: the only way to its offers."""
        rule = shop.price_rules.rule_for(city_id=product.city_id, product_id=product.product_id)
        return ProductPricing(rule, shop.terms, product.connection_id in self._fixed_retail)

    def front(self, shop: Shop) -> FrontView:
        catalog = self.of(shop)
        favourites = catalog.products(page_size=FAVOURITES)
        return FrontView(catalog.countries(), catalog.cities(), self._cards(favourites.items, shop))

    def country(self, shop: Shop, slug: str) -> CountryView:
        """CountryNotFound."""
        catalog = self.of(shop)
        country = catalog.country(slug)
        cities = catalog.cities(country.country_code)
        favourites = catalog.products(city_id=cities[0].city_id, page_size=FAVOURITES) if cities else ProductList((), 0)
        return CountryView(country, cities, self._cards(favourites.items, shop))

    def city(self, shop: Shop, slug: str, choice: Choice) -> CityView:
        """CityNotFound."""
        catalog = self.of(shop)
        city = catalog.city(slug)
        places = catalog.places(city)
        kinds = tuple(kind for kind, _ in Counter(place.kind for place in places).most_common())
        products = catalog.products(
            city_id=city.city_id, kind=choice.kind, category=choice.category, sort=choice.sort, page=choice.page
        )
        return CityView(city, places, kinds, self._listing(products, choice, shop))

    def place(self, shop: Shop, slug: str, choice: Choice) -> PlaceView:
        """PlaceNotFound."""
        catalog = self.of(shop)
        place = catalog.place(slug)
        products = catalog.products(
            place_id=place.place_id, category=choice.category, sort=choice.sort, page=choice.page
        )
        return PlaceView(place, catalog.city(place.city_slug), self._listing(products, choice, shop))

    def listing(self, shop: Shop, choice: Choice, *, city: str | None, place: str | None) -> Listing:
        """Products of a city, a place or the whole shop. CityNotFound, PlaceNotFound."""
        catalog = self.of(shop)
        products = catalog.products(
            city_id=catalog.city(city).city_id if city else None,
            place_id=catalog.place(place).place_id if place else None,
            kind=choice.kind,
            category=choice.category,
            sort=choice.sort,
            page=choice.page,
        )
        return self._listing(products, choice, shop)

    def product(self, shop: Shop, slug_or_id: str, month: str | None = None) -> ProductView:
        """ProductGone. `month` is YYYY-MM; nonsense and months not on offer show the nearest that is."""
        catalog = self.of(shop)
        product = catalog.product(slug_or_id)
        pricing = self.pricing(shop, product)
        today = local_today(product, self._clock())
        shown = months_shown(month, today)
        days = catalog.calendar(product, shown[0], last_of(shown[-1]))
        related = catalog.products(place_id=product.place_id, page_size=RELATED + 1)
        return ProductView(
            product=product,
            offer=from_offer(product, pricing),
            city=catalog.city(product.city_slug),
            options=catalog.options(product),
            features=catalog.features(product),
            media=catalog.media(product),
            months=months_of(days, shown, today=today, pricing=pricing),
            related=tuple(
                card for card in self._cards(related.items, shop) if card.product.product_id != product.product_id
            )[:RELATED],
        )

    def calendar(self, shop: Shop, slug_or_id: str, first: date, last: date) -> tuple[Product, list[CalendarCell]]:
        """ProductGone. Only days the catalogue knows something of."""
        catalog = self.of(shop)
        product = catalog.product(slug_or_id)
        pricing = self.pricing(shop, product)
        today = local_today(product, self._clock())
        days = catalog.calendar(product, first, last)
        cells = [
            cell_of([option for option in days if option.local_date == day], day, today=today, pricing=pricing)
            for day in sorted({option.local_date for option in days})
        ]
        return product, cells

    def search(self, shop: Shop, text: str) -> SearchView:
        """Nothing is found for nothing asked."""
        catalog = self.of(shop)
        wanted = " ".join(text.split())[:80]
        if not wanted:
            return SearchView("", (), (), ())
        found = catalog.search(wanted)
        return SearchView(wanted, found.cities, found.places, self._cards(found.products, shop))

    def city_named(self, name: str) -> NamedCity | None:
        """The city of the world that bears the name, whether or not anything is sold there."""
        return self._reader.city_named(name)

    def _cards(self, products: Iterable[ProductCard], shop: Shop) -> tuple[Card, ...]:
        return tuple(Card(product, from_offer(product, self.pricing(shop, product))) for product in products)

    def _listing(self, products: ProductList, choice: Choice, shop: Shop) -> Listing:
        cards = self._cards(products.items, shop)
        return Listing(cards, products.total, choice, max(1, -(-products.total // PAGE_SIZE)))


def local_today(product: ProductCard, now: datetime) -> date:
    """Today where the visit is, which may be another day than at the shop."""
    return now.astimezone(ZoneInfo(product.time_zone)).date()


def from_offer(product: ProductCard, pricing: ProductPricing) -> Offer | None:
    """The from-price this shop asks; None where the supplier names none before a date."""
    retail = product.from_retail
    return pricing.offer(product.from_original or retail, retail, product.from_net) if retail else None
