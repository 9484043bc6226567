"""An order as its buyer sees it now. OrderRecord + the time -> OrderView"""

from datetime import datetime, timedelta
from typing import Final

from markupsafe import Markup

from api.orders.issued import issued_item
from api.orders.repository import ItemRecord, OrderRecord
from api.orders.views import (
    CancellationView,
    ItemStage,
    ItemView,
    Letter,
    LetterView,
    LineView,
    OrderView,
    RefundView,
    TicketView,
)
from api.orders.wording import (
    already_over,
    end_in_words,
    masked_address,
    never_cancellable,
    reason_in_words,
    supplier_refused,
    too_late,
)
from api.sale.repository import is_cancellable
from api.sale.shapes import Failure
from api.tickets.symbols import symbol_of
from api.tickets.views import IssuedItem, IssuedTicket
from api.tickets.wording import admits
from core.db import tables
from core.domain.sale import (
    ISSUED,
    WITHOUT_TICKETS,
    ItemState,
    MailKind,
    OrderStatus,
    PaymentStatus,
    RefundReason,
    RefundStatus,
)

_STAGES: Final = (
    dict.fromkeys(ISSUED, ItemStage.ISSUED)
    | dict.fromkeys(WITHOUT_TICKETS, ItemStage.ENDED)
    | {ItemState.PENDING_SUPPLIER: ItemStage.PENDING, ItemState.CANCEL_REQUESTED: ItemStage.CANCELLING}
)


def order_view(record: OrderRecord, now: datetime) -> OrderView:
    """Bookings that ended in the cart, before anything was paid, are no part of what was bought."""
    order = record.order
    bought = [item for item in record.items if is_bought(item)]
    payment = record.live_payment
    return OrderView(
        reference=order.reference,
        secret=order.secret,
        status=OrderStatus(order.status),
        seller_name=record.seller_name,
        items=tuple(_item_view(record, item, now) for item in bought),
        letter=_letter(record),
        total=record.money(sum(item.asked_minor for item in bought)),
        saved=record.money(sum(item.original_minor - item.asked_minor for item in bought)),
        refunded=record.money(sum(item.refund.amount_minor for item in bought if item.refund)),
        is_only_authorised=payment is not None and payment.status == PaymentStatus.AUTHORISED,
        payment_url=payment.session_url if payment and payment.status == PaymentStatus.OPEN else None,
    )


def is_bought(item: ItemRecord) -> bool:
    """Paid for, given, or still in a payment; what the buyer dropped or lost in his cart is not."""
    row = item.row
    is_in_payment = row.payment_id is not None
    is_live = ItemState(row.state) not in WITHOUT_TICKETS
    return row.sold_at is not None or row.confirmed_at is not None or is_in_payment or is_live


def _item_view(record: OrderRecord, item: ItemRecord, now: datetime) -> ItemView:
    booking = issued_item(record, item)
    row, state = item.row, ItemState(item.row.state)
    stage = _STAGES.get(state, ItemStage.ISSUING)
    return ItemView(
        booking=booking,
        product_slug=row.product_slug,
        cover_media_id=row.cover_media_id,
        stage=stage,
        lines=tuple(
            LineView(
                line.unit_title,
                line.quantity,
                record.money(line.asked_minor),
                record.money(line.asked_minor + line.discount_minor),
            )
            for line in item.lines
        ),
        tickets=tuple(_ticket_view(booking, ticket) for ticket in booking.tickets),
        asked=record.money(item.asked_minor),
        refund=_refund_view(record, item),
        cancellation=_cancellation(row, now),
        confirm_by=row.confirm_by if stage is ItemStage.PENDING else None,
        ended=end_in_words(state, row.failure) if stage is ItemStage.ENDED else None,
        was_charged=row.sold_at is not None and item.asked_minor > 0,
    )


def _ticket_view(booking: IssuedItem, ticket: IssuedTicket) -> TicketView:
    symbol = symbol_of(ticket.format, ticket.value)
    # Drawn from modules alone: nothing of the value is written into it.
    return TicketView(ticket, admits(booking, ticket), Markup(symbol.svg()) if symbol else None)  # noqa: S704


def _refund_view(record: OrderRecord, item: ItemRecord) -> RefundView | None:
    refund = item.refund
    if refund is None:
        return None
    reason = RefundReason(refund.reason)
    said = reason_in_words(reason, ItemState(item.row.state), item.row.failure)
    return RefundView(record.money(refund.amount_minor), reason, RefundStatus(refund.status), said)


def _cancellation(row: tables.OrderItem, now: datetime) -> CancellationView:
    seconds = row.cancellation_cutoff_seconds
    until = None if seconds is None else row.starts_at - timedelta(seconds=seconds)
    return CancellationView(until, _why_not_cancellable(row, now))


def _why_not_cancellable(row: tables.OrderItem, now: datetime) -> str | None:
    if row.state != ItemState.CONFIRMED:
        return already_over(ItemState(row.state))
    if row.cancellation_cutoff_seconds is None:
        return never_cancellable(row.supplier_name)
    if row.failure == Failure.NOT_CANCELLABLE:
        return supplier_refused(row.supplier_name)
    return None if is_cancellable(row, now) else too_late(row.cancellation_cutoff_seconds)


def _letter(record: OrderRecord) -> LetterView:
    recipient = masked_address(record.buyer.email) if record.buyer else ""
    letters = [mail for mail in record.mails if mail.kind == MailKind.CONFIRMATION]
    if not letters:
        return LetterView(Letter.NONE, recipient, None)
    last = letters[-1]
    if last.sent_at is not None:
        return LetterView(Letter.SENT, recipient, last.sent_at)
    return LetterView(Letter.REFUSED if last.refused_at else Letter.ON_ITS_WAY, recipient, None)
