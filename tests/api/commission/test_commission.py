"""A reseller's commission: booked with the sale, earned by the visit, paid by our people, and each of it once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import Select

from api.commission.errors import OwedChanged, PayoutGone, PayoutUndone, ReferenceMissing
from api.commission.repository import CommissionChange, EarnedItem
from api.commission.views import Owed, PayoutWish
from api.ledger.postings import wrong_postings
from api.ledger.repository import BookRepository
from core.db.addresses import Database, database_url
from core.domain.sale import ItemState

BOOKED, VISITED, PAID = "COMMISSION_BOOKED", "COMMISSION_VISITED", "COMMISSION_PAID"


async def _issued(desk, items: int = 1):
    key, ids = await desk.paid(items=items)
    await desk.settle(key)
    return key, ids


async def _visited(desk, items: int = 1):
    key, ids = await _issued(desk, items)
    booked = desk.ledger(key)[BOOKED]
    desk.time.pass_by(days=40)
    await desk.work()
    return key, ids, booked


async def _owed(desk, key) -> Owed | None:
    view = await desk.platform.commission.overview()
    return next((one for one in view.owed if one.reseller_id == key.reseller_id), None)


async def _wish(desk, key) -> PayoutWish:
    owed = await _owed(desk, key)
    return PayoutWish(owed.new_payout_id, key.reseller_id, owed.amount, desk.platform.clock(), "Transfer 7")


async def _wrong(desk, key) -> list[str]:
    books = BookRepository(desk.platform.database, desk.platform.settings)
    orders = [order async for order in books.orders(key.reseller_id, None) if order.order_id == key.order_id]
    return list(wrong_postings(orders[0], lambda _: None))


async def test_commission_is_earned_when_the_day_of_the_visit_has_ended(desk):
    key, [item] = await _issued(desk)
    booked = desk.ledger(key)[BOOKED]
    [(ends_at, zone)] = desk.rows("SELECT ends_at, time_zone FROM order_item WHERE order_item_id = %s", item)
    desk.time.pass_by(seconds=(ends_at - desk.platform.clock()).total_seconds() + 1)
    await desk.work()
    assert desk.ledger(key)[BOOKED] == booked, f"still the same day in {zone}"
    desk.time.pass_by(days=1)
    await desk.work()
    ledger = desk.ledger(key)
    assert (ledger.get(BOOKED, 0), ledger[VISITED]) == (0, booked)
    assert sum(ledger.values()) == 0


async def test_a_visit_is_booked_once_however_often_and_by_how_many(desk):
    key, _, booked = await _visited(desk, items=2)
    later = desk.platform.clock() + timedelta(days=1)
    await asyncio.gather(*(desk.platform.visits.earn(later, 10) for _ in range(3)))
    assert desk.ledger(key)[VISITED] == booked
    assert await _wrong(desk, key) == []


async def test_what_is_being_cancelled_earns_nothing(desk):
    key, [item] = await _issued(desk)
    await desk.platform.sales.request_cancellation(key, item)
    later = desk.platform.clock() + timedelta(days=40)
    await desk.platform.visits.earn(later, 10)
    assert VISITED not in desk.ledger(key)
    assert await desk.settled(key) == ("DONE", [ItemState.CANCELLED])
    desk.time.pass_by(days=40)
    await desk.work()
    assert VISITED not in desk.ledger(key)
    assert desk.ledger(key).get(BOOKED, 0) == 0


async def test_goodwill_after_the_visit_leaves_the_reseller_his_commission(desk):
    key, [item], booked = await _visited(desk)
    await desk.platform.refunds.give(key, item, why="Closed")
    assert desk.ledger(key)[VISITED] == booked
    assert await _wrong(desk, key) == []


async def test_a_payout_is_recorded_once(desk):
    key, _, booked = await _visited(desk)
    wish = await _wish(desk, key)
    assert wish.amount.minor >= booked
    with pytest.raises(ReferenceMissing):
        await desk.platform.commission.record(replace(wish, reference=""), "acc_1")
    await asyncio.gather(*(desk.platform.commission.record(wish, "acc_1") for _ in range(3)))
    ledger = desk.ledger(key)
    assert (ledger.get(VISITED, 0), ledger[PAID]) == (0, booked)
    assert await _owed(desk, key) is None
    assert await _wrong(desk, key) == []


async def test_of_two_colleagues_at_once_one_records_the_payout(desk, monkeypatch):
    """The lock of its orders: without it both find the same to be owed, and pay it."""
    take, both = CommissionChange.take_owed, asyncio.Barrier(2)

    async def take_together(change: CommissionChange, wish: PayoutWish) -> list[EarnedItem]:
        items = await take(change, wish)
        await both.wait()
        return items

    key, _, _ = await _visited(desk)

    async def recorded() -> int:
        wishes = [await _wish(desk, key) for _ in range(2)]
        records = (desk.platform.commission.record(wish, "acc_1") for wish in wishes)
        answers = await asyncio.gather(*records, return_exceptions=True)
        assert {type(answer) for answer in answers} <= {type(None), OwedChanged}
        for wish, answer in zip(wishes, answers, strict=True):
            if answer is None:
                await desk.platform.commission.undo(key.reseller_id, wish.commission_payout_id, "acc_1")
        return answers.count(None)

    with monkeypatch.context() as off:
        off.setattr(Select, "with_for_update", lambda query: query)
        off.setattr(CommissionChange, "take_owed", take_together)
        assert await recorded() == 2
    assert await recorded() == 1


async def test_an_amount_that_was_not_owed_is_refused_whole(desk):
    key, _, booked = await _visited(desk)
    wish = await _wish(desk, key)
    with pytest.raises(OwedChanged):
        await desk.platform.commission.record(replace(wish, amount=wish.amount * 2), "acc_1")
    assert desk.ledger(key)[VISITED] == booked


async def test_a_payout_that_never_left_is_owed_again_and_can_be_paid(desk):
    key, _, booked = await _visited(desk)
    wish = await _wish(desk, key)
    await desk.platform.commission.record(wish, "acc_1")
    for _ in range(2):
        await desk.platform.commission.undo(key.reseller_id, wish.commission_payout_id, "acc_1")
    assert desk.ledger(key)[VISITED] == booked
    with pytest.raises(PayoutUndone):
        await desk.platform.commission.record(wish, "acc_1")
    assert desk.ledger(key)[VISITED] == booked
    await desk.platform.commission.record(await _wish(desk, key), "acc_1")
    assert desk.ledger(key)[PAID] == booked
    assert await _wrong(desk, key) == []
    with pytest.raises(PayoutGone):
        await desk.platform.commission.undo(key.reseller_id, "cpo_none", "acc_1")


async def test_each_posting_of_a_payout_is_missed(desk):
    key, _, _ = await _visited(desk)
    wish = await _wish(desk, key)
    await desk.platform.commission.record(wish, "acc_1")
    await desk.platform.commission.undo(key.reseller_id, wish.commission_payout_id, "acc_1")
    for posting_id, *row in desk.rows(
        "SELECT posting_id, reseller_id, order_id, order_item_id, entry, account, amount_minor, currency, booked_at"
        " FROM ledger_posting WHERE order_id = %s AND account LIKE 'COMMISSION%%'",
        key.order_id,
    ):
        with _GuardsOff(desk) as owner:
            owner.execute("SELECT set_config('tiqzy.reseller_id', %s, false)", [key.reseller_id])
            owner.execute("DELETE FROM ledger_posting WHERE posting_id = %s", [posting_id])
        assert await _wrong(desk, key) != [], row
        with _GuardsOff(desk) as owner:
            owner.execute("SELECT set_config('tiqzy.reseller_id', %s, false)", [key.reseller_id])
            owner.execute(
                "INSERT INTO ledger_posting (reseller_id, order_id, order_item_id, entry, account, amount_minor,"
                " currency, booked_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
                row,
            )


class _GuardsOff:
    def __init__(self, desk) -> None:
        self._connection = psycopg.connect(database_url(Database.SHOP, desk.platform.settings))

    def __enter__(self):
        self._connection.execute("ALTER TABLE ledger_posting DISABLE TRIGGER USER")
        return self._connection

    def __exit__(self, *_):
        self._connection.execute("ALTER TABLE ledger_posting ENABLE TRIGGER USER")
        self._connection.commit()
        self._connection.close()
