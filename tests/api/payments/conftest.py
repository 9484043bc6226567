"""Our gateway at the sandbox's Stripe."""

from collections.abc import AsyncIterator, Callable

import pytest
import stripe

from api.payments.gateway import StripeGateway
from core.settings import Settings
from tests.api.payments.events import BODY
from tests.api.payments.till import NOT_SET_UP, Till
from tests.fixtures.sandbox import RunningSandbox


@pytest.fixture
def stripe_settings(sandbox: RunningSandbox) -> Settings:
    return sandbox.sells_for(NOT_SET_UP)


@pytest.fixture
async def gateway(stripe_settings: Settings) -> AsyncIterator[StripeGateway]:
    """Nothing is tried twice, so that a test sees each failure at once."""
    async with StripeGateway(stripe_settings, network_retries=0) as gateway:
        yield gateway


@pytest.fixture
def signed(sandbox: RunningSandbox) -> Callable[..., str]:
    """The header that Stripe sends with a body."""

    def sign(body: str = BODY, **how: object) -> str:
        secret = how.pop("secret", sandbox.stripe.webhook_secret)
        return stripe.WebhookSignature.generate_signature_header(body, secret, **how)

    return sign


@pytest.fixture
def till(gateway: StripeGateway, sandbox: RunningSandbox) -> Till:
    return Till(gateway, sandbox)
