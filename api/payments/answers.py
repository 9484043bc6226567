"""Stripe's objects in the platform's words. StripeObject -> api.payments.shapes

Only fields that are used are described, so that Stripe may add others; none of a person or a card is.
"""

from datetime import datetime
from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError
from stripe import StripeObject

from api.payments.amounts import money_of
from api.payments.errors import SignatureRefused, StripeMalformed
from api.payments.shapes import (
    BalanceTransaction,
    IntentStatus,
    SessionStatus,
    StripeEvent,
    StripeFee,
    StripePayment,
    StripeRefund,
    StripeRefundStatus,
    StripeSession,
)

Json = dict[str, Any]
Metadata = dict[str, str]
Shape = TypeVar("Shape", bound=BaseModel)


class _Refund(BaseModel):
    id: str
    status: StripeRefundStatus
    amount: int
    currency: str
    balance_transaction: str | None = None
    metadata: Metadata = {}


class _Refunds(BaseModel):
    data: tuple[_Refund, ...]
    has_more: bool


class _Movement(BaseModel):
    id: str
    type: str
    amount: int
    fee: int
    net: int
    currency: str
    source: str | None
    created: datetime
    available_on: datetime


class _Method(BaseModel):
    type: str


class _Charge(BaseModel):
    id: str
    balance_transaction: _Movement | None
    payment_method_details: _Method | None
    refunds: _Refunds


class _Intent(BaseModel):
    id: str
    status: IntentStatus
    amount: int
    amount_capturable: int
    amount_received: int
    currency: str
    latest_charge: _Charge | None


class _Session(BaseModel):
    id: str
    url: str | None
    status: SessionStatus
    payment_status: str
    payment_intent: _Intent | None


class _EventObject(BaseModel):
    # Stripe's balance, alone of all objects, has no id.
    id: str = ""
    metadata: Metadata | None = None


class _EventData(BaseModel):
    object: _EventObject


class _Event(BaseModel):
    id: str = Field(pattern=r"^evt_\w+$")
    type: str
    created: datetime
    data: _EventData


def session_of(answer: StripeObject | Json) -> StripeSession:
    return _session(shaped(_Session, answer))


def payment_of(answer: StripeObject) -> StripePayment:
    return _payment(shaped(_Intent, answer))


def refund_of(answer: StripeObject) -> StripeRefund:
    return _refund(shaped(_Refund, answer))


def movement_of(answer: StripeObject) -> BalanceTransaction:
    found = shaped(_Movement, answer)
    return BalanceTransaction(
        balance_transaction_id=found.id,
        type=found.type,
        amount=money_of(found.amount, found.currency),
        fee=money_of(found.fee, found.currency),
        net=money_of(found.net, found.currency),
        source_id=found.source,
        created_at=found.created,
        available_at=found.available_on,
    )


def event_of(content: bytes) -> StripeEvent:
    """SignatureRefused for what is no event: Stripe does not sign such a thing."""
    try:
        found = _Event.model_validate_json(content)
    except ValidationError as error:
        raise SignatureRefused(f"It is not an event: {_first(error)}.") from None
    about = found.data.object
    metadata = about.metadata or {}
    return StripeEvent(
        event_id=found.id,
        type=found.type,
        created_at=found.created,
        object_id=about.id,
        order_id=metadata.get("order_id"),
        reseller_id=metadata.get("reseller_id"),
    )


def _session(found: _Session) -> StripeSession:
    return StripeSession(
        session_id=found.id,
        url=found.url,
        status=found.status,
        is_paid=found.payment_status == "paid",
        payment=_payment(found.payment_intent) if found.payment_intent else None,
    )


def _payment(found: _Intent) -> StripePayment:
    charge = found.latest_charge
    booked = charge.balance_transaction if charge else None
    return StripePayment(
        intent_id=found.id,
        status=found.status,
        amount=money_of(found.amount, found.currency),
        amount_capturable=money_of(found.amount_capturable, found.currency),
        amount_received=money_of(found.amount_received, found.currency),
        charge_id=charge.id if charge else None,
        method=charge.payment_method_details.type if charge and charge.payment_method_details else None,
        balance=_fee(booked) if booked else None,
        refunds=tuple(_refund(refund) for refund in charge.refunds.data) if charge else (),
    )


def _fee(found: _Movement) -> StripeFee:
    return StripeFee(found.id, money_of(found.fee, found.currency), money_of(found.net, found.currency))


def _refund(found: _Refund) -> StripeRefund:
    return StripeRefund(
        stripe_refund_id=found.id,
        status=found.status,
        amount=money_of(found.amount, found.currency),
        balance_transaction_id=found.balance_transaction,
        refund_id=found.metadata.get("refund_id"),
        key=found.metadata.get("key"),
    )


def shaped(shape: type[Shape], answer: StripeObject | Json) -> Shape:
    """The answer in the shape that Stripe promises; StripeMalformed says where it differs, and quotes nothing."""
    try:
        return shape.model_validate(answer.to_dict() if isinstance(answer, StripeObject) else answer)
    except ValidationError as error:
        raise StripeMalformed(f"stripe: {shape.__name__.strip('_').lower()}: {_first(error)}") from None


def _first(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
