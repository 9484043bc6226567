"""Our payments and refunds against Stripe's objects. BookedOrder, Statement -> what differs"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from api.ledger.shapes import BookedOrder, BookedPayment, BookedRefund
from api.ledger.statement import Statement
from api.payments.records import RefundRecord
from api.payments.shapes import BalanceTransaction, StripeRefundStatus
from core.domain.sale import WITHOUT_TICKETS, OrderStatus, PaymentStatus, RefundStatus

_STATUS: Final = {
    RefundStatus.PENDING: {StripeRefundStatus.PENDING, StripeRefundStatus.REQUIRES_ACTION},
    RefundStatus.SUCCEEDED: {StripeRefundStatus.SUCCEEDED},
    RefundStatus.FAILED: {StripeRefundStatus.FAILED, StripeRefundStatus.CANCELED},
}


def wrong_money(order: BookedOrder, stripe: Statement, settled_by: datetime) -> Iterator[str]:
    """What changed after `settled_by` may still be on its way from Stripe to us, and the other way."""
    for payment in order.payments:
        yield from _missing(stripe, f"payment {payment.payment_id}", _objects_of(payment))
        yield from _wrong_payment(order, payment, stripe, settled_by)
        if payment.status is PaymentStatus.CAPTURED:
            yield from _wrong_capture(order, payment, stripe, settled_by)
    for refund in order.refunds:
        name = f"refund {refund.refund_id}"
        ids = {"refund": refund.stripe_refund_id, "balance transaction": refund.balance_transaction_id}
        yield from _missing(stripe, name, ids)
        yield from _wrong_refund(order, refund, stripe, settled_by)
    yield from _not_given_back(order)


def _objects_of(payment: BookedPayment) -> dict[str, str | None]:
    return {
        "session": payment.session_id,
        "intent": payment.intent_id,
        "charge": payment.charge_id,
        "balance transaction": payment.balance_transaction_id,
    }


def _missing(stripe: Statement, name: str, ids: dict[str, str | None]) -> Iterator[str]:
    for kind, record_id in ids.items():
        if record_id is not None and not stripe.has(record_id):
            yield f"{name}: Stripe has no {kind} {record_id}"


def _wrong_payment(
    order: BookedOrder, payment: BookedPayment, stripe: Statement, settled_by: datetime
) -> Iterator[str]:
    """What was asked for, and that nothing came but what we know of."""
    name = f"payment {payment.payment_id}"
    session = stripe.sessions.get(payment.session_id or "")
    if session is not None:
        yield from _unequal(
            f"{name}, session {session.record_id}",
            ("payment", payment.payment_id, session.payment_id),
            ("amount", order.money(payment.amount_minor), session.amount),
        )
    intent = stripe.intents.get(payment.intent_id or (session and session.intent_id) or "")
    if intent is not None and not stripe.has_just_taken(intent.charge_id, settled_by):
        received = ("received", order.money(payment.captured_minor), intent.amount_received)
        yield from _unequal(f"{name}, intent {intent.record_id}", received)


def _wrong_capture(
    order: BookedOrder, payment: BookedPayment, stripe: Statement, settled_by: datetime
) -> Iterator[str]:
    name, captured = f"payment {payment.payment_id}", order.money(payment.captured_minor)
    asked = order.money(sum(item.amounts.asked_minor for item in order.sold_for(payment)))
    yield from _unequal(name, ("captured", captured, asked))
    for kind, record_id in _objects_of(payment).items():
        if record_id is None and payment.updated_at < settled_by:
            yield f"{name} is captured and has no {kind}"
    intent = stripe.intents.get(payment.intent_id or "")
    if intent is not None:
        yield from _unequal(f"{name}, intent {intent.record_id}", ("charge", payment.charge_id, intent.charge_id))
    charge = stripe.charges.get(payment.charge_id or "")
    if charge is not None:
        yield from _unequal(
            f"{name}, charge {charge.record_id}",
            ("captured", captured, charge.captured),
            ("intent", payment.intent_id, charge.intent_id),
        )
        if payment.balance_transaction_id is not None:
            booked = ("balance transaction", payment.balance_transaction_id, charge.balance_transaction_id)
            yield from _unequal(f"{name}, charge {charge.record_id}", booked)
    movement = stripe.movements.get(payment.balance_transaction_id or "")
    if movement is not None:
        moved = f"{name}, balance transaction {movement.balance_transaction_id}"
        yield from _unequal(
            moved,
            ("fee", payment.fee_minor, movement.fee.minor),
            ("source", payment.charge_id, movement.source_id),
            ("net", movement.amount - movement.fee, movement.net),
        )
        # Stripe may have changed it into the currency of our balance.
        if movement.amount.currency == order.currency:
            yield from _unequal(moved, ("amount", captured, movement.amount))


def _wrong_refund(order: BookedOrder, refund: BookedRefund, stripe: Statement, settled_by: datetime) -> Iterator[str]:
    name = f"refund {refund.refund_id}"
    item = next(item for item in order.items if item.order_item_id == refund.order_item_id)
    yield from _unequal(name, ("amount", refund.amount_minor, item.amounts.asked_minor))
    if not refund.amount_minor:
        return
    if refund.stripe_refund_id is None and refund.updated_at < settled_by:
        yield f"{name} of {refund.amount_minor} {order.currency} is {refund.status} and not at Stripe"
    theirs = stripe.refunds.get(refund.stripe_refund_id or "")
    if theirs is None:
        return
    of_refund = f"{name}, refund {theirs.record_id}"
    payment = next(payment for payment in order.payments if payment.payment_id == refund.payment_id)
    yield from _unequal(
        of_refund,
        ("refund", refund.refund_id, theirs.refund_id),
        ("amount", order.money(refund.amount_minor), theirs.amount),
        ("charge", payment.charge_id, theirs.charge_id),
        ("balance transaction", refund.balance_transaction_id, theirs.balance_transaction_id),
    )
    if refund.updated_at < settled_by and theirs.status not in _STATUS.get(refund.status, {theirs.status}):
        yield f"{of_refund} is {refund.status} here and {theirs.status} at Stripe"
    movement = stripe.movements.get(refund.balance_transaction_id or "")
    if movement is not None:
        yield from _wrong_refund_movement(order, theirs, movement)


def _wrong_refund_movement(order: BookedOrder, theirs: RefundRecord, movement: BalanceTransaction) -> Iterator[str]:
    name = f"refund {theirs.record_id}, balance transaction {movement.balance_transaction_id}"
    yield from _unequal(name, ("source", theirs.record_id, movement.source_id))
    if movement.amount.currency == order.currency:
        yield from _unequal(name, ("amount", theirs.amount * -1, movement.amount))


def _not_given_back(order: BookedOrder) -> Iterator[str]:
    refunded = {refund.order_item_id for refund in order.refunds}
    for item in order.items:
        is_owed = item.is_sold and item.state in WITHOUT_TICKETS and item.order_item_id not in refunded
        if order.status is OrderStatus.DONE and is_owed:
            yield f"item {item.order_item_id} is sold and {item.state}, and has no refund"


def _unequal(name: str, *pairs: tuple[str, object, object]) -> Iterator[str]:
    """`pairs` are what, ours, theirs."""
    for what, ours, theirs in pairs:
        if ours != theirs:
            yield f"{name}: {what} is {ours} here and {theirs} at Stripe"
