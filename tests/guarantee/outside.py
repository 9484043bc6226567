"""What others have of our sales: the suppliers' bookings and Stripe's money, by their own APIs."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import httpx

from core.domain.clock import utc_now
from tests.fixtures.sandbox import RunningSandbox
from tests.sandbox.stripe.shopkeeper import Shopkeeper

LONGEST_TRIAL = timedelta(days=60)
TAKES_PLACES = {"ON_HOLD", "PENDING", "CONFIRMED", "REDEEMED"}
ARRIVES = {"pending", "succeeded"}


@dataclass(frozen=True)
class TheirBooking:
    connection_id: str
    booking_uuid: UUID
    status: str
    reference: str

    @property
    def takes_places(self) -> bool:
        return self.status in TAKES_PLACES


@dataclass(frozen=True)
class TheirRefund:
    amount: int
    refund_id: str
    arrives: bool


@dataclass(frozen=True)
class TheirPayment:
    """What was captured for an order, what Stripe kept, and what it sent back."""

    intent_id: str
    order_id: str
    captured: int
    fee: int
    refunds: tuple[TheirRefund, ...]

    @property
    def given_back(self) -> int:
        return sum(refund.amount for refund in self.refunds if refund.arrives)


def bookings(sandbox: RunningSandbox) -> list[TheirBooking]:
    """Every booking of ours, at every supplier."""
    return [booking for connection in sandbox.connections for booking in _bookings_at(connection)]


def payments(sandbox: RunningSandbox) -> list[TheirPayment]:
    """Every payment that was captured."""
    api = Shopkeeper(sandbox).api
    refunds = defaultdict(list)
    for refund in api.refunds.list({"limit": 100}).auto_paging_iter():
        if refund.balance_transaction is None:
            # An authorisation that was let go: no money moved.
            continue
        ours = TheirRefund(refund.amount, refund.metadata["refund_id"], refund.status in ARRIVES)
        refunds[refund.payment_intent].append(ours)
    wish = {"limit": 100, "expand": ["data.latest_charge.balance_transaction"]}
    return [
        TheirPayment(
            intent.id,
            intent.metadata["order_id"],
            intent.amount_received,
            intent.latest_charge.balance_transaction.fee,
            tuple(refunds[intent.id]),
        )
        for intent in api.payment_intents.list(wish).auto_paging_iter()
        if intent.amount_received
    ]


def free_a_hold(sandbox: RunningSandbox, connection_id: str, booking_uuid: UUID) -> None:
    """The supplier lets go of it by itself; what is no hold (any more) is left alone."""
    connection = sandbox.connection(connection_id)
    address = f"{connection.url}/bookings/{booking_uuid}"
    found = httpx.get(address, headers=_headers(connection), timeout=20).json()
    if found.get("status") == "ON_HOLD":
        httpx.post(f"{address}/cancel", headers=_headers(connection), json={"reason": "over"}, timeout=20)


def _bookings_at(connection) -> Iterator[TheirBooking]:
    today = utc_now().date()
    window = {
        "localDateStart": (today - LONGEST_TRIAL).isoformat(),
        "localDateEnd": (today + LONGEST_TRIAL).isoformat(),
    }
    reply = httpx.get(f"{connection.url}/bookings", params=window, headers=_headers(connection), timeout=60)
    for booking in reply.raise_for_status().json():
        yield TheirBooking(
            connection.connection_id, UUID(booking["uuid"]), booking["status"], booking["resellerReference"]
        )


def _headers(connection) -> dict[str, str]:
    return {"Authorization": f"Bearer {connection.api_key.get_secret_value()}", "Octo-Capabilities": "octo/pricing"}
