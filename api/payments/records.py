"""Stripe's objects as its lists show them: each names the others by their ids. What a reconciliation reads"""

from dataclasses import dataclass
from datetime import datetime

from api.payments.shapes import IntentStatus, SessionStatus, StripeRefundStatus
from core.domain.money import Money


@dataclass(frozen=True, slots=True)
class Window:
    """When an object was made: from `first` on and before `until`; None is open."""

    first: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """`order_id` is what we wrote on it; None on what Stripe made by itself, or another did by hand."""

    record_id: str
    created_at: datetime
    order_id: str | None

    @property
    def names(self) -> tuple[str, ...]:
        """The other objects that it says to belong to."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord(Record):
    status: SessionStatus
    amount: Money
    payment_id: str | None
    intent_id: str | None

    @property
    def names(self) -> tuple[str, ...]:
        return _present(self.intent_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentRecord(Record):
    """`charge_id` is the latest attempt's."""

    status: IntentStatus
    amount: Money
    amount_received: Money
    payment_id: str | None
    charge_id: str | None

    @property
    def names(self) -> tuple[str, ...]:
        return _present(self.charge_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeRecord(Record):
    """`given_back` is all of it for an authorisation that was let go."""

    captured: Money
    given_back: Money
    intent_id: str | None
    balance_transaction_id: str | None

    @property
    def names(self) -> tuple[str, ...]:
        return _present(self.intent_id, self.balance_transaction_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRecord(Record):
    """`refund_id` is ours; `failure_transaction_id` brought the money back to us when the refund failed."""

    status: StripeRefundStatus
    amount: Money
    refund_id: str | None
    charge_id: str | None
    balance_transaction_id: str | None
    failure_transaction_id: str | None

    @property
    def names(self) -> tuple[str, ...]:
        return _present(self.charge_id, self.balance_transaction_id, self.failure_transaction_id)


def _present(*ids: str | None) -> tuple[str, ...]:
    return tuple(one for one in ids if one is not None)
