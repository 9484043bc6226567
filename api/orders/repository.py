"""Every query of the feature. shop database, as the order's tenant -> an order with all that belongs to it"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.sale.shapes import OrderKey
from api.shops.shop import Shop
from core.db import tables
from core.db.sessions import ShopDatabase
from core.domain.money import Money
from core.domain.sale import ISSUED, LIVE_PAYMENT, ItemState, PaymentStatus


@dataclass(frozen=True, slots=True)
class ItemRecord:
    row: tables.OrderItem
    lines: tuple[tables.OrderLine, ...]
    tickets: tuple[tables.Ticket, ...]
    refund: tables.Refund | None

    @property
    def is_issued(self) -> bool:
        return ItemState(self.row.state) in ISSUED

    @property
    def asked_minor(self) -> int:
        return sum(line.asked_minor for line in self.lines)

    @property
    def original_minor(self) -> int:
        """What would have been asked without a discount."""
        return sum(line.asked_minor + line.discount_minor for line in self.lines)


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """One order's rows as they were at one moment. `payments` and `mails` are oldest first."""

    order: tables.Order
    shop_slug: str
    seller_name: str
    buyer: tables.Buyer | None
    items: tuple[ItemRecord, ...]
    payments: tuple[tables.Payment, ...]
    mails: tuple[tables.Mail, ...]

    @property
    def key(self) -> OrderKey:
        return OrderKey(self.order.reseller_id, self.order.order_id)

    @property
    def issued(self) -> tuple[ItemRecord, ...]:
        return tuple(item for item in self.items if item.is_issued)

    @property
    def live_payment(self) -> tables.Payment | None:
        return next((one for one in self.payments if PaymentStatus(one.status) in LIVE_PAYMENT), None)

    def money(self, minor: int) -> Money:
        return Money(minor, self.order.currency, self.order.currency_precision)


class OrderRepository:
    """Each method is one transaction and holds no connection afterwards."""

    def __init__(self, database: ShopDatabase) -> None:
        self._database = database

    async def of_shop(self, shop: Shop, secret: str) -> OrderRecord | None:
        """The order that this secret opens, where it is this shop's."""
        async with self._database.tenant_session(shop.reseller_id) as session:
            return await _read(session, (tables.Order.secret == secret) & (tables.Order.shop_id == shop.shop_id))

    async def of_key(self, key: OrderKey) -> OrderRecord | None:
        async with self._database.tenant_session(key.reseller_id) as session:
            return await _read(session, tables.Order.order_id == key.order_id)

    async def mail(self, reseller_id: str, mail_id: str) -> tables.Mail | None:
        async with self._database.tenant_session(reseller_id) as session:
            return await session.get(tables.Mail, mail_id)

    async def mail_left(self, mail: tables.Mail, *, sent_at: datetime | None, refused_at: datetime | None) -> None:
        """What became of it."""
        async with self._database.tenant_session(mail.reseller_id) as session:
            row = await session.get_one(tables.Mail, mail.mail_id)
            row.sent_at, row.refused_at = sent_at, refused_at


async def _read(session: AsyncSession, which: ColumnElement[bool]) -> OrderRecord | None:
    query = select(tables.Order, tables.Shop.slug, tables.Reseller.name).where(which)
    query = query.join(tables.Shop, tables.Shop.shop_id == tables.Order.shop_id)
    query = query.join(tables.Reseller, tables.Reseller.reseller_id == tables.Order.reseller_id)
    found = (await session.execute(query)).one_or_none()
    if found is None:
        return None
    order, slug, seller_name = found
    payments = select(tables.Payment).where(tables.Payment.order_id == order.order_id)
    mails = select(tables.Mail).where(tables.Mail.order_id == order.order_id)
    return OrderRecord(
        order=order,
        shop_slug=slug,
        seller_name=seller_name,
        buyer=await session.get(tables.Buyer, order.order_id),
        items=await _items(session, order.order_id),
        payments=tuple(await session.scalars(payments.order_by(tables.Payment.created_at))),
        mails=tuple(await session.scalars(mails.order_by(tables.Mail.created_at, tables.Mail.mail_id))),
    )


async def _items(session: AsyncSession, order_id: str) -> tuple[ItemRecord, ...]:
    item, line, ticket, refund = tables.OrderItem, tables.OrderLine, tables.Ticket, tables.Refund
    rows = list(await session.scalars(select(item).where(item.order_id == order_id).order_by(item.ordinal)))
    ids = [row.order_item_id for row in rows]
    lines = list(await session.scalars(select(line).where(line.order_item_id.in_(ids)).order_by(line.ordinal)))
    tickets = list(await session.scalars(select(ticket).where(ticket.order_item_id.in_(ids)).order_by(ticket.ordinal)))
    refunds = list(await session.scalars(select(refund).where(refund.order_item_id.in_(ids))))
    return tuple(
        ItemRecord(
            row,
            tuple(one for one in lines if one.order_item_id == row.order_item_id),
            tuple(one for one in tickets if one.order_item_id == row.order_item_id),
            _only(refunds, row.order_item_id),
        )
        for row in rows
    )


def _only(refunds: Sequence[tables.Refund], order_item_id: str) -> tables.Refund | None:
    return next((refund for refund in refunds if refund.order_item_id == order_item_id), None)
