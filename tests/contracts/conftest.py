"""A shop that sells the sandbox's tickets, served as people reach it; and a sandbox that is listened to."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.browser.serving import serving
from tests.contracts.wire import Wire
from tests.fixtures.catalogue import World
from tests.fixtures.sales import PLACES
from tests.fixtures.sandbox import RunningSandbox, run_sandbox


@pytest.fixture(scope="module")
def selling_settings(shops, sandbox, live_product):
    now = datetime.now(UTC)
    World(live_product, (now + timedelta(days=1)).date(), now - timedelta(minutes=40)).publish(shops.settings)
    return sandbox.sells_for(shops.settings)


@pytest.fixture(scope="module")
def shop_address(selling_settings) -> Iterator[str]:
    with serving(selling_settings) as address:
        yield address


@pytest.fixture(scope="module")
def made_order(shop_address) -> dict[str, str]:
    """An order without tickets: its id and secret."""
    return httpx.post(f"{shop_address}/v1/shops/canal-house/orders").raise_for_status().json()


@pytest.fixture(scope="session")
def wire() -> Wire:
    return Wire()


@pytest.fixture(scope="session")
def desk_sandbox(wire) -> Iterator[RunningSandbox]:
    """What the desk of tests/fixtures/sales.py sells from, with all that is said to it kept."""
    with run_sandbox(place_count=PLACES, within=wire.around) as running:
        yield running
