"""Sales of every kind, and how to make one row or one object of them disappear."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from api.ledger.service import reconcile
from api.sale.shapes import OrderKey
from core.db.addresses import Database, database_url
from tests.fixtures.sales import ADA, Desk, OnSale, find_on_sale
from tests.sandbox.stripe.shopkeeper import DECLINED, decide, go_to_bank

Row = dict[str, Any]
KINDS_ON_SALE = 3


@dataclass
class Books:
    """`sold` has the orders by what became of them."""

    desk: Desk
    sold: dict[str, OrderKey] = field(default_factory=dict)

    async def differences(self) -> set[str]:
        """As a person reads them."""
        return {str(difference) for difference in await reconcile(self.desk.platform)}

    def postings(self) -> list[Row]:
        with self.owner() as connection:
            return connection.execute("SELECT * FROM ledger_posting ORDER BY posting_id").fetchall()

    @contextmanager
    def without_posting(self, posting: Row) -> Iterator[None]:
        """As only the database's owner can do it, with the guard off."""
        names, values = ", ".join(posting), ", ".join(f"%({name})s" for name in posting)
        restore = f"INSERT INTO ledger_posting ({names}) OVERRIDING SYSTEM VALUE VALUES ({values})"  # noqa: S608 - columns
        with self.owner() as connection, off_guard(connection):
            connection.execute("DELETE FROM ledger_posting WHERE posting_id = %(posting_id)s", posting)
        try:
            yield
        finally:
            with self.owner() as connection, off_guard(connection):
                connection.execute(restore, posting)

    @contextmanager
    def without_object(self, object_id: str) -> Iterator[None]:
        lost = self.desk.sandbox.lose(object_id)
        try:
            yield
        finally:
            self.desk.sandbox.find_again(lost)

    @contextmanager
    def owner(self) -> Iterator[psycopg.Connection[Row]]:
        url = database_url(Database.SHOP, self.desk.platform.settings)
        with psycopg.connect(url, row_factory=dict_row) as connection:
            connection.execute("SELECT set_config('tiqzy.reseller_id', %s, false)", [self.desk.shop.reseller_id])
            yield connection


@contextmanager
def off_guard(connection: psycopg.Connection[Row]) -> Iterator[None]:
    """The ledger's triggers do nothing meanwhile."""
    connection.execute("ALTER TABLE ledger_posting DISABLE TRIGGER USER")
    yield
    connection.execute("ALTER TABLE ledger_posting ENABLE TRIGGER USER")


@pytest.fixture(scope="module")
def assortment(desk_settings) -> list[OnSale]:
    """Enough that nothing is sold out, in two currencies."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, find_on_sale(desk_settings, KINDS_ON_SALE)).result()


@pytest.fixture
async def books(desk, assortment) -> AsyncIterator[Books]:
    """Every way that money goes, long enough ago to have come to rest."""
    books = Books(desk)
    at_once, later = (
        cycle([one for one in assortment if one.confirms_later is is_later]) for is_later in (False, True)
    )
    for name, sell in WAYS.items():
        desk.on_sale, desk.confirms_later = next(at_once), next(later)
        books.sold[name] = await sell(desk)
    desk.time.pass_by(days=1, hours=2)
    await desk.work()
    desk.time.pass_by(minutes=6)
    yield books
    # The next test's Stripe has nothing of these.
    with books.owner() as connection, off_guard(connection):
        connection.execute("TRUNCATE shop_order CASCADE")


async def _card(desk: Desk, **wish: object) -> OrderKey:
    key, _ = await desk.paid(**wish)
    await desk.settle(key)
    return key


async def _two_items(desk: Desk) -> OrderKey:
    return await _card(desk, items=2)


async def _ideal(desk: Desk) -> OrderKey:
    key, _ = await desk.paying()
    decide(go_to_bank(desk.page(key)), "approve")
    await desk.settle(key)
    return key


async def _declined_first(desk: Desk) -> OrderKey:
    key, _ = await desk.paying()
    desk.pay(key, number=DECLINED)
    desk.pay(key)
    await desk.settle(key)
    return key


async def _free(desk: Desk) -> OrderKey:
    key, _ = await desk.held(is_free=True)
    await desk.platform.payments.give(key, ADA)
    await desk.settle(key)
    return key


async def _cancelled(desk: Desk) -> OrderKey:
    key, [item, _] = await desk.paid(items=2)
    await desk.settle(key)
    await desk.platform.sales.request_cancellation(key, item)
    await desk.settle(key)
    return key


async def _goodwill(desk: Desk) -> OrderKey:
    key, [item] = await desk.paid()
    await desk.settle(key)
    await desk.platform.refunds.give(key, item, why="Closed")
    await desk.settle(key)
    return key


async def _refund_failed_first(desk: Desk) -> OrderKey:
    desk.sandbox.control("stripe", refunds_fail_after_seconds=3600)
    key = await _cancelled(desk)
    desk.sandbox.control("stripe", refunds_fail_after_seconds=0)
    return key


async def _abandoned(desk: Desk) -> OrderKey:
    key, _ = await desk.paying()
    desk.pay(key, number=DECLINED)
    return key


async def _authorised(desk: Desk) -> OrderKey:
    return await _card(desk, what=desk.confirms_later)


async def _let_go(desk: Desk) -> OrderKey:
    key, [item] = await desk.paid(what=desk.confirms_later)
    await desk.settle(key)
    await desk.let_provider_forget(item)
    await desk.settle(key)
    return key


WAYS = {
    "card": _card,
    "two items": _two_items,
    "ideal": _ideal,
    "declined first": _declined_first,
    "free": _free,
    "cancelled": _cancelled,
    "goodwill": _goodwill,
    "refund failed first": _refund_failed_first,
    "abandoned": _abandoned,
    "authorised": _authorised,
    "let go": _let_go,
}
