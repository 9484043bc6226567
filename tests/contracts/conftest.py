"""A shop that sells the sandbox's tickets, served as people reach it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from pydantic import SecretStr

from tests.browser.serving import serving
from tests.fixtures.catalogue import World


@pytest.fixture(scope="module")
def selling_settings(shops, sandbox, live_product):
    now = datetime.now(UTC)
    World(live_product, (now + timedelta(days=1)).date(), now - timedelta(minutes=40)).publish(shops.settings)
    stripe = {
        "stripe_key": SecretStr(sandbox.stripe.api_key),
        "stripe_webhook_secret": SecretStr(sandbox.stripe.webhook_secret),
        "stripe_url": sandbox.stripe_url,
    }
    return shops.settings.model_copy(update=stripe)


@pytest.fixture(scope="module")
def shop_address(selling_settings) -> Iterator[str]:
    with serving(selling_settings) as address:
        yield address


@pytest.fixture(scope="module")
def made_order(shop_address) -> dict[str, str]:
    """An order without tickets: its id and secret."""
    return httpx.post(f"{shop_address}/v1/shops/canal-house/orders").raise_for_status().json()
