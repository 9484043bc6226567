"""What a sale needs next. a sale as the database has it + the time -> one step, or when to look again

Pure, so that every way a sale can go is tested without one: `next_step` is asked again after each step, with what was
done already, until it answers Wait. Nothing here knows how a step is taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from core.domain.sale import (
    IN_CART,
    ISSUED,
    WITHOUT_TICKETS,
    ItemState,
    OrderStatus,
    PaymentStatus,
    RefundStatus,
)

# The guarantee allows five minutes from the capture to the tickets or the refund; the last one is for asking back.
GIVE_UP_AFTER: Final = timedelta(minutes=4)
# Whoever committed an intent has this long to come back with its result before somebody else asks.
INTENT_LASTS: Final = timedelta(seconds=45)
# Stripe must have closed its page before the hold ends.
CLOSE_BEFORE_HOLD_ENDS: Final = timedelta(seconds=60)
ASK_AGAIN_SOON: Final = timedelta(seconds=15)
ASK_AGAIN_LATER: Final = timedelta(minutes=2)
REFUND_ASKED_AGAIN: Final = timedelta(hours=1)
REFUNDS_MAY_FAIL_FOR: Final = timedelta(days=10)
CART_LASTS: Final = timedelta(hours=1)
MOST_ATTEMPTS: Final = 2
MOST_REFUND_ATTEMPTS: Final = 5


class StepKind(StrEnum):
    OPEN_PAYMENT = "OPEN_PAYMENT"
    ASK_PAYMENT = "ASK_PAYMENT"
    EXPIRE_PAYMENT = "EXPIRE_PAYMENT"
    CAPTURE_PAYMENT = "CAPTURE_PAYMENT"
    CANCEL_PAYMENT = "CANCEL_PAYMENT"
    HOLD = "HOLD"
    CONFIRM = "CONFIRM"
    ASK_BOOKING = "ASK_BOOKING"
    CANCEL = "CANCEL"
    RELEASE = "RELEASE"
    LET_EXPIRE = "LET_EXPIRE"
    GIVE_UP = "GIVE_UP"
    REQUEST_REFUND = "REQUEST_REFUND"
    SEND_REFUND = "SEND_REFUND"
    ASK_REFUND = "ASK_REFUND"
    TRY_REFUND_AGAIN = "TRY_REFUND_AGAIN"
    FINISH = "FINISH"
    ABANDON = "ABANDON"


@dataclass(frozen=True, slots=True)
class Step:
    """`subject` is whatever makes the step unique within one look at the sale: an id, or an id and its attempt."""

    kind: StepKind
    subject: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do now. `until` is None where nothing is left to do."""

    until: datetime | None


@dataclass(frozen=True, slots=True)
class SaleItem:
    """`asked_minor` is what the buyer pays for it; `is_paid_for` says that the order's live payment includes it."""

    order_item_id: str
    state: ItemState
    attempt: int
    asked_minor: int
    is_paid_for: bool
    needs_release: bool
    hold_expires_at: datetime | None
    confirm_by: datetime | None
    sold_at: datetime | None
    confirmed_at: datetime | None
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class SalePayment:
    payment_id: str
    status: PaymentStatus
    has_fee: bool
    expires_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class SaleRefund:
    refund_id: str
    order_item_id: str
    status: RefundStatus
    attempt: int
    amount_minor: int
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Sale:
    """`payment` is the order's live one, None where the order is free or nobody has begun to pay."""

    order_id: str
    reseller_id: str
    status: OrderStatus
    paid_at: datetime | None
    updated_at: datetime
    items: tuple[SaleItem, ...]
    payment: SalePayment | None
    refunds: tuple[SaleRefund, ...]

    def refund_of(self, item: SaleItem) -> SaleRefund | None:
        return next((refund for refund in self.refunds if refund.order_item_id == item.order_item_id), None)

    @property
    def is_authorised(self) -> bool:
        return self.payment is not None and self.payment.status is PaymentStatus.AUTHORISED


# Paid for, and neither with tickets nor without them for good.
IN_FLIGHT: Final = frozenset(
    {
        ItemState.DRAFT,
        ItemState.HOLDING,
        ItemState.HELD,
        ItemState.CONFIRMING,
        ItemState.PENDING_SUPPLIER,
        ItemState.CANCEL_REQUESTED,
        ItemState.UNKNOWN,
    }
)
_ASKED: Final = frozenset({ItemState.CONFIRMING, ItemState.HOLDING, ItemState.UNKNOWN, ItemState.PENDING_SUPPLIER})


def next_step(sale: Sale, now: datetime, done: frozenset[Step] = frozenset()) -> Step | Wait:
    """The first step that is due and was not taken in this look, else how long to wait.

    A step that was taken and is still due did not help: whoever was asked does not answer, so it waits its turn.
    """
    for step in _due(sale, now, done):
        if step not in done:
            return step
    return Wait(_next_look(sale, now))


def _due(sale: Sale, now: datetime, done: frozenset[Step]) -> Iterator[Step]:
    yield from _payment_steps(sale, now, done)
    for item in sale.items:
        yield from _item_steps(sale, item, now)
    for refund in sale.refunds:
        yield from _refund_steps(refund, now)
    if sale.status is OrderStatus.PAID and is_settled(sale):
        yield Step(StepKind.FINISH, sale.order_id)
    if sale.status is OrderStatus.OPEN and _is_abandoned(sale, now):
        yield Step(StepKind.ABANDON, sale.order_id)


def is_settled(sale: Sale) -> bool:
    """Every item has its tickets or its money asked back, nothing is held in vain, and Stripe's fee is booked."""
    return (
        all(_is_item_settled(sale, item) for item in sale.items)
        and not sale.is_authorised
        and (sale.payment is None or sale.payment.has_fee)
    )


def _is_item_settled(sale: Sale, item: SaleItem) -> bool:
    if item.needs_release or item.state in IN_FLIGHT:
        return False
    refund = sale.refund_of(item)
    is_asked_back = refund is not None and refund.status in (RefundStatus.PENDING, RefundStatus.SUCCEEDED)
    return item.state in ISSUED or item.sold_at is None or is_asked_back


def _payment_steps(sale: Sale, now: datetime, done: frozenset[Step]) -> Iterator[Step]:
    payment = sale.payment
    if payment is None:
        return
    asked = Step(StepKind.ASK_PAYMENT, payment.payment_id)
    match payment.status:
        case PaymentStatus.OPENING if now >= payment.updated_at + INTENT_LASTS:
            yield Step(StepKind.OPEN_PAYMENT, payment.payment_id)
        case PaymentStatus.OPEN:
            yield asked
            if asked in done and now >= _page_must_close(sale, payment):
                yield Step(StepKind.EXPIRE_PAYMENT, payment.payment_id)
        case PaymentStatus.AUTHORISED if not any(item.state in IN_FLIGHT for item in _paid_for(sale)):
            has_tickets = any(item.state in ISSUED for item in _paid_for(sale))
            kind = StepKind.CAPTURE_PAYMENT if has_tickets else StepKind.CANCEL_PAYMENT
            yield Step(kind, payment.payment_id)
        case PaymentStatus.CAPTURED if not payment.has_fee:
            yield asked


def _page_must_close(sale: Sale, payment: SalePayment) -> datetime:
    holds = [item.hold_expires_at for item in _paid_for(sale) if item.hold_expires_at is not None]
    return min([payment.expires_at, *(hold - CLOSE_BEFORE_HOLD_ENDS for hold in holds)])


def _paid_for(sale: Sale) -> list[SaleItem]:
    return [item for item in sale.items if item.is_paid_for]


def _item_steps(sale: Sale, item: SaleItem, now: datetime) -> Iterator[Step]:
    is_bought = item.is_paid_for or item.sold_at is not None
    # Tickets whose capture was refused are neither, and are given back all the same.
    is_owed = sale.status in (OrderStatus.PAID, OrderStatus.DONE) and (
        is_bought or item.state is ItemState.CANCEL_REQUESTED
    )
    yield from _owed_steps(sale, item, now) if is_owed else _cart_steps(sale, item, now)
    if item.needs_release and item.state not in ISSUED:
        yield Step(StepKind.RELEASE, item.order_item_id)


def _cart_steps(sale: Sale, item: SaleItem, now: datetime) -> Iterator[Step]:
    is_intent_old = now >= item.updated_at + INTENT_LASTS
    match item.state:
        case ItemState.UNKNOWN:
            yield _of(StepKind.ASK_BOOKING, item)
        case ItemState.HOLDING if is_intent_old:
            yield _of(StepKind.ASK_BOOKING, item)
        case ItemState.DRAFT if is_intent_old:
            yield _of(StepKind.LET_EXPIRE, item)
        case ItemState.HELD if item.hold_expires_at is not None and now >= item.hold_expires_at:
            # While the buyer is at Stripe the payment decides first; his hold may still be taken again.
            if sale.status is not OrderStatus.PAYING:
                yield _of(StepKind.LET_EXPIRE, item)


def _owed_steps(sale: Sale, item: SaleItem, now: datetime) -> Iterator[Step]:
    match item.state:
        case ItemState.DRAFT:
            yield _of(StepKind.HOLD, item)
        case ItemState.HELD:
            yield _of(StepKind.CONFIRM, item)
        case state if state in _ASKED:
            yield _of(StepKind.ASK_BOOKING, item)
        case ItemState.CANCEL_REQUESTED:
            yield _of(StepKind.CANCEL, item)
        case state if state in WITHOUT_TICKETS and item.sold_at is not None and sale.refund_of(item) is None:
            yield Step(StepKind.REQUEST_REFUND, item.order_item_id)
    if item.state in IN_FLIGHT and item.state is not ItemState.CANCEL_REQUESTED and now >= _deadline(sale, item):
        yield _of(StepKind.GIVE_UP, item)


def _deadline(sale: Sale, item: SaleItem) -> datetime:
    """When waiting for tickets ends: the supplier's deadline where the buyer was shown one, else the guarantee's."""
    if item.state is ItemState.PENDING_SUPPLIER and item.confirm_by is not None:
        return item.confirm_by
    return (sale.paid_at or item.updated_at) + GIVE_UP_AFTER


def _of(kind: StepKind, item: SaleItem) -> Step:
    return Step(kind, f"{item.order_item_id}/{item.attempt}")


def _refund_steps(refund: SaleRefund, now: datetime) -> Iterator[Step]:
    subject = f"{refund.refund_id}/{refund.attempt}"
    match refund.status:
        case RefundStatus.REQUESTED:
            yield Step(StepKind.SEND_REFUND, subject)
        case RefundStatus.PENDING:
            yield Step(StepKind.ASK_REFUND, subject)
        case RefundStatus.SUCCEEDED if refund.amount_minor and now < refund.updated_at + REFUNDS_MAY_FAIL_FOR:
            yield Step(StepKind.ASK_REFUND, subject)
        case RefundStatus.FAILED if _may_try_again(refund) and now >= _tried_again_at(refund):
            yield Step(StepKind.TRY_REFUND_AGAIN, subject)


def _may_try_again(refund: SaleRefund) -> bool:
    return refund.attempt < MOST_REFUND_ATTEMPTS


def _tried_again_at(refund: SaleRefund) -> datetime:
    # The first failure may be a hiccup; later ones need a person or a day.
    return refund.updated_at + REFUND_ASKED_AGAIN * (refund.attempt - 1)


def _is_abandoned(sale: Sale, now: datetime) -> bool:
    has_nothing = not any(item.state in IN_CART or item.needs_release for item in sale.items)
    return has_nothing and now >= sale.updated_at + CART_LASTS


def _next_look(sale: Sale, now: datetime) -> datetime | None:
    looks = [*_payment_looks(sale, now), *_item_looks(sale, now), *_refund_looks(sale, now)]
    if sale.status is OrderStatus.OPEN:
        looks.append(max(sale.updated_at + CART_LASTS, now + ASK_AGAIN_SOON))
    elif sale.status is OrderStatus.PAID:
        looks.append(now + ASK_AGAIN_LATER)
    # What is overdue was tried a moment ago.
    return max(min(looks), now + ASK_AGAIN_SOON) if looks else None


def _payment_looks(sale: Sale, now: datetime) -> Iterator[datetime]:
    payment = sale.payment
    if payment is None:
        return
    match payment.status:
        case PaymentStatus.OPENING:
            yield payment.updated_at + INTENT_LASTS
        case PaymentStatus.OPEN:
            yield min(_page_must_close(sale, payment), now + ASK_AGAIN_LATER)
        case PaymentStatus.AUTHORISED | PaymentStatus.CAPTURED if not payment.has_fee:
            yield now + ASK_AGAIN_SOON


def _item_looks(sale: Sale, now: datetime) -> Iterator[datetime]:
    for item in sale.items:
        if item.needs_release or item.state in (ItemState.UNKNOWN, ItemState.CANCEL_REQUESTED):
            yield now + ASK_AGAIN_SOON
        if item.state in (ItemState.DRAFT, ItemState.HOLDING):
            yield item.updated_at + INTENT_LASTS
        if item.state is ItemState.HELD and item.hold_expires_at is not None:
            yield item.hold_expires_at
        if item.state in IN_FLIGHT and sale.status is OrderStatus.PAID:
            yield now + ASK_AGAIN_SOON


def _refund_looks(sale: Sale, now: datetime) -> Iterator[datetime]:
    for refund in sale.refunds:
        match refund.status:
            case RefundStatus.REQUESTED:
                yield now + ASK_AGAIN_SOON
            case RefundStatus.PENDING:
                yield now + ASK_AGAIN_LATER
            case RefundStatus.FAILED if _may_try_again(refund):
                yield _tried_again_at(refund)
            case RefundStatus.SUCCEEDED if refund.amount_minor and now < refund.updated_at + REFUNDS_MAY_FAIL_FOR:
                yield now + timedelta(days=1)
