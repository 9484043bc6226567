"""Prices in OCTO's shape. Product + season -> pricing, unitPricing"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add

from sandbox.providers.errors import BadRequest
from sandbox.providers.profiles import SupplierProfile
from sandbox.world.prices import EURO, WHOLE_BPS, Price, price
from sandbox.world.products import Option, Product
from sandbox.world.seasons import Season


@dataclass(frozen=True, slots=True)
class Tariff:
    """One product's price list: the season it is for, the currency, and how far a price change has moved it."""

    season: Season
    currency: str
    change_bps: int = WHOLE_BPS


def currencies(product: Product, profile: SupplierProfile) -> list[str]:
    """The default first."""
    local = product.place.city.country.currency
    return [local, EURO] if profile.takes_euro and local != EURO else [local]


def chosen_currency(product: Product, profile: SupplierProfile, asked: str | None) -> str:
    accepted = currencies(product, profile)
    if asked is not None and asked not in accepted:
        raise BadRequest(message=f"The currency {asked} is not available for this product")
    return asked or accepted[0]


def cheapest_season(product: Product) -> Season:
    return Season.LOW if product.has_seasonal_prices else Season.NORMAL


def pricing_per(product: Product) -> str:
    return "BOOKING" if product.offer.per_booking else "UNIT"


def unit_prices(product: Product, option: Option, tariff: Tariff) -> dict[str, Price]:
    """Price of each unit; empty where the booking has one price whoever comes."""
    if product.offer.per_booking:
        return {}
    return {unit.unit_id: _price(product, unit.type.price_bps, tariff) for unit in option.units}


def total_price(product: Product, option: Option, tariff: Tariff, quantities: Mapping[str, int]) -> Price:
    """What these units cost together; without any, what the first unit costs."""
    if product.offer.per_booking:
        return _price(product, WHOLE_BPS, tariff)
    prices = unit_prices(product, option, tariff)
    wanted = {unit_id: count for unit_id, count in quantities.items() if count} or {option.units[0].unit_id: 1}
    return reduce(add, (prices[unit_id].times(count) for unit_id, count in wanted.items()))


def pricing_payload(amount: Price) -> dict[str, object]:
    net = amount.net_minor
    tax = {
        "name": "VAT",
        "original": Price.tax_in(amount.original_minor, amount.vat_bps),
        "retail": Price.tax_in(amount.retail_minor, amount.vat_bps),
        "net": None if net is None else Price.tax_in(net, amount.vat_bps),
    }
    return {
        "original": amount.original_minor,
        "retail": amount.retail_minor,
        "net": net,
        "currency": amount.currency,
        "currencyPrecision": amount.currency_precision,
        "includedTaxes": [tax] if amount.retail_minor else [],
    }


def unit_pricing_payload(prices: Mapping[str, Price]) -> list[dict[str, object]]:
    return [{"unitId": unit_id, **pricing_payload(amount)} for unit_id, amount in prices.items()]


def _price(product: Product, share_bps: int, tariff: Tariff) -> Price:
    return price(product, share_bps, tariff.season, tariff.currency, change_bps=tariff.change_bps)
