"""Stripe's lists in the platform's words. StripeObject, nothing expanded -> api.payments.records"""

from datetime import datetime

from pydantic import BaseModel
from stripe import StripeObject

from api.payments.amounts import money_of
from api.payments.answers import Metadata, shaped
from api.payments.records import ChargeRecord, IntentRecord, RefundRecord, SessionRecord
from api.payments.shapes import IntentStatus, SessionStatus, StripeRefundStatus


class _Listed(BaseModel):
    id: str
    created: datetime
    currency: str
    metadata: Metadata = {}


class _Session(_Listed):
    status: SessionStatus
    amount_total: int
    payment_intent: str | None


class _Intent(_Listed):
    status: IntentStatus
    amount: int
    amount_received: int
    latest_charge: str | None


class _Charge(_Listed):
    amount_captured: int
    amount_refunded: int
    payment_intent: str | None
    balance_transaction: str | None


class _Refund(_Listed):
    status: StripeRefundStatus
    amount: int
    charge: str | None
    balance_transaction: str | None
    failure_balance_transaction: str | None = None


def session_record(answer: StripeObject) -> SessionRecord:
    found = shaped(_Session, answer)
    return SessionRecord(
        record_id=found.id,
        created_at=found.created,
        order_id=found.metadata.get("order_id"),
        status=found.status,
        amount=money_of(found.amount_total, found.currency),
        payment_id=found.metadata.get("payment_id"),
        intent_id=found.payment_intent,
    )


def intent_record(answer: StripeObject) -> IntentRecord:
    found = shaped(_Intent, answer)
    return IntentRecord(
        record_id=found.id,
        created_at=found.created,
        order_id=found.metadata.get("order_id"),
        status=found.status,
        amount=money_of(found.amount, found.currency),
        amount_received=money_of(found.amount_received, found.currency),
        payment_id=found.metadata.get("payment_id"),
        charge_id=found.latest_charge,
    )


def charge_record(answer: StripeObject) -> ChargeRecord:
    found = shaped(_Charge, answer)
    return ChargeRecord(
        record_id=found.id,
        created_at=found.created,
        order_id=found.metadata.get("order_id"),
        captured=money_of(found.amount_captured, found.currency),
        given_back=money_of(found.amount_refunded, found.currency),
        intent_id=found.payment_intent,
        balance_transaction_id=found.balance_transaction,
    )


def refund_record(answer: StripeObject) -> RefundRecord:
    found = shaped(_Refund, answer)
    return RefundRecord(
        record_id=found.id,
        created_at=found.created,
        order_id=found.metadata.get("order_id"),
        status=found.status,
        amount=money_of(found.amount, found.currency),
        refund_id=found.metadata.get("refund_id"),
        charge_id=found.charge,
        balance_transaction_id=found.balance_transaction,
        failure_transaction_id=found.failure_balance_transaction,
    )
