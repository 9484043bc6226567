"""The keys by which others know that we say the same again: without each, what is said twice is done twice."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import psycopg
import stripe

from api.payments import gateway
from core.db.addresses import Database, database_url
from core.domain.money import Money
from core.domain.ports import HoldRequest
from tests.api.payments.events import body_of
from tests.fixtures.sales import ADA, PAGE
from tests.guarantee import outside

EVENTS = "SELECT count(*)::int FROM stripe_event WHERE event_id = 'evt_twice'"


def _holds(desk, reference: str) -> int:
    """How often the supplier keeps the places."""
    return sum(one.reference == reference and one.takes_places for one in outside.bookings(desk.sandbox))


def _request(desk, reference: str) -> HoldRequest:
    chosen = desk.on_sale
    return HoldRequest(
        booking_uuid=uuid4(),
        option=chosen.option,
        provider_availability_id=chosen.slot.provider_availability_id,
        provider_unit_ids=(chosen.unit_id,),
        expiration_minutes=30,
        reseller_reference=reference,
    )


async def test_a_hold_that_is_sent_twice_takes_its_places_once(desk):
    provider = desk.platform.providers[desk.on_sale.connection_id]
    off, on = _request(desk, "TQ-OFF"), _request(desk, "TQ-ON")
    await asyncio.gather(*(provider.reserve(replace(off, booking_uuid=uuid4())) for _ in range(2)))
    assert _holds(desk, "TQ-OFF") == 2
    await asyncio.gather(*(provider.reserve(on) for _ in range(2)))
    assert _holds(desk, "TQ-ON") == 1


async def test_a_hold_whose_reply_was_lost_is_the_same_hold_when_it_is_sent_again(desk):
    """The uuid is in the item's row before the call, so that whoever asks afterwards asks by it."""
    key, [item] = await desk.draft()
    desk.sandbox.control(desk.on_sale.connection_id, lose_reply_after_success=True)
    await desk.platform.bookings.hold(key, item)
    desk.sandbox.control(desk.on_sale.connection_id, lose_reply_after_success=False)
    await desk.settle(key)
    [(reference,)] = desk.rows("SELECT reference || '-1' FROM shop_order WHERE order_id = %s", key.order_id)
    assert await desk.is_held_by_provider(item)
    assert _holds(desk, str(reference)) == 1


async def test_two_processes_that_open_one_payment_open_one_page(desk, monkeypatch):
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)

    async def opened() -> set[str]:
        key, _ = await desk.held(tickets=1)
        await desk.platform.payments.begin(key, PAGE, ADA)
        [(payment_id,)] = desk.rows("SELECT payment_id FROM payment WHERE order_id = %s", key.order_id)
        draft = await desk.platform.payments._draft(key, str(payment_id))  # noqa: SLF001 - what both would send
        sessions = await asyncio.gather(*(desk.platform.gateway.open_session(draft) for _ in range(2)))
        return {session.session_id for session in sessions}

    with monkeypatch.context() as off:
        off.setattr(gateway, "_keyed", lambda _: {})
        assert len(await opened()) == 2
    assert len(await opened()) == 1


async def test_two_processes_that_send_one_refund_give_back_once(desk, monkeypatch):
    """Both have looked, and found none yet; whoever comes second may be told to wait."""
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)

    async def given_back(refund_id: str) -> int:
        key, _ = await desk.paid(tickets=1)
        await desk.settle(key)
        [(intent_id, minor)] = desk.rows(
            "SELECT intent_id, captured_minor FROM payment WHERE order_id = %s", key.order_id
        )
        half = Money(int(str(minor)) // 2, desk.on_sale.slot.prices[0].currency)
        asked = (
            desk.platform.gateway.refund(str(intent_id), half, refund_id=refund_id, key=f"{refund_id}-1", metadata={})
            for _ in range(2)
        )
        await asyncio.gather(*asked, return_exceptions=True)
        return (
            sum(refund.amount.minor for refund in await desk.platform.gateway.refunds_of(str(intent_id))) // half.minor
        )

    desk.sandbox.control("stripe", latency_seconds=0.2)
    with monkeypatch.context() as off:
        off.setattr(gateway, "_keyed", lambda _: {})
        assert await given_back("rfd_off") == 2
    assert await given_back("rfd_on") == 1


async def test_an_event_that_is_told_twice_at_once_is_kept_once(desk):
    body = body_of("evt_twice")
    secret = desk.sandbox.stripe.webhook_secret
    signature = stripe.WebhookSignature.generate_signature_header(body, secret)

    async def kept() -> int:
        told = (desk.platform.stripe_events.receive(body.encode(), signature) for _ in range(2))
        await asyncio.gather(*told)
        return desk.rows(EVENTS)[0][0]

    with psycopg.connect(database_url(Database.SHOP, desk.platform.settings), autocommit=True) as owner:
        owner.execute("ALTER TABLE stripe_event DROP CONSTRAINT stripe_event_pkey")
        try:
            assert await kept() == 2
        finally:
            owner.execute("TRUNCATE stripe_event")
            owner.execute("ALTER TABLE stripe_event ADD CONSTRAINT stripe_event_pkey PRIMARY KEY (event_id)")
    assert await kept() == 1
