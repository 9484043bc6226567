"""What Stripe's answer changes: sold items, a cart that is open again, postings. StripePayment -> one order's rows"""

from api.payments.shapes import StripePayment
from api.sale.repository import SaleChange
from api.sale.shapes import Failure
from core.db import tables
from core.domain.ledger import payment_fee_postings, sale_postings
from core.domain.sale import ISSUED, ItemState, MailKind, OrderStatus, PaymentStatus


async def record_captured(
    change: SaleChange, payment: tables.Payment, paid: StripePayment, items: list[tables.OrderItem]
) -> None:
    """The money came: these items are sold, once, and their amounts booked. The fee follows when Stripe knows it."""
    if payment.status != PaymentStatus.CAPTURED:
        payment.intent_id, payment.charge_id, payment.method = paid.intent_id, paid.charge_id, paid.method
        payment.captured_minor = paid.amount_received.minor
        move_payment(change, payment, PaymentStatus.CAPTURED)
        for item in items:
            await sell(change, item)
        become_paid(change)
    balance = paid.balance
    if balance is not None and payment.balance_transaction_id is None:
        payment.balance_transaction_id = balance.balance_transaction_id
        payment.fee_minor = balance.fee.minor
        agreed = sum([(await change.amounts(item.order_item_id)).payment_fee_minor for item in items if item.sold_at])
        # Stripe may settle in another currency than the buyer's; then what was agreed and what it took never mix.
        is_same = balance.currency == change.order.currency
        entry = f"payment-fee:{payment.payment_id}"
        await change.book(entry, payment_fee_postings(agreed, balance.fee.minor if is_same else 0))
        if not is_same:
            await change.book(
                f"{entry}:{balance.currency}", payment_fee_postings(0, balance.fee.minor), currency=balance.currency
            )


async def record_authorised(change: SaleChange, payment: tables.Payment, paid: StripePayment) -> None:
    if payment.status == PaymentStatus.OPEN:
        payment.intent_id, payment.method = paid.intent_id, paid.method
        move_payment(change, payment, PaymentStatus.AUTHORISED)
        become_paid(change)


async def reopen_cart(change: SaleChange, payment: tables.Payment, status: PaymentStatus) -> None:
    """Nobody has paid and nobody can: the buyer has his cart again.

    Where his money had been reserved and is let go, he hears so, and tickets that he had are given back.
    """
    was_authorised = payment.status == PaymentStatus.AUTHORISED
    move_payment(change, payment, status)
    for item in await included_items(change, payment):
        item.payment_id = None
        if was_authorised and ItemState(item.state) in ISSUED:
            item.failure = Failure.PAYMENT_GONE
            change.move(item, ItemState.CANCEL_REQUESTED)
        if was_authorised:
            await _tell_of_release(change, item)
    if not was_authorised:
        change.move_order(OrderStatus.OPEN)
    await change.wake()


async def sell(change: SaleChange, item: tables.OrderItem) -> None:
    if item.sold_at is None:
        item.sold_at = item.updated_at = change.now
        await change.book(
            f"sale:{item.order_item_id}", sale_postings(await change.amounts(item.order_item_id)), item=item
        )


def become_paid(change: SaleChange) -> None:
    if change.order.status in (OrderStatus.OPEN, OrderStatus.PAYING):
        change.order.paid_at = change.now
        change.move_order(OrderStatus.PAID)


def move_payment(change: SaleChange, payment: tables.Payment, status: PaymentStatus) -> None:
    payment.status = status
    payment.updated_at = change.order.updated_at = change.now


async def included_items(change: SaleChange, payment: tables.Payment) -> list[tables.OrderItem]:
    return [item for item in await change.items() if item.payment_id == payment.payment_id]


async def tell_of_release(change: SaleChange, payment: tables.Payment) -> None:
    """What was authorised for items without tickets is not taken, and their buyer hears so."""
    for item in await included_items(change, payment):
        if ItemState(item.state) not in ISSUED:
            await _tell_of_release(change, item)


async def _tell_of_release(change: SaleChange, item: tables.OrderItem) -> None:
    await change.queue_mail(MailKind.REFUND, f"release:{item.order_item_id}")


async def issued_items(change: SaleChange, payment: tables.Payment) -> list[tables.OrderItem]:
    return [item for item in await included_items(change, payment) if ItemState(item.state) in ISSUED]
