"""Whether the ledger, the sales and Stripe say the same. every order of every reseller, Stripe's lists -> Difference"""

from collections.abc import Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Accounts:
    """Our orders and Stripe's objects, read one after the other. What changed after `settled_by` may differ."""

    orders: list[BookedOrder]
    stripe: Statement
    settled_by: datetime

    def differences(self) -> Iterator[Difference]:
        for order in self.orders:
            yield from (Difference(order.order_id, problem) for problem in self._wrong(order))
        yield from Unbooked(self.stripe, self.orders, self.settled_by).differences()

    def _wrong(self, order: BookedOrder) -> Iterator[str]:
        yield from wrong_postings(order, self._fee_currency)
        yield from wrong_money(order, self.stripe, self.settled_by)

    def _fee_currency(self, payment: BookedPayment) -> str | None:
        movement = self.stripe.movements.get(payment.balance_transaction_id or "")
        return movement.fee.currency if movement else None


async def reconcile(platform: Platform, since: datetime | None = None) -> tuple[Difference, ...]:
    """Every difference of the orders made from `since` on, or of all; none means that every cent is traced.

    StripeUnavailable, StripeRefused, DatabaseError, SettingsError. Needs `platform.running()`.
    """
    return tuple((await read_accounts(platform, since)).differences())


async def read_accounts(platform: Platform, since: datetime | None = None) -> Accounts:
    settled_by = platform.clock() - MAY_LAG
    orders, earlier = await _orders(BookRepository(platform.database, platform.settings), since)
    # After our own, so that Stripe has all that we know of.
    stripe = await read_statement(platform.gateway, Window(since - LOOK_BACK if since else None))
    return Accounts(orders, stripe.without(earlier), settled_by)


async def _orders(books: BookRepository, since: datetime | None) -> tuple[list[BookedOrder], set[str]]:
    """The orders to look at, and the ids of those that are left out."""
    orders: list[BookedOrder] = []
    earlier: set[str] = set()
    for reseller_id in await books.resellers():
        orders += [order async for order in books.orders(reseller_id, since)]
        if since is not None:
            earlier.update(await books.earlier(reseller_id, since))
    return orders, earlier
