"""A shop at the sandbox's Stripe."""

from collections.abc import Iterator

import pytest

from tests.fixtures.sandbox import RunningSandbox
from tests.sandbox.stripe.shopkeeper import Shopkeeper


@pytest.fixture
def shop(sandbox: RunningSandbox) -> Iterator[Shopkeeper]:
    keeper = Shopkeeper(sandbox)
    yield keeper
    keeper.http.close()
