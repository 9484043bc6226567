"""Money that moves after the page: captured, given back, refunded, and what Stripe's balance says of it."""

from datetime import UTC, datetime, timedelta

import pytest

from api.payments.errors import StripeRefused, StripeUnavailable
from api.payments.records import Window
from api.payments.shapes import IntentStatus, StripeRefundStatus
from tests.api.payments.till import ORDER, draft, eur
from tests.sandbox.stripe.shopkeeper import pay


async def test_an_authorised_card_is_captured_in_part_once(till) -> None:
    held = await till.paid(captures_later=True)
    assert (held.status, held.amount_capturable, held.amount_received) == (
        IntentStatus.REQUIRES_CAPTURE,
        eur(2500),
        eur(0),
    )
    assert held.balance is None
    taken = await till.gateway.capture(held.intent_id, eur(1000), "pay_1-capture")
    assert (taken.status, taken.amount_received, taken.balance.fee) == (IntentStatus.SUCCEEDED, eur(1000), eur(40))
    assert await till.gateway.capture(held.intent_id, eur(1000), "pay_1-capture") == taken
    with pytest.raises(StripeRefused) as refused:
        await till.gateway.capture(held.intent_id, eur(1500), "pay_1-again")
    assert refused.value.code == "payment_intent_unexpected_state"


async def test_an_authorisation_alone_is_not_paid(gateway) -> None:
    session = await gateway.open_session(draft(captures_later=True))
    pay(session.url)
    assert not (await gateway.session(session.session_id)).is_paid


async def test_an_authorisation_is_given_back_without_a_refund_of_ours(till) -> None:
    held = await till.paid(captures_later=True)
    cancelled = await till.gateway.cancel_payment(held.intent_id, "pay_1-cancel")
    assert (cancelled.status, cancelled.amount_capturable) == (IntentStatus.CANCELED, eur(0))
    assert [(refund.refund_id, refund.balance_transaction_id) for refund in cancelled.refunds] == [(None, None)]
    with pytest.raises(StripeRefused):
        await till.gateway.capture(held.intent_id, eur(2500), "pay_1-capture")


async def test_ideal_cannot_wait_and_is_captured_at_once(till) -> None:
    paid = await till.paid_by_bank(captures_later=True)
    assert (paid.status, paid.amount_received) == (IntentStatus.SUCCEEDED, eur(2500))


async def test_refunds_add_up_to_the_payment_and_no_further(till) -> None:
    intent_id = (await till.paid()).intent_id
    first = await _refund(till, intent_id, 1000, "ref_1")
    assert (first.refund_id, first.status, first.amount) == ("ref_1", StripeRefundStatus.SUCCEEDED, eur(1000))
    with pytest.raises(StripeRefused):
        await _refund(till, intent_id, 1501, "ref_2")
    rest = await _refund(till, intent_id, 1500, "ref_3")
    with pytest.raises(StripeRefused) as refused:
        await _refund(till, intent_id, 1, "ref_4")
    assert refused.value.code == "charge_already_refunded"
    assert await till.gateway.refunds_of(intent_id) == (rest, first)
    assert (await till.gateway.payment(intent_id)).refunds == (rest, first)


async def test_more_refunds_than_a_charge_shows_are_all_there(till) -> None:
    session = await till.gateway.open_session(draft())
    pay(session.url)
    intent_id = (await till.payment(session)).intent_id
    for number in range(11):
        await _refund(till, intent_id, 100, f"ref_{number}")
    paid = await till.gateway.session(session.session_id)
    assert [refund.refund_id for refund in paid.payment.refunds] == [f"ref_{number}" for number in reversed(range(11))]


async def test_a_lost_reply_and_its_replay_are_one_refund(till, sandbox) -> None:
    intent_id = (await till.paid()).intent_id
    sandbox.control("stripe", lose_reply_after_success=True)
    with pytest.raises(StripeUnavailable):
        await _refund(till, intent_id, 1000, "ref_1")
    sandbox.control("stripe", lose_reply_after_success=False)
    known = await till.gateway.refunds_of(intent_id)
    assert (await _refund(till, intent_id, 1000, "ref_1"),) == known


async def test_what_stripe_did_is_found_again_after_it_forgot_the_key(till, sandbox) -> None:
    paid, held, let_go = [await till.paid(f"pay_{name}", captures_later=name != "paid") for name in ("paid", "a", "b")]
    refund = await _refund(till, paid.intent_id, 1000, "ref_1")
    taken = await till.gateway.capture(held.intent_id, eur(1000), "pay_a-capture")
    cancelled = await till.gateway.cancel_payment(let_go.intent_id, "pay_b-cancel")
    sandbox.advance(25 * 3600)
    assert await _refund(till, paid.intent_id, 1000, "ref_1") == refund
    assert await till.gateway.capture(held.intent_id, eur(1000), "pay_a-capture") == taken
    assert await till.gateway.cancel_payment(let_go.intent_id, "pay_b-cancel") == cancelled
    with pytest.raises(StripeRefused):
        await till.gateway.cancel_payment(held.intent_id, "pay_a-cancel")


async def test_a_refund_can_fail_days_after_it_succeeded_and_be_asked_for_anew(till, sandbox) -> None:
    intent_id = (await till.paid()).intent_id
    sandbox.control("stripe", refunds_fail_after_seconds=86_400)
    assert (await _refund(till, intent_id, 2500, "ref_1")).status is StripeRefundStatus.SUCCEEDED
    sandbox.advance(86_401)
    sandbox.control("stripe", refunds_fail_after_seconds=0)
    failed = (await till.gateway.payment(intent_id)).refunds[0]
    assert (failed.refund_id, failed.status) == ("ref_1", StripeRefundStatus.FAILED)
    assert (await _refund(till, intent_id, 2500, "ref_1", attempt=2)).status is StripeRefundStatus.SUCCEEDED


async def test_the_balance_names_the_source_of_each_movement(till) -> None:
    payment = await till.paid()
    refund = await _refund(till, payment.intent_id, 1000, "ref_1")
    now = datetime.now(UTC)
    window = Window(now - timedelta(minutes=5), now + timedelta(minutes=5))
    moved = [item async for item in till.gateway.balance_transactions(window)]
    assert [(item.source_id, item.amount, item.fee, item.net) for item in moved] == [
        (refund.stripe_refund_id, eur(-1000), eur(0), eur(-1000)),
        (payment.charge_id, eur(2500), eur(63), eur(2437)),
    ]
    assert moved[1].balance_transaction_id == payment.balance.balance_transaction_id
    yesterday = Window(window.first - timedelta(days=1), window.until - timedelta(days=1))
    assert [item async for item in till.gateway.balance_transactions(yesterday)] == []


async def _refund(till, intent_id: str, minor: int, refund_id: str, *, attempt: int = 1):
    key = f"{refund_id}-{attempt}"
    return await till.gateway.refund(intent_id, eur(minor), refund_id=refund_id, key=key, metadata=ORDER)
