"""Tells events, signed, until somebody listens. Delivery -> POST to the shop"""

import asyncio
import hmac
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus

import httpx
import structlog
from orjson import dumps

from core.domain.clock import utc_now
from sandbox.stripe.account import Account
from sandbox.stripe.objects.event import Delivery, Event
from sandbox.stripe.published import RETRY_SECONDS
from sandbox.stripe.switches import Webhooks
from sandbox.stripe.upkeep import keep_up

TIMEOUT_SECONDS = 10
LOOK_SECONDS = 0.25


@dataclass
class Messenger:
    """Runs beside the server; looks a few times a second, which costs nothing while nothing is due."""

    account: Account

    async def run(self) -> None:
        async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS) as http:
            while True:
                with self.account.store.transaction():
                    keep_up(self.account)
                await self.deliver(http)
                await asyncio.sleep(LOOK_SECONDS)

    async def deliver(self, http: httpx.AsyncClient) -> None:
        due = self.account.store.due(Delivery, self.account.present())
        if self.account.switches.webhooks is Webhooks.REORDERED:
            due.reverse()
        for delivery in due:
            event = self.account.store.get(Event, delivery.event)
            if event is None or await self._is_heard(http, event):
                self._done(delivery, event)
            else:
                self._again_later(delivery)

    async def _is_heard(self, http: httpx.AsyncClient, event: Event) -> bool:
        body = dumps(event.payload())
        headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Stripe/1.0 (sandbox)"}
        headers["Stripe-Signature"] = signature(body, self.account.options.webhook_secret)
        try:
            reply = await http.post(str(self.account.options.webhook_url), content=body, headers=headers)
        except httpx.HTTPError as error:
            structlog.get_logger().info("webhook not delivered", event_type=event.type, reason=type(error).__name__)
            return False
        return HTTPStatus.OK <= reply.status_code < HTTPStatus.MULTIPLE_CHOICES

    def _done(self, delivery: Delivery, event: Event | None) -> None:
        self.account.store.forget(delivery)
        if event:
            event.pending_webhooks = 0
            self.account.store.put(event)

    def _again_later(self, delivery: Delivery) -> None:
        """Waits grow; after the last one Stripe gives up, and the event can only be listed."""
        if delivery.failures >= len(RETRY_SECONDS):
            self.account.store.forget(delivery)
            return
        delivery.next_at = self.account.present() + RETRY_SECONDS[delivery.failures]
        delivery.failures += 1
        self.account.store.put(delivery)


def signature(body: bytes, secret: str) -> str:
    """`Stripe-Signature`, by the wall clock: receivers refuse what is signed more than five minutes ago."""
    signed_at = int(utc_now().timestamp())
    digest = hmac.new(secret.encode(), f"{signed_at}.".encode() + body, sha256).hexdigest()
    return f"t={signed_at},v1={digest}"
