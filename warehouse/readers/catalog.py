"""The catalogue as a shop asks for it. published catalogue release -> frozen shapes, each in about a millisecond."""

import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from core.settings import Settings
from warehouse.manifest import SCHEMA_VERSIONS, Dataset, Manifest
from warehouse.readers import catalog_queries as queries
from warehouse.readers import shapes
from warehouse.readers.snapshot import FixedSource, SnapshotReader, require

Shape = TypeVar("Shape")

EVERYTHING = shapes.CatalogScope()

PRODUCT_PREFIX = "prd_"


def open_catalog(settings: Settings, cache_dir: Path | None = None) -> "CatalogReader":
    """A reader of the published catalogue of these settings; opens nothing until it is asked something."""
    cache = cache_dir or settings.home / "cache"
    return CatalogReader(
        SnapshotReader(settings.publish_path, Dataset.CATALOG, SCHEMA_VERSIONS[Dataset.CATALOG], cache)
    )


class CatalogReader:
    """Answers from the newest readable release; safe to share between threads.

    Every method raises NoRelease (a CatalogueError) before the first publish, and None or an empty tuple is the answer
    for what does not exist. Lists are never of what cannot be sold: no city known, no product left.
    """

    def __init__(self, source: SnapshotReader | FixedSource) -> None:
        self._source = source

    def pinned(self) -> "CatalogReader":
        """The same, fixed on the release of this moment: what one page is made of must agree."""
        return CatalogReader(FixedSource(require(self._source)))

    @property
    def manifest(self) -> Manifest:
        """Of the release being read: its version belongs in every cache key and ETag."""
        return require(self._source).manifest

    @property
    def last_problem(self) -> str | None:
        """Why a newer release is not being read, in a sentence; None when all is well."""
        return self._source.last_problem

    def sources(self) -> tuple[shapes.Source, ...]:
        """Every connection, and how old its facts are."""
        return self._all(shapes.Source, queries.SOURCES)

    def countries(self, scope: shapes.CatalogScope = EVERYTHING) -> tuple[shapes.Country, ...]:
        """By name, counting what lies in `scope` only."""
        return self._all(shapes.Country, queries.COUNTRIES, **_within(scope))

    def cities(
        self, scope: shapes.CatalogScope = EVERYTHING, country_code: str | None = None
    ) -> tuple[shapes.City, ...]:
        """With the most to sell first; of one country where it is given."""
        return self._all(shapes.City, queries.CITIES, country=country_code, **_within(scope))

    def city(self, slug_or_id: str) -> shapes.City | None:
        return self._one(shapes.City, queries.CITY, slug=slug_or_id)

    def places(self, city_id: str) -> tuple[shapes.Place, ...]:
        """Of one city, with the most to sell first."""
        return self._all(shapes.Place, queries.PLACES, city_id=city_id)

    def place(self, slug_or_id: str) -> shapes.Place | None:
        return self._one(shapes.Place, queries.PLACE, slug=slug_or_id)

    def products(self, query: shapes.ProductQuery) -> shapes.ProductList:
        """One page of what matches; a page past the end is empty and still says the total."""
        wanted = {
            "city_id": query.city_id,
            "place_id": query.place_id,
            "kind": query.kind,
            "category": query.category,
            **_within(query.scope),
        }
        skipped = max(query.page - 1, 0) * query.page_size
        sql = queries.COUNTED_PRODUCTS if query.city_id or query.place_id else queries.PRODUCTS
        rows = self._rows(sql, sort=query.sort.value, page_size=query.page_size, skipped=skipped, **wanted)
        totals = [row.pop("total") for row in rows if "total" in row]
        total = totals[0] if totals else self._rows(queries.PRODUCT_COUNT, **wanted)[0]["total"]
        return shapes.ProductList(tuple(shapes.ProductCard(**row) for row in rows), total)

    def product(self, slug_or_id: str) -> shapes.Product | None:
        """None as well for a product whose city is not known: no shop may list it."""
        query = queries.PRODUCT_BY_ID if slug_or_id.startswith(PRODUCT_PREFIX) else queries.PRODUCT_BY_SLUG
        return self._one(shapes.Product, query, product=slug_or_id)

    def options(self, product_id: str) -> tuple[shapes.Option, ...]:
        """In the supplier's order, each with its units."""
        units = self._all(shapes.Unit, queries.UNITS, product_id=product_id)
        options = self._all(shapes.Option, queries.OPTIONS, product_id=product_id)
        return tuple(
            replace(option, units=tuple(unit for unit in units if unit.option_id == option.option_id))
            for option in options
        )

    def features(self, product_id: str) -> tuple[shapes.Feature, ...]:
        return self._all(shapes.Feature, queries.FEATURES, product_id=product_id)

    def media(self, product_id: str) -> tuple[shapes.Media, ...]:
        return self._all(shapes.Media, queries.MEDIA, product_id=product_id)

    def medium(self, media_id: str) -> shapes.Media | None:
        """One picture, as `cover_media_id` names it."""
        return self._one(shapes.Media, queries.MEDIUM, media_id=media_id)

    def calendar(self, product_id: str, first: date, last: date) -> tuple[shapes.CalendarDay, ...]:
        """Local days `first` to `last`, both included, one row per option and day that the supplier told us of."""
        return self._all(shapes.CalendarDay, queries.CALENDAR, product_id=product_id, first=first, last=last)

    def slots(self, product_id: str, local_date: date) -> tuple[shapes.Slot, ...]:
        """By start, each with its units' prices; empty beyond the days whose slots are loaded (ask live then)."""
        prices = self.prices(product_id, local_date)
        return tuple(
            replace(slot, prices=tuple(price for price in prices if price.slot_id == slot.slot_id))
            for slot in self._all(shapes.Slot, queries.SLOTS, product_id=product_id, local_date=local_date)
        )

    def prices(self, product_id: str, local_date: date) -> tuple[shapes.UnitPrice, ...]:
        """Of a local day: its from-prices (`slot_id` empty) first, then each slot's."""
        return self._all(shapes.UnitPrice, queries.PRICES, product_id=product_id, local_date=local_date)

    def search(
        self, text: str, scope: shapes.CatalogScope = EVERYTHING, *, limit: int = shapes.MOST_FOUND
    ) -> shapes.SearchResult:
        """At most `limit` cities, places and products whose name contains `text`; accents and case do not matter."""
        wanted = {"text": _folded(text), "limit": limit, **_within(scope)}
        return shapes.SearchResult(
            cities=self._all(shapes.City, queries.SEARCH_CITIES, **wanted),
            places=self._all(shapes.Place, queries.SEARCH_PLACES, **wanted),
            products=self._all(shapes.ProductCard, queries.SEARCH_PRODUCTS, **wanted),
        )

    def city_named(self, name: str) -> shapes.NamedCity | None:
        """The largest city of the world of this very name; case does not matter, accents may be left out."""
        if "dim_city_name" not in self.manifest.row_counts:  # a release of before there were names
            return None
        return self._one(shapes.NamedCity, queries.CITY_NAMED, name=" ".join(name.lower().split()))

    def _one(self, shape: type[Shape], sql: str, **values: Any) -> Shape | None:
        found = self._all(shape, sql, **values)
        return found[0] if found else None

    def _all(self, shape: type[Shape], sql: str, **values: Any) -> tuple[Shape, ...]:
        return tuple(shape(**row) for row in self._rows(sql, **values))

    def _rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        return require(self._source).rows(sql, values)


def _within(scope: shapes.CatalogScope) -> dict[str, Any]:
    return {
        "everything": not (scope.country_codes or scope.city_ids),
        "countries": sorted(scope.country_codes),
        "cities": sorted(scope.city_ids),
    }


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.strip().lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
