"""A booking in OCTO's shape, by capability. Booking -> booking object"""

from datetime import datetime

from sandbox.providers.availability import booked_slot
from sandbox.providers.booking import Booking, Status, UnitItem
from sandbox.providers.bookings import is_cancellable
from sandbox.providers.calls import ContactBody
from sandbox.providers.capabilities import Capabilities
from sandbox.providers.catalogue import option_payload, product_payload, unit_payload
from sandbox.providers.pricing import pricing_payload
from sandbox.providers.supplier import Supplier
from sandbox.world.prices import Price

Payload = dict[str, object]


def booking_payload(supplier: Supplier, booking: Booking, capabilities: Capabilities) -> Payload:
    product = supplier.product(booking.product_id)
    option = supplier.option(product, booking.option_id)
    slot_id = booking.availability_id
    payload: Payload = {
        "id": booking.booking_id,
        "uuid": booking.uuid,
        "testMode": True,
        "resellerReference": booking.reseller_reference,
        "supplierReference": booking.supplier_reference,
        "status": booking.status,
        "utcCreatedAt": utc(booking.created_at),
        "utcUpdatedAt": utc(booking.updated_at),
        "utcExpiresAt": utc(booking.expires_at),
        "utcRedeemedAt": None,
        "utcConfirmedAt": utc(booking.confirmed_at),
        "productId": booking.product_id,
        "product": product_payload(supplier, product, capabilities),
        "optionId": booking.option_id,
        "option": option_payload(supplier, product, option, capabilities),
        "cancellable": is_cancellable(supplier, booking),
        "cancellation": _cancellation(booking),
        "freesale": slot_id is None,
        "availabilityId": slot_id,
        "availability": slot_id and booked_slot(supplier, product, option, slot_id, capabilities),
        "contact": _contact(booking.contact),
        "notes": booking.notes,
        "deliveryMethods": ["VOUCHER"] if product.offer.per_booking else ["TICKET"],
        "voucher": _ticket(booking, booking.uuid) if product.offer.per_booking else None,
        "unitItems": [
            _unit_item(supplier, booking, item, share, capabilities)
            for item, share in zip(booking.unit_items, _shares(booking), strict=True)
        ],
    }
    if capabilities.pricing:
        payload["pricing"] = pricing_payload(booking.total)
    return payload


def utc(moment: datetime | None) -> str | None:
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _shares(booking: Booking) -> list[Price]:
    """The price of each ticket; one price for the booking is split over its tickets, so that they add up to it."""
    prices = [item.price for item in booking.unit_items if item.price]
    return prices or booking.total.split(len(booking.unit_items))


def _unit_item(
    supplier: Supplier, booking: Booking, item: UnitItem, share: Price, capabilities: Capabilities
) -> Payload:
    product = supplier.product(booking.product_id)
    option = supplier.option(product, booking.option_id)
    payload: Payload = {
        "uuid": item.uuid,
        "resellerReference": item.reseller_reference,
        "supplierReference": item.supplier_reference,
        "unitId": item.unit_id,
        "status": booking.status,
        "utcRedeemedAt": None,
        "contact": _contact(item.contact),
        "ticket": None if product.offer.per_booking else _ticket(booking, item.uuid),
    }
    unit = option.unit(item.unit_id)
    if unit:
        payload["unit"] = unit_payload(supplier, product, option, unit, capabilities)
    if capabilities.pricing:
        payload["pricing"] = pricing_payload(share)
    return payload


def _ticket(booking: Booking, code: str) -> Payload | None:
    """The code that opens the gate, once the booking is confirmed."""
    if booking.status is not Status.CONFIRMED:
        return None
    value = f"TQS1:{booking.supplier_reference}:{code}"
    delivery = {"deliveryFormat": "QRCODE", "deliveryValue": value}
    return {"redemptionMethod": "DIGITAL", "utcRedeemedAt": None, "deliveryOptions": [delivery]}


def _cancellation(booking: Booking) -> Payload | None:
    made = booking.cancellation
    if made is None:
        return None
    return {"refund": made.refund, "reason": made.reason, "utcCancelledAt": utc(made.cancelled_at)}


def _contact(contact: ContactBody) -> Payload:
    return contact.model_dump(by_alias=True)
