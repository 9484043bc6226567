"""Ledger, sales and Stripe agree, and no single row or object can go missing unnoticed."""

import asyncio
from datetime import timedelta

import pytest
import structlog

from api.ledger.__main__ import main
from api.ledger.service import read_accounts
from api.payments.records import ChargeRecord, RefundRecord
from core.domain.sale import OrderStatus
from tests.sandbox.stripe.shopkeeper import Shopkeeper

ONE_CENT_LESS = "UPDATE payment SET captured_minor = captured_minor - 1 WHERE order_id = %s"


@pytest.fixture
def command(desk_settings, monkeypatch, capsys):
    """The command's exit code and what it says."""
    monkeypatch.setattr("api.ledger.__main__.settings", lambda: desk_settings)

    async def run(*words: str) -> tuple[int, str]:
        code = await asyncio.to_thread(main, ["reconcile", *words])
        return code, capsys.readouterr().out

    yield run
    # A command logs to stderr for as long as it lives.
    structlog.reset_defaults()


async def test_no_row_and_no_object_is_one_too_many(books):
    """Each is taken out of what was read, alone, and its order and itself are named."""
    accounts = await read_accounts(books.desk.platform)
    assert list(accounts.differences()) == []
    assert {order.status for order in accounts.orders} <= {OrderStatus.DONE, OrderStatus.OPEN}
    assert len({order.currency for order in accounts.orders}) > 1
    for order in accounts.orders:
        for key in list(order.postings):
            posting = order.postings.pop(key)
            [difference] = accounts.differences()
            assert str(difference).startswith(f"{order.order_id}: posting {key.account} of {key.entry} is missing")
            order.postings[key] = posting
    stripe = accounts.stripe
    for kind in (stripe.sessions, stripe.intents, stripe.charges, stripe.refunds, stripe.movements):
        assert kind
        for object_id in list(kind):
            lost = kind.pop(object_id)
            named = {one.order_id for one in accounts.differences() if object_id in one.problem}
            assert named - {None} or _is_given_up(lost, named), lost
            kind[object_id] = lost


def _is_given_up(lost: object, named: set[str | None]) -> bool:
    """A declined attempt leaves no trace; of a refund that failed and was made anew, only its movements tell."""
    is_declined = isinstance(lost, ChargeRecord) and not lost.captured.minor and not lost.given_back.minor
    return is_declined or (isinstance(lost, RefundRecord) and lost.failure_transaction_id is not None and bool(named))


async def test_what_is_lost_in_the_database_or_at_stripe_fails_the_command(books, command):
    assert await command() == (0, "ledger, sales and Stripe agree\n")
    posting = books.postings()[0]
    with books.without_posting(posting):
        code, said = await command()
    assert code == 1
    assert said.startswith(f"{posting['order_id']}: posting {posting['account']} of {posting['entry']} is missing")
    key = books.sold["cancelled"]
    [payment] = books.desk.rows(
        "SELECT session_id, intent_id, charge_id, balance_transaction_id FROM payment WHERE order_id = %s", key.order_id
    )
    [refund] = books.desk.rows(
        "SELECT stripe_refund_id, balance_transaction_id FROM refund WHERE order_id = %s", key.order_id
    )
    for object_id in payment + refund:
        with books.without_object(object_id):
            code, said = await command()
        assert code == 1
        assert any(line.startswith(key.order_id) and object_id in line for line in said.splitlines())
    assert (await command())[0] == 0
    with books.without_posting(posting):
        now = books.desk.time()
        assert (await command("--since", f"{now - timedelta(days=30):%Y-%m-%d}"))[0] == 1
        assert (await command("--since", f"{now + timedelta(days=1):%Y-%m-%d}"))[0] == 0


async def test_what_stripe_alone_has_is_named_once_it_had_time_to_reach_us(books):
    key = books.sold["two items"]
    [(intent_id,)] = books.desk.rows("SELECT intent_id FROM payment WHERE order_id = %s", key.order_id)
    shopkeeper = Shopkeeper(books.desk.sandbox)
    refund = shopkeeper.api.refunds.create({"payment_intent": intent_id, "amount": 100})
    session = shopkeeper.paid(metadata={"order_id": "ord_nobody", "payment_id": "pay_nobody"})
    assert await books.differences() == set()
    books.desk.time.pass_by(minutes=6)
    unknown = {key.order_id: refund.id, "ord_nobody": session.id, "ord_1": session.payment_intent}
    expected = {f"{order}: Stripe has {one}, and we have no such payment or refund" for order, one in unknown.items()}
    assert expected <= await books.differences()
    card = books.sold["card"].order_id
    with books.owner() as connection:
        connection.execute(ONE_CENT_LESS, [card])
    assert any(one.startswith(f"{card}: payment ") and "captured is" in one for one in await books.differences())
