"""From a held cart to an order somebody pays for, or is given. held items + buyer -> payment, buyer row, sold items"""

from datetime import timedelta
from typing import Final

from api.payments.shapes import SessionDraft, SessionLine
from api.sale.errors import CartClosed, CartEmpty, HoldGone
from api.sale.payment_outcomes import become_paid, included_items, sell
from api.sale.repository import SaleChange
from api.sale.shapes import BuyerDetails, PaymentPage
from core.db import tables
from core.domain.ids import Prefix
from core.domain.money import Money
from core.domain.sale import IN_CART, ItemState, OrderStatus, PaymentStatus

# Stripe allows no shorter page than 30 minutes; the minute is for clocks that differ.
PAGE_LASTS: Final = timedelta(minutes=31)
# Less than this is no time to pay in.
LEAST_TIME_TO_PAY: Final = timedelta(minutes=3)


async def intend(change: SaleChange, page: PaymentPage, buyer: BuyerDetails) -> tables.Payment:
    """The payment that Stripe is to be asked for. CartEmpty, CartClosed, HoldGone."""
    if change.order.status != OrderStatus.OPEN:
        raise CartClosed("This order cannot be paid any more.")
    items = await held_items(change)
    total = sum([await asked(change, item) for item in items])
    if not total:
        raise CartClosed("This order is free.")
    payment = tables.Payment(
        payment_id=change.new_id(Prefix.PAYMENT),
        order_id=change.order.order_id,
        reseller_id=change.order.reseller_id,
        status=PaymentStatus.OPENING,
        amount_minor=total,
        page={"success_url": page.success_url, "cancel_url": page.cancel_url, "locale": page.locale},
        expires_at=change.now + PAGE_LASTS,
        created_at=change.now,
        updated_at=change.now,
    )
    change.add(payment)
    await change.keep_buyer(_buyer_row(change, buyer))
    for item in items:
        item.payment_id = payment.payment_id
    change.move_order(OrderStatus.PAYING)
    await change.wake()
    return payment


async def give_away(change: SaleChange, buyer: BuyerDetails) -> None:
    """A free order is owed its tickets from now. CartEmpty, CartClosed, HoldGone."""
    if change.order.status != OrderStatus.OPEN:
        raise CartClosed("This order was placed already.")
    for item in await held_items(change):
        if await asked(change, item):
            raise CartClosed("This order is not free.")
        await sell(change, item)
    await change.keep_buyer(_buyer_row(change, buyer))
    become_paid(change)
    await change.wake()


async def session_draft(change: SaleChange, payment: tables.Payment, buyer_email: str) -> SessionDraft:
    """What Stripe is asked for, once or again: always the same."""
    items = await included_items(change, payment)
    lines = [
        SessionLine(
            title=item.product_title,
            description=_when(item),
            quantity=1,
            total=money_of(change.order, await asked(change, item)),
        )
        for item in items
    ]
    return SessionDraft(
        payment_id=payment.payment_id,
        order_id=change.order.order_id,
        reseller_id=change.order.reseller_id,
        lines=tuple(line for line in lines if line.total.minor),
        buyer_email=buyer_email,
        success_url=payment.page["success_url"],
        cancel_url=payment.page["cancel_url"],
        expires_at=payment.expires_at,
        locale=payment.page["locale"],
        captures_later=not all(item.confirms_at_once for item in items),
    )


async def held_items(change: SaleChange) -> list[tables.OrderItem]:
    """The cart, all of it held long enough to pay for."""
    items = [item for item in await change.items() if ItemState(item.state) in IN_CART]
    if not items:
        raise CartEmpty("Your cart is empty.")
    for item in items:
        is_over = item.hold_expires_at is not None and item.hold_expires_at < change.now + LEAST_TIME_TO_PAY
        if item.state != ItemState.HELD or is_over:
            raise HoldGone(f"{item.product_title} is no longer held for you.", item.order_item_id)
    return items


async def asked(change: SaleChange, item: tables.OrderItem) -> int:
    return (await change.amounts(item.order_item_id)).asked_minor


def money_of(order: tables.Order, minor: int) -> Money:
    return Money(minor, order.currency, order.currency_precision)


def _when(item: tables.OrderItem) -> str:
    day = item.local_date.isoformat()
    return f"{item.option_title}, {day}" if item.is_all_day else f"{item.option_title}, {day} {item.local_start_time}"


def _buyer_row(change: SaleChange, buyer: BuyerDetails) -> tables.Buyer:
    return tables.Buyer(
        order_id=change.order.order_id,
        reseller_id=change.order.reseller_id,
        full_name=buyer.full_name,
        email=buyer.email,
        phone=buyer.phone,
        created_at=change.now,
    )
