"""The one door to Stripe. api.payments.shapes <-> stripe-python <-> Stripe, or the sandbox's

A lost reply is no answer: StripeUnavailable leaves open whether it happened. The way out is to send the same again with
the same key. Stripe remembers a key for a day; after that what is refused, or would be done anew, is looked for first.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from typing import Final, Self
from urllib.parse import urlsplit

import stripe

from api.payments.amounts import stripe_amount
from api.payments.answers import event_of, movement_of, payment_of, refund_of, session_of
from api.payments.calls import HttpClient, asked, client, pages, within
from api.payments.errors import PaymentsNotSetUp, SignatureRefused, StripeRefused
from api.payments.listings import charge_record, intent_record, refund_record, session_record
from api.payments.records import ChargeRecord, IntentRecord, RefundRecord, SessionRecord, Window
from api.payments.shapes import (
    BalanceTransaction,
    IntentStatus,
    SessionDraft,
    SessionStatus,
    StripeEvent,
    StripePayment,
    StripeRefund,
    StripeSession,
)
from api.payments.wishes import session_wish
from core.domain.money import Money
from core.errors import SettingsError
from core.settings import Environment, Settings

CHECKOUT_ORIGIN: Final = "https://checkout.stripe.com"
NETWORK_RETRIES: Final = 2
# As many as Stripe shows within a charge.
REFUNDS_SHOWN: Final = 10
OF_INTENT: Final = ["latest_charge.balance_transaction", "latest_charge.refunds"]
OF_SESSION: Final = [f"payment_intent.{path}" for path in OF_INTENT]


class StripeGateway:
    """Our account at Stripe; use it as an async context manager, and in one event loop.

    Without a key it can be made but not used: every call then raises PaymentsNotSetUp. In production it cannot be made:
    SettingsError. `checkout_origin` is where a buyer's browser is sent to pay. `headers` go with every call; one tells
    the sandbox the moment of a sale that is to have happened long ago.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        network_retries: int = NETWORK_RETRIES,
        headers: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        url, key = settings.stripe_url, settings.stripe_key
        if settings.environment is Environment.PRODUCTION and not (key and settings.stripe_webhook_secret):
            raise SettingsError("production needs TIQZY_STRIPE_KEY and TIQZY_STRIPE_WEBHOOK_SECRET to sell")
        self.checkout_origin = _origin(url) if url else CHECKOUT_ORIGIN
        self._webhook_secret = settings.stripe_webhook_secret
        self._http = HttpClient(headers)
        self._client = client(key, url=url, http=self._http, network_retries=network_retries) if key else None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self._http.close_async()  # type: ignore[no-untyped-call]

    async def open_session(self, draft: SessionDraft) -> StripeSession:
        """A payment page. The same draft again, within a day, is the same page."""
        call = self._api.checkout.sessions.create_async(session_wish(draft), _keyed(f"session-{draft.payment_id}"))
        return session_of(await asked("open session", call))

    async def session(self, session_id: str) -> StripeSession:
        """What became of a payment page, with its payment and refunds: the truth that everything else follows."""
        call = self._api.checkout.sessions.retrieve_async(session_id, {"expand": OF_SESSION})
        found = session_of(await asked("session", call))
        if found.payment is None:
            return found
        return replace(found, payment=await self._with_every_refund(found.payment))

    async def expire_session(self, session_id: str) -> StripeSession:
        """Nobody can pay it afterwards. One that is complete or expired already is returned as it is."""
        call = self._api.checkout.sessions.expire_async(session_id, {"expand": OF_SESSION})
        try:
            return session_of(await asked("expire session", call))
        except StripeRefused:
            found = await self.session(session_id)
            if found.status is SessionStatus.OPEN:
                raise
            return found

    async def payment(self, intent_id: str) -> StripePayment:
        call = self._api.payment_intents.retrieve_async(intent_id, {"expand": OF_INTENT})
        return await self._with_every_refund(payment_of(await asked("payment", call)))

    async def capture(self, intent_id: str, amount: Money, key: str) -> StripePayment:
        """Take `amount` of what was authorised; the rest goes back to the card, and there is no second capture."""
        call = self._api.payment_intents.capture_async(
            intent_id, {"amount_to_capture": stripe_amount(amount), "expand": OF_INTENT}, _keyed(key)
        )
        try:
            return payment_of(await asked("capture", call))
        except StripeRefused:
            found = await self.payment(intent_id)
            if (found.status, found.amount_received) != (IntentStatus.SUCCEEDED, amount):
                raise
            return found

    async def cancel_payment(self, intent_id: str, key: str) -> StripePayment:
        """Give an authorisation back. One that is cancelled is returned as it is, StripeRefused once it is captured."""
        call = self._api.payment_intents.cancel_async(intent_id, {"expand": OF_INTENT}, _keyed(key))
        try:
            return payment_of(await asked("cancel payment", call))
        except StripeRefused:
            found = await self.payment(intent_id)
            if found.status is not IntentStatus.CANCELED:
                raise
            return found

    async def refund(
        self, intent_id: str, amount: Money, *, refund_id: str, key: str, metadata: Mapping[str, str]
    ) -> StripeRefund:
        """Ask for `amount` back, once for each key. `refund_id` is ours, beside the order's ids in `metadata`."""
        for made in await self.refunds_of(intent_id):
            if made.key == key:
                return made
        call = self._api.refunds.create_async(
            {
                "payment_intent": intent_id,
                "amount": stripe_amount(amount),
                "metadata": {**metadata, "refund_id": refund_id, "key": key},
            },
            _keyed(key),
        )
        return refund_of(await asked("refund", call))

    async def refunds_of(self, intent_id: str) -> tuple[StripeRefund, ...]:
        """All of them, the newest first."""
        every = pages("refunds", self._api.refunds.list_async, {"payment_intent": intent_id})
        return tuple([refund_of(refund) async for refund in every])

    async def sessions(self, window: Window) -> AsyncIterator[SessionRecord]:
        """What was made in a window of time, as the lists below: all of it, the newest first."""
        async for session in pages("sessions", self._api.checkout.sessions.list_async, within(window)):
            yield session_record(session)

    async def intents(self, window: Window) -> AsyncIterator[IntentRecord]:
        async for intent in pages("intents", self._api.payment_intents.list_async, within(window)):
            yield intent_record(intent)

    async def charges(self, window: Window) -> AsyncIterator[ChargeRecord]:
        """Attempts that were declined too."""
        async for charge in pages("charges", self._api.charges.list_async, within(window)):
            yield charge_record(charge)

    async def refunds(self, window: Window) -> AsyncIterator[RefundRecord]:
        async for refund in pages("refunds", self._api.refunds.list_async, within(window)):
            yield refund_record(refund)

    async def balance_transactions(self, window: Window) -> AsyncIterator[BalanceTransaction]:
        """What moved our balance."""
        async for movement in pages("balance transactions", self._api.balance_transactions.list_async, within(window)):
            yield movement_of(movement)

    def verified_event(self, payload: bytes, signature: str) -> StripeEvent:
        """What a webhook says; SignatureRefused unless Stripe said it, and within the last five minutes."""
        if self._webhook_secret is None:
            raise PaymentsNotSetUp("TIQZY_STRIPE_WEBHOOK_SECRET is not set")
        secret = self._webhook_secret.get_secret_value()
        try:
            stripe.WebhookSignature.verify_header(payload, signature, secret, stripe.Webhook.DEFAULT_TOLERANCE)
        except (stripe.SignatureVerificationError, ValueError, TypeError):
            # The library means its own error; bytes that are not UTF-8 and signatures beyond ASCII raise the others.
            raise SignatureRefused("It is not signed by Stripe, or was long ago.") from None
        return event_of(payload)

    @property
    def _api(self) -> stripe.V1Services:
        if self._client is None:
            raise PaymentsNotSetUp("TIQZY_STRIPE_KEY is not set")
        return self._client.v1

    async def _with_every_refund(self, payment: StripePayment) -> StripePayment:
        if len(payment.refunds) < REFUNDS_SHOWN:
            return payment
        return replace(payment, refunds=await self.refunds_of(payment.intent_id))


def _keyed(key: str) -> stripe.RequestOptions:
    return {"idempotency_key": key}


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
