"""That something happened, and that somebody is still to be told."""

from typing import Literal

from sandbox.stripe.objects.base import Json, StripeObject
from sandbox.stripe.published import API_VERSION, EVENT_SECONDS


class Event(StripeObject):
    """Its `data` is the object as it was then."""

    object: Literal["event"] = "event"
    api_version: str = API_VERSION
    data: Json
    livemode: bool = False
    pending_webhooks: int
    request: Json
    type: str

    @property
    def due_at(self) -> int | None:
        """Stripe forgets events after thirty days."""
        return self.created + EVENT_SECONDS


class Delivery(StripeObject):
    """One event to be told at `next_at`, after `failures` that were answered with anything but a 2xx."""

    object: Literal["delivery"] = "delivery"
    event: str
    failures: int = 0
    next_at: int

    @property
    def due_at(self) -> int | None:
        return self.next_at
