"""Buyers, who do what the shop lets them do next. order as it is -> hold, pay, come back, cancel

They act through the parts that the checkout's pages call; where a request is to die, it has a process of its own.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

import httpx

from api.errors import StatusCoded
from api.sale.shapes import OrderKey
from api.wiring import Platform
from core.domain.sale import ItemState, OrderStatus
from core.failpoints import Call
from tests.fixtures.sales import ADA, PAGE, Desk, OnSale
from tests.sandbox.stripe.shopkeeper import DECLINED, choose_ideal, decide, pay


class Story(StrEnum):
    CARD = "card"
    DECLINED_FIRST = "declined first"
    IDEAL = "iDEAL"
    BANK_SAYS_NO = "the bank says no first"
    ABANDONED = "abandoned"
    FREE = "free"
    CONFIRMED_LATER = "confirmed later"
    CANCELLED_AFTER = "cancelled after"
    CHANGES_HIS_MIND = "changes his mind at Stripe"


# Of thirty buyers so many; most are told what can go wrong by the faults.
CAST = (
    *[Story.CARD] * 8,
    *[Story.DECLINED_FIRST] * 3,
    *[Story.IDEAL] * 4,
    Story.BANK_SAYS_NO,
    *[Story.ABANDONED] * 2,
    *[Story.FREE] * 2,
    *[Story.CONFIRMED_LATER] * 4,
    *[Story.CANCELLED_AFTER] * 4,
    *[Story.CHANGES_HIS_MIND] * 2,
)

# Runs a deed with these calls' fail-points armed; False where nobody is to die there.
Doom = Callable[[Callable[[Platform], Awaitable[None]], Sequence[Call]], Awaitable[bool]]


@dataclass
class Buyer:
    story: Story
    wants: Sequence[OnSale]
    desk: Desk
    doom: Doom
    key: OrderKey | None = None
    has_left: bool = False
    has_hesitated: bool = False
    told: list[str] = field(default_factory=list)

    async def act(self) -> None:
        """One visit; an error page is an answer too."""
        if self.has_left:
            return
        try:
            await self._visit()
        except (StatusCoded, httpx.HTTPError) as error:
            self.told.append(type(error).__name__)

    async def _visit(self) -> None:
        platform = self.desk.platform
        if self.key is None:
            is_free = self.story is Story.FREE
            self.key, _ = await self.desk.drafted(self.wants, tickets=2, is_free=is_free)
        sale = await platform.sales.sale(self.key)
        match sale.status:
            case OrderStatus.OPEN:
                await self._hold([item.order_item_id for item in sale.items if item.state is ItemState.DRAFT])
                await self._check_out()
            case OrderStatus.PAYING:
                await self._pay(await platform.payments.begin(self.key, PAGE, ADA))
            case OrderStatus.DONE if self.story is Story.CANCELLED_AFTER:
                self.has_left = True
                for item in sale.items:
                    if item.state is ItemState.CONFIRMED:
                        await platform.sales.request_cancellation(self.key, item.order_item_id)
            case OrderStatus.EXPIRED | OrderStatus.DONE:
                self.has_left = True

    async def _hold(self, drafts: list[str]) -> None:
        for order_item_id in drafts:
            deed = partial(hold, key=self.key, order_item_id=order_item_id)
            if not await self.doom(deed, [Call.HOLD]):
                await deed(self.desk.platform)

    async def _check_out(self) -> None:
        if self.story is Story.FREE:
            await self.desk.platform.payments.give(self.key, ADA)
            return
        deed = partial(begin, key=self.key)
        if not await self.doom(deed, [Call.EXTEND, Call.OPEN_PAYMENT]):
            await self._pay(await self.desk.platform.payments.begin(self.key, PAGE, ADA))

    async def _pay(self, url: str) -> None:
        is_first, self.has_hesitated = not self.has_hesitated, True
        match self.story:
            case Story.ABANDONED:
                self.has_left = True
            case Story.DECLINED_FIRST if is_first:
                pay(url, number=DECLINED)
                pay(url)
            case Story.BANK_SAYS_NO if is_first:
                _pay_at_bank(url, "refuse")
                pay(url)
            case Story.IDEAL:
                _pay_at_bank(url, "approve")
            case Story.CHANGES_HIS_MIND if is_first:
                await self._change_the_cart()
            case _:
                pay(url)

    async def _change_the_cart(self) -> None:
        """A request that dies leaves him at Stripe, and he comes back once more."""
        platform = self.desk.platform
        self.has_hesitated = not await self.doom(partial(stop, key=self.key), [Call.EXPIRE_PAYMENT])
        if self.has_hesitated and await platform.payments.stop(self.key) is OrderStatus.OPEN:
            sale = await platform.sales.sale(self.key)
            await platform.bookings.drop(self.key, sale.items[0].order_item_id)


async def hold(platform: Platform, *, key: OrderKey, order_item_id: str) -> None:
    await platform.bookings.hold(key, order_item_id)


async def stop(platform: Platform, *, key: OrderKey) -> None:
    await platform.payments.stop(key)


async def begin(platform: Platform, *, key: OrderKey) -> None:
    await platform.payments.begin(key, PAGE, ADA)


def _pay_at_bank(url: str, decision: str) -> None:
    """Where Stripe's page does not lead to the bank, he tries again later."""
    answer = choose_ideal(url)
    if answer.is_redirect:
        decide(answer.headers["location"], decision)
