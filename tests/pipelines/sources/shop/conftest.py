"""A platform with one reseller, whose business day is Amsterdam's, and a look into its lake."""

from collections.abc import Callable
from typing import Any

import pytest

from pipelines.loads import ShopLoad, load_shop
from tests.pipelines.sources.shop.books import writing
from warehouse import lake

RESELLER = "rsl_canal"


@pytest.fixture
def shop_settings(platform_settings):
    with writing(platform_settings, RESELLER) as pen:
        pen.reseller("Europe/Amsterdam")
    return platform_settings


@pytest.fixture
def write(shop_settings):
    return lambda reseller_id=RESELLER: writing(shop_settings, reseller_id)


@pytest.fixture
def load(shop_settings) -> Callable[[], ShopLoad]:
    return lambda: load_shop(shop_settings)


@pytest.fixture
def rows(shop_settings) -> Callable[[str], list[Any]]:
    """What a query finds in the lake; one column comes without tuples, and no table is no row."""

    def read(query: str) -> list[Any]:
        connection = lake.connect(shop_settings, read_only=True)
        try:
            found = connection.execute(query).fetchall()
        finally:
            connection.close()
        return [row[0] for row in found] if found and len(found[0]) == 1 else found

    return read
