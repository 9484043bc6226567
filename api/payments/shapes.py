"""Payments in the platform's words: what checkout asks for, and what Stripe says became of it. No type of Stripe's"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.money import Money


@dataclass(frozen=True, slots=True)
class SessionLine:
    """What the payment page shows on one line. `total` is for all `quantity` together, as an order line keeps it."""

    title: str
    description: str
    quantity: int
    total: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDraft:
    """A payment page to be opened. `payment_id` is its idempotency key: whoever repeats the call sends the same draft.

    `expires_at` lies 30 minutes to 24 hours ahead when the call arrives; Stripe refuses anything else.
    `captures_later`: a card is only authorised; a method that cannot wait is captured at once all the same.
    """

    payment_id: str
    order_id: str
    reseller_id: str
    lines: tuple[SessionLine, ...]
    buyer_email: str
    success_url: str
    cancel_url: str
    expires_at: datetime
    locale: str
    captures_later: bool = False


class SessionStatus(StrEnum):
    OPEN = "open"
    COMPLETE = "complete"
    EXPIRED = "expired"


class IntentStatus(StrEnum):
    """REQUIRES_PAYMENT also after an attempt that failed; REQUIRES_ACTION while the buyer is at the bank."""

    REQUIRES_PAYMENT = "requires_payment_method"
    REQUIRES_CONFIRMATION = "requires_confirmation"
    REQUIRES_ACTION = "requires_action"
    PROCESSING = "processing"
    REQUIRES_CAPTURE = "requires_capture"
    SUCCEEDED = "succeeded"
    CANCELED = "canceled"


class StripeRefundStatus(StrEnum):
    PENDING = "pending"
    REQUIRES_ACTION = "requires_action"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class StripeFee:
    """What a payment cost, in the currency of our balance, which need not be the buyer's. gross = net + fee."""

    balance_transaction_id: str
    fee: Money
    net: Money

    @property
    def currency(self) -> str:
        return self.fee.currency


@dataclass(frozen=True, slots=True)
class StripeRefund:
    """`refund_id` and `key` are ours; None where we did not ask: for a released authorisation, or a refund by hand.

    One that SUCCEEDED may still become FAILED, days later.
    """

    stripe_refund_id: str
    status: StripeRefundStatus
    amount: Money
    balance_transaction_id: str | None
    refund_id: str | None
    key: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StripePayment:
    """`charge_id` is the latest attempt's, also of one that was declined; `method` is what it was made with (`card`).

    `balance` comes a moment after success: who books the fee asks again until it is there.
    `refunds` are the newest first.
    """

    intent_id: str
    status: IntentStatus
    amount: Money
    amount_capturable: Money
    amount_received: Money
    charge_id: str | None
    method: str | None
    balance: StripeFee | None
    refunds: tuple[StripeRefund, ...]


@dataclass(frozen=True, slots=True)
class StripeSession:
    """`url` only while it is open. `is_paid` is about money that came: an authorisation alone is not paid.

    `payment` is None until the buyer first tried to pay.
    """

    session_id: str
    url: str | None
    status: SessionStatus
    is_paid: bool
    payment: StripePayment | None

    @property
    def payment_intent_id(self) -> str | None:
        return self.payment.intent_id if self.payment else None


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceTransaction:
    """One movement of our balance at Stripe. `source_id` is the charge, refund or payout that caused it."""

    balance_transaction_id: str
    type: str
    amount: Money
    fee: Money
    net: Money
    source_id: str | None
    created_at: datetime
    available_at: datetime


@dataclass(frozen=True, slots=True)
class StripeEvent:
    """That something happened to `object_id`, and to whose order. What happened is asked, so nothing else is kept."""

    event_id: str
    type: str
    created_at: datetime
    object_id: str
    order_id: str | None
    reseller_id: str | None
