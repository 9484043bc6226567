"""What a buyer does with an order he holds the link of: look, take his tickets along, have them sent again, cancel."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from api.jobs import Jobs
from api.orders.errors import NoTicketsYet, TooManyLetters
from api.orders.issued import issued_order
from api.orders.presenting import order_view
from api.orders.repository import OrderRecord, OrderRepository
from api.orders.views import OrderView
from api.sale.errors import NotCancellable, OrderNotFound
from api.sale.repository import SaleChange, SaleRepository
from api.shops.repository import ShopRepository
from api.shops.shop import Shop
from api.tickets.views import IssuedOrder
from core.db import tables
from core.domain.clock import Clock
from core.domain.sale import MailKind, OrderStatus

# Somebody who presses twice wants one mail.
NEXT_LETTER_AFTER: Final = timedelta(minutes=1)
LETTERS_A_DAY: Final = 5
_AGAIN: Final = "again:"


class OrderService:
    """Every method takes the shop and the secret; OrderNotFound where they do not belong together."""

    def __init__(
        self, orders: OrderRepository, sales: SaleRepository, shops: ShopRepository, jobs: Jobs, *, clock: Clock
    ) -> None:
        self._orders = orders
        self._sales = sales
        self._shops = shops
        self._jobs = jobs
        self._clock = clock

    async def view(self, shop: Shop, secret: str) -> OrderView:
        """The order as it is. One whose buyer comes back from paying is looked at again, so that he need not wait."""
        record = await self._found(shop, secret)
        if record.order.status == OrderStatus.PAYING:
            await self._sales.wake(record.key)
        return order_view(record, self._clock())

    async def issued(self, shop: Shop, secret: str, page_url: str) -> IssuedOrder:
        """What is printed and put into calendars; NoTicketsYet."""
        record = await self._found(shop, secret)
        if not record.issued:
            raise NoTicketsYet("There are no tickets in this order now.")
        logo = await self._shops.logo(shop) if shop.branding.has_logo else None
        return issued_order(record, shop, logo, page_url)

    async def send_again(self, shop: Shop, secret: str) -> None:
        """The mail with the tickets; NoTicketsYet, TooManyLetters."""
        record = await self._found(shop, secret)
        if not record.issued:
            raise NoTicketsYet("There are no tickets in this order now.")
        async with self._sales.change(record.key) as change:
            await write_again(change, self._jobs, most_a_day=LETTERS_A_DAY)

    async def cancel(self, shop: Shop, secret: str, order_item_id: str) -> None:
        """By the terms shown; NotCancellable says why not."""
        record = await self._found(shop, secret)
        view = order_view(record, self._clock())
        item = next((one for one in view.items if one.booking.item_id == order_item_id), None)
        if item is None:
            raise OrderNotFound("The order has no such item.")
        if item.cancellation.refused:
            raise NotCancellable(item.cancellation.refused)
        await self._sales.request_cancellation(record.key, order_item_id)

    async def _found(self, shop: Shop, secret: str) -> OrderRecord:
        record = await self._orders.of_shop(shop, secret)
        if record is None:
            raise OrderNotFound(
                "This link opens no order of this shop. Open it once more from your mail: some mail programs cut a "
                "long link in two. If it still does not work, write to the shop and name your order, TQ-…"
            )
        return record


async def write_again(change: SaleChange, jobs: Jobs, *, most_a_day: int | None = None) -> None:
    """Owe the buyer one more mail with his tickets. A mail that has not left yet is that mail."""
    of_order = (tables.Mail.order_id == change.order.order_id, tables.Mail.kind == MailKind.CONFIRMATION)
    query = select(tables.Mail).where(*of_order).order_by(tables.Mail.created_at)
    letters = list(await change.session.scalars(query))
    waiting = [letter for letter in letters if letter.sent_at is None and letter.refused_at is None]
    if waiting:
        await jobs.send_mail(change.session, change.order.reseller_id, waiting[-1].mail_id)
        return
    again = [letter for letter in letters if letter.occasion.startswith(_AGAIN)]
    if _since(again, change.now - NEXT_LETTER_AFTER):
        return
    if most_a_day is not None and len(_since(again, change.now - timedelta(days=1))) >= most_a_day:
        raise TooManyLetters("Please look among your unwanted mail. Your tickets are always on your order's page, too.")
    await change.queue_mail(MailKind.CONFIRMATION, f"{_AGAIN}{len(again) + 1}")


def _since(letters: list[tables.Mail], moment: datetime) -> list[tables.Mail]:
    return [letter for letter in letters if letter.created_at > moment]
