"""What the platform asks of a ticket provider, in OCTO's words; each connector's client implements it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class AvailabilityStatus(StrEnum):
    """OCTO's; OTHER is a value the provider sent that we do not know."""

    AVAILABLE = "AVAILABLE"
    FREESALE = "FREESALE"
    LIMITED = "LIMITED"
    SOLD_OUT = "SOLD_OUT"
    CLOSED = "CLOSED"
    OTHER = "OTHER"


class BookingStatus(StrEnum):
    """A booking as the provider tells it; OTHER is a value we do not know."""

    ON_HOLD = "ON_HOLD"
    PENDING = "PENDING"
    CONFIRMED = "CONFIRMED"
    REDEEMED = "REDEEMED"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"
    REJECTED = "REJECTED"
    OTHER = "OTHER"


class HoldMode(StrEnum):
    NONE = "NONE"
    FIXED = "FIXED"
    EXTENDABLE = "EXTENDABLE"


@dataclass(frozen=True, slots=True)
class ProviderCapabilities:
    """What a connector's provider can do, as data; callers branch on this and never on a provider's name."""

    hold: HoldMode
    has_change_feed: bool
    locales: tuple[str, ...] = ("en",)


@dataclass(frozen=True, slots=True)
class ProviderPrice:
    """Prices of one unit, or of a whole booking when `provider_unit_id` is None; minor units of `currency`.

    `net_minor` is None where the provider works by commission and does not say what it keeps. `tax_minor` is the tax
    within the net, or else within retail; None where it is not told.
    """

    provider_unit_id: str | None
    currency: str
    currency_precision: int
    original_minor: int
    retail_minor: int
    net_minor: int | None
    tax_minor: int | None = None


@dataclass(frozen=True, slots=True)
class OptionRef:
    provider_product_id: str
    provider_option_id: str


@dataclass(frozen=True, slots=True)
class ProviderSlot:
    """One bookable time. `starts_at` and `ends_at` carry the place's offset; `cutoff_at` is UTC.

    `vacancies` is None where the provider has no number to give (unlimited or unknown).
    """

    provider_availability_id: str
    starts_at: datetime
    ends_at: datetime
    is_all_day: bool
    is_available: bool
    status: AvailabilityStatus
    vacancies: int | None
    max_units: int | None
    cutoff_at: datetime
    opening_hours: tuple[tuple[str, str], ...] = ()
    prices: tuple[ProviderPrice, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """The buyer, as far as the provider needs to know; never loaded into the lake."""

    full_name: str
    email_address: str
    phone_number: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class HoldRequest:
    """`booking_uuid` is ours and the idempotency key: commit it before the call, replay it after a lost reply.

    `provider_unit_ids` has one entry per ticket.
    """

    booking_uuid: UUID
    option: OptionRef
    provider_availability_id: str
    provider_unit_ids: tuple[str, ...]
    expiration_minutes: int
    reseller_reference: str | None = None


@dataclass(frozen=True, slots=True)
class IssuedTicket:
    """`provider_unit_id` is None for a voucher that admits the whole booking; `format` is OCTO's deliveryFormat."""

    provider_unit_id: str | None
    format: str
    value: str


@dataclass(frozen=True, slots=True)
class ProviderBooking:
    booking_uuid: UUID
    provider_booking_id: str
    status: BookingStatus
    supplier_reference: str | None
    hold_expires_at: datetime | None
    is_cancellable: bool
    prices: tuple[ProviderPrice, ...] = ()
    tickets: tuple[IssuedTicket, ...] = field(default=())


class TicketProvider(Protocol):
    """A connection to one provider account; each method raises ProviderUnavailable or ProviderRefused, nothing else."""

    capabilities: ProviderCapabilities

    async def slots(self, option: OptionRef, first: date, last: date) -> list[ProviderSlot]:
        """Bookable times of the local days `first` to `last`, both included, as they are at the provider now."""
        ...

    async def reserve(self, hold: HoldRequest) -> ProviderBooking:
        """Hold the places. Replaying the same request returns the same booking."""
        ...

    async def extend(self, booking_uuid: UUID, expiration_minutes: int) -> ProviderBooking: ...

    async def confirm(self, booking_uuid: UUID, contact: Contact, reseller_reference: str) -> ProviderBooking:
        """Turn the hold into tickets; a provider that confirms later answers PENDING."""
        ...

    async def cancel(self, booking_uuid: UUID, reason: str) -> ProviderBooking: ...

    async def booking(self, booking_uuid: UUID) -> ProviderBooking | None:
        """The booking as the provider has it, None where it never heard of it: the way out of a lost reply."""
        ...
