"""What the reseller has earned, once the visit is over. visits_over() -> ledger, in the sale's own rows

Nobody tells us of a visit: a ticket that was in force until its day had ended counts as one.
"""

from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.sale.repository import SaleChange, SaleRepository
from api.sale.shapes import OrderKey
from core.db import tables
from core.domain.ledger import visit_postings
from core.domain.sale import ISSUED, ItemState
from core.domain.visits import visit_ends_at

log = structlog.get_logger("api.sale.visits")


class Visits:
    """Each order is a transaction of its own, and holds its row as every change of a sale does."""

    def __init__(self, sales: SaleRepository) -> None:
        self._sales = sales

    async def earn(self, now: datetime, most: int) -> None:
        """Of at most so many items whose visit is over by `now`, the longest over first; of each once."""
        for key in await self._sales.visits_over(now, most):
            try:
                await self._earn(key)
            except SQLAlchemyError as error:
                # One order that cannot be booked keeps nobody else's commission back.
                log.warning("commission not booked", order_id=key.order_id, error=type(error).__name__)

    async def _earn(self, key: OrderKey) -> None:
        async with self._sales.change(key) as change:
            for item in await change.items():
                if is_earned(item, change.now):
                    await earn(change, item)


def is_earned(item: tables.OrderItem, now: datetime) -> bool:
    """Whether a sold item's visit is over, and nothing was booked for it yet. One that is being cancelled waits."""
    is_in_force = item.sold_at is not None and ItemState(item.state) in ISSUED
    return is_in_force and item.visited_at is None and now >= end_of_visit(item)


def end_of_visit(item: tables.OrderItem) -> datetime:
    return visit_ends_at(item.ends_at, item.local_date, item.time_zone)


async def earn(change: SaleChange, item: tables.OrderItem) -> None:
    item.visited_at = change.now
    commission_minor = (await change.amounts(item.order_item_id)).commission_minor
    await change.book(f"visit:{item.order_item_id}", visit_postings(commission_minor), item=item)
