"""Whether a booking can be had as asked, and what it costs. Booking -> Booking with day and prices"""

from sandbox.providers.booking import Booking
from sandbox.providers.calls import ContactBody
from sandbox.providers.catalogue import CONTACT_FIELDS, most_units
from sandbox.providers.errors import InvalidAvailabilityId, UnprocessableEntity
from sandbox.providers.pricing import Tariff, chosen_currency, currencies, total_price, unit_prices
from sandbox.providers.slots import Slot, find_slot
from sandbox.providers.stock import places
from sandbox.providers.supplier import Supplier
from sandbox.world.products import Option, Product
from sandbox.world.seasons import season


def priced(supplier: Supplier, booking: Booking) -> Booking:
    """The booking with its slot checked and its prices set, as they are today."""
    product = supplier.product(booking.product_id)
    option = supplier.option(product, booking.option_id)
    _check_units(product, option, booking)
    slot = _check_slot(supplier, product, option, booking)
    outdoor = product.kind.outdoor
    day = slot.day if slot else supplier.now().date()
    if booking.currency and booking.currency not in currencies(product, supplier.profile):
        raise UnprocessableEntity(message=f"The currency {booking.currency} is not available for this product")
    tariff = Tariff(
        season(day, outdoor=outdoor),
        chosen_currency(product, supplier.profile, booking.currency),
        supplier.switches.change_bps,
    )
    prices = unit_prices(product, option, tariff)
    items = [item.model_copy(update={"price": prices.get(item.unit_id)}) for item in booking.unit_items]
    quantities = {unit.unit_id: sum(item.unit_id == unit.unit_id for item in items) for unit in option.units}
    changed = {
        "unit_items": items,
        "total": total_price(product, option, tariff, quantities),
        "local_date": slot.day.isoformat() if slot else None,
    }
    return booking.model_copy(update=changed)


def require_contact(contact: ContactBody) -> None:
    """What every option of ours asks of the buyer before it is confirmed."""
    known = contact.model_dump(by_alias=True)
    missing = [f"contact.{name}" for name in CONTACT_FIELDS if not known[name]]
    if missing:
        raise UnprocessableEntity(message=f"{' and '.join(missing)} must be given")


def _check_slot(supplier: Supplier, product: Product, option: Option, booking: Booking) -> Slot | None:
    """None for a freesale booking that names no day."""
    if booking.availability_id is None:
        if product.offer.is_freesale and not supplier.switches.sold_out:
            return None
        raise InvalidAvailabilityId(None)
    slot = find_slot(supplier, product, option, booking.availability_id, apart_from=booking.uuid)
    if slot is None:
        raise InvalidAvailabilityId(booking.availability_id)
    if not slot.has_room_for(places(booking, product)):
        raise UnprocessableEntity(message="The availability is sold out or has too few places left")
    return slot


def _check_units(product: Product, option: Option, booking: Booking) -> None:
    counts = {unit.unit_id: sum(item.unit_id == unit.unit_id for item in booking.unit_items) for unit in option.units}
    if not booking.unit_items:
        raise UnprocessableEntity(message="unitItems: at least one is needed")
    if len(booking.unit_items) > (limit := most_units(product)):
        raise UnprocessableEntity(message=f"unitItems: at most {limit} in one booking")
    for unit in option.units:
        if unit.type.max_quantity is not None and counts[unit.unit_id] > unit.type.max_quantity:
            raise UnprocessableEntity(message=f"unitItems: at most {unit.type.max_quantity} of {unit.unit_id}")
        if unit.type.with_adult and counts[unit.unit_id] and not counts[option.units[0].unit_id]:
            raise UnprocessableEntity(message=f"unitItems: {unit.unit_id} needs {option.units[0].unit_id} beside it")
