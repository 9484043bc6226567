"""What the pages for our people show."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from api.orders.repository import OrderRecord
from core.db import tables


class GiftReason(StrEnum):
    """Why money is given back for tickets that stay valid. A choice: a note may name people, and is not logged."""

    CLOSED_ON_SITE = "The place was closed or the visit cut short"
    OUR_MISTAKE = "We had shown something wrong"
    LATE_TICKETS = "The tickets came too late to be of use"
    OTHER = "Something else"


@dataclass(frozen=True, slots=True)
class Gift:
    why: GiftReason
    note: str | None


@dataclass(frozen=True, slots=True)
class StuckSale:
    """A sale that needs a look. No personal data."""

    reference: str
    status: str
    paid_at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class TroubledJob:
    """`arguments` are ids alone."""

    job_id: int
    task: str
    status: str
    attempts: int
    last_at: datetime | None
    arguments: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Overview:
    stuck: tuple[StuckSale, ...]
    jobs: tuple[TroubledJob, ...]
    has_mail_server: bool


@dataclass(frozen=True, slots=True)
class Moment:
    at: datetime
    what: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderFile:
    """Everything about one order, its buyer included."""

    record: OrderRecord
    timeline: tuple[Moment, ...]
    postings: tuple[tables.LedgerPosting, ...]
    jobs: tuple[TroubledJob, ...]
