"""A booking as the supplier keeps it, fit to be written down."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel

from sandbox.providers.calls import ContactBody
from sandbox.world.prices import Price

# Of a booking whose terms are still to be looked at; XXX is ISO 4217's code for no currency.
UNPRICED = Price(0, 0, 0, "XXX", 0, 0)


class Status(StrEnum):
    """Those a booking of ours can be in."""

    ON_HOLD = "ON_HOLD"
    PENDING = "PENDING"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"
    REJECTED = "REJECTED"

    @property
    def takes_places(self) -> bool:
        return self in {Status.ON_HOLD, Status.PENDING, Status.CONFIRMED}


class UnitItem(BaseModel):
    uuid: str
    unit_id: str
    supplier_reference: str
    reseller_reference: str | None = None
    contact: ContactBody = ContactBody()
    price: Price | None = None


class Cancellation(BaseModel):
    refund: str
    reason: str | None
    cancelled_at: datetime


class Booking(BaseModel):
    """Prices are those of the moment it was reserved; `decides_at` is when a PENDING booking becomes final."""

    uuid: str
    booking_id: str
    supplier_reference: str
    reseller_reference: str | None = None
    status: Status = Status.ON_HOLD
    created_at: datetime
    updated_at: datetime
    expires_at: datetime | None
    confirmed_at: datetime | None = None
    decides_at: datetime | None = None
    product_id: str
    option_id: str
    availability_id: str | None
    local_date: str | None
    notes: str | None = None
    contact: ContactBody = ContactBody()
    unit_items: list[UnitItem]
    total: Price = UNPRICED
    currency: str | None = None
    cancellation: Cancellation | None = None
    request_hash: str
