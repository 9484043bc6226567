"""From our draft to a payment page, and what became of it, through the sandbox's Stripe over HTTP."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from api.payments.errors import StripeRefused, StripeUnavailable
from api.payments.gateway import StripeGateway
from api.payments.shapes import IntentStatus, SessionLine, SessionStatus
from core.domain.money import Money
from tests.api.payments.till import BUYER, ORDER, draft, eur, page
from tests.sandbox.stripe.shopkeeper import DECLINED, decide, go_to_bank, pay


async def test_the_page_shows_the_order_and_who_buys(gateway) -> None:
    odd = SessionLine("Family", "", 3, eur(1000))
    session = await gateway.open_session(draft("pay_1", odd))
    assert (session.status, session.is_paid, session.payment) == (SessionStatus.OPEN, False, None)
    shown = page(session)
    assert all(text in shown for text in ("3 x Family", "€10.00", BUYER, "iDEAL"))


async def test_a_card_that_works_pays(gateway) -> None:
    session = await gateway.open_session(draft())
    pay(session.url)
    paid = await gateway.session(session.session_id)
    assert (paid.status, paid.is_paid, paid.url) == (SessionStatus.COMPLETE, True, None)
    payment = paid.payment
    assert (payment.status, payment.method, payment.refunds) == (IntentStatus.SUCCEEDED, "card", ())
    assert (payment.amount, payment.amount_received, payment.amount_capturable) == (eur(2500), eur(2500), eur(0))
    # 1.5 % of 2500 is 37.5, and 25 more.
    assert (payment.balance.fee, payment.balance.net, payment.balance.currency) == (eur(63), eur(2437), "EUR")
    assert await gateway.payment(paid.payment_intent_id) == payment


async def test_a_declined_card_leaves_the_page_open_for_another(gateway) -> None:
    session = await gateway.open_session(draft())
    pay(session.url, DECLINED)
    declined = await gateway.session(session.session_id)
    assert (declined.status, declined.is_paid) == (SessionStatus.OPEN, False)
    assert (declined.payment.status, declined.payment.balance) == (IntentStatus.REQUIRES_PAYMENT, None)
    pay(session.url)
    paid = await gateway.session(session.session_id)
    assert paid.is_paid
    assert paid.payment.charge_id != declined.payment.charge_id


async def test_ideal_leads_over_the_bank(gateway) -> None:
    session = await gateway.open_session(draft())
    bank = go_to_bank(session.url)
    waiting = await gateway.session(session.session_id)
    assert (waiting.status, waiting.payment.status) == (SessionStatus.OPEN, IntentStatus.REQUIRES_ACTION)
    decide(bank, "refuse")
    assert (await gateway.session(session.session_id)).payment.status is IntentStatus.REQUIRES_PAYMENT
    decide(go_to_bank(session.url), "approve")
    paid = await gateway.session(session.session_id)
    assert (paid.is_paid, paid.payment.method, paid.payment.balance.fee) == (True, "ideal", eur(29))


async def test_only_the_euro_is_paid_by_ideal(gateway) -> None:
    yen = SessionLine("Tower", "", 2, Money(2400, "JPY", 0))
    session = await gateway.open_session(draft("pay_1", yen))
    shown = page(session)
    assert "¥2,400" in shown
    assert "iDEAL" not in shown
    pay(session.url)
    assert (await gateway.session(session.session_id)).payment.amount_received == Money(2400, "JPY", 0)


async def test_a_page_that_was_left_runs_out(gateway, sandbox) -> None:
    session = await gateway.open_session(draft())
    sandbox.advance(41 * 60)
    left = await gateway.session(session.session_id)
    assert (left.status, left.is_paid, left.url) == (SessionStatus.EXPIRED, False, None)


async def test_an_expired_page_takes_no_money_and_expires_once(gateway) -> None:
    session = await gateway.open_session(draft())
    bank = go_to_bank(session.url)
    ended = await gateway.expire_session(session.session_id)
    assert (ended.status, ended.payment.status) == (SessionStatus.EXPIRED, IntentStatus.CANCELED)
    decide(bank, "approve")
    pay(session.url)
    assert await gateway.expire_session(session.session_id) == ended


async def test_a_paid_page_cannot_expire_and_says_that_it_is_paid(gateway) -> None:
    session = await gateway.open_session(draft())
    pay(session.url)
    assert await gateway.expire_session(session.session_id) == await gateway.session(session.session_id)


async def test_a_lost_reply_and_its_replay_are_one_page(gateway, till, sandbox) -> None:
    wish = draft()
    sandbox.control("stripe", lose_reply_after_success=True)
    with pytest.raises(StripeUnavailable):
        await gateway.open_session(wish)
    sandbox.control("stripe", lose_reply_after_success=False)
    first, second = await gateway.open_session(wish), await gateway.open_session(wish)
    assert first == second
    assert [item["id"] for item in till.kept("checkout/sessions")] == [first.session_id]


async def test_another_draft_under_the_same_payment_is_refused(gateway) -> None:
    await gateway.open_session(draft())
    with pytest.raises(StripeRefused) as refused:
        await gateway.open_session(draft("pay_1", SessionLine("Family", "", 1, eur(900))))
    assert refused.value.code == "idempotency_error"


async def test_everything_at_stripe_says_whose_it_is(till) -> None:
    intent_id = (await till.paid()).intent_id
    await till.gateway.refund(intent_id, eur(500), refund_id="ref_1", key="ref_1-1", metadata=ORDER)
    for kind in ("checkout/sessions", "payment_intents", "charges", "refunds"):
        assert ORDER.items() <= till.kept(kind)[0]["metadata"].items(), kind
    assert till.kept("checkout/sessions")[0]["client_reference_id"] == "ord_1"


async def test_a_sale_of_last_year_happens_last_year(stripe_settings, till) -> None:
    moment = datetime.now(UTC) - timedelta(days=400)
    past = {"Sandbox-Now": str(int(moment.timestamp()))}
    async with StripeGateway(stripe_settings, headers=lambda: past) as gateway:
        session = await gateway.open_session(replace(draft(), expires_at=moment + timedelta(minutes=40)))
        pay(session.url, **past)
        assert (await gateway.session(session.session_id)).is_paid
    assert till.kept("charges")[0]["created"] == int(moment.timestamp())
