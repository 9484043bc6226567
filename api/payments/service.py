"""What Stripe tells us: believed when it is signed, kept once, and never taken for the truth. webhook -> job"""

from typing import Final

import structlog

from api.payments.gateway import StripeGateway
from api.payments.repository import StripeEventRepository

log = structlog.get_logger("api.payments")

# After any of these the order is asked about at Stripe; all others are kept and wake nobody.
WAKING: Final = frozenset(
    {
        "checkout.session.completed",
        "checkout.session.expired",
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
        "payment_intent.succeeded",
        "payment_intent.amount_capturable_updated",
        "payment_intent.canceled",
        # Brings the fee.
        "charge.updated",
        "refund.created",
        "refund.updated",
        "refund.failed",
    }
)


class StripeEventService:
    def __init__(self, gateway: StripeGateway, events: StripeEventRepository) -> None:
        self._gateway = gateway
        self._events = events

    async def receive(self, payload: bytes, signature: str) -> None:
        """SignatureRefused when it is not Stripe's. Told again, or late, or in another order: nothing changes."""
        event = self._gateway.verified_event(payload, signature)
        is_new = await self._events.keep(event, wakes_its_order=event.type in WAKING)
        log.info("stripe event", event_id=event.event_id, type=event.type, order_id=event.order_id, is_new=is_new)
