"""Every query of the feature. shop database, as the shop's tenant <-> carts, their items and lines"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.checkout.choosing import MOST_ITEMS, MOST_TICKETS
from api.checkout.errors import CartFull, OtherCurrency
from api.checkout.rows import ItemDraft, item_values, line_values, order_values
from api.checkout.views import Added, Cart, CartItem, CartLine, ItemStanding
from api.sale.errors import CartClosed, OrderNotFound
from api.sale.shapes import Failure, OrderKey
from api.shops.shop import Shop
from core.db import tables
from core.db.sessions import ShopDatabase
from core.domain.clock import Clock
from core.domain.money import Money
from core.domain.sale import IN_CART, LIVE_PAYMENT, ItemState, OrderStatus

# An item is a draft for the moment between two commits; one that stays so was left by a process that died.
DRAFT_LASTS: Final = timedelta(seconds=30)
# What ended while nobody looked; everything else that failed was told on the page where it was chosen.
TOLD_IN_CART: Final = (Failure.HOLD_ENDED, Failure.NO_ANSWER)


class SentBefore(Exception):
    """The same form arrived already."""


class CartRepository:
    """Each method is one transaction and holds no connection afterwards."""

    def __init__(self, database: ShopDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def find(self, shop: Shop, secret: str | None) -> Cart | None:
        """The cart of this shop that the secret opens."""
        if secret is None:
            return None
        async with self._database.tenant_session(shop.reseller_id) as session:
            order = await session.scalar(_order_of(shop, secret))
            return await self._read(session, order) if order else None

    async def make(self, shop: Shop, nothing: Money) -> Cart:
        """An order with nothing in it yet; it takes the currency of what is put in first."""
        async with self._database.tenant_session(shop.reseller_id) as session:
            order = tables.Order(**order_values(shop, nothing, self._clock()))
            session.add(order)
            await session.flush()
            return await self._read(session, order)

    async def place(self, shop: Shop, secret: str | None, draft: ItemDraft) -> tuple[Added, bool]:
        """Put it into the order that the secret opens, or into a new one; whether it is new.

        The same form sent again while its tickets are still in a cart adds nothing: it finds them, even when both
        copies came from a browser that had no cart yet. CartFull, CartClosed, OtherCurrency.
        """
        for number in count(1):
            booking_uuid = booking_uuid_of(shop, draft, number)
            try:
                return await self._insert(shop, secret, draft, booking_uuid), True
            except SentBefore:
                found = await self._in_cart(shop, booking_uuid)
                if found is not None:
                    return found, False
        raise AssertionError("counting does not end")

    async def item(self, shop: Shop, secret: str, order_item_id: str) -> CartItem:
        """One item of the order, removed or not. OrderNotFound."""
        async with self._database.tenant_session(shop.reseller_id) as session:
            order = await session.scalar(_order_of(shop, secret))
            item = await session.get(tables.OrderItem, order_item_id) if order else None
            if order is None or item is None or item.order_id != order.order_id:
                raise OrderNotFound("There is no such item in your cart.")
            [shown] = await self._items(session, order, [item])
            return shown

    async def dismiss(self, shop: Shop, order_item_id: str) -> None:
        """The buyer has read that it ended."""
        async with self._database.tenant_session(shop.reseller_id) as session:
            item = await session.get(tables.OrderItem, order_item_id, with_for_update=True)
            if item is not None and ItemState(item.state) not in IN_CART:
                item.failure = None

    async def _insert(self, shop: Shop, secret: str | None, draft: ItemDraft, booking_uuid: UUID) -> Added:
        async with self._locked_or_new(shop, secret, draft.price) as (session, order):
            items = list(
                await session.scalars(select(tables.OrderItem).where(tables.OrderItem.order_id == order.order_id))
            )
            live = [item for item in items if ItemState(item.state) in IN_CART]
            await _fit(session, order, live, draft)
            ordinal = max((item.ordinal for item in items), default=0) + 1
            values = item_values(draft, order, ordinal, self._clock()) | {"booking_uuid": booking_uuid}
            row = insert(tables.OrderItem).values(values).on_conflict_do_nothing(index_elements=["booking_uuid"])
            if await session.scalar(row.returning(tables.OrderItem.order_item_id)) is None:
                raise SentBefore
            lines = line_values(draft, values["order_item_id"], order.reseller_id)
            session.add_all(tables.OrderLine(**line) for line in lines)
            key = OrderKey(order.reseller_id, order.order_id)
            return Added(key, order.secret, values["order_item_id"])

    @asynccontextmanager
    async def _locked_or_new(
        self, shop: Shop, secret: str | None, price: Money
    ) -> AsyncIterator[tuple[AsyncSession, tables.Order]]:
        async with self._database.tenant_session(shop.reseller_id) as session:
            order = await session.scalar(_order_of(shop, secret).with_for_update()) if secret else None
            if order is not None and order.status == OrderStatus.PAYING:
                raise CartClosed("You are paying for this order. Change it before you add to it.")
            if order is None or order.status != OrderStatus.OPEN:
                order = tables.Order(**order_values(shop, price, self._clock()))
                session.add(order)
                await session.flush()
            order.updated_at = self._clock()
            yield session, order

    async def _in_cart(self, shop: Shop, booking_uuid: UUID) -> Added | None:
        query = select(tables.OrderItem, tables.Order.secret).join(
            tables.Order, tables.Order.order_id == tables.OrderItem.order_id
        )
        async with self._database.tenant_session(shop.reseller_id) as session:
            row = (await session.execute(query.where(tables.OrderItem.booking_uuid == booking_uuid))).one_or_none()
        if row is None or ItemState(row[0].state) not in IN_CART:
            return None
        return Added(OrderKey(row[0].reseller_id, row[0].order_id), row[1], row[0].order_item_id)

    async def _read(self, session: AsyncSession, order: tables.Order) -> Cart:
        query = select(tables.OrderItem).where(tables.OrderItem.order_id == order.order_id)
        rows = [item for item in await session.scalars(query.order_by(tables.OrderItem.ordinal)) if _is_shown(item)]
        payment = select(tables.Payment.session_url).where(
            tables.Payment.order_id == order.order_id, tables.Payment.status.in_(LIVE_PAYMENT)
        )
        return Cart(
            key=OrderKey(order.reseller_id, order.order_id),
            secret=order.secret,
            reference=order.reference,
            status=OrderStatus(order.status),
            nothing=Money(0, order.currency, order.currency_precision),
            items=tuple(await self._items(session, order, rows)),
            payment_url=await session.scalar(payment) if order.status == OrderStatus.PAYING else None,
        )

    async def _items(
        self, session: AsyncSession, order: tables.Order, rows: Sequence[tables.OrderItem]
    ) -> list[CartItem]:
        within = tables.OrderLine.order_item_id.in_([row.order_item_id for row in rows])
        lines = list(await session.scalars(select(tables.OrderLine).where(within).order_by(tables.OrderLine.ordinal)))
        now = self._clock()
        return [
            _cart_item(row, order, [line for line in lines if line.order_item_id == row.order_item_id], now)
            for row in rows
        ]


def booking_uuid_of(shop: Shop, draft: ItemDraft, number: int) -> UUID:
    """The same for two copies of one form; `number` counts how often it was sent after its tickets were let go."""
    tickets = ",".join(f"{line.unit.unit_id}={line.quantity}" for line in draft.lines)
    return uuid5(NAMESPACE_URL, f"{shop.shop_id}:{draft.nonce}:{draft.live.slot.slot_id}:{tickets}:{number}")


def _order_of(shop: Shop, secret: str) -> Any:
    return select(tables.Order).where(tables.Order.secret == secret, tables.Order.shop_id == shop.shop_id)


async def _fit(session: AsyncSession, order: tables.Order, live: list[tables.OrderItem], draft: ItemDraft) -> None:
    """CartFull, OtherCurrency. An order whose items are gone takes any currency."""
    if not live:
        order.currency, order.currency_precision = draft.price.currency, draft.price.precision
    elif (order.currency, order.currency_precision) != (draft.price.currency, draft.price.precision):
        raise OtherCurrency(
            f"Your order is in {order.currency}, and these tickets cost {draft.price.currency}. "
            "Pay for what you have first, or remove it."
        )
    within = tables.OrderLine.order_item_id.in_([item.order_item_id for item in live])
    tickets = await session.scalar(select(func.coalesce(func.sum(tables.OrderLine.quantity), 0)).where(within))
    if len(live) >= MOST_ITEMS or int(tickets or 0) + draft.ticket_count > MOST_TICKETS:
        raise CartFull(
            f"An order has at most {MOST_ITEMS} visits and {MOST_TICKETS} tickets. "
            "Pay for what you have first, then go on with another order."
        )


def _is_shown(item: tables.OrderItem) -> bool:
    return ItemState(item.state) in IN_CART or item.failure in TOLD_IN_CART


def _cart_item(
    item: tables.OrderItem, order: tables.Order, lines: Sequence[tables.OrderLine], now: datetime
) -> CartItem:
    def money(minor: int) -> Money:
        return Money(minor, order.currency, order.currency_precision)

    return CartItem(
        order_item_id=item.order_item_id,
        standing=_standing(item, now),
        product_id=item.product_id,
        product_slug=item.product_slug,
        product_title=item.product_title,
        option_title=item.option_title,
        place_name=item.place_name,
        city_name=item.city_name,
        supplier_name=item.supplier_name,
        cover_media_id=item.cover_media_id,
        slot_id=item.slot_id,
        local_date=item.local_date,
        local_start_time=item.local_start_time,
        is_all_day=item.is_all_day,
        cancellation_cutoff_seconds=item.cancellation_cutoff_seconds,
        confirms_at_once=item.confirms_at_once,
        hold_expires_at=item.hold_expires_at,
        lines=tuple(
            CartLine(
                line.unit_id,
                line.unit_type,
                line.unit_title,
                line.quantity,
                money(line.asked_minor),
                money(line.original_minor),
            )
            for line in lines
        ),
    )


def _standing(item: tables.OrderItem, now: datetime) -> ItemStanding:
    match ItemState(item.state):
        case ItemState.HELD if item.hold_expires_at is None or item.hold_expires_at > now:
            return ItemStanding.HELD
        case ItemState.HELD:
            return ItemStanding.ENDED
        case ItemState.HOLDING | ItemState.UNKNOWN:
            return ItemStanding.CHECKING
        case ItemState.DRAFT if now < item.updated_at + DRAFT_LASTS:
            return ItemStanding.CHECKING
        case ItemState.EXPIRED:
            return ItemStanding.ENDED
        case _:
            return ItemStanding.NOT_HELD
