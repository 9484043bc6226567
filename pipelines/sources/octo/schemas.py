"""OCTO's payloads, as far as we use them. JSON -> typed shapes; both dialects of octo/content

Unknown fields pass, unknown enum values become OTHER, and a value whose type changed is an error: strict, so that a
price which turns into text or a fraction is noticed before it is money.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
)
from pydantic.alias_generators import to_camel
from pydantic_core.core_schema import CoreSchema, no_info_after_validator_function, nullable_schema

from core.domain.ports import AvailabilityStatus, BookingStatus


class UnitType(StrEnum):
    ADULT = "ADULT"
    YOUTH = "YOUTH"
    CHILD = "CHILD"
    INFANT = "INFANT"
    FAMILY = "FAMILY"
    SENIOR = "SENIOR"
    STUDENT = "STUDENT"
    MILITARY = "MILITARY"
    OTHER = "OTHER"


class AvailabilityType(StrEnum):
    START_TIME = "START_TIME"
    OPENING_HOURS = "OPENING_HOURS"
    OTHER = "OTHER"


class PricingPer(StrEnum):
    UNIT = "UNIT"
    BOOKING = "BOOKING"
    OTHER = "OTHER"


class FeatureType(StrEnum):
    INCLUSION = "INCLUSION"
    EXCLUSION = "EXCLUSION"
    HIGHLIGHT = "HIGHLIGHT"
    PREBOOKING_INFORMATION = "PREBOOKING_INFORMATION"
    PREARRIVAL_INFORMATION = "PREARRIVAL_INFORMATION"
    REDEMPTION_INSTRUCTION = "REDEMPTION_INSTRUCTION"
    ACCESSIBILITY_INFORMATION = "ACCESSIBILITY_INFORMATION"
    ADDITIONAL_INFORMATION = "ADDITIONAL_INFORMATION"
    BOOKING_TERM = "BOOKING_TERM"
    CANCELLATION_TERM = "CANCELLATION_TERM"
    OTHER = "OTHER"


class MediaRel(StrEnum):
    LOGO = "LOGO"
    COVER = "COVER"
    GALLERY = "GALLERY"
    OTHER = "OTHER"


def _known(words: type[StrEnum]) -> BeforeValidator:
    known, other = dict(words.__members__), words("OTHER")

    def read(value: Any) -> Any:
        return known.get(value, other) if isinstance(value, str) else value

    return BeforeValidator(read)


class NullIsEmpty:
    """Some servers write null for an empty list.

    Said in pydantic's core: a BeforeValidator first has the whole list made into Python objects, which more than
    doubles the time of reading a calendar.
    """

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_after_validator_function(lambda found: found or [], nullable_schema(handler(source)))


def _distinct(named: list[Any]) -> list[Any]:
    """The last wins where an id comes twice."""
    return list({one.id: one for one in named}.values())


def _text(value: Any) -> Any:
    """Some servers write ids and durations as numbers, others as text."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


# What the marts hold: a number beyond it is a mistake, and would stop the build of every supplier's products.
LARGEST_COUNT = 2**31 - 1
LARGEST_AMOUNT = 2**63 - 1

Count = Annotated[int, Field(ge=-LARGEST_COUNT, le=LARGEST_COUNT)]
Minor = Annotated[int, Field(ge=0, le=LARGEST_AMOUNT)]
# Without an id, rows of different things would replace each other.
Id = Annotated[str, Field(min_length=1), BeforeValidator(_text)]
Amount = Annotated[str | None, BeforeValidator(_text)]
Texts = Annotated[list[str], NullIsEmpty]
SlotStatus = Annotated[AvailabilityStatus, _known(AvailabilityStatus)]


class Shape(BaseModel):
    """What all payloads have in common: camelCase names, strict types, fields we do not know."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True, extra="ignore", strict=True)


class Pricing(Shape):
    """Minor units of the currency. A price below zero is a mistake that would pay the buyer."""

    original: Minor
    retail: Minor
    net: Minor | None = None
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    currency_precision: int = Field(ge=0, le=6)


class UnitPricing(Pricing):
    unit_id: Id


class TaxedPricing(Pricing):
    """As it is sold. Loads leave the taxes out: reading them takes half as long again.

    `included_taxes` is as it came: no price is refused for its taxes.
    """

    included_taxes: Any = None


class TaxedUnitPricing(TaxedPricing):
    unit_id: Id


Prices = Annotated[list[Pricing], NullIsEmpty]
UnitPrices = Annotated[list[UnitPricing], NullIsEmpty]


class SupplierContact(Shape):
    """Only what is not about a person."""

    website: str | None = None


class Supplier(Shape):
    id: Id
    name: str
    contact: SupplierContact | None = None


class UnitRestrictions(Shape):
    min_age: Count | None = None
    max_age: Count | None = None
    id_required: bool | None = None
    min_quantity: Count | None = None
    max_quantity: Count | None = None
    pax_count: Count | None = None
    accompanied_by: Texts = []


class Unit(Shape):
    id: Id
    type: Annotated[UnitType, _known(UnitType)] = UnitType.OTHER
    title: str | None = None
    internal_name: str | None = None
    restrictions: UnitRestrictions = UnitRestrictions()
    pricing_from: Prices = []
    pricing: Prices = []


class Feature(Shape):
    type: Annotated[FeatureType, _known(FeatureType)]
    short_description: str | None = None


class Media(Shape):
    """`url` is what the older dialect calls `src`."""

    src: str | None = None
    url: str | None = None
    type: str | None = None
    rel: Annotated[MediaRel, _known(MediaRel)] = MediaRel.GALLERY
    title: str | None = None
    caption: str | None = None
    copyright: str | None = None


class PostalAddress(Shape):
    street_address: str | None = None
    address_locality: str | None = None
    address_region: str | None = None
    postal_code: str | None = None
    address_country: str | None = None


class PlaceIdentifiers(Shape):
    google_place_id: str | None = None


class Place(Shape):
    latitude: float | None = None
    longitude: float | None = None
    postal_address: PostalAddress | None = None
    identifiers: PlaceIdentifiers | None = None
    same_as: Texts = []


class Location(Shape):
    title: str | None = None
    short_description: str | None = None
    types: Texts = []
    place: Place | None = None


class Destination(Shape):
    """The older dialect's only place."""

    name: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class OptionRestrictions(Shape):
    min_units: Count | None = None
    max_units: Count | None = None


class Content(Shape):
    """What octo/content says of a product or an option, in the newer dialect."""

    title: str | None = None
    short_description: str | None = None
    description: str | None = None
    features: Annotated[list[Feature], NullIsEmpty] = []
    media: Annotated[list[Media], NullIsEmpty] = []
    locations: Annotated[list[Location], NullIsEmpty] = []
    category_labels: Texts = []
    duration_minutes_from: Count | None = None
    duration_minutes_to: Count | None = None


class Option(Content):
    id: Id
    default: bool = False
    internal_name: str | None = None
    reference: str | None = None
    availability_local_start_times: Texts = []
    cancellation_cutoff: str | None = None
    cancellation_cutoff_amount: Amount = None
    cancellation_cutoff_unit: str | None = None
    required_contact_fields: Texts = []
    restrictions: OptionRestrictions = OptionRestrictions()
    units: Annotated[list[Unit], AfterValidator(_distinct)]
    pricing_from: Prices = []
    pricing: Prices = []
    duration_amount: Amount = None
    duration_unit: str | None = None


class Product(Content):
    """A product with its options and units; the fields from `highlights` on are the older dialect's."""

    id: Id
    internal_name: str | None = None
    reference: str | None = None
    time_zone: str | None = None
    allow_freesale: bool = False
    instant_confirmation: bool = True
    instant_delivery: bool = True
    availability_required: bool = True
    availability_type: Annotated[AvailabilityType, _known(AvailabilityType)]
    delivery_formats: Texts = []
    delivery_methods: Texts = []
    redemption_method: str | None = None
    options: Annotated[list[Option], AfterValidator(_distinct)]
    default_currency: str | None = None
    available_currencies: Texts = []
    pricing_per: Annotated[PricingPer, _known(PricingPer)] = PricingPer.UNIT

    highlights: Texts = []
    inclusions: Texts = []
    exclusions: Texts = []
    booking_terms: str | None = None
    redemption_instructions: str | None = None
    cancellation_policy: str | None = None
    destination: Destination | None = None
    categories: Annotated[list[Any], NullIsEmpty] = []
    cover_image_url: str | None = None
    gallery_images: Annotated[list[Media], NullIsEmpty] = []


class OpeningHours(Shape):
    # `from` is a word of the language.
    opens_at: str = Field(alias="from")
    closes_at: str = Field(alias="to")


Hours = Annotated[list[OpeningHours], NullIsEmpty]


class CalendarDay(Shape):
    local_date: date
    available: bool
    status: SlotStatus
    vacancies: Count | None = None
    capacity: Count | None = None
    opening_hours: Hours = []
    unit_pricing_from: UnitPrices = []
    pricing_from: Pricing | None = None


class SlotTime(Shape):
    """One bookable time; both times carry the offset of the place."""

    id: Id
    local_date_time_start: AwareDatetime
    local_date_time_end: AwareDatetime
    utc_cutoff_at: AwareDatetime | None = None
    all_day: bool = False
    available: bool
    status: SlotStatus
    vacancies: Count | None = None
    capacity: Count | None = None
    max_units: Count | None = None
    opening_hours: Hours = []

    @property
    def local_date(self) -> date:
        return self.local_date_time_start.date()


class Slot(SlotTime):
    """As it is loaded."""

    unit_pricing: UnitPrices = []
    pricing: Pricing | None = None


class LiveSlot(SlotTime):
    """As it is sold."""

    unit_pricing: Annotated[list[TaxedUnitPricing], NullIsEmpty] = []
    pricing: TaxedPricing | None = None


class DeliveryOption(Shape):
    delivery_format: str
    delivery_value: str


class Ticket(Shape):
    delivery_options: Annotated[list[DeliveryOption], NullIsEmpty] = []


class UnitItem(Shape):
    unit_id: Id
    ticket: Ticket | None = None
    pricing: TaxedPricing | None = None


class Booking(Shape):
    """Without the buyer: what we told the server is not read back."""

    id: Id
    uuid: str
    status: Annotated[BookingStatus, _known(BookingStatus)]
    supplier_reference: str | None = None
    utc_expires_at: AwareDatetime | None = None
    product_id: Id
    option_id: Id
    cancellable: bool = False
    voucher: Ticket | None = None
    unit_items: list[UnitItem] = []
    pricing: TaxedPricing | None = None


class Refusal(Shape):
    """The body of an error."""

    error: str
