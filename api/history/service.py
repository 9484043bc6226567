"""Makes the past of shops, the newest day first. shops, catalogue -> Stripe's sandbox, shop database

A day of a shop is planned, written down, made at Stripe, and committed with its rows. What was done is not done again.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from api.history.assortment import Assortment
from api.history.drawing import Day, draw_day
from api.history.plan import PlannedOrder
from api.history.repository import HistoryRepository
from api.history.sale import PastSale
from api.history.stripe import StripePast
from api.shops.shop import Shop
from core.domain.clock import Clock

# The day that all shops have now, and how many items there are since.
Told = Callable[[date, int], None]


@dataclass
class _Progress:
    told: Told
    counts: dict[date, int] = field(default_factory=dict)
    waiting: dict[date, int] = field(default_factory=dict)

    def done(self, day: date, item_count: int) -> None:
        self.counts[day] = self.counts.get(day, 0) + item_count
        self.waiting[day] -= 1
        if not self.waiting[day]:
            self.told(day, sum(count for done, count in self.counts.items() if done >= day))


@dataclass(frozen=True)
class HistoryService:
    days: HistoryRepository
    stripe: StripePast
    clock: Clock
    platform_url: str

    async def make(self, shops: Sequence[tuple[Shop, Assortment]], day_count: int, told: Told) -> int:
        """The last `day_count` days before today, UTC, of each shop; how many items they have."""
        wanted = list(self._days(day_count))
        progress = _Progress(told, waiting={day: len(shops) for day in wanted})
        await asyncio.gather(*(self._shop(shop, assortment, wanted, progress) for shop, assortment in shops))
        return sum(progress.counts.values())

    async def make_day(self, shop: Shop, day: date, orders: Sequence[PlannedOrder]) -> None:
        """What is planned, as it would be by now."""
        sales = [PastSale(order) for order in orders]
        for sale in sales:
            await sale.place()
        asked = [await sale.asked_of_stripe() for sale in sales]
        answers = await self.stripe.make([line for line in asked if line is not None])
        now = self.clock()
        for sale, line in zip(sales, asked, strict=True):
            await sale.finish(answers[line["ref"]] if line else None, now)
        await self.days.keep(shop, day, [sale.rows() for sale in sales], now)

    async def _shop(self, shop: Shop, assortment: Assortment, wanted: list[date], progress: _Progress) -> None:
        done = await self.days.done_days(shop)
        for day in wanted:
            if day in done:
                progress.done(day, done[day])
                continue
            orders = await self.days.planned(shop, day)
            if orders is None:
                orders = draw_day(Day(shop, day, self.clock().date(), self.platform_url), assortment)
                await self.days.intend(shop, day, orders)
            await self.make_day(shop, day, orders)
            progress.done(day, sum(len(order.items) for order in orders))

    def _days(self, count: int) -> Iterator[date]:
        today = self.clock().date()
        return (today - timedelta(days=ago) for ago in range(1, count + 1))
