"""Stripe's API, for reading. lists and objects -> schemas; no dlt"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any, Self, TypeVar

import httpx
import stripe
from pydantic import ValidationError

from core.errors import SettingsError
from core.settings import Settings
from pipelines.sources.stripe.errors import StripeMalformed, StripeRefused, StripeUnavailable
from pipelines.sources.stripe.schemas import (
    BalanceTransaction,
    Charge,
    Event,
    Intent,
    Payout,
    Refund,
    Session,
    StripeThing,
)
from pipelines.sources.stripe.settings import (
    API_VERSION,
    CONNECT_TIMEOUT_SECONDS,
    EVENTS,
    NETWORK_RETRIES,
    PAGE_SIZE,
    READ_TIMEOUT_SECONDS,
)

TIMEOUT = httpx.Timeout(READ_TIMEOUT_SECONDS, connect=CONNECT_TIMEOUT_SECONDS)
# Answers below 500 that may be another one next time.
PASSING = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS})

# Else the library keeps an id of this machine in the user's home and sends it; it has no other switch.
stripe.enable_telemetry = False

Thing = TypeVar("Thing", bound=StripeThing)


class StripeReader:
    """Our account at Stripe, or at the sandbox's; use it as a context manager. SettingsError where there is no key.

    Lists hold what was made from `since` on, the newest first; None is the beginning. Objects come by their id.
    """

    def __init__(self, settings: Settings) -> None:
        if settings.stripe_key is None:
            raise SettingsError("TIQZY_STRIPE_KEY is not set: there is no account at Stripe to read")
        self._http = stripe.HTTPXClient(timeout=TIMEOUT, allow_sync_methods=True)
        self._api = stripe.StripeClient(
            settings.stripe_key.get_secret_value(),
            stripe_version=API_VERSION,
            base_addresses={"api": settings.stripe_url} if settings.stripe_url else None,
            http_client=self._http,
            max_network_retries=NETWORK_RETRIES,
        ).v1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._http.close()  # type: ignore[no-untyped-call]

    def charges(self, since: datetime | None) -> Iterator[Charge]:
        return _list(Charge, self._api.charges.list, _made(since))

    def intents(self, since: datetime | None) -> Iterator[Intent]:
        return _list(Intent, self._api.payment_intents.list, _made(since))

    def refunds(self, since: datetime | None) -> Iterator[Refund]:
        return _list(Refund, self._api.refunds.list, _made(since))

    def sessions(self, since: datetime | None) -> Iterator[Session]:
        return _list(Session, self._api.checkout.sessions.list, _made(since))

    def payouts(self, since: datetime | None) -> Iterator[Payout]:
        return _list(Payout, self._api.payouts.list, _made(since))

    def balance_transactions(self, since: datetime | None) -> Iterator[BalanceTransaction]:
        return _list(BalanceTransaction, self._api.balance_transactions.list, _made(since))

    def paid_out_by(self, payout_id: str) -> Iterator[BalanceTransaction]:
        """What a payout consists of, its own movement included; the object itself does not say so."""
        return _list(BalanceTransaction, self._api.balance_transactions.list, {"payout": payout_id})

    def events(self, since: datetime | None) -> Iterator[Event]:
        """Of the last thirty days; Stripe keeps no older ones."""
        return _list(Event, self._api.events.list, {**_made(since), "types": list(EVENTS)})

    def charge(self, charge_id: str) -> Charge:
        return _shaped(Charge, _asked("charge", self._api.charges.retrieve, charge_id))

    def intent(self, intent_id: str) -> Intent:
        return _shaped(Intent, _asked("intent", self._api.payment_intents.retrieve, intent_id))

    def refund(self, stripe_refund_id: str) -> Refund:
        return _shaped(Refund, _asked("refund", self._api.refunds.retrieve, stripe_refund_id))

    def session(self, session_id: str) -> Session:
        return _shaped(Session, _asked("session", self._api.checkout.sessions.retrieve, session_id))

    def payout(self, payout_id: str) -> Payout:
        return _shaped(Payout, _asked("payout", self._api.payouts.retrieve, payout_id))


def _made(since: datetime | None) -> Mapping[str, Any]:
    return {"created": {"gte": int(since.timestamp())}} if since else {}


def _list(shape: type[Thing], ask: Callable[..., Any], wish: Mapping[str, Any]) -> Iterator[Thing]:
    """Everything of a list, page by page."""
    while True:
        page = _asked(f"list of {shape.__name__}", ask, {**wish, "limit": PAGE_SIZE})
        for item in page.data:
            yield _shaped(shape, item)
        if not page.has_more:
            return
        wish = {**wish, "starting_after": page.data[-1].id}


def _asked(operation: str, ask: Callable[..., Any], wish: Any) -> Any:
    """The answer. The library's exceptions quote what Stripe said, a name for one, so that they end here."""
    try:
        return ask(wish)
    except stripe.StripeError as error:
        status = error.http_status
        text = f"stripe: {operation}: {status or 'no answer'} {error.request_id or ''}".rstrip()
        passes = status is None or status in PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR
        raise (StripeUnavailable if passes else StripeRefused)(text) from None


def _shaped(shape: type[Thing], answer: stripe.StripeObject) -> Thing:
    try:
        return shape.model_validate(answer.to_dict())
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise StripeMalformed(f"stripe: {shape.__name__}: {where}: {first['msg']}") from None
