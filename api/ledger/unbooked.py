"""What Stripe has and we know nothing of, or names and does not have. Statement, our orders -> differences"""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import chain
from typing import Final

from api.ledger.shapes import BookedOrder, Difference
from api.ledger.statement import Statement
from api.payments.records import ChargeRecord, IntentRecord, Record, RefundRecord, SessionRecord
from api.payments.shapes import BalanceTransaction, StripeRefundStatus

# Our own money on its way to our bank is no sale.
PAYOUT: Final = "payout"
NEVER_ARRIVES: Final = {StripeRefundStatus.FAILED, StripeRefundStatus.CANCELED}


class Unbooked:
    """What was made from `settled_by` on may be of an order that was changed after we read it."""

    def __init__(self, stripe: Statement, orders: Collection[BookedOrder], settled_by: datetime) -> None:
        self._stripe = stripe
        self._settled_by = settled_by
        payments = [payment for order in orders for payment in order.payments]
        refunds = [refund for order in orders for refund in order.refunds]
        self._payments = {payment.payment_id for payment in payments}
        self._charges = {payment.charge_id for payment in payments}
        self._refunds = {refund.refund_id for refund in refunds}
        self._sent = {refund.stripe_refund_id for refund in refunds}
        self._given_back: Counter[str | None] = Counter()
        for refund in stripe.refunds.values():
            if refund.status not in NEVER_ARRIVES:
                self._given_back[refund.charge_id] += refund.amount.minor

    def differences(self) -> Iterator[Difference]:
        stripe = self._stripe
        kinds = (stripe.sessions, stripe.intents, stripe.charges, stripe.refunds)
        for record in chain.from_iterable(kind.values() for kind in kinds):
            for problem in self._problems(record):
                yield Difference(stripe.order_of(record), problem)
        for movement in stripe.movements.values():
            yield from self._of_movement(movement)

    def _problems(self, record: Record) -> Iterator[str]:
        for name in record.names:
            if not self._stripe.has(name):
                yield f"Stripe's {record.record_id} names {name}, which Stripe does not have"
        if record.created_at < self._settled_by and not self._is_known(record):
            yield f"Stripe has {record.record_id}, and we have no such payment or refund"
        if isinstance(record, ChargeRecord) and self._given_back[record.record_id] != record.given_back.minor:
            refunds = self._given_back[record.record_id]
            yield f"Stripe's {record.record_id} was refunded {record.given_back.minor}, and its refunds are {refunds}"

    def _is_known(self, record: Record) -> bool:
        match record:
            case SessionRecord() | IntentRecord():
                return record.payment_id in self._payments
            case ChargeRecord():
                # An attempt that was declined, or an authorisation that was let go, took nothing.
                is_new = self._stripe.has_just_taken(record.record_id, self._settled_by)
                return record.record_id in self._charges or is_new or not record.captured.minor
            case RefundRecord() if record.balance_transaction_id is None:
                # An authorisation that was let go: no money moved.
                return True
            case RefundRecord() if record.status in NEVER_ARRIVES:
                # We keep the latest attempt of a refund alone.
                return record.refund_id in self._refunds
            case _:
                return record.record_id in self._sent

    def _of_movement(self, movement: BalanceTransaction) -> Iterator[Difference]:
        if movement.type == PAYOUT:
            return
        movement_id, source = movement.balance_transaction_id, self._stripe.record(movement.source_id)
        if source is None or movement_id not in source.names:
            problem = f"Stripe's {movement_id} moved {movement.amount.minor} for {movement.source_id}"
            yield Difference(self._stripe.order_of(source), f"{problem}, which does not say so")
