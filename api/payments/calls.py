"""How we speak to Stripe, and what its errors mean to us. stripe-python -> answers, api.payments.errors"""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any, Final, TypeVar

import httpx
import stripe
import structlog
from pydantic import SecretStr

from api.payments.errors import StripeRefused, StripeUnavailable
from api.payments.records import Window

log = structlog.get_logger("api.payments")

# Written out, so that a newer library does not change what our code is answered; the sandbox speaks this one.
API_VERSION: Final = "2026-10-28.endive"
TIMEOUT: Final = httpx.Timeout(10, connect=4)
PAGE_SIZE: Final = 100
# Answers below 500 that may be another one next time.
PASSING: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS})

# Else the library keeps an id of this machine in the user's home and sends it; it has no other switch.
stripe.enable_telemetry = False

Answer = TypeVar("Answer", bound=stripe.StripeObject)


class HttpClient(stripe.HTTPXClient):
    """Sends `headers` as well, which are asked for at each call."""

    def __init__(self, headers: Callable[[], Mapping[str, str]]) -> None:
        super().__init__(timeout=TIMEOUT)
        self._headers = headers

    async def request_async(
        self, method: str, url: str, headers: Mapping[str, str], post_data: Any = None
    ) -> tuple[bytes, int, Mapping[str, str]]:
        return await super().request_async(method, url, {**headers, **self._headers()}, post_data)


def client(key: SecretStr, *, url: str | None, http: stripe.HTTPXClient, network_retries: int) -> stripe.StripeClient:
    """`url` is another server that speaks Stripe's API; None is Stripe. A retry sends the same idempotency key."""
    return stripe.StripeClient(
        key.get_secret_value(),
        stripe_version=API_VERSION,
        base_addresses={"api": url} if url else None,
        http_client=http,
        max_network_retries=network_retries,
    )


async def asked(operation: str, call: Awaitable[Answer]) -> Answer:
    """The answer; every exception of the library ends here.

    The texts of Stripe's errors quote what was sent, an e-mail address for one, so that neither they nor the exception
    go on: status, code, parameter and Stripe's own request id find the rest in its dashboard.
    """
    status, started = "no answer", time.monotonic()
    try:
        answer = await call
        status = "200"
    except stripe.StripeError as error:
        status = str(error.http_status or status)
        raise _meaning(operation, error) from None
    finally:
        log.info(
            "provider_call",
            provider="stripe",
            operation=operation,
            status=status,
            latency_ms=round((time.monotonic() - started) * 1000),
        )
    return answer


async def pages(
    operation: str, ask: Callable[[Any], Awaitable[stripe.ListObject[Answer]]], wish: dict[str, Any]
) -> AsyncIterator[Answer]:
    """Everything of a list, page by page."""
    while True:
        page = await asked(operation, ask({**wish, "limit": PAGE_SIZE}))
        for item in page.data:
            yield item
        if not page.has_more:
            return
        wish = {**wish, "starting_after": page.data[-1]["id"]}


def within(window: Window) -> dict[str, Any]:
    """The parameters of a list of what was made in a window of time."""
    ends = {"gte": window.first, "lt": window.until}
    created = {name: int(end.timestamp()) for name, end in ends.items() if end is not None}
    return {"created": created} if created else {}


def _meaning(operation: str, error: stripe.StripeError) -> StripeUnavailable | StripeRefused:
    status = error.http_status
    if status is None:
        return StripeUnavailable(f"stripe: {operation}: no answer")
    said = error.error
    code = (said.code or said.type) if said else None
    told = [f"stripe: {operation}: {status}", code, said and said.param and f"at {said.param}", error.request_id]
    text = " ".join(part for part in told if part)
    if status in PASSING or not HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return StripeUnavailable(text)
    return StripeRefused(text, code)
