"""Drives a sale until nothing is left to do. core.domain.settlement.next_step -> one step after another

Whatever wakes it (a webhook, the buyer's return, the sweeper, another process's death), it looks at the sale, takes the
step that is due, and looks again. Every step may be repeated.
"""

from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from api.sale.bookings import Bookings
from api.sale.errors import CartClosed, PaymentsDown
from api.sale.payments import Payments
from api.sale.refunds import Refunds
from api.sale.repository import SaleChange, SaleRepository
from api.sale.shapes import OrderKey
from core.domain.clock import Clock
from core.domain.sale import ItemState, MailKind, OrderStatus
from core.domain.settlement import IN_FLIGHT, Sale, Step, StepKind, Wait, next_step

log = structlog.get_logger("api.sale.settlement")

# Far more than any sale needs: a look that takes so many steps goes in a circle.
MOST_STEPS: Final = 60

Take = Callable[[OrderKey, str], Awaitable[object]]


class Settlement:
    """The only caller of the steps that follow the cart."""

    def __init__(
        self, sales: SaleRepository, bookings: Bookings, payments: Payments, refunds: Refunds, *, clock: Clock
    ) -> None:
        self._sales = sales
        self._clock = clock
        self._steps: dict[StepKind, Take] = {
            StepKind.OPEN_PAYMENT: payments.open,
            StepKind.ASK_PAYMENT: payments.ask,
            StepKind.EXPIRE_PAYMENT: payments.expire,
            StepKind.CAPTURE_PAYMENT: payments.capture,
            StepKind.CANCEL_PAYMENT: payments.cancel,
            StepKind.HOLD: bookings.hold,
            StepKind.CONFIRM: bookings.confirm,
            StepKind.ASK_BOOKING: bookings.ask,
            StepKind.CANCEL: bookings.cancel,
            StepKind.RELEASE: bookings.release,
            StepKind.LET_EXPIRE: bookings.let_expire,
            StepKind.GIVE_UP: bookings.give_up,
            StepKind.REQUEST_REFUND: refunds.request,
            StepKind.SEND_REFUND: refunds.send,
            StepKind.ASK_REFUND: refunds.ask,
            StepKind.TRY_REFUND_AGAIN: refunds.try_again,
            StepKind.FINISH: self._finish,
            StepKind.ABANDON: self._abandon,
        }

    async def settle(self, key: OrderKey) -> None:
        """Take every step that is due, then note when to look again."""
        done: set[Step] = set()
        for _ in range(MOST_STEPS):
            sale = await self._sales.sale(key)
            step = next_step(sale, self._clock(), frozenset(done))
            if isinstance(step, Wait):
                await self._rest(key, sale, step)
                return
            done.add(step)
            await self._take(key, step)
        raise AssertionError(f"{key.order_id} goes in a circle")

    async def _take(self, key: OrderKey, step: Step) -> None:
        subject, _, _attempt = step.subject.partition("/")
        log.info("step", order_id=key.order_id, step=step.kind, subject=step.subject)
        try:
            await self._steps[step.kind](key, subject)
        except (PaymentsDown, CartClosed) as error:
            # What a buyer is told on a page; here it means to wait.
            log.warning("step not possible now", order_id=key.order_id, step=step.kind, error=str(error))

    async def _rest(self, key: OrderKey, sale: Sale, wait: Wait) -> None:
        async with self._sales.change(key) as change:
            if change.order.updated_at != sale.updated_at:
                # Somebody changed it while we looked: look again.
                await change.wake()
                return
            change.order.next_check_at = wait.until
            await confirm_by_mail(change, sale)

    async def _finish(self, key: OrderKey, _subject: str) -> None:
        async with self._sales.change(key) as change:
            if change.order.status == OrderStatus.PAID:
                change.move_order(OrderStatus.DONE)

    async def _abandon(self, key: OrderKey, _subject: str) -> None:
        async with self._sales.change(key) as change:
            if change.order.status == OrderStatus.OPEN:
                change.move_order(OrderStatus.EXPIRED)


async def confirm_by_mail(change: SaleChange, sale: Sale) -> None:
    """Tell the buyer once all is decided, by all that was ever issued: a cancellation confirms nothing anew."""
    issued = [item.order_item_id for item in sale.items if item.confirmed_at and item.sold_at]
    is_moving = any(item.state in IN_FLIGHT and item.state is not ItemState.PENDING_SUPPLIER for item in sale.items)
    if issued and not is_moving and sale.status in (OrderStatus.PAID, OrderStatus.DONE):
        await change.queue_mail(MailKind.CONFIRMATION, f"issued:{','.join(sorted(issued))}")
