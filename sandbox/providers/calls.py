"""Bodies of the calls, as far as the server reads them; what else is sent passes unread."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class _Body(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, frozen=True)


class UnitCount(_Body):
    id: str
    quantity: int = Field(ge=0, le=1000)


class ContactBody(_Body):
    full_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    email_address: str | None = None
    phone_number: str | None = None
    locales: list[str] = []
    postal_code: str | None = None
    country: str | None = None
    notes: str | None = None


class UnitItemBody(_Body):
    uuid: UUID | None = None
    unit_id: str
    reseller_reference: str | None = None
    contact: ContactBody | None = None


class OptionCall(_Body):
    """Missing ids are left to the lookup, whose refusal names the one that is missing."""

    product_id: str = ""
    option_id: str = ""


class AvailabilityCall(OptionCall):
    """Of both availability endpoints; the calendar reads no `local_date` or `availability_ids`."""

    local_date: date | None = None
    local_date_start: date | None = None
    local_date_end: date | None = None
    availability_ids: list[str] | None = None
    units: list[UnitCount] = []
    currency: str | None = None


class ReservationCall(OptionCall):
    uuid: UUID | None = None
    availability_id: str | None = None
    expiration_minutes: int | None = Field(default=None, ge=1)
    notes: str | None = None
    unit_items: list[UnitItemBody] = []
    reseller_reference: str | None = None
    contact: ContactBody | None = None
    currency: str | None = None


class UpdateCall(_Body):
    """None is a field that was not sent, and stays as it is."""

    product_id: str | None = None
    option_id: str | None = None
    availability_id: str | None = None
    expiration_minutes: int | None = Field(default=None, ge=1)
    notes: str | None = None
    unit_items: list[UnitItemBody] | None = None
    reseller_reference: str | None = None
    contact: ContactBody | None = None


class ConfirmationCall(_Body):
    contact: ContactBody
    reseller_reference: str | None = None
    unit_items: list[UnitItemBody] | None = None


class ExtensionCall(_Body):
    expiration_minutes: int | None = Field(default=None, ge=1)


class CancellationCall(_Body):
    reason: str | None = None
    force: bool = False
