"""What goes wrong at Stripe, in words of ours that tell nothing of a person."""

import traceback
from dataclasses import replace

import pytest
import structlog
from pydantic import SecretStr

from api.payments.errors import AmountRefused, PaymentsNotSetUp, StripeRefused, StripeUnavailable
from api.payments.gateway import StripeGateway
from api.payments.shapes import SessionLine
from core.domain.money import Money
from core.errors import SettingsError
from core.settings import Environment
from tests.api.payments.till import BUYER, NOT_SET_UP, draft, eur


async def test_stripe_down_or_broken_is_unavailable_and_later_the_same_call_works(gateway, sandbox) -> None:
    wish = draft()
    for switches in ({"is_down": True}, {"is_down": False, "error_rate": 1}):
        sandbox.control("stripe", **switches)
        with pytest.raises(StripeUnavailable):
            await gateway.open_session(wish)
        with pytest.raises(StripeUnavailable):
            await gateway.session("cs_test_1")
    sandbox.control("stripe", error_rate=0)
    assert (await gateway.open_session(wish)).url


async def test_nobody_listening_is_unavailable(stripe_settings) -> None:
    nowhere = stripe_settings.model_copy(update={"stripe_url": "http://127.0.0.1:9"})
    async with StripeGateway(nowhere, network_retries=0) as gateway:
        with pytest.raises(StripeUnavailable, match="no answer"):
            await gateway.open_session(draft())


async def test_a_refusal_says_what_was_wrong_and_not_whose(gateway) -> None:
    tiny = draft("pay_1", SessionLine("Postcard", "", 1, eur(10)))
    with pytest.raises(StripeRefused) as refused:
        await gateway.open_session(tiny)
    assert refused.value.code == "amount_too_small"
    assert str(refused.value).startswith("stripe: open session: 400 amount_too_small req_")
    assert refused.value.__suppress_context__
    with pytest.raises(StripeRefused, match="404 resource_missing at id"):
        await gateway.expire_session("cs_test_of_nobody")


async def test_a_wrong_key_is_refused(stripe_settings) -> None:
    wrong = stripe_settings.model_copy(update={"stripe_key": SecretStr("sk_test_wrong")})
    async with StripeGateway(wrong) as gateway:
        with pytest.raises(StripeRefused) as refused:
            await gateway.open_session(draft())
    assert refused.value.code == "api_key_invalid"
    assert "sk_test_wrong" not in str(refused.value)


async def test_an_amount_that_stripe_cannot_take_is_refused_before_it_is_sent(gateway, sandbox) -> None:
    sandbox.control("stripe", is_down=True)
    with pytest.raises(AmountRefused, match="KWD"):
        await gateway.open_session(draft("pay_1", SessionLine("Tower", "", 1, Money(1255, "KWD", 3))))


async def test_the_buyers_address_is_in_no_error(gateway) -> None:
    """Stripe's own text quotes what was sent."""
    nonsense = replace(draft(), buyer_email=f"{BUYER}{'x' * 800}")
    with pytest.raises(StripeRefused) as refused:
        await gateway.open_session(nonsense)
    shown = "".join(traceback.format_exception(refused.value))
    assert "customer_email" in shown
    assert BUYER not in shown


async def test_a_log_says_which_call_and_how_it_went_and_nothing_of_the_buyer(gateway) -> None:
    with structlog.testing.capture_logs() as lines:
        session = await gateway.open_session(draft())
        with pytest.raises(StripeRefused):
            await gateway.payment("pi_of_nobody")
    assert [(line["operation"], line["status"]) for line in lines] == [("open session", "200"), ("payment", "404")]
    assert all(secret not in str(lines) for secret in (BUYER, session.session_id))


async def test_without_a_key_nothing_is_asked() -> None:
    async with StripeGateway(NOT_SET_UP) as gateway:
        with pytest.raises(PaymentsNotSetUp, match="TIQZY_STRIPE_KEY"):
            await gateway.session("cs_test_1")


def test_production_does_not_start_to_sell_without_its_account() -> None:
    live = NOT_SET_UP.model_copy(update={"environment": Environment.PRODUCTION})
    with pytest.raises(SettingsError, match="TIQZY_STRIPE_KEY"):
        StripeGateway(live)


async def test_browsers_are_sent_to_stripe_or_to_where_it_is_said_to_be(stripe_settings, sandbox) -> None:
    assert StripeGateway(stripe_settings).checkout_origin == sandbox.base_url
    assert StripeGateway(NOT_SET_UP).checkout_origin == "https://checkout.stripe.com"
