"""Places taken by our own bookings, per slot. Holds leave by themselves when they end."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sandbox.providers.booking import Booking, Status
from sandbox.world.products import Product

OptionKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Taken:
    """`until` is None once the booking is confirmed."""

    places: int
    until: datetime | None


class Stock:
    """Who has taken what: option and slot, then booking."""

    def __init__(self) -> None:
        self._slots: dict[OptionKey, dict[str, dict[str, Taken]]] = defaultdict(dict)
        self._slot_of: dict[str, tuple[OptionKey, str]] = {}

    def note(self, booking: Booking, product: Product) -> None:
        """Bring the places of a booking in line with what it says now."""
        self._forget(booking.uuid)
        if booking.availability_id is None or not booking.status.takes_places:
            return
        option = (booking.product_id, booking.option_id)
        until = booking.expires_at if booking.status is Status.ON_HOLD else None
        self._slots[option].setdefault(booking.availability_id, {})[booking.uuid] = Taken(
            places(booking, product), until
        )
        self._slot_of[booking.uuid] = option, booking.availability_id

    def taken(self, option: OptionKey, now: datetime, *, apart_from: str | None = None) -> dict[str, int]:
        """Places taken now, by slot id; slots nobody has booked are absent."""
        totals: dict[str, int] = {}
        for slot_id, bookings in self._slots.get(option, {}).items():
            total = sum(
                item.places
                for uuid, item in bookings.items()
                if uuid != apart_from and (item.until is None or item.until > now)
            )
            if total:
                totals[slot_id] = total
        return totals

    def clear(self) -> None:
        self._slots.clear()
        self._slot_of.clear()

    def _forget(self, uuid: str) -> None:
        if uuid in self._slot_of:
            option, slot_id = self._slot_of.pop(uuid)
            del self._slots[option][slot_id][uuid]


def places(booking: Booking, product: Product) -> int:
    """People a booking brings, or the whole slot where it is booked as one."""
    if product.offer.takes_whole_slot:
        return product.offer.capacity
    option = product.option(booking.option_id)
    units = {unit.unit_id: unit.type.pax for unit in option.units} if option else {}
    return sum(units.get(item.unit_id, 1) for item in booking.unit_items)
