"""What the catalogue's readers answer with. Each field is a column of the published table of the same idea.

Amounts are integer minor units: 10**currency_precision of them make one major unit of `currency`.
A `_src` is the provider's address of a picture; a shop fetches it itself and never shows it to a browser.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from core.domain.money import Money


@dataclass(frozen=True, slots=True)
class CatalogScope:
    """What one shop may show: every city of `country_codes`, and `city_ids` besides; both empty means everything."""

    country_codes: frozenset[str] = frozenset()
    city_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Country:
    """A country with something to sell; the counts are of what the asking shop may show."""

    country_code: str
    slug: str
    name: str
    city_count: int
    place_count: int
    product_count: int


@dataclass(frozen=True, slots=True)
class City:
    """`slug` is unique among all cities; `cover_media_id` is its most popular product's picture."""

    city_id: str
    slug: str
    country_code: str
    country_slug: str
    country_name: str
    name: str
    latitude: float
    longitude: float
    time_zone: str
    population: int
    place_count: int
    product_count: int
    cover_media_id: str | None


@dataclass(frozen=True, slots=True)
class NamedCity:
    """A city of the world, with or without anything to sell."""

    city_id: str
    country_code: str


@dataclass(frozen=True, slots=True)
class Place:
    """A venue or sight, whichever suppliers sell it; `slug` is unique among all places, `kind` is lower case."""

    place_id: str
    slug: str
    city_id: str
    city_slug: str
    city_name: str
    country_code: str
    name: str
    local_name: str | None
    kind: str
    latitude: float | None
    longitude: float | None
    street_address: str | None
    product_count: int
    cover_media_id: str | None


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A product as a list shows it; the from-prices are the cheapest adult's (or booking's) known now."""

    product_id: str
    slug: str
    connection_id: str
    supplier_name: str
    place_id: str
    place_slug: str
    place_name: str
    place_kind: str
    city_id: str
    city_slug: str
    city_name: str
    country_code: str
    title: str
    short_description: str | None
    time_zone: str
    instant_confirmation: bool
    duration_minutes_from: int | None
    duration_minutes_to: int | None
    cancellation_cutoff_seconds: int | None
    pricing_per: str
    currency: str
    currency_precision: int
    from_original_minor: int | None
    from_retail_minor: int | None
    from_net_minor: int | None
    cover_media_id: str | None
    popularity: int
    fetched_at: datetime

    @property
    def from_retail(self) -> Money | None:
        """None where the supplier lists no price before a date is chosen."""
        return _money(self.from_retail_minor, self.currency, self.currency_precision)

    @property
    def from_original(self) -> Money | None:
        return _money(self.from_original_minor, self.currency, self.currency_precision)

    @property
    def from_net(self) -> Money | None:
        """What we owe for it; None where the supplier does not tell."""
        return _money(self.from_net_minor, self.currency, self.currency_precision)


@dataclass(frozen=True, slots=True)
class Product(ProductCard):
    """All of a product but its options, features and media. `fetched_at` is when the supplier last confirmed it."""

    provider_product_id: str
    locale: str
    description: str | None
    availability_type: str
    instant_delivery: bool
    redemption_method: str | None
    delivery_formats: str | None
    category_labels: str | None

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(label for label in (self.category_labels or "").split(",") if label)


@dataclass(frozen=True, slots=True)
class Unit:
    """A kind of ticket within an option; `type` is OCTO's (ADULT, CHILD...). No age bound is None."""

    unit_id: str
    option_id: str
    product_id: str
    provider_unit_id: str
    ordinal: int
    type: str
    title: str
    min_age: int | None
    max_age: int | None
    min_quantity: int | None
    max_quantity: int | None
    pax_count: int | None
    id_required: bool


@dataclass(frozen=True, slots=True)
class Option:
    """A variant of a product; `local_start_times` are comma-joined HH:MM of the place, empty where it opens all day."""

    option_id: str
    product_id: str
    provider_option_id: str
    ordinal: int
    is_default: bool
    title: str
    local_start_times: str | None
    cancellation_cutoff: str | None
    cancellation_cutoff_seconds: int | None
    min_units: int | None
    max_units: int | None
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Feature:
    """One line of the supplier's own words; `type` is OCTO's (HIGHLIGHT, INCLUSION, EXCLUSION...)."""

    product_id: str
    ordinal: int
    type: str
    text: str


@dataclass(frozen=True, slots=True)
class Media:
    media_id: str
    product_id: str
    ordinal: int
    src: str
    type: str
    rel: str | None
    title: str | None
    caption: str | None
    copyright: str | None


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """What one unit costs, or the whole booking where `unit_id` is empty; `slot_id` is empty for a day's from-price."""

    option_id: str
    product_id: str
    unit_id: str
    local_date: date
    slot_id: str
    currency: str
    currency_precision: int
    original_minor: int
    retail_minor: int
    net_minor: int | None
    fetched_at: datetime

    @property
    def retail(self) -> Money:
        return Money(self.retail_minor, self.currency, self.currency_precision)

    @property
    def original(self) -> Money:
        return Money(self.original_minor, self.currency, self.currency_precision)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One option on one local day. `vacancies` is None where the supplier gives no number; hours are HH:MM local."""

    option_id: str
    product_id: str
    local_date: date
    status: str
    is_available: bool
    vacancies: int | None
    capacity: int | None
    opens_at: str | None
    closes_at: str | None
    currency: str | None
    currency_precision: int | None
    from_retail_minor: int | None
    from_original_minor: int | None
    from_net_minor: int | None
    fetched_at: datetime

    @property
    def from_retail(self) -> Money | None:
        return _money(self.from_retail_minor, self.currency, self.currency_precision)

    @property
    def from_original(self) -> Money | None:
        return _money(self.from_original_minor, self.currency, self.currency_precision)

    @property
    def from_net(self) -> Money | None:
        return _money(self.from_net_minor, self.currency, self.currency_precision)


@dataclass(frozen=True, slots=True)
class Slot:
    """One bookable time as it was at `fetched_at`; `local_*` are the place's, other times UTC."""

    slot_id: str
    option_id: str
    product_id: str
    provider_availability_id: str
    local_date: date
    local_start_time: str
    local_end_time: str
    starts_at: datetime
    ends_at: datetime
    is_all_day: bool
    status: str
    is_available: bool
    vacancies: int | None
    capacity: int | None
    max_units: int | None
    cutoff_at: datetime | None
    opens_at: str | None
    closes_at: str | None
    fetched_at: datetime
    prices: tuple[UnitPrice, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """How old each kind of fact from a connection is; None where it was never read."""

    connection_id: str
    provider: str
    supplier_name: str | None
    catalogue_read_at: datetime | None
    days_read_at: datetime | None
    slots_read_at: datetime | None


class ProductSort(StrEnum):
    POPULARITY = "popularity"
    PRICE = "price"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class ProductQuery:
    """Which products, in which order; `page` counts from 1, `kind` is a place's, `category` a product's label."""

    scope: CatalogScope = CatalogScope()
    city_id: str | None = None
    place_id: str | None = None
    kind: str | None = None
    category: str | None = None
    sort: ProductSort = ProductSort.POPULARITY
    page: int = 1
    page_size: int = 24


@dataclass(frozen=True, slots=True)
class ProductList:
    """One page of the answer, and how many products there are in all."""

    items: tuple[ProductCard, ...]
    total: int


# Of each sort of thing, where a search asks for no other number.
MOST_FOUND: Final = 8


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The best few of each, most popular first."""

    cities: tuple[City, ...]
    places: tuple[Place, ...]
    products: tuple[ProductCard, ...]


def _money(minor: int | None, currency: str | None, precision: int | None) -> Money | None:
    if minor is None or currency is None or precision is None:
        return None
    return Money(minor, currency, precision)
