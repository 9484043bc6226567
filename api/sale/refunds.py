"""Money on its way back. sold item without tickets -> refund row and ledger -> Stripe, until it has arrived"""

from typing import Final

import structlog
from sqlalchemy import select

from api.payments.errors import StripeRefused, StripeUnavailable
from api.payments.gateway import StripeGateway
from api.payments.shapes import StripeRefund, StripeRefundStatus
from api.sale.errors import NotCancellable
from api.sale.repository import SaleChange, SaleRepository
from api.sale.shapes import OrderKey
from core.db import tables
from core.domain.ids import Prefix
from core.domain.ledger import goodwill_postings, refund_postings
from core.domain.money import Money
from core.domain.sale import ISSUED, WITHOUT_TICKETS, ItemState, MailKind, RefundReason, RefundStatus
from core.errors import PaymentError
from core.failpoints import Call, Moment, fail_points

log = structlog.get_logger("api.sale.refunds")

_STATUS: Final = {
    StripeRefundStatus.PENDING: RefundStatus.PENDING,
    StripeRefundStatus.REQUIRES_ACTION: RefundStatus.PENDING,
    StripeRefundStatus.SUCCEEDED: RefundStatus.SUCCEEDED,
    StripeRefundStatus.FAILED: RefundStatus.FAILED,
    StripeRefundStatus.CANCELED: RefundStatus.FAILED,
}


class Refunds:
    """Takes the steps of one refund. An item has one, whoever asks how often."""

    def __init__(self, sales: SaleRepository, gateway: StripeGateway) -> None:
        self._sales = sales
        self._gateway = gateway

    async def request(self, key: OrderKey, order_item_id: str) -> None:
        """Owe an item's full amount back: decided, booked and told, before Stripe is asked."""
        async with self._sales.change(key) as change:
            item = await change.item(order_item_id)
            if item.sold_at is None or ItemState(item.state) not in WITHOUT_TICKETS or await _refund_of(change, item):
                return
            await owe_back(change, item)

    async def give(self, key: OrderKey, order_item_id: str, *, why: str, note: str | None = None) -> None:
        """By our own people, for tickets that stay valid: the platform pays. NotCancellable where it was given."""
        async with self._sales.change(key) as change:
            item = await change.item(order_item_id)
            amounts = await change.amounts(order_item_id)
            is_sold = item.sold_at is not None and ItemState(item.state) in ISSUED and amounts.asked_minor
            if not is_sold or await _refund_of(change, item):
                raise NotCancellable("There is nothing to give back.")
            refund = _new_refund(change, item, amounts.asked_minor, RefundReason.GOODWILL)
            refund.given_for, refund.given_note = why, note
            await change.book(f"refund:{refund.refund_id}", goodwill_postings(amounts), item=item)
            await change.queue_mail(MailKind.REFUND, f"refund:{order_item_id}")
            await change.wake()

    async def send(self, key: OrderKey, refund_id: str) -> None:
        """Ask Stripe. The same attempt, sent again after a lost reply, is the same refund."""
        async with self._sales.change(key) as change:
            refund = await change.refund(refund_id)
            if refund.status != RefundStatus.REQUESTED:
                return
            intent_id = await _intent_id(change, refund)
            amount = _money(change, refund)
            attempt = refund.attempt
        fail_points.reach(Call.REFUND, Moment.INTENDED)
        try:
            answer = await self._gateway.refund(
                intent_id,
                amount,
                refund_id=refund_id,
                key=f"{refund_id}-{attempt}",
                metadata={"order_id": key.order_id, "reseller_id": key.reseller_id},
            )
        except StripeUnavailable as error:
            log.warning("refund not sent", refund_id=refund_id, error=str(error))
            return
        except StripeRefused:
            log.exception("refund refused", refund_id=refund_id, attempt=attempt)
            async with self._sales.change(key) as change:
                _move(change, await change.refund(refund_id), RefundStatus.FAILED)
            return
        finally:
            fail_points.reach(Call.REFUND, Moment.CALLED)
        await self._record(key, refund_id, answer, Call.REFUND)

    async def ask(self, key: OrderKey, refund_id: str) -> None:
        """A refund that succeeded may fail days later."""
        async with self._sales.change(key) as change:
            refund = await change.refund(refund_id)
            intent_id, stripe_refund_id = await _intent_id(change, refund), refund.stripe_refund_id
        fail_points.reach(Call.ASK_REFUND, Moment.INTENDED)
        try:
            found = await self._gateway.refunds_of(intent_id)
        except PaymentError as error:
            log.warning("refund cannot be asked about", refund_id=refund_id, error=str(error))
            return
        fail_points.reach(Call.ASK_REFUND, Moment.CALLED)
        ours = next((answer for answer in found if answer.stripe_refund_id == stripe_refund_id), None)
        if ours is not None:
            await self._record(key, refund_id, ours, Call.ASK_REFUND)

    async def try_again(self, key: OrderKey, refund_id: str) -> None:
        async with self._sales.change(key) as change:
            refund = await change.refund(refund_id)
            if refund.status == RefundStatus.FAILED:
                refund.attempt += 1
                refund.stripe_refund_id = refund.balance_transaction_id = None
                _move(change, refund, RefundStatus.REQUESTED)

    async def _record(self, key: OrderKey, refund_id: str, answer: StripeRefund, call: Call) -> None:
        async with self._sales.change(key) as change:
            record_refund(change, await change.refund(refund_id), answer)
        fail_points.reach(call, Moment.RECORDED)


async def owe_back(change: SaleChange, item: tables.OrderItem) -> tables.Refund:
    """A sold item has ended without tickets: its refund, booked and told."""
    is_cancelled = item.state == ItemState.CANCELLED
    amounts = await change.amounts(item.order_item_id)
    reason = RefundReason.CANCELLED if is_cancelled else RefundReason.NOT_ISSUED
    refund = _new_refund(change, item, amounts.asked_minor, reason)
    await change.book(f"refund:{refund.refund_id}", refund_postings(amounts), item=item)
    kind = MailKind.CANCELLATION if is_cancelled else MailKind.REFUND
    await change.queue_mail(kind, f"refund:{item.order_item_id}")
    return refund


def record_refund(change: SaleChange, refund: tables.Refund, answer: StripeRefund) -> None:
    refund.stripe_refund_id = answer.stripe_refund_id
    refund.balance_transaction_id = answer.balance_transaction_id
    status = _STATUS[answer.status]
    if refund.status != status:
        _move(change, refund, status)
        if status is RefundStatus.FAILED:
            log.error("refund failed", refund_id=refund.refund_id, attempt=refund.attempt)


def _new_refund(change: SaleChange, item: tables.OrderItem, amount_minor: int, reason: RefundReason) -> tables.Refund:
    """A free item's refund is of nothing, and done at once."""
    refund = tables.Refund(
        refund_id=change.new_id(Prefix.REFUND),
        payment_id=item.payment_id if amount_minor else None,
        order_id=item.order_id,
        order_item_id=item.order_item_id,
        reseller_id=item.reseller_id,
        amount_minor=amount_minor,
        reason=reason,
        status=RefundStatus.REQUESTED if amount_minor else RefundStatus.SUCCEEDED,
        created_at=change.now,
        updated_at=change.now,
    )
    change.add(refund)
    return refund


async def _refund_of(change: SaleChange, item: tables.OrderItem) -> tables.Refund | None:
    of_item = tables.Refund.order_item_id == item.order_item_id
    return await change.session.scalar(select(tables.Refund).where(of_item))


async def _intent_id(change: SaleChange, refund: tables.Refund) -> str:
    of_payment = tables.Payment.payment_id == refund.payment_id
    intent_id = await change.session.scalar(select(tables.Payment.intent_id).where(of_payment))
    if intent_id is None:
        raise PaymentError(f"the refund {refund.refund_id} belongs to no payment")
    return intent_id


def _money(change: SaleChange, refund: tables.Refund) -> Money:
    return Money(refund.amount_minor, change.order.currency, change.order.currency_precision)


def _move(change: SaleChange, refund: tables.Refund, status: RefundStatus) -> None:
    refund.status = status
    refund.updated_at = change.order.updated_at = change.now
