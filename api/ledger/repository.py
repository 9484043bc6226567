"""Every query of the feature. shop database, one reseller after the other -> BookedOrder"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Final

import psycopg
from psycopg import sql
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.ledger.shapes import BookedItem, BookedOrder, BookedPayment, BookedRefund, Posted, PostingKey
from core.db import tables
from core.db.addresses import Database, Role, database_url
from core.db.sessions import ShopDatabase
from core.domain.ledger import ItemAmounts
from core.domain.sale import ItemState, LedgerAccount, OrderStatus, PaymentStatus, RefundReason, RefundStatus
from core.errors import DatabaseError
from core.settings import Settings

# Few enough for a transaction of well under a second, whatever there is in all.
ORDERS_AT_ONCE: Final = 2_000

_Rows = dict[str, BookedOrder]


class BookRepository:
    """Sees every reseller, but each in a session of his own."""

    def __init__(self, database: ShopDatabase, settings: Settings) -> None:
        self._database = database
        self._settings = settings

    async def resellers(self) -> list[str]:
        """Everybody who has a shop, as the platform's owner. DatabaseError, SettingsError."""
        return await asyncio.to_thread(_resellers, database_url(Database.SHOP, self._settings))

    async def orders(self, reseller_id: str, since: datetime | None) -> AsyncIterator[BookedOrder]:
        """Those made from `since` on, each as it was at one moment."""
        after = ""
        while True:
            async with self._database.tenant_session(reseller_id) as session:
                # The parts of an order are read one after the other and must not change between.
                await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
                found = await _orders(session, after, since)
            for order in found:
                yield order
            if len(found) < ORDERS_AT_ONCE:
                return
            after = found[-1].order_id

    async def earlier(self, reseller_id: str, since: datetime) -> list[str]:
        """Ids of the orders made before `since`."""
        query = select(tables.Order.order_id).where(tables.Order.created_at < since)
        async with self._database.tenant_session(reseller_id) as session:
            return list(await session.scalars(query))


def _resellers(url: str) -> list[str]:
    """As the role of the lookups, which sees whose each shop is and hardly more."""
    try:
        with psycopg.connect(url) as connection:
            connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(Role.LOOKUP)))
            rows = connection.execute("SELECT DISTINCT reseller_id FROM shop ORDER BY 1").fetchall()
    except psycopg.Error as error:
        raise DatabaseError(f"the resellers cannot be listed: {str(error).splitlines()[0]}") from error
    return [str(reseller_id) for (reseller_id,) in rows]


async def _orders(session: AsyncSession, after: str, since: datetime | None) -> list[BookedOrder]:
    order = tables.Order
    query = select(order.order_id, order.status, order.currency, order.currency_precision).where(order.order_id > after)
    if since is not None:
        query = query.where(order.created_at >= since)
    rows = await session.execute(query.order_by(order.order_id).limit(ORDERS_AT_ONCE))
    found = {row[0]: BookedOrder(row[0], OrderStatus(row[1]), row[2], row[3]) for row in rows}
    ids = list(found)
    await _read_items(session, ids, found)
    await _read_payments(session, ids, found)
    await _read_refunds(session, ids, found)
    await _read_postings(session, ids, found)
    return list(found.values())


async def _read_items(session: AsyncSession, ids: Sequence[str], found: _Rows) -> None:
    item, line = tables.OrderItem, tables.OrderLine
    sums = [
        func.coalesce(func.sum(column), 0)
        for column in (
            line.asked_minor,
            line.sponsored_minor,
            line.net_minor,
            line.tax_minor,
            line.commission_minor,
            line.platform_fee_minor,
            line.payment_fee_minor,
        )
    ]
    query = (
        select(
            item.order_id,
            item.order_item_id,
            item.state,
            item.payment_id,
            item.sold_at.is_not(None),
            item.visited_at.is_not(None),
            item.commission_payout_id,
            *sums,
        )
        .outerjoin(line, line.order_item_id == item.order_item_id)
        .where(item.order_id.in_(ids))
        .group_by(item.order_item_id)
    )
    for order_id, item_id, state, payment_id, is_sold, is_visited, payout_id, *amounts in await session.execute(query):
        of_item = ItemAmounts(*(int(minor) for minor in amounts))
        booked = BookedItem(item_id, ItemState(state), payment_id, is_sold, is_visited, payout_id, of_item)
        found[order_id].items.append(booked)


async def _read_payments(session: AsyncSession, ids: Sequence[str], found: _Rows) -> None:
    for payment in await session.scalars(select(tables.Payment).where(tables.Payment.order_id.in_(ids))):
        found[payment.order_id].payments.append(
            BookedPayment(
                payment_id=payment.payment_id,
                status=PaymentStatus(payment.status),
                amount_minor=payment.amount_minor,
                captured_minor=payment.captured_minor,
                session_id=payment.session_id,
                intent_id=payment.intent_id,
                charge_id=payment.charge_id,
                balance_transaction_id=payment.balance_transaction_id,
                fee_minor=payment.fee_minor,
                updated_at=payment.updated_at,
            )
        )


async def _read_refunds(session: AsyncSession, ids: Sequence[str], found: _Rows) -> None:
    for refund in await session.scalars(select(tables.Refund).where(tables.Refund.order_id.in_(ids))):
        found[refund.order_id].refunds.append(
            BookedRefund(
                refund_id=refund.refund_id,
                order_item_id=refund.order_item_id,
                payment_id=refund.payment_id,
                amount_minor=refund.amount_minor,
                reason=RefundReason(refund.reason),
                status=RefundStatus(refund.status),
                stripe_refund_id=refund.stripe_refund_id,
                balance_transaction_id=refund.balance_transaction_id,
                updated_at=refund.updated_at,
            )
        )


async def _read_postings(session: AsyncSession, ids: Sequence[str], found: _Rows) -> None:
    row = tables.LedgerPosting
    query = select(row.order_id, row.entry, row.account, row.amount_minor, row.currency, row.order_item_id)
    for order_id, entry, account, minor, currency, item_id in await session.execute(query.where(row.order_id.in_(ids))):
        found[order_id].postings[PostingKey(entry, LedgerAccount(account))] = Posted(minor, currency, item_id)
