"""Whether the ledger, the sales and Stripe say the same. every order of every reseller, Stripe's lists -> Difference"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from api.ledger.payments import wrong_money
from api.ledger.postings import wrong_postings
from api.ledger.repository import BookRepository
from api.ledger.shapes import BookedOrder, BookedPayment, Difference
from api.ledger.statement import Statement, read_statement
from api.ledger.unbooked import Unbooked
from api.payments.records import Window
from api.wiring import Platform

# What Stripe did within so long may not have reached us: the guarantee allows five minutes.
MAY_LAG: Final = timedelta(minutes=5)
# A refund can fail so long after it was made, and what came of it names what it was made for.
LOOK_BACK: Final = timedelta(days=35)


async def reconcile(platform: Platform, since: datetime | None = None) -> tuple[Difference, ...]:
    """Every difference of the orders made from `since` on, or of all; none means that every cent is traced.

    StripeUnavailable, StripeRefused, DatabaseError, SettingsError. Needs `platform.running()`.
    """
    settled_by = platform.clock() - MAY_LAG
    orders, earlier = await _orders(BookRepository(platform.database, platform.settings), since)
    # After our own, so that Stripe has all that we know of.
    window = Window(since - LOOK_BACK if since else None)
    stripe = (await read_statement(platform.gateway, window)).without(earlier)
    found = [Difference(order.order_id, problem) for order in orders for problem in _wrong(order, stripe, settled_by)]
    return (*found, *Unbooked(stripe, orders, settled_by).differences())


async def _orders(books: BookRepository, since: datetime | None) -> tuple[list[BookedOrder], set[str]]:
    """The orders to look at, and the ids of those that are left out."""
    orders: list[BookedOrder] = []
    earlier: set[str] = set()
    for reseller_id in await books.resellers():
        orders += [order async for order in books.orders(reseller_id, since)]
        if since is not None:
            earlier.update(await books.earlier(reseller_id, since))
    return orders, earlier


def _wrong(order: BookedOrder, stripe: Statement, settled_by: datetime) -> Iterator[str]:
    def fee_currency(payment: BookedPayment) -> str | None:
        movement = stripe.movements.get(payment.balance_transaction_id or "")
        return movement.fee.currency if movement else None

    yield from wrong_postings(order, fee_currency)
    yield from wrong_money(order, stripe, settled_by)
