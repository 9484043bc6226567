"""OCTO's shapes in the platform's words. LiveSlot, Booking -> core.domain.ports"""

from collections.abc import Iterator
from uuid import UUID

from core.domain.ports import IssuedTicket, ProviderBooking, ProviderPrice, ProviderSlot
from pipelines.sources.octo.schemas import Booking, LiveSlot, TaxedPricing


def slot_of(slot: LiveSlot) -> ProviderSlot:
    """A server that names no cutoff sells until the slot starts; beside unit prices the other is their total."""
    prices = [price_of(price, price.unit_id) for price in slot.unit_pricing]
    if slot.pricing and not prices:
        prices.append(price_of(slot.pricing, None))
    return ProviderSlot(
        provider_availability_id=slot.id,
        starts_at=slot.local_date_time_start,
        ends_at=slot.local_date_time_end,
        is_all_day=slot.all_day,
        is_available=slot.available,
        status=slot.status,
        vacancies=slot.vacancies,
        max_units=slot.max_units,
        cutoff_at=slot.utc_cutoff_at or slot.local_date_time_start,
        opening_hours=tuple((hours.opens_at, hours.closes_at) for hours in slot.opening_hours),
        prices=tuple(prices),
    )


def booking_of(booking: Booking) -> ProviderBooking:
    """Prices per ticket where each ticket has one, else of the whole booking: never both, so that they can be added."""
    return ProviderBooking(
        booking_uuid=UUID(booking.uuid),
        provider_booking_id=booking.id,
        status=booking.status,
        supplier_reference=booking.supplier_reference,
        hold_expires_at=booking.utc_expires_at,
        is_cancellable=booking.cancellable,
        prices=tuple(_booked_prices(booking)),
        tickets=tuple(_tickets(booking)),
    )


def price_of(pricing: TaxedPricing, unit_id: str | None) -> ProviderPrice:
    return ProviderPrice(
        provider_unit_id=unit_id,
        currency=pricing.currency,
        currency_precision=pricing.currency_precision,
        original_minor=pricing.original,
        retail_minor=pricing.retail,
        net_minor=pricing.net,
        tax_minor=_tax_in(pricing),
    )


def _tax_in(pricing: TaxedPricing) -> int | None:
    """All taxes of what we owe; None where one is not told, is no amount, or all are more than the price."""
    owed, of_what = (pricing.retail, "retail") if pricing.net is None else (pricing.net, "net")
    taxes = pricing.included_taxes if isinstance(pricing.included_taxes, list) else []
    told = [tax.get(of_what) if isinstance(tax, dict) else None for tax in taxes]
    amounts = [amount for amount in told if isinstance(amount, int) and amount >= 0]
    return sum(amounts) if told and len(amounts) == len(told) and sum(amounts) <= owed else None


def _booked_prices(booking: Booking) -> Iterator[ProviderPrice]:
    priced = [(item.pricing, item.unit_id) for item in booking.unit_items if item.pricing]
    if priced and len(priced) == len(booking.unit_items):
        yield from (price_of(pricing, unit_id) for pricing, unit_id in priced)
    elif booking.pricing:
        yield price_of(booking.pricing, None)


def _tickets(booking: Booking) -> Iterator[IssuedTicket]:
    """One per unit first, then the voucher for all: a door that takes tickets may refuse the voucher."""
    for item in booking.unit_items:
        for option in item.ticket.delivery_options if item.ticket else ():
            yield IssuedTicket(item.unit_id, option.delivery_format, option.delivery_value)
    for option in booking.voucher.delivery_options if booking.voucher else ():
        yield IssuedTicket(None, option.delivery_format, option.delivery_value)
