"""Every question of the feature, asked within a shop's area. published catalogue + shop -> what this shop may show"""

from datetime import date

from api.catalog.errors import CatalogPreparing, CityNotFound, CountryNotFound, PlaceNotFound, ProductGone
from api.shops.shop import Shop
from warehouse.errors import NoRelease
from warehouse.readers.catalog import CatalogReader
from warehouse.readers.shapes import (
    CalendarDay,
    City,
    Country,
    Feature,
    Media,
    Option,
    Place,
    Product,
    ProductList,
    ProductQuery,
    ProductSort,
    SearchResult,
    Slot,
)

PAGE_SIZE = 24


class ShopCatalog:
    """One shop's view of one release: what lies outside the shop's area does not exist here."""

    def __init__(self, reader: CatalogReader, shop: Shop) -> None:
        try:
            self._reader = reader.pinned()
        except NoRelease as error:
            raise CatalogPreparing("The first catalogue has not been published yet.") from error
        self._shop = shop

    def countries(self) -> tuple[Country, ...]:
        return self._reader.countries(self._shop.scope)

    def country(self, slug: str) -> Country:
        """CountryNotFound where the shop offers nothing there."""
        found = next((country for country in self.countries() if country.slug == slug), None)
        if found is None:
            raise CountryNotFound(f"There is no country {slug} in this shop.")
        return found

    def cities(self, country_code: str | None = None) -> tuple[City, ...]:
        return self._reader.cities(self._shop.scope, country_code)

    def city(self, slug: str) -> City:
        """CityNotFound where the shop offers nothing there."""
        found = self._reader.city(slug)
        if found is None or not self._shop.may_show(found.country_code, found.city_id) or found.product_count == 0:
            raise CityNotFound(f"There is no city {slug} in this shop.")
        return found

    def places(self, city: City) -> tuple[Place, ...]:
        """Those of a city that `city` answered with."""
        return self._reader.places(city.city_id)

    def place(self, slug: str) -> Place:
        """PlaceNotFound where the shop sells nothing there."""
        found = self._reader.place(slug)
        if found is None or not self._shop.may_show(found.country_code, found.city_id) or found.product_count == 0:
            raise PlaceNotFound(f"There is no place {slug} in this shop.")
        return found

    def products(  # noqa: PLR0913 - the choices a visitor has on one page
        self,
        *,
        city_id: str | None = None,
        place_id: str | None = None,
        kind: str | None = None,
        category: str | None = None,
        sort: ProductSort = ProductSort.POPULARITY,
        page: int = 1,
        page_size: int = PAGE_SIZE,
    ) -> ProductList:
        return self._reader.products(
            ProductQuery(self._shop.scope, city_id, place_id, kind, category, sort, page, page_size)
        )

    def product(self, slug_or_id: str) -> Product:
        """ProductGone where the shop does not sell it, or no longer."""
        found = self._reader.product(slug_or_id)
        if found is None or not self._shop.may_show(found.country_code, found.city_id):
            raise ProductGone(f"The ticket {slug_or_id} is not sold in this shop.")
        return found

    def options(self, product: Product) -> tuple[Option, ...]:
        return self._reader.options(product.product_id)

    def features(self, product: Product) -> tuple[Feature, ...]:
        return self._reader.features(product.product_id)

    def media(self, product: Product) -> tuple[Media, ...]:
        return self._reader.media(product.product_id)

    def calendar(self, product: Product, first: date, last: date) -> tuple[CalendarDay, ...]:
        return self._reader.calendar(product.product_id, first, last)

    def slots(self, product: Product, local_date: date) -> tuple[Slot, ...]:
        return self._reader.slots(product.product_id, local_date)

    def search(self, text: str) -> SearchResult:
        return self._reader.search(text, self._shop.scope)
