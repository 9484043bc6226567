"""Every reply of a whole walk is one Stripe's description allows."""

import json
from contextlib import suppress

import pytest
import stripe

from tests.sandbox.stripe.published import problems, require_description
from tests.sandbox.stripe.shopkeeper import ASKS_BANK, DECLINED, Exchange, Shopkeeper, decide, go_to_bank, pay

DAY = 86_400


@pytest.fixture(scope="module", autouse=True)
def _description() -> None:
    require_description()


def test_every_reply_is_one_stripe_could_give(shop, sandbox) -> None:
    _sell(shop)
    _refund(shop, sandbox)
    sandbox.advance(5 * DAY)
    _read(shop)
    _go_wrong(shop)
    found = {f"{said.method} {said.path}: {problem}" for said in shop.http.exchanges for problem in _problems(said)}
    assert not found, "\n".join(sorted(found)[:40])
    assert len(shop.http.exchanges) > 40


def _problems(said: Exchange) -> list[str]:
    return problems(said.method, said.path, said.status, json.loads(said.body))


def _sell(shop: Shopkeeper) -> None:
    shop.paid(customer_email="ada@example.org", locale="nl", submit_type="book")
    session = shop.session()
    pay(session.url, DECLINED)
    shop.api.payment_intents.retrieve(shop.api.checkout.sessions.retrieve(session.id).payment_intent)
    pay(session.url, ASKS_BANK)
    shop.api.checkout.sessions.retrieve(session.id, params={"expand": ["payment_intent"]})
    decide(go_to_bank(session.url), "approve")
    held = {"payment_intent_data": {"capture_method": "manual"}, "allowed_payment_method_types": ["card"]}
    shop.api.payment_intents.capture(shop.paid(**held).payment_intent)
    shop.api.payment_intents.cancel(shop.paid(**held).payment_intent)
    shop.api.checkout.sessions.expire(shop.session().id)


def _refund(shop: Shopkeeper, sandbox) -> None:
    intent = shop.paid().payment_intent
    shop.api.refunds.create({"payment_intent": intent, "amount": 500, "reason": "requested_by_customer"})
    sandbox.control("stripe", refunds_fail_after_seconds=60)
    refund = shop.api.refunds.create({"payment_intent": intent, "metadata": {"order_id": "ord_1"}})
    sandbox.advance(61)
    assert shop.api.refunds.retrieve(refund.id, {"expand": ["charge", "balance_transaction"]}).status == "failed"


def _read(shop: Shopkeeper) -> None:
    api = shop.api
    for session in api.checkout.sessions.list({"limit": 100}).data:
        full = {"expand": ["line_items", "payment_intent.latest_charge.balance_transaction"]}
        api.checkout.sessions.retrieve(session.id, full)
        api.checkout.sessions.line_items.list(session.id)
    for charge in api.charges.list({"limit": 100}).data:
        api.charges.retrieve(charge.id, {"expand": ["refunds", "payment_intent"]})
        api.payment_methods.retrieve(charge.payment_method)
    for payout in api.payouts.list().data:
        api.payouts.retrieve(payout.id)
        assert api.balance_transactions.list({"payout": payout.id, "expand": ["data.source"]}).data
    for listed in (api.payment_intents, api.refunds, api.balance_transactions):
        assert listed.list({"limit": 100}).data
    for event in api.events.list({"limit": 100}).data:
        api.events.retrieve(event.id)


def _go_wrong(shop: Shopkeeper) -> None:
    for attempt in (
        lambda: shop.api.charges.retrieve("ch_nobody"),
        lambda: shop.session(currency="eurodollar"),
        lambda: shop.api.refunds.create({"charge": "ch_nobody"}),
        lambda: shop.api.accounts.retrieve("acct_1"),
        lambda: shop.api.transfers.create({"amount": 100, "currency": "eur", "destination": "acct_1"}),
        shop.api.disputes.list,
    ):
        with suppress(stripe.InvalidRequestError):
            attempt()
            pytest.fail("this is refused")
