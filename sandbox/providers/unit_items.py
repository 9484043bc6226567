"""The tickets of a booking and who they are for. UnitItemBody -> UnitItem"""

import hashlib
from uuid import uuid4

from sandbox.providers.booking import Booking, UnitItem
from sandbox.providers.calls import ContactBody, UnitItemBody
from sandbox.providers.errors import InvalidUnitId
from sandbox.world.products import Option

REFERENCE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
REFERENCE_LENGTH = 6


def new_item(option: Option, body: UnitItemBody) -> UnitItem:
    if option.unit(body.unit_id) is None:
        raise InvalidUnitId(body.unit_id)
    uuid = str(body.uuid or uuid4())
    return UnitItem(
        uuid=uuid,
        unit_id=body.unit_id,
        supplier_reference=reference(uuid),
        reseller_reference=body.reseller_reference,
        contact=body.contact or ContactBody(),
    )


def merged_items(option: Option, booking: Booking, bodies: list[UnitItemBody]) -> list[UnitItem]:
    """The items as sent; one that names an item we have keeps what was not sent again."""
    known = {item.uuid: item for item in booking.unit_items}
    items = []
    for body in bodies:
        item, earlier = new_item(option, body), known.get(str(body.uuid))
        if earlier:
            item.contact = merged_contact(earlier.contact, body.contact)
            item.reseller_reference = body.reseller_reference or earlier.reseller_reference
        items.append(item)
    return items


def merged_contact(contact: ContactBody, sent: ContactBody | None) -> ContactBody:
    merged = contact if sent is None else contact.model_copy(update=sent.model_dump(exclude_unset=True))
    names = filter(None, (merged.first_name, merged.last_name))
    return merged.model_copy(update={"full_name": merged.full_name or " ".join(names) or None})


def reference(uuid: str) -> str:
    """Six letters a person can read out, the same for the same uuid."""
    number = int(hashlib.sha256(uuid.encode()).hexdigest(), 16)
    return "".join(REFERENCE_LETTERS[number >> (5 * position) & 31] for position in range(REFERENCE_LENGTH))
