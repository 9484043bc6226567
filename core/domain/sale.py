"""The words of a sale: where an order, a booking, a payment and a refund can be. One order item is one booking."""

from enum import StrEnum
from typing import Final


class OrderStatus(StrEnum):
    """OPEN is a cart, PAYING has its buyer at Stripe, PAID is owed tickets, DONE has them or its money back."""

    OPEN = "OPEN"
    PAYING = "PAYING"
    PAID = "PAID"
    DONE = "DONE"
    EXPIRED = "EXPIRED"


class ItemState(StrEnum):
    """Where an order item's booking is.

    DRAFT > HOLDING > HELD > CONFIRMING > (PENDING_SUPPLIER) > CONFIRMED > REDEEMED. HOLDING and CONFIRMING are intents
    that were committed before the call; UNKNOWN is a reply that was lost, left only by asking the provider.
    """

    DRAFT = "DRAFT"
    HOLDING = "HOLDING"
    HELD = "HELD"
    CONFIRMING = "CONFIRMING"
    PENDING_SUPPLIER = "PENDING_SUPPLIER"
    CONFIRMED = "CONFIRMED"
    REDEEMED = "REDEEMED"
    EXPIRED = "EXPIRED"
    FAILED = "FAILED"
    REJECTED = "REJECTED"
    CANCEL_REQUESTED = "CANCEL_REQUESTED"
    CANCELLED = "CANCELLED"
    UNKNOWN = "UNKNOWN"


class PaymentStatus(StrEnum):
    """OPENING is committed before Stripe is asked for a session; AUTHORISED waits for the supplier's yes."""

    OPENING = "OPENING"
    OPEN = "OPEN"
    AUTHORISED = "AUTHORISED"
    CAPTURED = "CAPTURED"
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"


class RefundStatus(StrEnum):
    """REQUESTED is committed before Stripe is asked. A refund that FAILED later is asked for again."""

    REQUESTED = "REQUESTED"
    PENDING = "PENDING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


class RefundReason(StrEnum):
    NOT_ISSUED = "NOT_ISSUED"
    CANCELLED = "CANCELLED"
    GOODWILL = "GOODWILL"


class MailKind(StrEnum):
    CONFIRMATION = "CONFIRMATION"
    REFUND = "REFUND"
    CANCELLATION = "CANCELLATION"


class LedgerAccount(StrEnum):
    """Whose money a posting is about; what is owed to the account is positive (docs/decisions/0023)."""

    BUYER = "BUYER"
    PROVIDER = "PROVIDER"
    COMMISSION_BOOKED = "COMMISSION_BOOKED"
    COMMISSION_VISITED = "COMMISSION_VISITED"
    COMMISSION_PAID = "COMMISSION_PAID"
    PLATFORM_FEE = "PLATFORM_FEE"
    PAYMENT_FEE = "PAYMENT_FEE"
    TAX = "TAX"
    SPONSOR = "SPONSOR"


# A payment of these blocks another one for the same order: nobody pays twice in two tabs.
LIVE_PAYMENT: Final = frozenset(
    {PaymentStatus.OPENING, PaymentStatus.OPEN, PaymentStatus.AUTHORISED, PaymentStatus.CAPTURED}
)
# In these a buyer's cart still counts on the item.
IN_CART: Final = frozenset({ItemState.DRAFT, ItemState.HOLDING, ItemState.HELD, ItemState.UNKNOWN})
ISSUED: Final = frozenset({ItemState.CONFIRMED, ItemState.REDEEMED})
# Where a sold item ends without tickets: its money goes back.
WITHOUT_TICKETS: Final = frozenset({ItemState.EXPIRED, ItemState.FAILED, ItemState.REJECTED, ItemState.CANCELLED})
