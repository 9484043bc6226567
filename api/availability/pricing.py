"""Prices of a time, in the order of the option's units. provider's or snapshot's prices + the shop's rule -> offers"""

from collections.abc import Iterable, Mapping

from api.availability.views import TicketPrice
from core.domain.money import Money
from core.domain.ports import ProviderPrice
from core.domain.pricing import ListedPrice, PriceRule, offer
from warehouse.readers.shapes import Unit, UnitPrice

WHOLE_BOOKING = ""


def live_prices(prices: Iterable[ProviderPrice], units: tuple[Unit, ...], rule: PriceRule) -> tuple[TicketPrice, ...]:
    """A price for a unit the catalogue does not know is left out: nobody could say whom it admits."""
    listed = {
        price.provider_unit_id or WHOLE_BOOKING: _listed(
            price.original_minor, price.retail_minor, price.net_minor, price.currency, price.currency_precision
        )
        for price in prices
    }
    return _offers(listed, {unit.provider_unit_id: unit for unit in units}, rule)


def snapshot_prices(prices: Iterable[UnitPrice], units: tuple[Unit, ...], rule: PriceRule) -> tuple[TicketPrice, ...]:
    listed = {
        price.unit_id: _listed(
            price.original_minor, price.retail_minor, price.net_minor, price.currency, price.currency_precision
        )
        for price in prices
    }
    return _offers(listed, {unit.unit_id: unit for unit in units}, rule)


def _offers(listed: Mapping[str, ListedPrice], units: Mapping[str, Unit], rule: PriceRule) -> tuple[TicketPrice, ...]:
    whole = listed.get(WHOLE_BOOKING)
    if whole is not None:
        return (TicketPrice(None, offer(whole, rule)),)
    return tuple(
        TicketPrice(unit, offer(listed[unit_key], rule)) for unit_key, unit in units.items() if unit_key in listed
    )


def _listed(original: int, retail: int, net: int | None, currency: str, precision: int) -> ListedPrice:
    return ListedPrice(
        Money(original, currency, precision),
        Money(retail, currency, precision),
        Money(net, currency, precision) if net is not None else None,
    )
