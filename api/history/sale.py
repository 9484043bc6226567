"""One planned order, from its first hold to its end, by the checkout's own functions. PlannedOrder -> rows

place: held, and somebody is to pay or is given it -> Stripe's answer -> finish: paid, issued, cancelled, refunded
"""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from api.history.paper import PaperChange, Row
from api.history.plan import PlannedItem, PlannedOrder, row_of
from api.history.stripe import StripeAnswer
from api.payments.amounts import stripe_amount
from api.payments.shapes import StripeRefund
from api.payments.wishes import session_wish
from api.sale.booking_outcomes import apply, end
from api.sale.bookings import HOLD_MINUTES
from api.sale.payment_outcomes import move_payment, record_captured
from api.sale.payments import HOLD_FOR_PAYING_MINUTES
from api.sale.placing import asked, give_away, intend, money_of, session_draft
from api.sale.refunds import owe_back, record_refund
from api.sale.repository import booking_of, sale_of
from api.sale.settlement import confirm_by_mail
from api.sale.shapes import Failure
from api.sale.visits import earn, end_of_visit, is_earned
from core.db import tables
from core.domain.ids import Prefix
from core.domain.ports import BookingStatus, IssuedTicket, ProviderBooking
from core.domain.sale import ItemState, OrderStatus, PaymentStatus
from core.domain.settlement import Sale, Step, StepKind, next_step

Json = dict[str, Any]
CODE_FORMAT: Final = "QRCODE"


class PastSale:
    """`place`, then `finish` with what Stripe answered; then `rows` are complete."""

    def __init__(self, planned: PlannedOrder) -> None:
        self._planned = planned
        self._change = PaperChange(tables.Order(**row_of(tables.Order, planned.values)))
        self._items: dict[str, tables.OrderItem] = {}
        self._payment: tables.Payment | None = None

    async def place(self) -> None:
        for planned in self._planned.items:
            await self._hold(planned)
        self._change.now = self._planned.paying_at
        if sum([await asked(self._change, item) for item in self._items.values()]):
            until = self._change.now + timedelta(minutes=HOLD_FOR_PAYING_MINUTES)
            for item in self._items.values():
                item.hold_expires_at = until
            self._payment = await intend(self._change, self._planned.page, self._planned.buyer)
        else:
            await give_away(self._change, self._planned.buyer)

    async def asked_of_stripe(self) -> Json | None:
        """A line of history for it; None for a free order, of which Stripe never hears."""
        if self._payment is None:
            return None
        draft = await session_draft(self._change, self._payment, self._planned.buyer.email)
        return {
            "ref": self._payment.payment_id,
            "opened_at": int(self._planned.paying_at.timestamp()),
            "paid_at": int(self._planned.paid_at.timestamp()),
            "session": session_wish(draft),
            "method": self._planned.method,
            "name": self._planned.buyer.full_name,
            "email": self._planned.buyer.email,
            "refunds": [line async for line in self._asked_back()],
        }

    async def finish(self, answer: StripeAnswer | None, present: datetime) -> None:
        """Everything that happened until `present`."""
        if self._payment is not None and answer is not None:
            await self._pay(self._payment, answer)
        refunds = answer.refunds if answer else {}
        if self._planned.failed_at is None:
            await self._issue()
        else:
            await self._fail(self._planned.failed_at, refunds)
        self._change.move_order(OrderStatus.DONE)
        await confirm_by_mail(self._change, self._sale())
        for moment, item in self._cancellations():
            await self._cancel(moment, item, refunds)
        for item in sorted(self._items.values(), key=end_of_visit):
            await self._visit(item, present)
        self._rest(present)

    def rows(self) -> dict[type[tables.Table], list[Row]]:
        return self._change.rows()

    async def _hold(self, planned: PlannedItem) -> None:
        self._change.now = self._change.order.updated_at = planned.chosen_at
        item = tables.OrderItem(**row_of(tables.OrderItem, planned.values))
        self._items[item.order_item_id] = item
        self._change.add(item)
        for line in planned.lines:
            self._change.add(tables.OrderLine(**line))
        self._change.move(item, ItemState.HOLDING)
        await self._hear(item, BookingStatus.ON_HOLD, until=self._change.now + timedelta(minutes=HOLD_MINUTES))

    async def _pay(self, payment: tables.Payment, answer: StripeAnswer) -> None:
        payment.session_id, payment.session_url = answer.session.session_id, answer.url
        move_payment(self._change, payment, PaymentStatus.OPEN)
        self._change.now = self._planned.paid_at
        if answer.session.payment is None:
            raise AssertionError(f"{payment.payment_id} was not paid at Stripe")
        await record_captured(self._change, payment, answer.session.payment, list(self._items.values()))

    async def _issue(self) -> None:
        for planned, item in zip(self._planned.items, self._items.values(), strict=True):
            self._change.move(item, ItemState.CONFIRMING)
            await self._hear(item, BookingStatus.CONFIRMED, tickets=tuple(_tickets(item, planned)))

    async def _fail(self, moment: datetime, refunds: Mapping[str, StripeRefund]) -> None:
        """The supplier did not answer until the guarantee's time was over."""
        self._change.now = moment
        for item in self._items.values():
            end(self._change, item, ItemState.FAILED, Failure.NO_ANSWER)
            await self._owe_back(item, refunds)

    async def _cancel(self, moment: datetime, item: tables.OrderItem, refunds: Mapping[str, StripeRefund]) -> None:
        self._change.now = item.cancelled_at = moment
        self._change.move(item, ItemState.CANCELLED)
        await self._owe_back(item, refunds)

    async def _visit(self, item: tables.OrderItem, present: datetime) -> None:
        if is_earned(item, present):
            self._change.now = end_of_visit(item)
            await earn(self._change, item)

    async def _owe_back(self, item: tables.OrderItem, refunds: Mapping[str, StripeRefund]) -> None:
        refund = await owe_back(self._change, item)
        if refund.amount_minor:
            record_refund(self._change, refund, refunds[refund.refund_id])

    async def _asked_back(self) -> AsyncIterator[Json]:
        """The refunds to come, under the ids that they are to have."""
        failed_at = self._planned.failed_at
        ends = self._cancellations() if failed_at is None else [(failed_at, item) for item in self._items.values()]
        order = self._change.order
        for number, (moment, item) in enumerate(ends, start=1):
            refund_id = self._change.id_of(Prefix.REFUND, moment, number)
            metadata = {"order_id": order.order_id, "reseller_id": order.reseller_id, "refund_id": refund_id}
            if minor := await asked(self._change, item):
                yield {
                    "at": int(moment.timestamp()),
                    "amount": stripe_amount(money_of(order, minor)),
                    "metadata": metadata | {"key": f"{refund_id}-1"},
                }

    def _cancellations(self) -> list[tuple[datetime, tables.OrderItem]]:
        found = [
            (planned.cancelled_at, item)
            for planned, item in zip(self._planned.items, self._items.values(), strict=True)
            if planned.cancelled_at is not None
        ]
        return sorted(found, key=lambda one: one[0])

    async def _hear(
        self,
        item: tables.OrderItem,
        status: BookingStatus,
        *,
        until: datetime | None = None,
        tickets: tuple[IssuedTicket, ...] = (),
    ) -> None:
        """What the supplier would have answered. It names no prices, as they are the catalogue's."""
        found = ProviderBooking(
            booking_uuid=item.booking_uuid,
            provider_booking_id=str(UUID(int=item.booking_uuid.int ^ 1)),
            status=status,
            supplier_reference=_reference(item),
            hold_expires_at=until,
            is_cancellable=True,
            tickets=tickets,
        )
        booking = booking_of(self._change.order, item, self._change.lines(item.order_item_id), None)
        await apply(self._change, item, booking, found)

    def _sale(self) -> Sale:
        totals = {item_id: sum(line.asked_minor for line in self._change.lines(item_id)) for item_id in self._items}
        return sale_of(self._change.order, self._items.values(), totals, self._payment, self._change.refunds())

    def _rest(self, present: datetime) -> None:
        """As the settlement would leave it: nothing is left to do but to ask, for some days, whether a refund stays."""
        sale, done = self._sale(), frozenset[Step]()
        while isinstance(step := next_step(sale, present, done), Step):
            if step.kind is not StepKind.ASK_REFUND:
                raise AssertionError(f"{sale.order_id} is left with {step.kind}")
            done |= {step}
        self._change.order.next_check_at = step.until


def _reference(item: tables.OrderItem) -> str:
    return item.booking_uuid.hex[-6:].upper()


def _tickets(item: tables.OrderItem, planned: PlannedItem) -> list[IssuedTicket]:
    """A code for each ticket, or one for the whole booking, as the supplier's look."""
    units = [line["provider_unit_id"] for line in planned.lines for _ in range(line["quantity"])]
    admitted = units if planned.has_unit_tickets else [None]
    return [
        IssuedTicket(unit, CODE_FORMAT, f"TQS1:{_reference(item)}:{UUID(int=item.booking_uuid.int ^ number)}")
        for number, unit in enumerate(admitted, start=2)
    ]
