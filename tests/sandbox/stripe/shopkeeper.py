"""A shop that sells through stripe-python, and its buyer. RunningSandbox -> StripeClient, forms"""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
import stripe

from tests.fixtures.sandbox import RunningSandbox

WORKS, DECLINED, ASKS_BANK = "4242 4242 4242 4242", "4000 0000 0000 0002", "4000 0025 0000 3155"
SUCCESS, CANCEL = "https://shop.example/done?session={CHECKOUT_SESSION_ID}", "https://shop.example/cart"


@dataclass(frozen=True)
class Exchange:
    method: str
    path: str
    status: int
    body: bytes


class RecordingClient(stripe.HTTPXClient):
    """Speaks as always, and keeps what was answered."""

    def __init__(self) -> None:
        super().__init__(allow_sync_methods=True)
        self.exchanges: list[Exchange] = []

    def request(self, method: str, url: str, headers: Any, post_data: Any = None) -> Any:
        body, status, reply_headers = super().request(method, url, headers, post_data)
        path = urlsplit(url).path.removeprefix("/stripe")
        self.exchanges.append(Exchange(method, path, status, body if isinstance(body, bytes) else body.encode()))
        return body, status, reply_headers


@dataclass
class Shopkeeper:
    """`api` is the client's v1; nothing is tried twice, so that a test sees each failure."""

    sandbox: RunningSandbox
    api_key: str | None = None
    http: RecordingClient = field(default_factory=RecordingClient)

    @property
    def api(self) -> Any:
        client = stripe.StripeClient(
            self.api_key or self.sandbox.stripe.api_key,
            base_addresses={"api": self.sandbox.stripe_url},
            http_client=self.http,
            max_network_retries=0,
        )
        return client.v1

    def session(self, amount: int = 2500, *, options: Any = None, currency: str = "eur", **more: Any) -> Any:
        price = {"currency": currency, "unit_amount": amount, "product_data": {"name": "Canal tour"}}
        wish = {
            "mode": "payment",
            "line_items": [{"quantity": 1, "price_data": price}],
            "success_url": SUCCESS,
            "cancel_url": CANCEL,
            "client_reference_id": "ord_1",
            "metadata": {"order_id": "ord_1"},
            "payment_intent_data": {"metadata": {"order_id": "ord_1"}},
            **more,
        }
        return self.api.checkout.sessions.create(params=wish, options=options or {})

    def paid(self, amount: int = 2500, **more: Any) -> Any:
        """A session paid by card, as it is afterwards."""
        session = self.session(amount, **more)
        pay(session.url)
        return self.api.checkout.sessions.retrieve(session.id)


def pay(url: str, number: str = WORKS, **headers: str) -> httpx.Response:
    """What the card form sends; the answer is a redirect."""
    form = {"method": "card", "email": "ada@example.org", "name": "Ada Visser", "number": number}
    return httpx.post(url, data=form, headers=headers, timeout=20)


def go_to_bank(url: str) -> str:
    """The bank's address."""
    return choose_ideal(url).headers["location"]


def choose_ideal(url: str) -> httpx.Response:
    """What the iDEAL form sends; the answer leads to the bank."""
    form = {"method": "ideal", "email": "ada@example.org", "name": "Ada Visser"}
    return httpx.post(url, data=form, timeout=20)


def decide(bank_url: str, decision: str) -> httpx.Response:
    return httpx.post(bank_url, data={"decision": decision}, timeout=20)
