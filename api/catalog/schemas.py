"""The catalogue as JSON: the same facts and offers as the pages show."""

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, Field

from api.catalog.views import CalendarCell, Card, DayState, Listing, ProductView
from core.domain.money import Money
from core.domain.pricing import Offer
from warehouse.readers.shapes import City, Country, Option, Place, ProductCard, Unit

Minor = Annotated[int, Field(description="Minor units of `currency`; divide by 10 to the power `currency_precision`.")]


class Price(BaseModel):
    """What this shop asks. `original_minor` is the list price to compare with; equal where nothing is saved."""

    offer_minor: Minor
    original_minor: Minor
    currency: str = Field(examples=["EUR"])
    currency_precision: int = Field(examples=[2])

    @classmethod
    def of(cls, made: Offer) -> Self:
        asked: Money = made.asked
        return cls(
            offer_minor=asked.minor,
            original_minor=made.original.minor,
            currency=asked.currency,
            currency_precision=asked.precision,
        )


class CountryAnswer(BaseModel):
    country_code: str = Field(examples=["NL"])
    slug: str
    name: str
    city_count: int
    place_count: int
    product_count: int

    @classmethod
    def of(cls, country: Country) -> Self:
        return cls.model_validate(country, from_attributes=True)


class CityAnswer(BaseModel):
    city_id: str
    slug: str
    name: str
    country_code: str
    latitude: float
    longitude: float
    time_zone: str
    place_count: int
    product_count: int
    cover_media_id: str | None = Field(description="A picture at /media/{media_id}/{400|800|1200}.webp")

    @classmethod
    def of(cls, city: City) -> Self:
        return cls.model_validate(city, from_attributes=True)


class PlaceAnswer(BaseModel):
    place_id: str
    slug: str
    name: str
    local_name: str | None
    kind: str = Field(examples=["museum"])
    city_id: str
    city_slug: str
    country_code: str
    latitude: float | None
    longitude: float | None
    street_address: str | None
    product_count: int
    cover_media_id: str | None

    @classmethod
    def of(cls, place: Place) -> Self:
        return cls.model_validate(place, from_attributes=True)


class ProductSummary(BaseModel):
    product_id: str
    slug: str
    title: str
    short_description: str | None
    supplier_name: str
    place_id: str
    place_slug: str
    place_name: str
    city_id: str
    city_slug: str
    country_code: str
    time_zone: str
    instant_confirmation: bool
    duration_minutes_from: int | None
    duration_minutes_to: int | None
    cancellation_cutoff_seconds: int | None = Field(
        description="Free cancellation up to so long before; null if unknown."
    )
    pricing_per: str = Field(description="UNIT, or BOOKING where one price admits the whole party.")
    from_price: Price | None = Field(description="Lowest price known now; null where a date must be chosen first.")
    cover_media_id: str | None
    fetched_at: datetime = Field(description="When the supplier last confirmed these facts.")

    @classmethod
    def of(cls, card: Card) -> Self:
        return cls(**_facts(card.product), from_price=Price.of(card.offer) if card.offer else None)


class ProductPage(BaseModel):
    """24 products at most; `page_count` says how many pages there are."""

    items: list[ProductSummary]
    total: int
    page: int
    page_count: int

    @classmethod
    def of(cls, listing: Listing) -> Self:
        return cls(
            items=[ProductSummary.of(card) for card in listing.cards],
            total=listing.total,
            page=listing.choice.page,
            page_count=listing.page_count,
        )


class UnitAnswer(BaseModel):
    unit_id: str
    type: str = Field(examples=["ADULT"])
    title: str
    min_age: int | None
    max_age: int | None
    min_quantity: int | None
    max_quantity: int | None
    pax_count: int | None
    id_required: bool

    @classmethod
    def of(cls, unit: Unit) -> Self:
        return cls.model_validate(unit, from_attributes=True)


class OptionAnswer(BaseModel):
    option_id: str
    title: str
    is_default: bool
    cancellation_cutoff: str | None
    cancellation_cutoff_seconds: int | None
    min_units: int | None
    max_units: int | None
    units: list[UnitAnswer]

    @classmethod
    def of(cls, option: Option) -> Self:
        return cls.model_validate(option, from_attributes=True)


class FeatureAnswer(BaseModel):
    type: str = Field(examples=["INCLUSION"], description="OCTO's feature type.")
    text: str


class MediaAnswer(BaseModel):
    media_id: str
    caption: str | None
    copyright: str | None


class ProductAnswer(ProductSummary):
    """All of a product."""

    description: str | None
    availability_type: str = Field(description="START_TIME or OPENING_HOURS.")
    instant_delivery: bool
    redemption_method: str | None
    categories: list[str]
    options: list[OptionAnswer]
    features: list[FeatureAnswer]
    media: list[MediaAnswer]

    @classmethod
    def of_view(cls, view: ProductView) -> Self:
        summary = ProductSummary.of(Card(view.product, view.offer))
        return cls(
            **summary.model_dump(),
            description=view.product.description,
            availability_type=view.product.availability_type,
            instant_delivery=view.product.instant_delivery,
            redemption_method=view.product.redemption_method,
            categories=list(view.product.categories),
            options=[OptionAnswer.of(option) for option in view.options],
            features=[FeatureAnswer(type=feature.type, text=feature.text) for feature in view.features],
            media=[
                MediaAnswer(media_id=medium.media_id, caption=medium.caption, copyright=medium.copyright)
                for medium in view.media
            ],
        )


class CalendarDayAnswer(BaseModel):
    """A local day of the place, over all options."""

    day: date
    state: DayState
    from_price: Price | None

    @classmethod
    def of(cls, cell: CalendarCell) -> Self:
        return cls(day=cell.day, state=cell.state, from_price=Price.of(cell.offer) if cell.offer else None)


class SearchAnswer(BaseModel):
    cities: list[CityAnswer]
    places: list[PlaceAnswer]
    products: list[ProductSummary]


def _facts(product: ProductCard) -> dict[str, object]:
    return {name: getattr(product, name) for name in ProductSummary.model_fields if hasattr(product, name)}
