"""Stripe's objects, as far as we keep them. JSON -> shapes, each with its row

A field that is not here does not reach the lake: no person, no card, no text; of the metadata, our own ids alone.
Amounts are in Stripe's smallest unit, statuses are Stripe's words, and new ones pass.
"""

from datetime import datetime
from typing import Any

from pydantic import AwareDatetime, BaseModel, Field, StrictInt


class _OurIds(BaseModel):
    """What checkout writes on everything it asks for."""

    order_id: str | None = None
    payment_id: str | None = None
    refund_id: str | None = None
    reseller_id: str | None = None


class StripeThing(BaseModel):
    id: str
    created: AwareDatetime


class _Money(StripeThing):
    currency: str
    amount: StrictInt

    @property
    def code(self) -> str:
        return self.currency.upper()


class _OfASale(BaseModel):
    metadata: _OurIds = Field(default_factory=_OurIds)

    @property
    def ours(self) -> tuple[str | None, str | None, str | None]:
        return self.metadata.order_id, self.metadata.payment_id, self.metadata.reseller_id


class _Method(BaseModel):
    type: str


class Charge(_Money, _OfASale):
    payment_intent: str | None
    status: str
    captured: bool
    amount_captured: StrictInt
    amount_refunded: StrictInt
    payment_method_details: _Method | None
    balance_transaction: str | None
    failure_code: str | None = None

    def row(self) -> tuple[Any, ...]:
        method = self.payment_method_details.type if self.payment_method_details else None
        amounts = (self.code, self.amount, self.amount_captured, self.amount_refunded)
        paid = (method, self.balance_transaction, self.failure_code, self.created)
        return self.id, self.payment_intent, *self.ours, self.status, self.captured, *amounts, *paid


class Intent(_Money, _OfASale):
    status: str
    amount_received: StrictInt
    latest_charge: str | None
    canceled_at: AwareDatetime | None

    def row(self) -> tuple[Any, ...]:
        amounts = (self.code, self.amount, self.amount_received)
        return self.id, *self.ours, self.status, *amounts, self.latest_charge, self.canceled_at, self.created


class Refund(_Money, _OfASale):
    charge: str | None
    payment_intent: str | None
    status: str | None
    balance_transaction: str | None
    failure_balance_transaction: str | None = None

    def row(self) -> tuple[Any, ...]:
        order_id, payment_id, reseller_id = self.ours
        ours = (self.metadata.refund_id, order_id, payment_id, reseller_id)
        booked = (self.balance_transaction, self.failure_balance_transaction)
        return (
            self.id,
            self.charge,
            self.payment_intent,
            *ours,
            self.status,
            self.code,
            self.amount,
            *booked,
            self.created,
        )


class Session(StripeThing, _OfASale):
    payment_intent: str | None
    status: str | None
    payment_status: str
    currency: str | None
    amount_total: StrictInt | None
    expires_at: AwareDatetime

    def row(self) -> tuple[Any, ...]:
        amount = (self.currency.upper() if self.currency else None, self.amount_total)
        states = (self.status, self.payment_status)
        return self.id, self.payment_intent, *self.ours, *states, *amount, self.expires_at, self.created


class Payout(_Money):
    status: str
    balance_transaction: str | None
    arrival_date: AwareDatetime

    def row(self) -> tuple[Any, ...]:
        return self.id, self.status, self.code, self.amount, self.balance_transaction, self.arrival_date, self.created


class BalanceTransaction(_Money):
    type: str
    source: str | None
    fee: StrictInt
    net: StrictInt
    available_on: AwareDatetime

    def row(self, payout_id: str | None) -> tuple[Any, ...]:
        amounts = (self.code, self.amount, self.fee, self.net)
        return self.id, self.type, self.source, payout_id, *amounts, self.available_on, self.created


class EventSubject(BaseModel):
    """Whom an event is about. `charge` and `payment_intent` change with it, and not every change has an event."""

    id: str
    object: str
    charge: str | None = None
    payment_intent: str | None = None


class _EventContent(BaseModel):
    object: EventSubject


class Event(StripeThing):
    type: str
    data: _EventContent

    @property
    def subject(self) -> EventSubject:
        return self.data.object

    def row(self) -> tuple[str, str, str, str, datetime]:
        return self.id, self.type, self.subject.object, self.subject.id, self.created
