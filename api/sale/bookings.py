"""The provider's side of an item: hold, confirm, ask, cancel, give back. order item <-> TicketProvider

Each step commits its intent, calls while it holds nothing, and commits what came of it. None raises a ProviderError:
what a provider did is a state of the item.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Final, TypeVar

import structlog

from api.sale.booking_outcomes import (
    EXPECTS_NEWS,
    RELEASED_BY_PROVIDER,
    WANTS_NOTHING,
    again_or,
    apply,
    end,
    outcome_of,
)
from api.sale.errors import CartClosed
from api.sale.repository import SaleRepository
from api.sale.shapes import Booking, Failure, HoldOutcome, OrderKey
from core.domain.clock import Clock
from core.domain.ports import Contact, HoldMode, HoldRequest, ProviderBooking, TicketProvider
from core.domain.sale import IN_CART, ItemState, OrderStatus
from core.errors import (
    CancellationRefused,
    HoldEnded,
    NoPlacesLeft,
    ProviderError,
    ProviderRefused,
    ProviderUnavailable,
)
from core.failpoints import Call, Moment, fail_points

log = structlog.get_logger("api.sale.bookings")

T = TypeVar("T")

HOLD_MINUTES: Final = 30
# A buyer waits for a hold; what takes longer counts as a lost reply.
CALL_SECONDS: Final = 20.0


class Bookings:
    """Takes the provider's steps of one item at a time."""

    def __init__(self, sales: SaleRepository, providers: Mapping[str, TicketProvider], clock: Clock) -> None:
        self._sales = sales
        self._providers = providers
        self._clock = clock

    async def hold(self, key: OrderKey, order_item_id: str) -> HoldOutcome:
        """Take a DRAFT's places: HELD, FAILED with its reason, or UNKNOWN when the reply was lost."""
        async with self._sales.change(key) as change:
            item = await change.item(order_item_id)
            if item.state != ItemState.DRAFT:
                return outcome_of(item)
            change.move(item, ItemState.HOLDING)
            change.order.next_check_at = change.now + timedelta(minutes=1)
        booking = await self._sales.booking(key, order_item_id)
        request = HoldRequest(
            booking_uuid=booking.booking_uuid,
            option=booking.option,
            provider_availability_id=booking.provider_availability_id,
            provider_unit_ids=booking.unit_ids,
            expiration_minutes=HOLD_MINUTES,
            reseller_reference=booking.reference,
        )
        try:
            held = await self._called(Call.HOLD, booking, lambda provider: provider.reserve(request))
        except ProviderError as error:
            return await self._hold_failed(key, order_item_id, error)
        return await self._record(key, booking, held, Call.HOLD)

    async def extend(self, key: OrderKey, order_item_id: str, minutes: int) -> datetime | None:
        """The hold's new end; None where it cannot be had any more. A provider that cannot extend keeps its end."""
        booking = await self._sales.booking(key, order_item_id)
        provider = self._providers.get(booking.connection_id)
        if provider is None or provider.capabilities.hold is not HoldMode.EXTENDABLE:
            return booking.hold_expires_at
        try:
            held = await self._called(
                Call.EXTEND, booking, lambda provider: provider.extend(booking.booking_uuid, minutes)
            )
        except HoldEnded:
            async with self._sales.change(key) as change:
                item = await change.item(order_item_id)
                if item.state == ItemState.HELD:
                    end(change, item, ItemState.EXPIRED, Failure.HOLD_ENDED)
            return None
        except ProviderError:
            return booking.hold_expires_at
        async with self._sales.change(key) as change:
            item = await change.item(order_item_id)
            item.hold_expires_at = held.hold_expires_at
        fail_points.reach(Call.EXTEND, Moment.RECORDED)
        return held.hold_expires_at

    async def drop(self, key: OrderKey, order_item_id: str) -> None:
        """The buyer takes it out of his cart; a job gives the places back. CartClosed once he is paying for it."""
        async with self._sales.change(key) as change:
            if change.order.status != OrderStatus.OPEN:
                raise CartClosed("This order is being paid. Change it before you take something out.")
            item = await change.item(order_item_id)
            if ItemState(item.state) in IN_CART:
                item.needs_release = item.state != ItemState.DRAFT
                change.move(item, ItemState.EXPIRED)
                await change.wake()

    async def confirm(self, key: OrderKey, order_item_id: str) -> None:
        async with self._sales.change(key) as change:
            item = await change.item(order_item_id)
            if item.state != ItemState.HELD:
                return
            change.move(item, ItemState.CONFIRMING)
        booking = await self._sales.booking(key, order_item_id)
        # Only a cart has no buyer yet, and a cart is not confirmed.
        contact = booking.contact or Contact("", "")
        try:
            confirmed = await self._called(
                Call.CONFIRM,
                booking,
                lambda provider: provider.confirm(booking.booking_uuid, contact, booking.reference),
            )
        except ProviderError as error:
            await self._confirm_failed(key, order_item_id, error)
            return
        await self._record(key, booking, confirmed, Call.CONFIRM)

    async def ask(self, key: OrderKey, order_item_id: str) -> None:
        """What the provider has of this booking is what is true: the way out of UNKNOWN and of a lost worker."""
        booking = await self._sales.booking(key, order_item_id)
        try:
            found = await self._called(
                Call.ASK_BOOKING, booking, lambda provider: provider.booking(booking.booking_uuid)
            )
        except ProviderError:
            # A refusal, of our key for one, does not say that there is no such booking.
            return
        if found is None:
            async with self._sales.change(key) as change:
                item = await change.item(order_item_id)
                if item.booking_uuid == booking.booking_uuid and ItemState(item.state) in EXPECTS_NEWS:
                    again_or(change, item, ItemState.FAILED, Failure.NO_ANSWER)
            fail_points.reach(Call.ASK_BOOKING, Moment.RECORDED)
            return
        await self._record(key, booking, found, Call.ASK_BOOKING)

    async def cancel(self, key: OrderKey, order_item_id: str) -> None:
        """As the buyer asked. Refused, it stays his ticket; without an answer it is asked again."""
        booking = await self._sales.booking(key, order_item_id)
        try:
            await self._called(
                Call.CANCEL, booking, lambda provider: provider.cancel(booking.booking_uuid, "Cancelled by the buyer")
            )
        except ProviderUnavailable:
            return
        except CancellationRefused:
            async with self._sales.change(key) as change:
                item = await change.item(order_item_id)
                item.failure = Failure.NOT_CANCELLABLE
                change.move(item, ItemState.CONFIRMED)
            return
        except ProviderRefused:
            log.exception("cancellation refused", order_item_id=order_item_id)
            if not await self._is_gone(booking):
                return
        async with self._sales.change(key) as change:
            item = await change.item(order_item_id)
            if item.state == ItemState.CANCEL_REQUESTED:
                item.cancelled_at = change.now
                change.move(item, ItemState.CANCELLED)
        fail_points.reach(Call.CANCEL, Moment.RECORDED)

    async def release(self, key: OrderKey, order_item_id: str) -> None:
        """Give back what nobody will use: held in vain, or sold after we had given up."""
        booking = await self._sales.booking(key, order_item_id)
        try:
            await self._called(
                Call.RELEASE, booking, lambda provider: provider.cancel(booking.booking_uuid, "No longer wanted")
            )
        except ProviderUnavailable:
            return
        except CancellationRefused:
            log.exception("the provider keeps a booking that nobody has", order_item_id=order_item_id)
        except ProviderRefused:
            if not await self._is_gone(booking):
                return
        async with self._sales.change(key) as change:
            (await change.item(order_item_id)).needs_release = False
        fail_points.reach(Call.RELEASE, Moment.RECORDED)

    async def _is_gone(self, booking: Booking) -> bool:
        """Whether the provider says that it has no such booking; one that refuses us altogether says nothing of it."""
        try:
            found = await self._called(
                Call.ASK_BOOKING, booking, lambda provider: provider.booking(booking.booking_uuid)
            )
        except ProviderError:
            return False
        return found is None or found.status in RELEASED_BY_PROVIDER

    async def let_expire(self, key: OrderKey, order_item_id: str) -> None:
        """The hold of a cart is over; the provider has let go by itself."""
        async with self._sales.change(key) as change:
            item = await change.item(order_item_id)
            if ItemState(item.state) in IN_CART and change.order.status != OrderStatus.PAID:
                end(change, item, ItemState.EXPIRED, Failure.HOLD_ENDED)

    async def give_up(self, key: OrderKey, order_item_id: str) -> None:
        """The guarantee's time is over: the money goes back, and so does whatever the provider may have."""
        async with self._sales.change(key) as change:
            item = await change.item(order_item_id)
            item.needs_release = True
            end(change, item, ItemState.FAILED, Failure.NO_ANSWER)

    async def _called(self, call: Call, booking: Booking, attempt: Callable[[TicketProvider], Awaitable[T]]) -> T:
        provider = self._providers.get(booking.connection_id)
        if provider is None:
            raise ProviderUnavailable(f"the connection {booking.connection_id} is not configured here")
        fail_points.reach(call, Moment.INTENDED)
        try:
            async with asyncio.timeout(CALL_SECONDS):
                return await attempt(provider)
        except TimeoutError as error:
            raise ProviderUnavailable(f"no answer within {CALL_SECONDS:g} seconds") from error
        finally:
            fail_points.reach(call, Moment.CALLED)

    async def _hold_failed(self, key: OrderKey, order_item_id: str, error: ProviderError) -> HoldOutcome:
        async with self._sales.change(key) as change:
            item = await change.item(order_item_id)
            if isinstance(error, ProviderUnavailable):
                change.move(item, ItemState.UNKNOWN)
                await change.wake()
            else:
                sold_out = isinstance(error, NoPlacesLeft)
                end(change, item, ItemState.FAILED, Failure.SOLD_OUT if sold_out else Failure.REFUSED)
        fail_points.reach(Call.HOLD, Moment.RECORDED)
        log.warning("hold failed", order_item_id=order_item_id, error=str(error))
        return outcome_of(item)

    async def _confirm_failed(self, key: OrderKey, order_item_id: str, error: ProviderError) -> None:
        async with self._sales.change(key) as change:
            item = await change.item(order_item_id)
            if isinstance(error, ProviderUnavailable):
                change.move(item, ItemState.UNKNOWN)
            elif isinstance(error, HoldEnded):
                again_or(change, item, ItemState.EXPIRED, Failure.HOLD_ENDED)
            else:
                item.needs_release = True
                end(change, item, ItemState.FAILED, Failure.REFUSED)
        fail_points.reach(Call.CONFIRM, Moment.RECORDED)
        log.warning("confirmation failed", order_item_id=order_item_id, error=str(error))

    async def _record(self, key: OrderKey, booking: Booking, found: ProviderBooking, call: Call) -> HoldOutcome:
        """Commit what the provider says. An item that has moved on meanwhile, such as dropped, is only given back."""
        async with self._sales.change(key) as change:
            item = await change.item(booking.order_item_id)
            if item.booking_uuid == booking.booking_uuid and ItemState(item.state) in EXPECTS_NEWS:
                await apply(change, item, booking, found)
            elif ItemState(item.state) in WANTS_NOTHING and found.status not in RELEASED_BY_PROVIDER:
                item.needs_release = True
                await change.wake()
        fail_points.reach(call, Moment.RECORDED)
        return outcome_of(item)
