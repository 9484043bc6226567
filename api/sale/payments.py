"""The buyer's money: the page at Stripe, what became of it, capture. order <-> StripeGateway, and the ledger

Stripe is asked, never believed by hearsay: whatever woke us, `ask` reads the session and commits what it says.
"""

from contextlib import suppress
from typing import Final

import structlog

from api.payments.errors import StripeRefused, StripeUnavailable
from api.payments.gateway import StripeGateway
from api.payments.shapes import IntentStatus, SessionDraft, SessionStatus, StripeSession
from api.sale.bookings import Bookings
from api.sale.errors import CartClosed, PaymentsDown
from api.sale.payment_outcomes import (
    included_items,
    issued_items,
    move_payment,
    record_authorised,
    record_captured,
    reopen_cart,
    tell_of_release,
)
from api.sale.placing import PAGE_LASTS, asked, give_away, held_items, intend, money_of, session_draft
from api.sale.repository import SaleChange, SaleRepository
from api.sale.shapes import BuyerDetails, OrderKey, PaymentPage
from core.db import tables
from core.domain.sale import OrderStatus, PaymentStatus
from core.errors import PaymentError
from core.failpoints import Call, Moment, fail_points

log = structlog.get_logger("api.sale.payments")

HOLD_FOR_PAYING_MINUTES: Final = 35


class Payments:
    """Takes the steps of an order's payment."""

    def __init__(self, sales: SaleRepository, bookings: Bookings, gateway: StripeGateway) -> None:
        self._sales = sales
        self._bookings = bookings
        self._gateway = gateway

    async def begin(self, key: OrderKey, page: PaymentPage, buyer: BuyerDetails) -> str:
        """The address at Stripe where the buyer pays; of two tabs that ask, both get the same.

        CartEmpty, CartClosed once it is paid, HoldGone naming the item, PaymentsDown.
        """
        await self._extend_holds(key)
        async with self._sales.change(key) as change:
            payment = await change.payment()
            if payment is None:
                payment = await intend(change, page, buyer)
            elif payment.status not in (PaymentStatus.OPENING, PaymentStatus.OPEN):
                raise CartClosed("This order is paid already.")
            payment_id, url = payment.payment_id, payment.session_url
        return url or await self.open(key, payment_id)

    async def give(self, key: OrderKey, buyer: BuyerDetails) -> None:
        """A free order needs no payment: it is owed its tickets from now. CartEmpty, CartClosed, HoldGone."""
        async with self._sales.change(key) as change:
            await give_away(change, buyer)

    async def stop(self, key: OrderKey) -> OrderStatus:
        """The buyer wants his cart back: nobody can pay the page afterwards. PAID when he had paid after all."""
        async with self._sales.change(key) as change:
            payment = await change.payment()
            payment_id = payment.payment_id if payment else None
            status = payment.status if payment else None
        if payment_id and status == PaymentStatus.OPENING:
            # Whether Stripe has the page is not known; asked once more, it says so, and then it can be closed.
            with suppress(PaymentsDown):
                await self.open(key, payment_id)
        if payment_id and status in (PaymentStatus.OPENING, PaymentStatus.OPEN):
            with suppress(CartClosed):
                await self.expire(key, payment_id)
        async with self._sales.change(key) as change:
            await change.wake()
            if change.order.status == OrderStatus.PAYING:
                raise PaymentsDown("The payment page cannot be closed right now. Please try again in a moment.")
            return OrderStatus(change.order.status)

    async def open(self, key: OrderKey, payment_id: str) -> str:
        """Ask Stripe for the page that was intended, once or again. PaymentsDown; the holds stay."""
        draft = await self._draft(key, payment_id)
        fail_points.reach(Call.OPEN_PAYMENT, Moment.INTENDED)
        try:
            session = await self._gateway.open_session(draft)
        except StripeUnavailable as error:
            raise PaymentsDown("Payments cannot be reached right now. Your tickets stay held.") from error
        except PaymentError as error:
            log.exception("payment page refused", payment_id=payment_id)
            await self._undo(key, payment_id, PaymentStatus.CANCELLED)
            raise PaymentsDown("The payment could not be started. Your tickets stay held.") from error
        finally:
            fail_points.reach(Call.OPEN_PAYMENT, Moment.CALLED)
        async with self._sales.change(key) as change:
            payment = await change.payment(payment_id)
            if payment is not None and payment.status == PaymentStatus.OPENING:
                payment.session_id, payment.session_url = session.session_id, session.url
                move_payment(change, payment, PaymentStatus.OPEN)
            await change.wake()
        fail_points.reach(Call.OPEN_PAYMENT, Moment.RECORDED)
        if session.url is None:
            raise PaymentsDown("The payment page is closed. Please look at your order again.")
        return session.url

    async def ask(self, key: OrderKey, payment_id: str) -> None:
        session_id = await self._session_id(key, payment_id)
        fail_points.reach(Call.ASK_PAYMENT, Moment.INTENDED)
        try:
            session = await self._gateway.session(session_id)
        except PaymentError as error:
            log.warning("payment cannot be asked about", payment_id=payment_id, error=str(error))
            return
        fail_points.reach(Call.ASK_PAYMENT, Moment.CALLED)
        await self._record(key, payment_id, session, Call.ASK_PAYMENT)

    async def expire(self, key: OrderKey, payment_id: str) -> None:
        """Close the page. What Stripe answers is recorded, a payment that came first included."""
        session_id = await self._session_id(key, payment_id)
        fail_points.reach(Call.EXPIRE_PAYMENT, Moment.INTENDED)
        try:
            session = await self._gateway.expire_session(session_id)
        except PaymentError as error:
            log.warning("payment page cannot be closed", payment_id=payment_id, error=str(error))
            return
        fail_points.reach(Call.EXPIRE_PAYMENT, Moment.CALLED)
        await self._record(key, payment_id, session, Call.EXPIRE_PAYMENT)

    async def capture(self, key: OrderKey, payment_id: str) -> None:
        """Take what has tickets out of what was authorised; the rest never leaves the buyer's account."""
        async with self._sales.change(key) as change:
            payment = await change.payment(payment_id)
            if payment is None or payment.intent_id is None or payment.status != PaymentStatus.AUTHORISED:
                return
            intent_id = payment.intent_id
            amount = money_of(
                change.order, sum([await asked(change, item) for item in await issued_items(change, payment)])
            )
        fail_points.reach(Call.CAPTURE_PAYMENT, Moment.INTENDED)
        try:
            captured = await self._gateway.capture(intent_id, amount, key=f"{payment_id}-capture")
        except StripeUnavailable:
            return
        except StripeRefused:
            log.exception("capture refused", payment_id=payment_id)
            await self._undo(key, payment_id, PaymentStatus.CANCELLED)
            return
        fail_points.reach(Call.CAPTURE_PAYMENT, Moment.CALLED)
        async with self._sales.change(key) as change:
            payment = await change.payment(payment_id)
            if payment is not None:
                await record_captured(change, payment, captured, await issued_items(change, payment))
                await tell_of_release(change, payment)
        fail_points.reach(Call.CAPTURE_PAYMENT, Moment.RECORDED)

    async def cancel(self, key: OrderKey, payment_id: str) -> None:
        """Let an authorisation go: nothing of the order has tickets."""
        async with self._sales.change(key) as change:
            payment = await change.payment(payment_id)
            if payment is None or payment.intent_id is None or payment.status != PaymentStatus.AUTHORISED:
                return
            intent_id = payment.intent_id
        fail_points.reach(Call.CANCEL_PAYMENT, Moment.INTENDED)
        try:
            await self._gateway.cancel_payment(intent_id, key=f"{payment_id}-cancel")
        except StripeUnavailable:
            return
        except StripeRefused as error:
            log.warning("authorisation is gone already", payment_id=payment_id, error=str(error))
        fail_points.reach(Call.CANCEL_PAYMENT, Moment.CALLED)
        async with self._sales.change(key) as change:
            payment = await change.payment(payment_id)
            if payment is not None and payment.status == PaymentStatus.AUTHORISED:
                move_payment(change, payment, PaymentStatus.CANCELLED)
                await tell_of_release(change, payment)
        fail_points.reach(Call.CANCEL_PAYMENT, Moment.RECORDED)

    async def _extend_holds(self, key: OrderKey) -> None:
        """Have the holds outlast the page; a provider that cannot is let be, and the page closes sooner."""
        async with self._sales.change(key) as change:
            if change.order.status != OrderStatus.OPEN:
                return
            outlasts = change.now + PAGE_LASTS
            short = [
                item.order_item_id
                for item in await held_items(change)
                if item.hold_expires_at and item.hold_expires_at < outlasts
            ]
        for order_item_id in short:
            await self._bookings.extend(key, order_item_id, HOLD_FOR_PAYING_MINUTES)

    async def _draft(self, key: OrderKey, payment_id: str) -> SessionDraft:
        async with self._sales.change(key) as change:
            payment = await change.payment(payment_id)
            buyer = await change.session.get(tables.Buyer, key.order_id)
            if payment is None or buyer is None:
                raise CartClosed("This order cannot be paid any more.")
            return await session_draft(change, payment, buyer.email)

    async def _session_id(self, key: OrderKey, payment_id: str) -> str:
        async with self._sales.change(key) as change:
            payment = await change.payment(payment_id)
            if payment is None or payment.session_id is None:
                raise CartClosed("This order is not being paid.")
            return payment.session_id

    async def _record(self, key: OrderKey, payment_id: str, session: StripeSession, call: Call) -> None:
        async with self._sales.change(key) as change:
            payment = await change.payment(payment_id)
            paid = session.payment
            if payment is not None and paid is not None and paid.status is IntentStatus.SUCCEEDED:
                await record_captured(change, payment, paid, await _bought(change, payment))
            elif payment is not None and paid is not None and paid.status is IntentStatus.REQUIRES_CAPTURE:
                await record_authorised(change, payment, paid)
            elif payment is not None and session.status is SessionStatus.EXPIRED:
                await reopen_cart(change, payment, PaymentStatus.EXPIRED)
        fail_points.reach(call, Moment.RECORDED)

    async def _undo(self, key: OrderKey, payment_id: str, status: PaymentStatus) -> None:
        async with self._sales.change(key) as change:
            payment = await change.payment(payment_id)
            if payment is not None:
                await reopen_cart(change, payment, status)


async def _bought(change: SaleChange, payment: tables.Payment) -> list[tables.OrderItem]:
    """What captured money is for; of an authorisation only what has tickets is captured."""
    if payment.status == PaymentStatus.AUTHORISED:
        return await issued_items(change, payment)
    return await included_items(change, payment)
