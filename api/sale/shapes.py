"""What the steps of a sale hand each other."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.domain.ports import Contact, OptionRef
from core.domain.sale import ItemState


@dataclass(frozen=True, slots=True)
class OrderKey:
    """An order and whose it is: row-level security opens nothing without the second."""

    reseller_id: str
    order_id: str


class Failure(StrEnum):
    """Why an item ended without tickets, or could not be changed; pages put it in words."""

    SOLD_OUT = "SOLD_OUT"
    PRICE_CHANGED = "PRICE_CHANGED"
    HOLD_ENDED = "HOLD_ENDED"
    REFUSED = "REFUSED"
    NO_ANSWER = "NO_ANSWER"
    REJECTED = "REJECTED"
    NOT_CANCELLABLE = "NOT_CANCELLABLE"
    PAYMENT_GONE = "PAYMENT_GONE"


@dataclass(frozen=True, slots=True)
class HoldOutcome:
    """HELD, or why not; UNKNOWN when the provider's reply was lost, which a job finds out."""

    state: ItemState
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class BuyerDetails:
    full_name: str
    email: str
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """Where Stripe sends the buyer back to, and the language it speaks to him."""

    success_url: str
    cancel_url: str
    locale: str


@dataclass(frozen=True, slots=True)
class Booking:
    """All that a call to the provider needs. `unit_ids` has one entry per ticket; `due_minor` is what we expect to owe.

    `due_minor` counts net where `has_net`, else retail: the provider that names no net is held to its retail.
    """

    order_item_id: str
    state: ItemState
    attempt: int
    connection_id: str
    booking_uuid: UUID
    option: OptionRef
    provider_availability_id: str
    unit_ids: tuple[str, ...]
    reference: str
    retail_minor: int
    net_minor: int
    hold_expires_at: datetime | None
    contact: Contact | None
