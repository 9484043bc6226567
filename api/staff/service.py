"""What our people look at and set going; every change is logged with the account that made it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import structlog

from api.jobs import Jobs
from api.orders.errors import NoTicketsYet
from api.orders.repository import OrderRecord, OrderRepository
from api.orders.service import write_again
from api.sale.errors import OrderNotFound
from api.sale.refunds import Refunds
from api.sale.repository import SaleRepository
from api.staff.repository import StaffRepository
from api.staff.views import Gift, Moment, OrderFile, Overview, StuckSale
from core.db import tables
from core.domain.clock import Clock
from core.domain.sale import RefundStatus

log = structlog.get_logger("api.staff")

# The sweeper looks after so long; what is not done by then needs a person.
STUCK_AFTER: Final = timedelta(minutes=2)


class StaffService:
    def __init__(
        self,
        repository: StaffRepository,
        orders: OrderRepository,
        sales: SaleRepository,
        refunds: Refunds,
        jobs: Jobs,
        *,
        clock: Clock,
    ) -> None:
        self._repository = repository
        self._orders = orders
        self._sales = sales
        self._refunds = refunds
        self._jobs = jobs
        self._clock = clock

    async def overview(self, *, has_mail_server: bool) -> Overview:
        keys = await self._repository.stuck(self._clock() - STUCK_AFTER)
        records = [record for key in keys if (record := await self._orders.of_key(key))]
        jobs = await self._repository.troubled_jobs()
        return Overview(tuple(_stuck(record) for record in records), tuple(jobs), has_mail_server)

    async def file(self, reference: str) -> OrderFile:
        """Everything about an order; OrderNotFound."""
        record = await self._record(reference)
        events = await self._repository.events(record.order.order_id)
        moments = sorted([*_moments(record), *map(_event, events)], key=lambda moment: moment.at)
        return OrderFile(
            record,
            tuple(moments),
            tuple(await self._repository.postings(record.key)),
            tuple(await self._repository.jobs_of(record.order.order_id, [mail.mail_id for mail in record.mails])),
        )

    async def wake(self, reference: str, by: str) -> None:
        """A refund that failed is asked for anew, also where that was tried too often to go on unasked."""
        record = await self._record(reference)
        for item in record.items:
            if item.refund and item.refund.status == RefundStatus.FAILED:
                await self._refunds.try_again(record.key, item.refund.refund_id)
        await self._sales.wake(record.key)
        log.info("staff woke a sale", order_id=record.order.order_id, account_id=by)

    async def send_again(self, reference: str, by: str) -> None:
        """NoTicketsYet where there is nothing to send."""
        record = await self._record(reference)
        if not record.issued:
            raise NoTicketsYet("There are no tickets to send.")
        async with self._sales.change(record.key) as change:
            await write_again(change, self._jobs)
        log.info("staff sent tickets again", order_id=record.order.order_id, account_id=by)

    async def give(self, reference: str, order_item_id: str, gift: Gift, by: str) -> None:
        """Pay an item back as goodwill; NotCancellable where there is nothing to give back."""
        record = await self._record(reference)
        await self._refunds.give(record.key, order_item_id, why=gift.why, note=gift.note)
        log.info("staff gave money back", order_item_id=order_item_id, reason=gift.why.name, account_id=by)

    async def retry(self, job_id: int, by: str) -> None:
        await self._repository.retry(job_id)
        log.info("staff retried a job", job_id=job_id, account_id=by)

    async def _record(self, reference: str) -> OrderRecord:
        key = await self._repository.find(reference)
        record = await self._orders.of_key(key) if key else None
        if record is None:
            raise OrderNotFound(f"No order has the reference {reference}.")
        return record


def _stuck(record: OrderRecord) -> StuckSale:
    failed = [item for item in record.items if item.refund and item.refund.status == RefundStatus.FAILED]
    states = ", ".join(sorted({item.row.state.replace("_", " ").lower() for item in record.items}))
    why = "refund failed" if failed else f"items: {states}"
    return StuckSale(record.order.reference, record.order.status, record.order.paid_at, why)


def _moments(record: OrderRecord) -> Iterator[Moment]:
    order = record.order
    yield Moment(order.created_at, "Cart opened", (order.order_id,))
    if order.paid_at:
        yield Moment(order.paid_at, "Paid")
    for item in record.items:
        row = item.row
        ids = tuple(filter(None, (row.order_item_id, row.provider_booking_id, row.supplier_reference)))
        state = f"{row.product_title}: {row.state}" + (f", {row.failure}" if row.failure else "")
        yield Moment(row.updated_at, state, ids)
        if row.confirmed_at:
            yield Moment(row.confirmed_at, f"{row.product_title}: tickets issued", (row.order_item_id,))
        if item.refund:
            yield _refund(item.refund)
    for payment in record.payments:
        yield Moment(payment.created_at, "Payment page opened", (payment.payment_id,))
        yield Moment(payment.updated_at, f"Payment {payment.status}", _stripe_ids(payment))
    for mail in record.mails:
        yield Moment(mail.created_at, f"Mail owed: {mail.kind}", (mail.mail_id,))
        if mail.sent_at:
            yield Moment(mail.sent_at, f"Mail sent: {mail.kind}", (mail.mail_id,))
        if mail.refused_at:
            yield Moment(mail.refused_at, f"Mail refused for good: {mail.kind}", (mail.mail_id,))


def _stripe_ids(payment: tables.Payment) -> tuple[str, ...]:
    ids = (payment.payment_id, payment.session_id, payment.intent_id, payment.charge_id, payment.balance_transaction_id)
    return tuple(filter(None, ids))


def _refund(refund: tables.Refund) -> Moment:
    ids = tuple(filter(None, (refund.refund_id, refund.stripe_refund_id, refund.balance_transaction_id)))
    given = [told for told in (refund.given_for, refund.given_note) if told]
    what = ", ".join([f"Refund {refund.status}", refund.reason, f"attempt {refund.attempt}", *given])
    return Moment(refund.updated_at, what, ids)


def _event(event: tables.StripeEvent) -> Moment:
    return Moment(event.received_at, f"Stripe said {event.type}", (event.event_id, event.object_id))
