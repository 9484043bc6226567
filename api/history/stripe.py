"""Stripe's side of the past, made at the sandbox. lines -> POST /control/stripe/history -> StripeAnswer by reference"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import urljoin

import httpx
import orjson

from api.payments.answers import session_of
from api.payments.errors import StripeRefused, StripeUnavailable
from api.payments.shapes import StripeRefund, StripeSession
from core.errors import SettingsError
from core.settings import Settings

# The sandbox answers nobody else while it makes them, and buyers wait for it.
SALES_A_REQUEST: Final = 25
TIMEOUT_SECONDS: Final = 60


@dataclass(frozen=True)
class StripeAnswer:
    """`url` is where it was paid; `session` is as Stripe has it now."""

    url: str
    session: StripeSession

    @cached_property
    def refunds(self) -> dict[str, StripeRefund]:
        """By our ids."""
        made = self.session.payment.refunds if self.session.payment else ()
        return {refund.refund_id: refund for refund in made if refund.refund_id}


class StripePast:
    """Of the sandbox's Stripe alone; SettingsError where none is set.

    Unhurried, it leaves the sandbox to others for half of the time.
    """

    def __init__(self, settings: Settings, http: httpx.AsyncClient, *, is_unhurried: bool = False) -> None:
        if settings.stripe_url is None:
            raise SettingsError("a past can only be made at the sandbox: TIQZY_STRIPE_URL is not set")
        self._url = urljoin(settings.stripe_url, "/control/stripe/history")
        self._http = http
        self._is_unhurried = is_unhurried
        self._turn = asyncio.Lock()

    async def make(self, lines: Sequence[Mapping[str, Any]]) -> dict[str, StripeAnswer]:
        """By each line's `ref`. A line that was sent before is answered as it was. StripeUnavailable, StripeRefused."""
        answers: dict[str, StripeAnswer] = {}
        for start in range(0, len(lines), SALES_A_REQUEST):
            async with self._turn:
                began = time.monotonic()
                answers |= await self._make(lines[start : start + SALES_A_REQUEST])
                if self._is_unhurried:
                    await asyncio.sleep(time.monotonic() - began)
        return answers

    async def _make(self, lines: Sequence[Mapping[str, Any]]) -> dict[str, StripeAnswer]:
        content = b"\n".join(map(orjson.dumps, lines))
        try:
            reply = await self._http.post(self._url, content=content, timeout=TIMEOUT_SECONDS)
        except httpx.HTTPError as error:
            raise StripeUnavailable(f"the sandbox does not answer at {self._url}") from error
        if reply.status_code != httpx.codes.OK:
            raise StripeRefused(f"the sandbox refused history: {reply.status_code} {reply.text[:200]}")
        found = [orjson.loads(line) for line in reply.content.splitlines()]
        return {line["ref"]: StripeAnswer(line["url"], session_of(line["session"])) for line in found}
