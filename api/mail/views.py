"""What a message about money going back says. order and refund -> RefundNotice, CancellationNotice"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from api.tickets.views import OrderHead
from core.domain.money import Money


@dataclass(frozen=True, slots=True)
class Envelope:
    """`mail_id` is ours and makes the Message-ID, so that a message sent twice can be seen to be one."""

    mail_id: str
    recipient: str
    sender: str
    sent_at: datetime


class MoneyBack(StrEnum):
    """RELEASED was only reserved on the buyer's card; of a free ticket there is NOTHING."""

    REFUNDED = "REFUNDED"
    RELEASED = "RELEASED"
    NOTHING = "NOTHING"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundedItem:
    """`reason` is a whole sentence for the buyer."""

    product_title: str
    local_date: date
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundNotice(OrderHead):
    """Money that is the buyer's again without his asking, and why; `way` is of all the items."""

    total: Money
    way: MoneyBack = MoneyBack.REFUNDED
    items: tuple[RefundedItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelledItem:
    """`refund` is None where the terms give nothing back."""

    product_title: str
    local_date: date
    refund: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancellationNotice(OrderHead):
    """What the buyer cancelled; its tickets admit nobody any more."""

    items: tuple[CancelledItem, ...]
