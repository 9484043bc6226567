"""A sale from the hold to tickets or money back, whatever the provider and Stripe do in between."""

import pytest
from pydantic import SecretStr

from api.sale.errors import CartClosed, CartEmpty, HoldGone, PaymentsDown
from api.sale.shapes import Failure
from core.domain.sale import ItemState, OrderStatus, RefundStatus
from pipelines.sources.octo.client import OctoClient
from tests.fixtures.sales import ADA, PAGE
from tests.sandbox.stripe.shopkeeper import DECLINED, decide, go_to_bank

ISSUED = (OrderStatus.DONE, [ItemState.CONFIRMED])


def _failures(desk, key) -> list[str | None]:
    return [row[0] for row in desk.rows("SELECT failure FROM order_item WHERE order_id = %s ORDER BY 1", key.order_id)]


def _refunds(desk, key) -> list[tuple[str, int]]:
    return desk.rows("SELECT status, amount_minor FROM refund WHERE order_id = %s", key.order_id)


def _paid(desk, key) -> int:
    return desk.rows("SELECT captured_minor FROM payment WHERE order_id = %s", key.order_id)[0][0]


async def test_what_is_paid_is_issued_and_booked(desk):
    key, _ = await desk.paid()
    assert await desk.settled(key) == ISSUED
    assert desk.rows("SELECT count(*) FROM ticket")[0][0] >= 2
    ledger = desk.ledger(key)
    assert sum(ledger.values()) == 0
    assert ledger["BUYER"] == -_paid(desk, key)
    [(net, tax)] = desk.rows(
        "SELECT sum(net_minor)::int, sum(tax_minor)::int FROM order_line JOIN order_item USING (order_item_id)"
        " WHERE order_id = %s",
        key.order_id,
    )
    assert 0 < tax < net
    assert (ledger["PROVIDER"], ledger["TAX"]) == (net - tax, tax)


async def test_a_webhook_that_never_comes_changes_nothing(desk):
    key, _ = await desk.paid()
    desk.time.pass_by(minutes=3)
    await desk.work()
    assert await desk.states(key) == ISSUED


async def test_a_declined_card_leaves_the_page_open_for_another(desk):
    key, _ = await desk.paying()
    desk.pay(key, number=DECLINED)
    assert await desk.settled(key) == (OrderStatus.PAYING, [ItemState.HELD])
    desk.pay(key)
    assert await desk.settled(key) == ISSUED


async def test_a_bank_that_says_no_leaves_the_buyer_his_cart(desk):
    key, _ = await desk.paying()
    decide(go_to_bank(desk.page(key)), "decline")
    assert await desk.settled(key) == (OrderStatus.PAYING, [ItemState.HELD])
    assert await desk.platform.payments.stop(key) is OrderStatus.OPEN
    assert await desk.states(key) == (OrderStatus.OPEN, [ItemState.HELD])


async def test_an_abandoned_page_is_closed_before_the_hold_ends(desk):
    key, _ = await desk.paying()
    desk.time.pass_by(minutes=32)
    await desk.settle(key)
    assert (await desk.states(key))[0] is OrderStatus.OPEN
    desk.time.pass_by(minutes=10)
    assert await desk.settled(key) == (OrderStatus.OPEN, [ItemState.EXPIRED])
    assert desk.ledger(key) == {}


async def test_two_tabs_get_one_payment(desk):
    key, _ = await desk.paying()
    assert await desk.platform.payments.begin(key, PAGE, ADA) == desk.page(key)
    assert desk.rows("SELECT count(*) FROM payment WHERE order_id = %s", key.order_id) == [(1,)]


async def test_a_paid_order_is_not_paid_again(desk):
    key, _ = await desk.paid()
    await desk.settle(key)
    with pytest.raises(CartClosed):
        await desk.platform.payments.begin(key, PAGE, ADA)


async def test_who_comes_back_to_change_his_cart_after_paying_has_paid(desk):
    key, _ = await desk.paid()
    assert await desk.platform.payments.stop(key) is OrderStatus.PAID
    assert await desk.settled(key) == ISSUED


async def test_what_is_no_longer_held_cannot_be_paid(desk):
    key, _ = await desk.held()
    desk.time.pass_by(minutes=40)
    with pytest.raises(HoldGone):
        await desk.platform.payments.begin(key, PAGE, ADA)


async def test_an_empty_cart_cannot_be_paid(desk):
    key, [item] = await desk.held()
    await desk.platform.bookings.drop(key, item)
    with pytest.raises(CartEmpty):
        await desk.platform.payments.begin(key, PAGE, ADA)
    await desk.work()
    assert await desk.is_held_by_provider(item) is False


async def test_stripe_down_keeps_the_cart_and_the_same_payment(desk):
    key, _ = await desk.held()
    desk.sandbox.control("stripe", is_down=True)
    with pytest.raises(PaymentsDown):
        await desk.platform.payments.begin(key, PAGE, ADA)
    desk.sandbox.control("stripe", is_down=False)
    assert await desk.platform.payments.begin(key, PAGE, ADA)
    assert desk.rows("SELECT count(*) FROM payment WHERE order_id = %s", key.order_id) == [(1,)]


async def test_a_hold_that_ended_after_the_payment_is_taken_again(desk):
    key, _ = await desk.paid()
    desk.time.pass_by(hours=2)
    assert await desk.settled(key) == ISSUED
    assert desk.rows("SELECT attempt FROM order_item WHERE order_id = %s", key.order_id) == [(2,)]


async def test_sold_out_after_the_payment_gives_the_money_back(desk):
    key, _ = await desk.paid()
    desk.time.pass_by(hours=2)
    desk.sandbox.control(desk.on_sale.connection_id, sold_out=True)
    assert await desk.settled(key) == (OrderStatus.DONE, [ItemState.FAILED])
    assert _refunds(desk, key) == [(RefundStatus.SUCCEEDED, _paid(desk, key))]
    ledger = desk.ledger(key)
    assert sum(ledger.values()) == 0
    # Stripe keeps its fee, and the platform bears it.
    assert ledger == {"PAYMENT_FEE": ledger["PAYMENT_FEE"], "PLATFORM_FEE": -ledger["PAYMENT_FEE"]}


async def test_another_price_after_the_payment_gives_the_money_back(desk):
    key, _ = await desk.paid()
    desk.time.pass_by(hours=2)
    desk.sandbox.control(desk.on_sale.connection_id, price_change_percent=20)
    assert await desk.settled(key) == (OrderStatus.DONE, [ItemState.FAILED])
    assert _failures(desk, key) == [Failure.PRICE_CHANGED]
    assert _refunds(desk, key) == [(RefundStatus.SUCCEEDED, _paid(desk, key))]


async def test_another_price_before_the_hold_is_told(desk):
    desk.sandbox.control(desk.on_sale.connection_id, price_change_percent=20)
    key, [item] = await desk.draft()
    outcome = await desk.platform.bookings.hold(key, item)
    assert (outcome.state, outcome.failure) == (ItemState.FAILED, Failure.PRICE_CHANGED)


async def test_a_confirmation_whose_reply_was_lost_is_found(desk):
    key, [item] = await desk.paid()
    desk.sandbox.control(desk.on_sale.connection_id, lose_reply_after_success=True)
    await desk.settle(key)
    desk.sandbox.control(desk.on_sale.connection_id, lose_reply_after_success=False)
    assert await desk.settled(key) == ISSUED
    assert desk.rows("SELECT attempt FROM order_item WHERE order_item_id = %s", item) == [(1,)]


async def test_a_provider_that_stays_silent_costs_the_buyer_nothing(desk):
    key, [item] = await desk.paid()
    desk.sandbox.control(desk.on_sale.connection_id, is_down=True)
    assert await desk.settled(key) == (OrderStatus.PAID, [ItemState.UNKNOWN])
    assert _refunds(desk, key) == []
    desk.time.pass_by(minutes=4, seconds=1)
    assert await desk.settled(key) == (OrderStatus.PAID, [ItemState.FAILED])
    assert _refunds(desk, key) == [(RefundStatus.SUCCEEDED, _paid(desk, key))]
    desk.sandbox.control(desk.on_sale.connection_id, is_down=False)
    assert await desk.settled(key) == (OrderStatus.DONE, [ItemState.FAILED])
    assert await desk.is_held_by_provider(item) is False


async def test_one_item_of_two_can_fail_alone(desk):
    key, items = await desk.paid(items=2)
    await desk.let_provider_forget(items[1])
    desk.sandbox.control(desk.on_sale.connection_id, sold_out=True)
    assert await desk.settled(key) == (OrderStatus.DONE, [ItemState.CONFIRMED, ItemState.FAILED])
    assert _refunds(desk, key) == [(RefundStatus.SUCCEEDED, _paid(desk, key) // 2)]


async def test_a_free_order_needs_no_payment_and_its_reseller_pays(desk):
    key, _ = await desk.held(is_free=True)
    await desk.platform.payments.give(key, ADA)
    assert await desk.settled(key) == ISSUED
    ledger = desk.ledger(key)
    assert ledger["SPONSOR"] == -(ledger["PROVIDER"] + ledger["TAX"] + ledger["PLATFORM_FEE"])
    assert desk.rows("SELECT count(*) FROM payment WHERE order_id = %s", key.order_id) == [(0,)]


async def test_a_refund_that_fails_later_is_asked_for_again(desk):
    desk.sandbox.control("stripe", refunds_fail_after_seconds=3600)
    key, _ = await desk.paid()
    desk.time.pass_by(hours=2)
    desk.sandbox.control(desk.on_sale.connection_id, sold_out=True)
    assert (await desk.settled(key))[0] is OrderStatus.DONE
    desk.sandbox.control("stripe", refunds_fail_after_seconds=0)
    desk.time.pass_by(days=1, hours=1)
    await desk.work()
    await desk.settle(key)
    assert desk.rows("SELECT status, attempt FROM refund WHERE order_id = %s", key.order_id) == [
        (RefundStatus.SUCCEEDED, 2)
    ]


async def test_a_cancellation_by_the_terms_gives_the_whole_price_back(desk):
    key, [item] = await desk.paid()
    await desk.settle(key)
    await desk.platform.sales.request_cancellation(key, item)
    assert await desk.settled(key) == (OrderStatus.DONE, [ItemState.CANCELLED])
    assert _refunds(desk, key) == [(RefundStatus.SUCCEEDED, _paid(desk, key))]
    assert await desk.is_held_by_provider(item) is False


async def test_what_is_confirmed_later_is_only_authorised_until_then(desk):
    key, _ = await desk.paid(what=desk.confirms_later)
    assert await desk.settled(key) == (OrderStatus.PAID, [ItemState.PENDING_SUPPLIER])
    assert desk.ledger(key) == {}
    desk.time.pass_by(minutes=2)
    await desk.work()
    assert await desk.states(key) == ISSUED
    assert desk.ledger(key)["BUYER"] == -_paid(desk, key)


async def test_a_supplier_that_never_answers_gets_no_money(desk):
    key, _ = await desk.paid(what=desk.confirms_later)
    await desk.settle(key)
    desk.sandbox.control(desk.confirms_later.connection_id, is_down=True)
    desk.time.pass_by(hours=25)
    await desk.work()
    desk.sandbox.control(desk.confirms_later.connection_id, is_down=False)
    assert await desk.settled(key) == (OrderStatus.DONE, [ItemState.FAILED])
    assert desk.ledger(key) == {}
    assert desk.rows("SELECT status FROM payment WHERE order_id = %s", key.order_id) == [("CANCELLED",)]


async def test_a_reservation_that_the_bank_let_go_gives_the_tickets_back_and_tells_the_buyer(desk):
    key, [item] = await desk.paid(what=desk.confirms_later)
    await desk.settle(key)
    [(intent_id,)] = desk.rows("SELECT intent_id FROM payment WHERE order_id = %s", key.order_id)
    await desk.platform.gateway.cancel_payment(str(intent_id), key="the-bank")
    desk.time.pass_by(minutes=2)
    await desk.work()
    assert await desk.settled(key) == (OrderStatus.DONE, [ItemState.CANCELLED])
    assert await desk.is_held_by_provider(item) is False
    assert desk.ledger(key) == {}
    assert _failures(desk, key) == [Failure.PAYMENT_GONE]
    mails = desk.rows("SELECT kind, occasion FROM mail WHERE order_id = %s", key.order_id)
    assert mails == [("REFUND", f"release:{item}")]


async def test_a_provider_that_refuses_our_key_has_cancelled_nothing(desk):
    key, [item] = await desk.paid()
    await desk.settle(key)
    await desk.platform.sales.request_cancellation(key, item)
    connection = desk.sandbox.connection(desk.on_sale.connection_id)
    providers = desk.platform.providers
    right = providers[connection.connection_id]
    async with OctoClient(connection.model_copy(update={"api_key": SecretStr("wrong")})) as refused:
        providers[connection.connection_id] = refused
        assert await desk.settled(key) == (OrderStatus.DONE, [ItemState.CANCEL_REQUESTED])
        assert _refunds(desk, key) == []
    providers[connection.connection_id] = right
    assert await desk.settled(key) == (OrderStatus.DONE, [ItemState.CANCELLED])
    assert _refunds(desk, key) == [(RefundStatus.SUCCEEDED, _paid(desk, key))]
