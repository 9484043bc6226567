"""Prices hold together: net below retail below original, whole steps, every currency with its own precision."""

import pytest

from sandbox.providers.assortment import assortment
from sandbox.providers.pricing import Tariff, cheapest_season, currencies, total_price, unit_prices
from sandbox.providers.profiles import CANAL, MERIDIAN, SupplierProfile
from sandbox.world.prices import Price
from sandbox.world.products import Product
from sandbox.world.seasons import Season
from sandbox.world.world import build_world


def _all_prices(profile: SupplierProfile) -> list[tuple[Product, Price]]:
    return [
        (product, price)
        for product in assortment(build_world(1), profile)
        for currency in currencies(product, profile)
        for season in Season
        for option in product.options
        for price in [
            total_price(product, option, Tariff(season, currency), {}),
            *unit_prices(product, option, Tariff(season, currency)).values(),
        ]
    ]


@pytest.mark.parametrize("profile", [CANAL, MERIDIAN], ids=lambda profile: profile.code)
def test_no_price_is_absurd(profile: SupplierProfile) -> None:
    for product, price in _all_prices(profile):
        assert 0 <= price.retail_minor <= price.original_minor, product.product_id
        if price.net_minor is not None:
            assert price.net_minor <= price.retail_minor
            assert price.net_minor >= price.retail_minor * 6 // 10
        euros = price.retail_minor / product.place.city.country.per_euro_minor
        assert price.currency != product.place.city.country.currency or euros < 500, product.product_id


def test_only_meridian_keeps_its_net_price_to_itself_and_only_for_some() -> None:
    nets = {profile.code: [price.net_minor for _, price in _all_prices(profile)] for profile in (CANAL, MERIDIAN)}
    assert None not in nets["canal"]
    assert None in nets["meridian"]
    assert any(nets["meridian"])


def test_currencies_follow_the_country_and_meridian_takes_euro_too() -> None:
    prices = _all_prices(CANAL) + _all_prices(MERIDIAN)
    precisions = {price.currency: price.currency_precision for _, price in prices}
    assert {"EUR", "GBP", "CZK", "DKK", "ISK"} <= set(precisions)
    assert (precisions["ISK"], precisions["EUR"]) == (0, 2)
    prague = next(product for product, _ in _all_prices(MERIDIAN) if product.place.city.key == "prague")
    assert currencies(prague, MERIDIAN) == ["CZK", "EUR"]
    assert currencies(prague, CANAL) == ["CZK"]


def test_parts_of_a_price_add_up_to_it() -> None:
    whole = Price(10_000, 9_999, 8_333, "EUR", 2, 900)
    parts = whole.split(7)
    assert sum(part.retail_minor for part in parts) == 9_999
    assert sum(part.net_minor or 0 for part in parts) == 8_333


def test_the_price_from_is_the_lowest_of_the_year() -> None:
    for product in assortment(build_world(1), MERIDIAN):
        option, currency = product.options[0], product.place.city.country.currency
        lowest = min(total_price(product, option, Tariff(season, currency), {}).retail_minor for season in Season)
        shown = total_price(product, option, Tariff(cheapest_season(product), currency), {}).retail_minor
        assert shown == lowest
