"""Every query of a sale. shop database, as the order's tenant <-> core.domain.settlement.Sale, and its changes

Whoever changes a sale first locks the order's row, for as long as one short transaction and never during a call.
"""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.jobs import Jobs
from api.sale.errors import NotCancellable, OrderNotFound
from api.sale.shapes import Booking, OrderKey
from core.db import tables
from core.db.sessions import ShopDatabase
from core.domain.clock import Clock
from core.domain.ids import Prefix, new_id
from core.domain.ledger import ItemAmounts, Postings
from core.domain.ports import Contact, OptionRef
from core.domain.sale import LIVE_PAYMENT, ItemState, MailKind, OrderStatus, PaymentStatus, RefundStatus
from core.domain.settlement import Sale, SaleItem, SalePayment, SaleRefund

# A job that was lost with its worker is replaced by the sweeper after so long.
JOB_IS_LOST_AFTER: Final = timedelta(minutes=2)


class SaleChange:
    """One transaction's changes of one order, whose row it holds locked."""

    def __init__(self, session: AsyncSession, order: tables.Order, now: datetime, jobs: Jobs) -> None:
        self.session = session
        self.order = order
        self.now = now
        self._jobs = jobs

    def add(self, row: tables.Table) -> None:
        self.session.add(row)

    def new_id(self, prefix: Prefix) -> str:
        return new_id(prefix)

    async def keep_buyer(self, buyer: tables.Buyer) -> None:
        """Whoever was written down for the order before is not its buyer any more."""
        await self.session.merge(buyer)

    async def item(self, order_item_id: str) -> tables.OrderItem:
        """OrderNotFound where it is not this order's."""
        of_order = (tables.OrderItem.order_item_id == order_item_id, tables.OrderItem.order_id == self.order.order_id)
        found = await self.session.scalar(select(tables.OrderItem).where(*of_order))
        if found is None:
            raise OrderNotFound("The order has no such item.")
        return found

    async def items(self) -> list[tables.OrderItem]:
        of_order = select(tables.OrderItem).where(tables.OrderItem.order_id == self.order.order_id)
        return list(await self.session.scalars(of_order.order_by(tables.OrderItem.ordinal)))

    async def payment(self, payment_id: str | None = None) -> tables.Payment | None:
        """The live one; None where there is none, or it is not the one that is meant."""
        live = (tables.Payment.order_id == self.order.order_id, tables.Payment.status.in_(LIVE_PAYMENT))
        found = await self.session.scalar(select(tables.Payment).where(*live))
        return found if found is None or payment_id in (None, found.payment_id) else None

    async def refund(self, refund_id: str) -> tables.Refund:
        return (await self.session.scalars(select(tables.Refund).where(tables.Refund.refund_id == refund_id))).one()

    async def amounts(self, order_item_id: str) -> ItemAmounts:
        line = tables.OrderLine
        sums = [
            func.sum(column)
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
        row = (await self.session.execute(select(*sums).where(line.order_item_id == order_item_id))).one()
        return ItemAmounts(*(int(value or 0) for value in row))

    def move(self, item: tables.OrderItem, state: ItemState) -> None:
        item.state = state
        item.updated_at = self.order.updated_at = self.now

    def move_order(self, status: OrderStatus) -> None:
        self.order.status = status
        self.order.updated_at = self.now

    async def book(
        self, entry: str, postings: Postings, *, currency: str | None = None, item: tables.OrderItem | None = None
    ) -> None:
        """Book a movement; one that was booked before is left as it is."""
        rows = [
            {
                "reseller_id": self.order.reseller_id,
                "order_id": self.order.order_id,
                "order_item_id": item.order_item_id if item else None,
                "entry": entry,
                "account": account,
                "amount_minor": minor,
                "currency": currency or self.order.currency,
                "booked_at": self.now,
            }
            for account, minor in postings.items()
            if minor
        ]
        if rows:
            await self.keep_postings(rows)

    async def queue_mail(self, kind: MailKind, occasion: str) -> None:
        """A letter to the buyer, once for each occasion."""
        row = {
            "mail_id": self.new_id(Prefix.MAIL),
            "order_id": self.order.order_id,
            "reseller_id": self.order.reseller_id,
            "kind": kind,
            "occasion": occasion,
            "created_at": self.now,
        }
        await self.keep_mail(row)

    async def keep_postings(self, rows: list[dict[str, Any]]) -> None:
        statement = insert(tables.LedgerPosting).values(rows)
        await self.session.execute(statement.on_conflict_do_nothing(index_elements=["order_id", "entry", "account"]))

    async def keep_mail(self, row: dict[str, Any]) -> None:
        statement = insert(tables.Mail).values(row)
        once = statement.on_conflict_do_nothing(index_elements=["order_id", "occasion"])
        if await self.session.scalar(once.returning(tables.Mail.mail_id)):
            await self._jobs.send_mail(self.session, self.order.reseller_id, row["mail_id"])

    async def wake(self) -> None:
        """Have the sale looked at as soon as this is committed."""
        self.order.next_check_at = self.now + JOB_IS_LOST_AFTER
        await self._jobs.settle_order(self.session, self.order.reseller_id, self.order.order_id)


class SaleRepository:
    """Each method is one transaction and holds no connection afterwards."""

    def __init__(self, database: ShopDatabase, jobs: Jobs, clock: Clock) -> None:
        self._database = database
        self._jobs = jobs
        self._clock = clock

    @asynccontextmanager
    async def change(self, key: OrderKey) -> AsyncIterator[SaleChange]:
        """The order, locked; what is changed is committed together at the end. OrderNotFound."""
        async with self._database.tenant_session(key.reseller_id) as session:
            locked = select(tables.Order).where(tables.Order.order_id == key.order_id).with_for_update()
            order = await session.scalar(locked)
            if order is None:
                raise OrderNotFound("There is no such order here.")
            yield SaleChange(session, order, self._clock(), self._jobs)

    async def wake(self, key: OrderKey) -> None:
        async with self.change(key) as change:
            await change.wake()

    async def request_cancellation(self, key: OrderKey, order_item_id: str) -> None:
        """By the terms shown: NotCancellable when the cutoff has passed, or there is nothing to cancel."""
        async with self.change(key) as change:
            item = await change.item(order_item_id)
            if item.state == ItemState.CANCEL_REQUESTED:
                return
            if item.state != ItemState.CONFIRMED or not is_cancellable(item, change.now):
                raise NotCancellable("It is too late to cancel this booking.")
            item.failure = None
            change.move(item, ItemState.CANCEL_REQUESTED)
            await change.wake()

    async def sale(self, key: OrderKey) -> Sale:
        """The sale as it is now; OrderNotFound."""
        async with self._database.tenant_session(key.reseller_id) as session:
            order = await session.get(tables.Order, key.order_id)
            if order is None:
                raise OrderNotFound("There is no such order here.")
            asked = select(tables.OrderLine.order_item_id, func.sum(tables.OrderLine.asked_minor)).group_by(
                tables.OrderLine.order_item_id
            )
            of_order = tables.OrderItem.order_id == key.order_id
            items = list(
                await session.scalars(select(tables.OrderItem).where(of_order).order_by(tables.OrderItem.ordinal))
            )
            within = tables.OrderLine.order_item_id.in_([item.order_item_id for item in items])
            totals = {item_id: int(minor) for item_id, minor in (await session.execute(asked.where(within))).all()}
            live = (tables.Payment.order_id == key.order_id, tables.Payment.status.in_(LIVE_PAYMENT))
            payment = await session.scalar(select(tables.Payment).where(*live))
            refunds = await session.scalars(select(tables.Refund).where(tables.Refund.order_id == key.order_id))
            return sale_of(order, items, totals, payment, refunds)

    async def booking(self, key: OrderKey, order_item_id: str) -> Booking:
        async with self._database.tenant_session(key.reseller_id) as session:
            item = await session.get(tables.OrderItem, order_item_id)
            order = await session.get(tables.Order, key.order_id)
            if item is None or order is None or item.order_id != key.order_id:
                raise OrderNotFound("The order has no such item.")
            lines = select(tables.OrderLine).where(tables.OrderLine.order_item_id == order_item_id)
            found = list(await session.scalars(lines.order_by(tables.OrderLine.ordinal)))
            buyer = await session.get(tables.Buyer, key.order_id)
            return booking_of(order, item, found, buyer)

    async def due(self, now: datetime, most: int) -> list[OrderKey]:
        """Orders of every reseller that somebody must look at by now."""
        query = text("SELECT reseller_id, order_id FROM orders_to_check(:now, :most)")
        async with self._database.lookup_session() as session:
            return [OrderKey(*row) for row in await session.execute(query, {"now": now, "most": most})]

    async def visits_over(self, now: datetime, most: int) -> list[OrderKey]:
        """Orders of every reseller with tickets whose visit is over, and whose commission was not earned yet."""
        query = text("SELECT reseller_id, order_id FROM visits_over(:now, :most)")
        async with self._database.lookup_session() as session:
            return [OrderKey(*row) for row in await session.execute(query, {"now": now, "most": most})]


def is_cancellable(item: tables.OrderItem, now: datetime) -> bool:
    """Whether the terms let the buyer cancel; a supplier that names no cutoff does not."""
    if item.cancellation_cutoff_seconds is None:
        return False
    return now < item.starts_at - timedelta(seconds=item.cancellation_cutoff_seconds)


def sale_of(
    order: tables.Order,
    items: Iterable[tables.OrderItem],
    totals: Mapping[str, int],
    payment: tables.Payment | None,
    refunds: Iterable[tables.Refund],
) -> Sale:
    """`payment` is the live one; `totals` are what the buyer pays, by item."""
    return Sale(
        order_id=order.order_id,
        reseller_id=order.reseller_id,
        status=OrderStatus(order.status),
        paid_at=order.paid_at,
        updated_at=order.updated_at,
        items=tuple(_item(item, totals, payment) for item in items),
        payment=_payment(payment) if payment else None,
        refunds=tuple(
            SaleRefund(
                refund_id=refund.refund_id,
                order_item_id=refund.order_item_id,
                status=RefundStatus(refund.status),
                attempt=refund.attempt,
                amount_minor=refund.amount_minor,
                updated_at=refund.updated_at,
            )
            for refund in refunds
        ),
    )


def _payment(payment: tables.Payment) -> SalePayment:
    return SalePayment(
        payment_id=payment.payment_id,
        status=PaymentStatus(payment.status),
        has_fee=payment.balance_transaction_id is not None,
        expires_at=payment.expires_at,
        updated_at=payment.updated_at,
    )


def _item(item: tables.OrderItem, totals: Mapping[str, int], payment: tables.Payment | None) -> SaleItem:
    return SaleItem(
        order_item_id=item.order_item_id,
        state=ItemState(item.state),
        attempt=item.attempt,
        asked_minor=totals.get(item.order_item_id, 0),
        is_paid_for=payment is not None and item.payment_id == payment.payment_id,
        needs_release=item.needs_release,
        hold_expires_at=item.hold_expires_at,
        confirm_by=item.confirm_by,
        sold_at=item.sold_at,
        confirmed_at=item.confirmed_at,
        updated_at=item.updated_at,
    )


def booking_of(
    order: tables.Order, item: tables.OrderItem, lines: list[tables.OrderLine], buyer: tables.Buyer | None
) -> Booking:
    return Booking(
        order_item_id=item.order_item_id,
        state=ItemState(item.state),
        attempt=item.attempt,
        connection_id=item.connection_id,
        booking_uuid=item.booking_uuid,
        option=OptionRef(item.provider_product_id, item.provider_option_id),
        provider_availability_id=item.provider_availability_id,
        unit_ids=tuple(line.provider_unit_id for line in lines for _ in range(line.quantity)),
        reference=f"{order.reference}-{item.ordinal}",
        retail_minor=sum(line.retail_minor for line in lines),
        net_minor=sum(line.net_minor for line in lines),
        hold_expires_at=item.hold_expires_at,
        contact=Contact(buyer.full_name, buyer.email, buyer.phone) if buyer else None,
    )
