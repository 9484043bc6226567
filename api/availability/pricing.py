"""Prices of a time, in the order of the option's units. provider's or snapshot's prices + the shop's rule -> offers"""

from collections.abc import Iterable, Mapping

from api.availability.views import TicketPrice
from api.catalog.pricing import ProductPricing
from core.domain.money import Money
from core.domain.ports import ProviderPrice
from core.domain.pricing import Offer
from warehouse.readers.shapes import Unit, UnitPrice

WHOLE_BOOKING = ""


def live_prices(
    prices: Iterable[ProviderPrice], units: tuple[Unit, ...], pricing: ProductPricing
) -> tuple[TicketPrice, ...]:
    """A price for a unit the catalogue does not know is left out: nobody could say whom it admits."""
    offers = {price.provider_unit_id or WHOLE_BOOKING: _offer(price, pricing) for price in prices}
    return _in_order(offers, {unit.provider_unit_id: unit for unit in units})


def snapshot_prices(
    prices: Iterable[UnitPrice], units: tuple[Unit, ...], pricing: ProductPricing
) -> tuple[TicketPrice, ...]:
    offers = {price.unit_id: _offer(price, pricing) for price in prices}
    return _in_order(offers, {unit.unit_id: unit for unit in units})


def _offer(price: ProviderPrice | UnitPrice, pricing: ProductPricing) -> Offer:
    def money(minor: int) -> Money:
        return Money(minor, price.currency, price.currency_precision)

    net = money(price.net_minor) if price.net_minor is not None else None
    # The catalogue keeps no taxes: what is sold is priced live.
    tax = money(price.tax_minor) if isinstance(price, ProviderPrice) and price.tax_minor is not None else None
    return pricing.offer(money(price.original_minor), money(price.retail_minor), net, tax)


def _in_order(offers: Mapping[str, Offer], units: Mapping[str, Unit]) -> tuple[TicketPrice, ...]:
    whole = offers.get(WHOLE_BOOKING)
    if whole is not None:
        return (TicketPrice(None, whole),)
    return tuple(TicketPrice(unit, offers[unit_key]) for unit_key, unit in units.items() if unit_key in offers)
