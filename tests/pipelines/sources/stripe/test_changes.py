"""What happened at Stripe is in the lake, once and as it is now."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import stripe
from pydantic import SecretStr

from api.payments import calls
from core.errors import SettingsError
from pipelines.loads import LoadReport, load_shop, load_stripe
from pipelines.sources.stripe import settings as connector
from pipelines.sources.stripe.errors import StripeRefused, StripeUnavailable
from tests.fixtures.sales import Desk
from warehouse import lake

TABLES = ("charges", "payment_intents", "refunds", "checkout_sessions", "payouts", "balance_transactions", "events")


@pytest.fixture
def load(desk: Desk) -> Callable[..., LoadReport]:
    return lambda since=None: load_stripe(desk.platform.settings, since, clock=desk.time)


@pytest.fixture
def rows(desk: Desk) -> Callable[[str], list[Any]]:
    """What a query finds in the lake."""

    def read(query: str) -> list[Any]:
        connection = lake.connect(desk.platform.settings, read_only=True)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    return read


@pytest.fixture(autouse=True)
def _lake_of_its_own(desk: Desk) -> None:
    """The desk's Stripe begins anew with each test, and gives the same ids again."""
    settings = desk.platform.settings
    shutil.rmtree(settings.home / "dlt", ignore_errors=True)
    connection = lake.connect(settings)
    try:
        known = "SELECT table_schema, table_name FROM information_schema.tables WHERE table_catalog = 'lake'"
        for schema, table in connection.execute(known).fetchall():
            connection.execute(f"DROP TABLE lake.{schema}.{table}")
    finally:
        connection.close()


def contents(rows, *names: str) -> dict[str, list[Any]]:
    """Every row of every table, whichever load wrote it."""
    return {name: rows(f"FROM stripe.{name} ORDER BY ALL") for name in names}


async def sold(desk: Desk) -> tuple[Any, str]:
    key, [item] = await desk.paid()
    await desk.settle(key)
    return key, item


async def refunded(desk: Desk, key: Any, item: str) -> None:
    await desk.platform.sales.request_cancellation(key, item)
    await desk.settle(key)


async def test_a_sale_arrives_with_all_that_stripe_made_of_it(desk, load, rows):
    key, _ = await sold(desk)
    load()
    [(payment_id, session_id, intent_id, charge_id, movement_id, captured, fee)] = desk.rows(
        "SELECT payment_id, session_id, intent_id, charge_id, balance_transaction_id, captured_minor, fee_minor"
        " FROM payment WHERE order_id = %s",
        key.order_id,
    )
    ours = (key.order_id, payment_id, key.reseller_id)
    made = "order_id, payment_id, reseller_id, status, upper(currency) = currency, amount_minor"
    assert rows(f"FROM stripe.charges SELECT charge_id, intent_id, captured_minor, method, {made}") == [
        (charge_id, intent_id, captured, "card", *ours, "succeeded", True, captured)
    ]
    assert rows(f"FROM stripe.payment_intents SELECT intent_id, charge_id, received_minor, {made}") == [
        (intent_id, charge_id, captured, *ours, "succeeded", True, captured)
    ]
    assert rows(f"FROM stripe.checkout_sessions SELECT session_id, intent_id, payment_status, {made}") == [
        (session_id, intent_id, "paid", *ours, "complete", True, captured)
    ]
    booked = "balance_transaction_id, source_id, payout_id, amount_minor, fee_minor, net_minor"
    assert rows(f"FROM stripe.balance_transactions SELECT {booked}") == [
        (movement_id, charge_id, None, captured, fee, captured - fee)
    ]
    assert ("checkout.session.completed", "checkout.session", session_id) in rows(
        "SELECT type, object_type, object_id FROM stripe.events"
    )


async def test_a_replay_changes_nothing(desk, load, rows):
    start = desk.time()
    key, item = await sold(desk)
    await sold(desk)
    load()
    desk.time.pass_by(hours=20)
    await refunded(desk, key, item)
    desk.time.pass_by(days=4)
    load()
    before = contents(rows, *TABLES)
    assert all(before.values())
    for since in (None, start - timedelta(hours=1), desk.time() - timedelta(days=5)):
        load(since)
        assert contents(rows, *TABLES) == before


async def test_what_was_made_long_ago_and_changed_since_is_asked_for_again(desk, load, rows):
    key, item = await sold(desk)
    desk.time.pass_by(hours=2)
    load()
    desk.time.pass_by(hours=18)
    await refunded(desk, key, item)
    report = load()
    assert report.rows | {"charges": 1, "refunds": 1, "balance_transactions": 1} == report.rows
    assert rows("SELECT refunded_minor = captured_minor FROM stripe.charges") == [(True,)]
    [(refund_id, stripe_refund_id)] = desk.rows(
        "SELECT refund_id, stripe_refund_id FROM refund WHERE order_id = %s", key.order_id
    )
    assert rows("SELECT refund_id, stripe_refund_id, status FROM stripe.refunds") == [
        (refund_id, stripe_refund_id, "succeeded")
    ]


async def test_a_payout_is_what_its_movements_add_up_to(desk, load, rows):
    for _ in range(2):
        await sold(desk)
    load()
    assert rows("SELECT count(*) FROM stripe.balance_transactions WHERE payout_id IS NOT NULL") == [(0,)]
    desk.time.pass_by(days=3, hours=1)
    load()
    [(payout_id, amount, own_id)] = rows("SELECT payout_id, amount_minor, balance_transaction_id FROM stripe.payouts")
    movements = (
        "SELECT payout_id, sum(net_minor), count(*) FROM stripe.balance_transactions WHERE type {} 'payout' GROUP BY 1"
    )
    assert rows(movements.format("<>")) == [(payout_id, amount, 2)]
    assert rows(movements.format("=")) == [(payout_id, -amount, 1)]
    own = "SELECT balance_transaction_id FROM stripe.balance_transactions WHERE type = 'payout'"
    assert rows(own) == [(own_id,)]
    desk.time.pass_by(days=1)
    load()
    assert rows("SELECT status FROM stripe.payouts") == [("paid",)]


async def test_a_sale_older_than_the_last_load_is_found_by_the_shops_payment(desk, load, rows):
    await sold(desk)
    load_stripe(desk.platform.settings, clock=lambda: desk.time() + timedelta(days=300))
    await sold(desk)
    load_shop(desk.platform.settings)
    load()
    assert rows("SELECT count(*) FROM stripe.charges") == [(2,)]


async def test_a_stripe_that_is_down_or_says_no_is_named_and_leaves_the_lake_alone(desk, load, rows, monkeypatch):
    await sold(desk)
    load()
    before = contents(rows, "charges", "reads")
    monkeypatch.setattr(stripe.HTTPXClient, "_sleep_time_seconds", lambda *_, **__: 0)
    desk.sandbox.control("stripe", is_down=True)
    with pytest.raises(StripeUnavailable, match=r"^stripe: list of Event: 5\d\d"):
        load()
    desk.sandbox.control("stripe", is_down=False)
    stranger = desk.platform.settings.model_copy(update={"stripe_key": SecretStr("sk_test_stranger")})
    with pytest.raises(StripeRefused, match=r"^stripe: list of Event: 401") as refusal:
        load_stripe(stranger)
    assert "sk_test" not in str(refusal.value)
    with pytest.raises(SettingsError, match="TIQZY_STRIPE_KEY"):
        load_stripe(stranger.model_copy(update={"stripe_key": None}))
    assert contents(rows, "charges", "reads") == before


def test_checkout_and_the_loads_speak_one_version():
    assert connector.API_VERSION == calls.API_VERSION
