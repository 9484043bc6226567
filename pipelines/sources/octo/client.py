"""OCTO client, for loading and for selling. TicketProvider's words <-> a supplier's OCTO API

The way out of a lost reply is always the same: ask for the booking by our uuid, and send again only what did not
arrive. Some servers answer a replayed reservation with an error although the uuid is OCTO's idempotency key.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self, TypeVar
from uuid import UUID

import httpx
from pydantic import TypeAdapter, ValidationError

from core.domain.clock import Clock, utc_now
from core.domain.ports import (
    BookingStatus,
    Contact,
    HoldMode,
    HoldRequest,
    OptionRef,
    ProviderBooking,
    ProviderCapabilities,
    ProviderSlot,
)
from core.settings import ConnectionSettings
from pipelines.sources.octo.answers import booking_of, slot_of
from pipelines.sources.octo.errors import (
    HoldExpired,
    NotCancellable,
    OctoError,
    OctoMalformed,
    OctoRefused,
    OctoUnavailable,
    SoldOut,
    UnknownBooking,
)
from pipelines.sources.octo.payloads import ProductPayload, product_payloads
from pipelines.sources.octo.schemas import Booking, CalendarDay, LiveSlot, Slot, Supplier
from pipelines.sources.octo.transport import OctoTransport, retrying

T = TypeVar("T")

SUPPLIER = TypeAdapter(Supplier)
SUPPLIERS = TypeAdapter(list[Supplier])
DAYS = TypeAdapter(list[CalendarDay])
SLOTS = TypeAdapter(list[Slot])
LIVE_SLOTS = TypeAdapter(list[LiveSlot])
BOOKING = TypeAdapter(Booking)

ISSUED = {BookingStatus.CONFIRMED, BookingStatus.PENDING, BookingStatus.REDEEMED}
# Some servers call a released hold EXPIRED, others CANCELLED.
RELEASED = {BookingStatus.CANCELLED, BookingStatus.EXPIRED}


@dataclass(frozen=True, slots=True)
class _Write:
    """A call that changes a booking. `is_done` recognises its effect in what the provider has."""

    operation: str
    booking_uuid: UUID
    path: str
    body: Mapping[str, Any]
    is_done: Callable[[ProviderBooking], bool] = lambda _: False
    refused_as: type[OctoRefused] = HoldExpired


class OctoClient:
    """A connection's provider; use it as an async context manager, and in one event loop."""

    def __init__(
        self, connection: ConnectionSettings, *, http: httpx.AsyncClient | None = None, clock: Clock = utc_now
    ) -> None:
        self.capabilities = ProviderCapabilities(
            hold=HoldMode.EXTENDABLE, has_change_feed=False, locales=connection.locales
        )
        self._connection_id = connection.connection_id
        self._transport = OctoTransport(connection, http, clock)

    async def __aenter__(self) -> Self:
        await self._transport.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._transport.__aexit__(*error)

    async def supplier(self) -> Supplier:
        """The one supplier behind our key; servers of the older dialect list it instead."""
        try:
            return self._shaped(SUPPLIER, "supplier", await self._transport.read("supplier", "/supplier"))
        except OctoRefused:
            listed = self._shaped(SUPPLIERS, "suppliers", await self._transport.read("suppliers", "/suppliers"))
        if not listed:
            raise OctoMalformed(f"{self._connection_id}: suppliers: an empty list")
        return listed[0]

    async def catalogue(self, locale: str) -> list[ProductPayload]:
        """Every product in one language, as the server wrote it; OCTO has neither pages nor modified-since."""
        content = await self._transport.read("products", "/products", locale=locale)
        try:
            return product_payloads(content)
        except (ValueError, RecursionError) as error:
            raise OctoMalformed(f"{self._connection_id}: products: {error}") from None

    async def calendar(self, option: OptionRef, first: date, last: date) -> list[CalendarDay]:
        """One entry per local day that the server knows of; a day it leaves out is not on sale."""
        content = await self._transport.read("calendar", "/availability/calendar", body=_window(option, first, last))
        return self._shaped(DAYS, "calendar", content)

    async def availability(self, option: OptionRef, first: date, last: date) -> list[Slot]:
        return self._shaped(SLOTS, "slots", await self._availability(option, first, last))

    async def slots(self, option: OptionRef, first: date, last: date) -> list[ProviderSlot]:
        content = await self._availability(option, first, last)
        return [slot_of(slot) for slot in self._shaped(LIVE_SLOTS, "slots", content)]

    async def _availability(self, option: OptionRef, first: date, last: date) -> bytes:
        return await self._transport.read("slots", "/availability", body=_window(option, first, last))

    async def reserve(self, hold: HoldRequest) -> ProviderBooking:
        body: dict[str, Any] = {
            "uuid": str(hold.booking_uuid),
            "productId": hold.option.provider_product_id,
            "optionId": hold.option.provider_option_id,
            "availabilityId": hold.provider_availability_id,
            "expirationMinutes": hold.expiration_minutes,
            "unitItems": [{"unitId": unit_id} for unit_id in hold.provider_unit_ids],
        }
        if hold.reseller_reference:
            body["resellerReference"] = hold.reseller_reference
        write = _Write("reserve", hold.booking_uuid, "/bookings", body, is_done=lambda _: True)
        return await self._settled(write)

    async def extend(self, booking_uuid: UUID, expiration_minutes: int) -> ProviderBooking:
        """HoldExpired when there is nothing left to extend."""
        body = {"expirationMinutes": expiration_minutes}
        return await self._settled(_Write("extend", booking_uuid, f"/bookings/{booking_uuid}/extend", body))

    async def confirm(self, booking_uuid: UUID, contact: Contact, reseller_reference: str) -> ProviderBooking:
        """HoldExpired when the hold ended first."""
        first_names, _, last_name = contact.full_name.rpartition(" ")
        person = {
            "fullName": contact.full_name,
            # Most suppliers ask for the name in two parts, whatever a name is.
            "firstName": first_names or last_name,
            "lastName": last_name,
            "emailAddress": contact.email_address,
            "phoneNumber": contact.phone_number,
            "country": contact.country,
        }
        body = {
            "resellerReference": reseller_reference,
            "emailReceipt": False,
            "contact": {name: value for name, value in person.items() if value is not None},
        }
        path = f"/bookings/{booking_uuid}/confirm"
        write = _Write("confirm", booking_uuid, path, body, is_done=lambda found: found.status in ISSUED)
        return await self._settled(write)

    async def cancel(self, booking_uuid: UUID, reason: str) -> ProviderBooking:
        """NotCancellable after the cutoff. Cancelling what is cancelled, or a hold that ended, succeeds."""
        write = _Write(
            "cancel",
            booking_uuid,
            f"/bookings/{booking_uuid}/cancel",
            {"reason": reason},
            is_done=lambda found: found.status in RELEASED,
            refused_as=NotCancellable,
        )
        return await self._settled(write)

    async def booking(self, booking_uuid: UUID) -> ProviderBooking | None:
        try:
            content = await self._transport.read("booking", f"/bookings/{booking_uuid}")
        except UnknownBooking:
            return None
        return booking_of(self._shaped(BOOKING, "booking", content))

    async def _settled(self, write: _Write) -> ProviderBooking:
        """Send a write until its effect is known."""
        async for attempt in retrying():
            with attempt:
                return await self._sent_or_found(write)
        raise AssertionError("tenacity ends by returning or raising")

    async def _sent_or_found(self, write: _Write) -> ProviderBooking:
        try:
            content = await self._transport.send(write.operation, write.path, body=write.body)
            return booking_of(self._shaped(BOOKING, write.operation, content))
        except (OctoUnavailable, OctoRefused) as error:
            found = await self.booking(write.booking_uuid)
            if found is None:
                raise
            if write.is_done(found):
                return found
            raise self._meaning(write, found, error) from error

    def _meaning(self, write: _Write, found: ProviderBooking, error: OctoError) -> OctoError:
        """What an error means, now that we know the booking it was about."""
        what = f"{self._connection_id}: {write.operation}: booking {found.booking_uuid} is {found.status}"
        if found.status in RELEASED:
            return HoldExpired(what)
        if isinstance(error, UnknownBooking | SoldOut):
            return write.refused_as(what)
        return error

    def _shaped(self, shape: TypeAdapter[T], operation: str, content: bytes) -> T:
        """The reply in the shape that OCTO promises; OctoMalformed says where it differs, and quotes nothing."""
        try:
            return shape.validate_json(content)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            raise OctoMalformed(f"{self._connection_id}: {operation}: {place}: {first['msg']}") from None


def _window(option: OptionRef, first: date, last: date) -> dict[str, str]:
    return {
        "productId": option.provider_product_id,
        "optionId": option.provider_option_id,
        "localDateStart": first.isoformat(),
        "localDateEnd": last.isoformat(),
    }
