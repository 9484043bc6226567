"""What the catalogue's pages and answers are made of: facts of the catalogue with this shop's offers beside them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.domain.pricing import Offer
from warehouse.readers.shapes import City, Country, Feature, Media, Option, Place, Product, ProductCard, ProductSort


@dataclass(frozen=True, slots=True)
class Card:
    """A product in a list; `offer` is None where the supplier names no price before a date."""

    product: ProductCard
    offer: Offer | None


@dataclass(frozen=True, slots=True)
class Choice:
    """How a visitor arranged a list."""

    kind: str | None = None
    category: str | None = None
    sort: ProductSort = ProductSort.POPULARITY
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of cards and where it stands among the others."""

    cards: tuple[Card, ...]
    total: int
    choice: Choice
    page_count: int


@dataclass(frozen=True, slots=True)
class FrontView:
    countries: tuple[Country, ...]
    cities: tuple[City, ...]
    favourites: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class CountryView:
    country: Country
    cities: tuple[City, ...]
    favourites: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class CityView:
    """`kinds` are the sorts of places the city has, most places first."""

    city: City
    places: tuple[Place, ...]
    kinds: tuple[str, ...]
    listing: Listing


@dataclass(frozen=True, slots=True)
class PlaceView:
    place: Place
    city: City
    listing: Listing


class DayState(StrEnum):
    """What a calendar says of a day; UNKNOWN days may be asked for live."""

    AVAILABLE = "available"
    LIMITED = "limited"
    SOLD_OUT = "sold-out"
    CLOSED = "closed"
    PAST = "past"
    UNKNOWN = "unknown"

    @property
    def may_be_opened(self) -> bool:
        return self in (DayState.AVAILABLE, DayState.LIMITED, DayState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class CalendarCell:
    """A day over all options of a product: the best state, and the lowest price among the open ones."""

    day: date
    state: DayState
    offer: Offer | None
    is_today: bool


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """Weeks run Monday to Sunday, None where another month is; `previous` and `following` are first days."""

    first_day: date
    weeks: tuple[tuple[CalendarCell | None, ...], ...]
    previous: date | None
    following: date | None

    @property
    def cells(self) -> tuple[CalendarCell, ...]:
        return tuple(cell for week in self.weeks for cell in week if cell)


@dataclass(frozen=True, slots=True)
class ProductView:
    product: Product
    offer: Offer | None
    city: City
    options: tuple[Option, ...]
    features: tuple[Feature, ...]
    media: tuple[Media, ...]
    months: tuple[CalendarMonth, ...]
    related: tuple[Card, ...]

    def texts(self, *types: str) -> tuple[str, ...]:
        """The supplier's own lines of these OCTO feature types, in its order."""
        return tuple(feature.text for feature in self.features if feature.type in types)


@dataclass(frozen=True, slots=True)
class SearchView:
    text: str
    cities: tuple[City, ...]
    places: tuple[Place, ...]
    cards: tuple[Card, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.cities or self.places or self.cards)
