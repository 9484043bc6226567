"""What an order's pages and answers are made of: each booking with its tickets, terms and money, in one place."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from markupsafe import Markup

from api.tickets.views import IssuedItem, IssuedTicket
from core.domain.money import Money
from core.domain.sale import OrderStatus, RefundReason, RefundStatus


class ItemStage(StrEnum):
    """How far a booking is, as its buyer sees it."""

    ISSUING = "issuing"
    PENDING = "pending"
    ISSUED = "issued"
    CANCELLING = "cancelling"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class TicketView:
    """`code` is drawn black on white; None where there is nothing to scan. `admits` says whom it lets in."""

    ticket: IssuedTicket
    admits: str
    code: Markup | None


@dataclass(frozen=True, slots=True)
class LineView:
    title: str
    quantity: int
    asked: Money
    original: Money


@dataclass(frozen=True, slots=True)
class RefundView:
    """`said` is a whole sentence."""

    amount: Money
    reason: RefundReason
    status: RefundStatus
    said: str


@dataclass(frozen=True, slots=True)
class CancellationView:
    """`until` is when the terms end, where they allow cancelling at all; `refused` says why it is not possible now."""

    until: datetime | None
    refused: str | None

    @property
    def is_possible(self) -> bool:
        return self.refused is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """`booking` says what, where and when; `confirm_by` is the supplier's deadline, `ended` why it has no tickets."""

    booking: IssuedItem
    product_slug: str
    cover_media_id: str | None
    stage: ItemStage
    lines: tuple[LineView, ...]
    tickets: tuple[TicketView, ...]
    asked: Money
    refund: RefundView | None
    cancellation: CancellationView
    confirm_by: datetime | None
    ended: str | None
    was_charged: bool


class Letter(StrEnum):
    """Where the mail with the tickets is."""

    NONE = "none"
    ON_ITS_WAY = "on its way"
    SENT = "sent"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class LetterView:
    """`recipient` is masked."""

    state: Letter
    recipient: str
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """`payment_url` is Stripe's page while it may still be used; `refunded` what is or was sent back."""

    reference: str
    secret: str
    status: OrderStatus
    seller_name: str
    items: tuple[ItemView, ...]
    letter: LetterView
    total: Money
    saved: Money
    refunded: Money
    is_only_authorised: bool
    payment_url: str | None

    @property
    def has_tickets(self) -> bool:
        return any(item.stage is ItemStage.ISSUED for item in self.items)

    @property
    def is_moving(self) -> bool:
        """Something will be different within seconds."""
        return any(item.stage in (ItemStage.ISSUING, ItemStage.CANCELLING) for item in self.items)

    @property
    def is_pending(self) -> bool:
        return any(item.stage is ItemStage.PENDING for item in self.items)
