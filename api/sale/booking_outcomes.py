"""What a provider's answer makes of an item: held, issued, taken once more, ended. ProviderBooking -> its rows"""

from datetime import timedelta
from typing import Final
from uuid import uuid4

import structlog

from api.sale.repository import SaleChange
from api.sale.shapes import Booking, Failure, HoldOutcome
from core.db import tables
from core.domain.ids import Prefix
from core.domain.ports import BookingStatus, ProviderBooking
from core.domain.sale import ItemState, OrderStatus
from core.domain.settlement import MOST_ATTEMPTS

log = structlog.get_logger("api.sale.bookings")

# A supplier that confirms by hand answers by then, or before the visit begins.
SUPPLIER_ANSWERS_WITHIN: Final = timedelta(hours=24)
RELEASED_BY_PROVIDER: Final = {BookingStatus.EXPIRED, BookingStatus.CANCELLED}
EXPECTS_NEWS: Final = {ItemState.HOLDING, ItemState.CONFIRMING, ItemState.UNKNOWN, ItemState.PENDING_SUPPLIER}
WANTS_NOTHING: Final = {ItemState.EXPIRED, ItemState.FAILED, ItemState.REJECTED, ItemState.CANCELLED}


async def apply(change: SaleChange, item: tables.OrderItem, booking: Booking, found: ProviderBooking) -> None:
    item.provider_booking_id = found.provider_booking_id
    item.supplier_reference = found.supplier_reference
    match found.status:
        case BookingStatus.ON_HOLD if not _is_price_as_agreed(booking, found):
            item.needs_release = True
            end(change, item, ItemState.FAILED, Failure.PRICE_CHANGED)
        case BookingStatus.ON_HOLD:
            item.hold_expires_at = found.hold_expires_at
            change.move(item, ItemState.HELD)
            if found.hold_expires_at and change.order.status == OrderStatus.OPEN:
                change.order.next_check_at = found.hold_expires_at
        case BookingStatus.CONFIRMED | BookingStatus.REDEEMED:
            await _issue(change, item, found)
        case BookingStatus.PENDING:
            item.confirm_by = item.confirm_by or min(change.now + SUPPLIER_ANSWERS_WITHIN, item.starts_at)
            if item.state != ItemState.PENDING_SUPPLIER:
                change.move(item, ItemState.PENDING_SUPPLIER)
        case BookingStatus.REJECTED:
            end(change, item, ItemState.REJECTED, Failure.REJECTED)
        case BookingStatus.EXPIRED | BookingStatus.CANCELLED:
            again_or(change, item, ItemState.EXPIRED, Failure.HOLD_ENDED)
        case BookingStatus.OTHER:
            # A word we do not know: asked again until the time is over.
            log.error("unknown booking status", order_item_id=item.order_item_id)


async def _issue(change: SaleChange, item: tables.OrderItem, found: ProviderBooking) -> None:
    for ordinal, ticket in enumerate(found.tickets, start=1):
        change.add(
            tables.Ticket(
                ticket_id=change.new_id(Prefix.TICKET),
                order_item_id=item.order_item_id,
                reseller_id=item.reseller_id,
                ordinal=ordinal,
                provider_unit_id=ticket.provider_unit_id,
                format=ticket.format,
                value=ticket.value,
            )
        )
    item.confirmed_at = change.now
    item.failure = None
    change.move(item, ItemState.CONFIRMED)


def _is_price_as_agreed(booking: Booking, found: ProviderBooking) -> bool:
    """Whether the provider asks of us what it asked when the buyer saw his price; one that names none is believed."""
    if not found.prices:
        return True
    if any(price.net_minor is None for price in found.prices):
        return sum(price.retail_minor for price in found.prices) == booking.retail_minor
    return sum(price.net_minor or 0 for price in found.prices) == booking.net_minor


def again_or(change: SaleChange, item: tables.OrderItem, ended: ItemState, failure: Failure) -> None:
    """What is paid for and has no hold is taken once more, under a new uuid; else it has ended."""
    is_owed = change.order.status in (OrderStatus.PAID, OrderStatus.DONE)
    if is_owed and item.attempt < MOST_ATTEMPTS:
        item.attempt += 1
        item.booking_uuid = uuid4()
        item.hold_expires_at = None
        change.move(item, ItemState.DRAFT)
    else:
        end(change, item, ended, failure)


def end(change: SaleChange, item: tables.OrderItem, state: ItemState, failure: Failure) -> None:
    item.failure = failure
    change.move(item, state)


def outcome_of(item: tables.OrderItem) -> HoldOutcome:
    return HoldOutcome(ItemState(item.state), Failure(item.failure) if item.failure else None)
