"""What the page of commission shows, and what its forms say."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.money import Money


@dataclass(frozen=True, slots=True)
class Owed:
    """Earned by visits and in no payout. `new_payout_id` makes a form that is sent twice one payout."""

    reseller_id: str
    reseller_name: str
    amount: Money
    item_count: int
    new_payout_id: str


@dataclass(frozen=True, slots=True)
class RecordedPayout:
    commission_payout_id: str
    reseller_id: str
    reseller_name: str
    amount: Money
    reference: str
    recorded_at: datetime
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class CommissionView:
    """`until` is the moment up to which what is owed was counted."""

    owed: tuple[Owed, ...]
    payouts: tuple[RecordedPayout, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class PayoutWish:
    """What was owed by `until` as the page showed it, and left for the reseller's bank as `reference`."""

    commission_payout_id: str
    reseller_id: str
    amount: Money
    until: datetime
    reference: str
