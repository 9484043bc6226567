"""An order as JSON: what its page says, for a program that holds the order's secret."""

from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, Field

from api.catalog.schemas import Minor
from api.orders.views import ItemStage, ItemView, LineView, OrderView, RefundView, TicketView
from core.domain.sale import OrderStatus, RefundReason, RefundStatus


class TicketAnswer(BaseModel):
    admits: str = Field(description="Whom it lets in: one kind of visitor, or the whole booking.")
    format: str = Field(description="OCTO's delivery format; a code to draw, or an address.", examples=["QRCODE"])
    value: str

    @classmethod
    def of(cls, view: TicketView) -> Self:
        return cls(admits=view.admits, format=view.ticket.format, value=view.ticket.value)


class OrderLineAnswer(BaseModel):
    """One kind of ticket; amounts are of all `quantity` together."""

    title: str
    quantity: int
    asked_minor: Minor
    original_minor: Minor

    @classmethod
    def of(cls, line: LineView) -> Self:
        return cls(
            title=line.title, quantity=line.quantity, asked_minor=line.asked.minor, original_minor=line.original.minor
        )


class RefundAnswer(BaseModel):
    amount_minor: Minor
    status: RefundStatus
    reason: RefundReason
    detail: str = Field(description="Why, for a person.")

    @classmethod
    def of(cls, refund: RefundView) -> Self:
        return cls(amount_minor=refund.amount.minor, status=refund.status, reason=refund.reason, detail=refund.said)


class OrderItemAnswer(BaseModel):
    """One booking at one supplier."""

    order_item_id: str
    stage: ItemStage
    product: str = Field(description="The product's slug.")
    product_title: str
    option_title: str | None
    supplier_name: str
    supplier_reference: str | None
    place_name: str
    street_address: str | None
    city_name: str
    local_date: date
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    is_all_day: bool
    lines: list[OrderLineAnswer]
    tickets: list[TicketAnswer]
    refund: RefundAnswer | None
    ended: str | None = Field(description="Why there are no tickets, for a person.")
    confirm_by: datetime | None = Field(description="When the supplier answers at the latest, or the money goes back.")
    cancellation: str = Field(description="The terms, for a person.")
    cancellable_until: datetime | None
    is_cancellable: bool

    @classmethod
    def of(cls, item: ItemView) -> Self:
        booking = item.booking
        return cls(
            order_item_id=booking.item_id,
            stage=item.stage,
            product=item.product_slug,
            product_title=booking.product_title,
            option_title=booking.option_title,
            supplier_name=booking.supplier_name,
            supplier_reference=booking.supplier_reference,
            place_name=booking.place_name,
            street_address=booking.street_address,
            city_name=booking.city_name,
            local_date=booking.local_date,
            starts_at=booking.starts_at,
            ends_at=booking.ends_at,
            time_zone=booking.time_zone,
            is_all_day=booking.is_all_day,
            lines=[OrderLineAnswer.of(line) for line in item.lines],
            tickets=[TicketAnswer.of(ticket) for ticket in item.tickets],
            refund=RefundAnswer.of(item.refund) if item.refund else None,
            ended=item.ended,
            confirm_by=item.confirm_by,
            cancellation=booking.cancellation,
            cancellable_until=item.cancellation.until,
            is_cancellable=item.cancellation.is_possible,
        )


class OrderAnswer(BaseModel):
    """`status` says how far the sale is, each item's `stage` what became of it."""

    reference: str = Field(examples=["TQ-7K3M-9QX2"])
    status: OrderStatus
    seller_name: str
    currency: str = Field(examples=["EUR"])
    currency_precision: int = Field(examples=[2])
    total_minor: Minor
    saved_minor: Minor
    refunded_minor: Minor
    payment_url: str | None = Field(description="Where the buyer can still pay, while he can.")
    items: list[OrderItemAnswer]

    @classmethod
    def of(cls, order: OrderView) -> Self:
        return cls(
            reference=order.reference,
            status=order.status,
            seller_name=order.seller_name,
            currency=order.total.currency,
            currency_precision=order.total.precision,
            total_minor=order.total.minor,
            saved_minor=order.saved.minor,
            refunded_minor=order.refunded.minor,
            payment_url=order.payment_url,
            items=[OrderItemAnswer.of(item) for item in order.items],
        )
