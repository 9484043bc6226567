"""Each guard of a sale, seen to be needed: the race with it off, and that it holds with it on."""

import asyncio
from contextlib import contextmanager

import psycopg
import pytest

from core.db.addresses import Database, database_url
from core.domain.sale import OrderStatus
from tests.fixtures.sales import ADA, PAGE

OTHER_PAYMENT = """
  INSERT INTO payment (payment_id, order_id, reseller_id, status, amount_minor, page, expires_at)
  SELECT 'pay_other', order_id, reseller_id, 'OPENING', amount_minor, page, expires_at FROM payment
"""
TWO_REFUNDS = """
  INSERT INTO refund (refund_id, payment_id, order_id, order_item_id, reseller_id, amount_minor, reason, status)
  SELECT 'ref_' || number, i.payment_id, i.order_id, i.order_item_id, i.reseller_id, 100, 'CANCELLED', 'REQUESTED'
  FROM order_item AS i, generate_series(1, 2) AS number
"""
POSTING = """
  INSERT INTO ledger_posting (reseller_id, order_id, entry, account, amount_minor, currency, booked_at)
  SELECT reseller_id, order_id, 'gift', 'BUYER', 100, currency, now() FROM shop_order
"""


@pytest.fixture
def owner(trial_desk):
    """The database's owner in this reseller's name: what he changes is rolled back, guards included."""

    @contextmanager
    def connected():
        with psycopg.connect(database_url(Database.SHOP, trial_desk.platform.settings)) as connection:
            connection.execute("SELECT set_config('tiqzy.reseller_id', %s, false)", [trial_desk.shop.reseller_id])
            yield connection
            connection.rollback()

    return connected


@pytest.fixture
async def paying(trial_desk, assortment):
    key, _ = await trial_desk.paying(what=assortment[0])
    return key


@pytest.mark.usefixtures("paying")
async def test_one_payment_lives_per_order(owner):
    with owner() as off:
        off.execute("DROP INDEX payment_one_live_key")
        assert off.execute(OTHER_PAYMENT).rowcount == 1
    with owner() as on, pytest.raises(psycopg.errors.UniqueViolation):
        on.execute(OTHER_PAYMENT)


@pytest.mark.usefixtures("paying")
async def test_an_item_is_refunded_once(owner):
    with owner() as off:
        off.execute("ALTER TABLE refund DROP CONSTRAINT refund_order_item_id_key")
        assert off.execute(TWO_REFUNDS).rowcount == 2
    with owner() as on, pytest.raises(psycopg.errors.UniqueViolation):
        on.execute(TWO_REFUNDS)


@pytest.mark.usefixtures("paying")
async def test_the_ledger_adds_up_when_it_is_committed(owner):
    with owner() as off:
        off.execute("ALTER TABLE ledger_posting DISABLE TRIGGER ledger_is_balanced")
        off.execute(POSTING)
        off.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with owner() as on:
        on.execute(POSTING)
        with pytest.raises(psycopg.errors.IntegrityError):
            on.execute("SET CONSTRAINTS ALL IMMEDIATE")


async def test_the_ledger_only_grows(trial_desk, owner, paying):
    trial_desk.pay(paying)
    await trial_desk.settle(paying)
    with owner() as off:
        off.execute("ALTER TABLE ledger_posting DISABLE TRIGGER ledger_only_grows")
        assert off.execute("DELETE FROM ledger_posting").rowcount
    with owner() as on, pytest.raises(psycopg.errors.RestrictViolation):
        on.execute("DELETE FROM ledger_posting")


async def test_two_tabs_that_begin_at_once_get_one_page(trial_desk, assortment):
    """The order's row lock: whoever comes second finds the payment of the first."""
    key, _ = await trial_desk.held(what=assortment[0])
    first, second = await asyncio.gather(*(trial_desk.platform.payments.begin(key, PAGE, ADA) for _ in range(2)))
    assert first == second
    assert (await trial_desk.states(key))[0] is OrderStatus.PAYING
    assert trial_desk.rows("SELECT count(*)::int FROM payment") == [(1,)]


async def test_an_order_has_one_job_at_a_time(trial_desk, owner, paying):
    """The queue's lock: with another job of the same order running, none of it may begin."""
    two_running = "UPDATE procrastinate_jobs SET status = 'doing'"
    another = """
      INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)
      SELECT queue_name, task_name, lock, 'another', args FROM procrastinate_jobs
    """
    await trial_desk.platform.sales.wake(paying)
    with owner() as off:
        off.execute(another)
        off.execute("DROP INDEX procrastinate_jobs_lock_idx_v1")
        assert off.execute(two_running).rowcount == 2
    with owner() as on:
        on.execute(another)
        with pytest.raises(psycopg.errors.UniqueViolation):
            on.execute(two_running)
