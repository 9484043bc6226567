"""Refunds, the balance and payouts: every cent that came in is somewhere."""

import pytest
import stripe

from tests.sandbox.stripe.shopkeeper import decide, go_to_bank

DAY = 86_400


def test_refunds_go_as_far_as_the_charge(shop) -> None:
    intent = shop.paid().payment_intent
    part = shop.api.refunds.create({"payment_intent": intent, "amount": 1000})
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded amount") as refused:
        shop.api.refunds.create({"payment_intent": intent, "amount": 1501})
    assert refused.value.param == "amount"
    rest = shop.api.refunds.create({"charge": part.charge})
    assert rest.amount == 1500
    with pytest.raises(stripe.InvalidRequestError) as refused:
        shop.api.refunds.create({"payment_intent": intent})
    assert refused.value.code == "charge_already_refunded"
    charge = shop.api.charges.retrieve(part.charge, {"expand": ["refunds"]})
    assert (charge.refunded, charge.amount_refunded) == (True, 2500)
    assert [refund.id for refund in charge.refunds.data] == [rest.id, part.id]


def test_nothing_is_refunded_that_was_not_paid(shop) -> None:
    session = shop.session()
    go_to_bank(session.url)
    intent = shop.api.checkout.sessions.retrieve(session.id).payment_intent
    with pytest.raises(stripe.InvalidRequestError, match="does not have a successful charge"):
        shop.api.refunds.create({"payment_intent": intent})


def test_a_refund_that_fails_later_can_be_made_again(shop, sandbox) -> None:
    intent = shop.paid().payment_intent
    sandbox.control("stripe", refunds_fail_after_seconds=3_600)
    failing = shop.api.refunds.create({"payment_intent": intent})
    assert failing.status == "succeeded"
    sandbox.advance(3_601)
    failed = shop.api.refunds.retrieve(failing.id, {"expand": ["failure_balance_transaction"]})
    assert (failed.status, failed.failure_balance_transaction.amount) == ("failed", 2500)
    sandbox.control("stripe", refunds_fail_after_seconds=0)
    assert shop.api.refunds.create({"payment_intent": intent}).status == "succeeded"
    told = [event.type for event in shop.api.events.list({"types": ["refund.*"]}).data]
    assert told == ["refund.created", "refund.updated", "refund.failed", "refund.created"]


def test_payouts_take_all_that_is_available_and_say_of_what_they_are(shop, sandbox) -> None:
    paid = shop.paid(10_000).payment_intent
    session = shop.session(4_000)
    decide(go_to_bank(session.url), "approve")
    shop.paid(5_000, currency="usd")
    sandbox.advance(4 * DAY)
    shop.api.refunds.create({"payment_intent": paid, "amount": 3_000})
    assert {payout.currency: payout.amount for payout in shop.api.payouts.list().data} == {
        "eur": 10_000 - 175 + 4_000 - 29,
        "usd": 5_000 - 105,
    }
    for payout in shop.api.payouts.list().data:
        parts = shop.api.balance_transactions.list({"payout": payout.id}).data
        assert sum(part.net for part in parts) == 0
        assert next(part for part in parts if part.type == "payout").net == -payout.amount
    shop.paid(10_000)
    sandbox.advance(5 * DAY)
    latest = shop.api.payouts.list({"limit": 1}).data[0]
    assert (latest.amount, latest.status) == (10_000 - 175 - 3_000, "paid")
