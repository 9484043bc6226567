"""What a booking goes through: reserve, extend, confirm, update, cancel. Call -> Booking"""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

from sandbox.providers.booking import Booking, Cancellation, Status
from sandbox.providers.calls import (
    CancellationCall,
    ConfirmationCall,
    ContactBody,
    ExtensionCall,
    ReservationCall,
    UpdateCall,
)
from sandbox.providers.errors import BadRequest, InvalidBookingUuid, UnprocessableEntity
from sandbox.providers.slots import find_slot
from sandbox.providers.supplier import Supplier
from sandbox.providers.terms import priced, require_contact
from sandbox.providers.unit_items import merged_contact, merged_items, new_item, reference


def reserve(supplier: Supplier, call: ReservationCall) -> Booking:
    """A hold. The same uuid with the same request is the same booking, in whatever state it is by now."""
    request_hash = hashlib.sha256(call.model_dump_json().encode()).hexdigest()
    uuid = str(call.uuid or uuid4())
    earlier = supplier.book.get(uuid)
    if earlier is not None:
        if earlier.request_hash != request_hash:
            raise UnprocessableEntity(message="This uuid was used for another booking")
        return settle(supplier, earlier)
    now = supplier.now()
    product = supplier.product(call.product_id)
    option = supplier.option(product, call.option_id)
    items = [new_item(option, item) for item in call.unit_items]
    booking = Booking(
        uuid=uuid,
        booking_id=str(uuid4()),
        supplier_reference=reference(uuid),
        reseller_reference=call.reseller_reference,
        created_at=now,
        updated_at=now,
        expires_at=now + _hold(supplier, call.expiration_minutes),
        product_id=product.product_id,
        option_id=option.option_id,
        availability_id=call.availability_id,
        local_date=None,
        notes=call.notes,
        contact=call.contact or ContactBody(),
        unit_items=items,
        currency=call.currency,
        request_hash=request_hash,
    )
    return _keep(supplier, priced(supplier, booking))


def extend(supplier: Supplier, uuid: str, call: ExtensionCall) -> Booking:
    """Hold it longer, counted from now; never shorter than it was held already."""
    booking = find(supplier, uuid)
    _require_hold(booking)
    until = supplier.now() + _hold(supplier, call.expiration_minutes)
    return _keep(supplier, booking.model_copy(update={"expires_at": max(until, booking.expires_at or until)}))


def confirm(supplier: Supplier, uuid: str, call: ConfirmationCall) -> Booking:
    """Tickets, or PENDING where somebody has to say yes. A booking confirmed already is answered as it is."""
    booking = find(supplier, uuid)
    if booking.status in {Status.CONFIRMED, Status.PENDING}:
        return booking
    _require_hold(booking)
    contact = merged_contact(booking.contact, call.contact)
    require_contact(contact)
    now = supplier.now()
    product = supplier.product(booking.product_id)
    waits = product.offer.confirms_later and supplier.profile.confirmation_delay_seconds
    changed = {
        "status": Status.PENDING if waits else Status.CONFIRMED,
        "confirmed_at": None if waits else now,
        "decides_at": now + timedelta(seconds=waits) if waits else None,
        "expires_at": None,
        "contact": contact,
        "reseller_reference": call.reseller_reference or booking.reseller_reference,
    }
    confirmed = booking.model_copy(update=changed)
    if call.unit_items is not None:
        option = supplier.option(product, booking.option_id)
        confirmed.unit_items = merged_items(option, booking, call.unit_items)
        confirmed = priced(supplier, confirmed)
    return _keep(supplier, confirmed)


def update(supplier: Supplier, uuid: str, call: UpdateCall) -> Booking:
    """Change a booking that could also be cancelled; what was not sent stays."""
    booking = find(supplier, uuid)
    if not is_cancellable(supplier, booking):
        raise UnprocessableEntity(message=f"A booking that is {booking.status} here can no longer be changed")
    sent = call.model_dump(exclude_unset=True, include={"notes", "reseller_reference"})
    changed = booking.model_copy(update=sent)
    changed.contact = merged_contact(booking.contact, call.contact)
    changed.product_id = call.product_id or booking.product_id
    changed.option_id = call.option_id or booking.option_id
    changed.availability_id = call.availability_id or booking.availability_id
    option = supplier.option(supplier.product(changed.product_id), changed.option_id)
    if call.unit_items is not None:
        changed.unit_items = merged_items(option, booking, call.unit_items)
    if call.expiration_minutes and changed.status is Status.ON_HOLD:
        changed.expires_at = supplier.now() + _hold(supplier, call.expiration_minutes)
    moves = {"product_id", "option_id", "availability_id", "unit_items"} & call.model_fields_set
    return _keep(supplier, priced(supplier, changed) if moves else changed)


def cancel(supplier: Supplier, uuid: str, call: CancellationCall) -> Booking:
    """Give the places back; a second cancel is answered with the first."""
    booking = find(supplier, uuid)
    if booking.status is Status.CANCELLED:
        return booking
    if not (call.force or is_cancellable(supplier, booking)):
        raise UnprocessableEntity(message="The booking can no longer be cancelled")
    refund = "NONE" if booking.status is Status.ON_HOLD else "FULL"
    cancellation = Cancellation(refund=refund, reason=call.reason, cancelled_at=supplier.now())
    changed = {"status": Status.CANCELLED, "cancellation": cancellation, "expires_at": None}
    return _keep(supplier, booking.model_copy(update=changed))


def find(supplier: Supplier, uuid: str) -> Booking:
    """The booking as it is now."""
    try:
        booking = supplier.book.get(str(UUID(uuid)))
    except ValueError:
        booking = None
    if booking is None:
        raise InvalidBookingUuid(uuid)
    return settle(supplier, booking)


def listed(supplier: Supplier, filters: Mapping[str, str]) -> list[Booking]:
    """Bookings by reference or by day of the visit. BadRequest without a filter."""
    first = filters.get("localDate") or filters.get("localDateStart")
    last = filters.get("localDate") or filters.get("localDateEnd")
    references = [
        (field, filters[name])
        for field, name in (("reseller_reference", "resellerReference"), ("supplier_reference", "supplierReference"))
        if name in filters
    ]
    if not references and not (first and last):
        raise BadRequest(
            message="Filter by resellerReference, supplierReference, localDate, or localDateStart and localDateEnd"
        )
    found = (
        booking for booking in supplier.book if all(getattr(booking, field) == value for field, value in references)
    )
    return [
        settle(supplier, booking)
        for booking in found
        if not (first and last) or (booking.local_date and first <= booking.local_date <= last)
    ]


def is_cancellable(supplier: Supplier, booking: Booking) -> bool:
    """While it holds places, and the option's cancellation cutoff has not passed."""
    if not booking.status.takes_places:
        return False
    if booking.status is Status.ON_HOLD or booking.availability_id is None:
        return True
    product = supplier.product(booking.product_id)
    slot = find_slot(supplier, product, supplier.option(product, booking.option_id), booking.availability_id)
    amount, unit = product.offer.cancellation
    return slot is not None and supplier.now() < slot.anchor_at - timedelta(**{f"{unit}s": amount})


def settle(supplier: Supplier, booking: Booking) -> Booking:
    """What time has done to it: a hold that ended, a pending booking that was decided."""
    now = supplier.now()
    if booking.status is Status.ON_HOLD and booking.expires_at and booking.expires_at <= now:
        return _keep(supplier, booking.model_copy(update={"status": Status.EXPIRED}), at_expiry=True)
    if booking.status is Status.PENDING and booking.decides_at and booking.decides_at <= now:
        refused = supplier.switches.sold_out
        changed = {"status": Status.REJECTED if refused else Status.CONFIRMED, "decides_at": None}
        confirmed_at = None if refused else booking.decides_at
        return _keep(supplier, booking.model_copy(update={**changed, "confirmed_at": confirmed_at}))
    return booking


def _keep(supplier: Supplier, booking: Booking, *, at_expiry: bool = False) -> Booking:
    booking.updated_at = booking.expires_at if at_expiry and booking.expires_at else supplier.now()
    supplier.book.keep(booking)
    supplier.stock.note(booking, supplier.product(booking.product_id))
    return booking


def _require_hold(booking: Booking) -> None:
    if booking.status is Status.EXPIRED:
        raise InvalidBookingUuid(booking.uuid, message="The hold has ended")
    if booking.status is not Status.ON_HOLD:
        raise UnprocessableEntity(message=f"The booking is {booking.status}")


def _hold(supplier: Supplier, minutes: int | None) -> timedelta:
    profile = supplier.profile
    return timedelta(minutes=min(minutes or profile.default_hold_minutes, profile.longest_hold_minutes))
