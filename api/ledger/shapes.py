"""What we say about an order's money, and where somebody says otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.domain.ledger import ItemAmounts
from core.domain.money import Money
from core.domain.sale import ItemState, LedgerAccount, OrderStatus, PaymentStatus, RefundReason, RefundStatus


@dataclass(frozen=True, slots=True)
class Difference:
    """`order_id` is None where Stripe has what belongs to no order."""

    order_id: str | None
    problem: str

    def __str__(self) -> str:
        return f"{self.order_id or 'no order'}: {self.problem}"


@dataclass(frozen=True, slots=True)
class BookedItem:
    order_item_id: str
    state: ItemState
    payment_id: str | None
    is_sold: bool
    is_visited: bool
    commission_payout_id: str | None
    amounts: ItemAmounts


@dataclass(frozen=True, slots=True)
class BookedPayment:
    """`fee_minor` counts in the currency of our balance at Stripe, which need not be the order's."""

    payment_id: str
    status: PaymentStatus
    amount_minor: int
    captured_minor: int
    session_id: str | None
    intent_id: str | None
    charge_id: str | None
    balance_transaction_id: str | None
    fee_minor: int | None
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class BookedRefund:
    refund_id: str
    order_item_id: str
    payment_id: str | None
    amount_minor: int
    reason: RefundReason
    status: RefundStatus
    stripe_refund_id: str | None
    balance_transaction_id: str | None
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class PostingKey:
    entry: str
    account: LedgerAccount


@dataclass(frozen=True, slots=True)
class Posted:
    amount_minor: int
    currency: str
    order_item_id: str | None


@dataclass(frozen=True, slots=True)
class BookedOrder:
    """An order as one transaction saw all of it."""

    order_id: str
    status: OrderStatus
    currency: str
    currency_precision: int
    items: list[BookedItem] = field(default_factory=list)
    payments: list[BookedPayment] = field(default_factory=list)
    refunds: list[BookedRefund] = field(default_factory=list)
    postings: dict[PostingKey, Posted] = field(default_factory=dict)

    def money(self, minor: int) -> Money:
        return Money(minor, self.currency, self.currency_precision)

    def sold_for(self, payment: BookedPayment) -> list[BookedItem]:
        return [item for item in self.items if item.is_sold and item.payment_id == payment.payment_id]


# What each account is to have, of every movement of an order.
Expected = Mapping[PostingKey, Posted]
