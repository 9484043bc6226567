"""POST /availability and /availability/calendar. AvailabilityCall -> availability objects"""

from collections.abc import Mapping
from datetime import date

from orjson import Fragment, dumps

from sandbox.providers.calls import AvailabilityCall
from sandbox.providers.capabilities import Capabilities
from sandbox.providers.catalogue import most_units
from sandbox.providers.errors import BadRequest
from sandbox.providers.pricing import (
    Tariff,
    chosen_currency,
    pricing_payload,
    total_price,
    unit_prices,
    unit_pricing_payload,
)
from sandbox.providers.slots import Slot, calendar_days, find_slot, local_iso, slots_of_day
from sandbox.providers.supplier import Supplier
from sandbox.world.products import Option, Product
from sandbox.world.seasons import days_between, season

LONGEST_DAYS = 366
Payload = dict[str, object]


def calendar(supplier: Supplier, call: AvailabilityCall, capabilities: Capabilities) -> list[Payload]:
    """One object a day, closed days included. BadRequest without both ends, or for more than a year."""
    if call.local_date_start is None or call.local_date_end is None:
        raise BadRequest(message="localDateStart and localDateEnd are required")
    days = _days(call.local_date_start, call.local_date_end)
    product, option, quantities = _asked(supplier, call)
    prices = _PriceTags(supplier, product, option, quantities, call.currency)
    places = _places(option, quantities)
    payloads: list[Payload] = []
    for day in calendar_days(supplier, product, option, days):
        payload: Payload = {
            "localDate": day.day,
            "available": day.has_room_for(places),
            "status": day.status,
            "vacancies": day.best,
            "capacity": day.capacity,
            "openingHours": [] if day.hours is None else [{"from": day.hours[0], "to": day.hours[1]}],
        }
        if capabilities.pricing:
            payload["unitPricingFrom"], payload["pricingFrom"] = prices.on(day.day)
        payloads.append(payload)
    return payloads


def availability(supplier: Supplier, call: AvailabilityCall, capabilities: Capabilities) -> list[Payload]:
    """One object a slot, or a day for opening hours; closed days have none."""
    product, option, quantities = _asked(supplier, call)
    prices = _PriceTags(supplier, product, option, quantities, call.currency)
    places = _places(option, quantities)
    return [
        slot_payload(product, slot, capabilities, places=places, prices=prices if capabilities.pricing else None)
        for slot in _slots(supplier, product, option, call)
    ]


def booked_slot(
    supplier: Supplier, product: Product, option: Option, slot_id: str, capabilities: Capabilities
) -> Payload | None:
    """The availability object inside a booking, as it is now."""
    slot = find_slot(supplier, product, option, slot_id)
    if slot is None:
        return None
    prices = _PriceTags(supplier, product, option, {}, None) if capabilities.pricing else None
    return slot_payload(product, slot, capabilities, places=0, prices=prices)


def slot_payload(
    product: Product, slot: Slot, capabilities: Capabilities, *, places: int, prices: "_PriceTags | None"
) -> Payload:
    zone = product.place.city.zone
    payload: Payload = {
        "id": slot.slot_id,
        "localDateTimeStart": slot.slot_id,
        "localDateTimeEnd": local_iso(zone, slot.day, slot.ends),
        "utcCutoffAt": slot.cutoff_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "allDay": slot.is_all_day,
        "available": slot.has_room_for(places),
        "status": slot.status,
        "vacancies": slot.vacancies,
        "capacity": slot.capacity,
        "maxUnits": None if slot.vacancies is None else min(slot.vacancies, most_units(product)),
        "openingHours": [{"from": slot.opens, "to": slot.closes}],
    }
    if prices:
        payload["unitPricing"], payload["pricing"] = prices.on(slot.day)
    if capabilities.content:
        payload["title"] = None
        payload["shortDescription"] = ""
    return payload


class _PriceTags:
    """Prices as they stand on a day, encoded once per season."""

    def __init__(
        self, supplier: Supplier, product: Product, option: Option, quantities: Mapping[str, int], asked: str | None
    ) -> None:
        self._product, self._option, self._quantities = product, option, quantities
        self._currency = chosen_currency(product, supplier.profile, asked)
        self._change_bps = supplier.switches.change_bps
        self._tags: dict[str, tuple[Fragment, Fragment]] = {}

    def on(self, day: date) -> tuple[Fragment, Fragment]:
        """Per unit, and for the units asked about together."""
        now = season(day, outdoor=self._product.kind.outdoor)
        if now not in self._tags:
            tariff = Tariff(now, self._currency, self._change_bps)
            units = unit_prices(self._product, self._option, tariff)
            total = total_price(self._product, self._option, tariff, self._quantities)
            self._tags[now] = Fragment(dumps(unit_pricing_payload(units))), Fragment(dumps(pricing_payload(total)))
        return self._tags[now]


def _asked(supplier: Supplier, call: AvailabilityCall) -> tuple[Product, Option, dict[str, int]]:
    product = supplier.product(call.product_id)
    option = supplier.option(product, call.option_id)
    quantities: dict[str, int] = {}
    for unit in call.units:
        if option.unit(unit.id) is None:
            raise BadRequest(message=f"units: the option has no unit {unit.id}")
        quantities[unit.id] = quantities.get(unit.id, 0) + unit.quantity
    return product, option, quantities


def _places(option: Option, quantities: Mapping[str, int]) -> int:
    return sum(unit.type.pax * quantities.get(unit.unit_id, 0) for unit in option.units)


def _slots(supplier: Supplier, product: Product, option: Option, call: AvailabilityCall) -> list[Slot]:
    if call.availability_ids is not None:
        found = (find_slot(supplier, product, option, slot_id) for slot_id in call.availability_ids)
        return [slot for slot in found if slot is not None]
    first, last = call.local_date or call.local_date_start, call.local_date or call.local_date_end
    if first is None or last is None:
        raise BadRequest(message="Send localDate, localDateStart and localDateEnd, or availabilityIds")
    return [slot for day in _days(first, last) for slot in slots_of_day(supplier, product, option, day)]


def _days(first: date, last: date) -> list[date]:
    if last < first:
        raise BadRequest(message="localDateEnd lies before localDateStart")
    if (last - first).days >= LONGEST_DAYS:
        raise BadRequest(message="No more than a year of availability can be asked for at once")
    return days_between(first, last)
