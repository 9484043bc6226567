"""What the shop is told, and whether it may believe it."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic, sleep

import pytest
import stripe

from tests.fixtures.sandbox import RunningSandbox, run_sandbox
from tests.sandbox.stripe.shopkeeper import Shopkeeper

PATIENCE_SECONDS = 20
OF_A_SALE = [
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.completed",
    "charge.updated",
]


@dataclass
class Listener:
    """Answers `status` and keeps what it was told."""

    status: int = 200
    told: list[tuple[bytes, str]] = field(default_factory=list)

    def wait_for(self, count: int) -> list[str]:
        """The kinds of the events so far, once there are so many."""
        deadline = monotonic() + PATIENCE_SECONDS
        while len(self.told) < count:
            assert monotonic() < deadline, f"told {len(self.told)} of {count}"
            sleep(0.02)
        return [json.loads(body)["type"] for body, _ in self.told]


@pytest.fixture(scope="module")
def listening() -> Iterator[tuple[Listener, RunningSandbox]]:
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            listener.told.append((body, self.headers["Stripe-Signature"]))
            self.send_response(listener.status)
            self.end_headers()

        def log_message(self, *said: object) -> None:
            del said

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with run_sandbox(place_count=2, webhook_url=f"http://127.0.0.1:{server.server_port}/stripe") as running:
        yield listener, running
    server.shutdown()
    server.server_close()


@pytest.fixture
def listener(listening) -> Iterator[Listener]:
    heard, running = listening
    yield heard
    running.reset()
    heard.status, heard.told = 200, []


@pytest.fixture
def shop(listening) -> Iterator[Shopkeeper]:
    keeper = Shopkeeper(listening[1])
    yield keeper
    keeper.http.close()


def test_a_sale_is_told_signed_and_in_order(listener, shop) -> None:
    session = shop.paid()
    assert listener.wait_for(5) == OF_A_SALE
    secret = shop.sandbox.stripe.webhook_secret
    events = [stripe.Webhook.construct_event(body, signed, secret) for body, signed in listener.told]
    completed = events[3].data.object
    assert (completed.id, completed.client_reference_id, completed.payment_status) == (session.id, "ord_1", "paid")
    assert events[1].data.object.balance_transaction is None
    assert events[4].data.object.balance_transaction is not None
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(listener.told[0][0], listener.told[0][1], "whsec_of_somebody_else")
    assert shop.api.events.retrieve(events[0].id).type == OF_A_SALE[0]


def test_a_shop_that_does_not_answer_is_told_again_later(listener, shop) -> None:
    listener.status = 500
    shop.paid()
    listener.wait_for(5)
    assert {event.pending_webhooks for event in shop.api.events.list().data} == {1}
    listener.status = 200
    shop.sandbox.advance(6)
    kinds = listener.wait_for(10)
    assert sorted(kinds[5:]) == sorted(OF_A_SALE)


@pytest.mark.parametrize(
    ("webhooks", "expected"),
    [
        ("doubled", [kind for kind in OF_A_SALE for _ in range(2)]),
        ("reordered", OF_A_SALE[::-1]),
    ],
)
def test_events_come_twice_or_in_the_wrong_order(listener, shop, webhooks, expected) -> None:
    shop.sandbox.control("stripe", webhooks=webhooks)
    shop.paid()
    assert listener.wait_for(len(expected)) == expected


def test_events_come_late_or_never(listener, shop) -> None:
    shop.sandbox.control("stripe", webhooks="never")
    shop.paid()
    shop.sandbox.control("stripe", webhooks="", webhook_delay_seconds=600)
    shop.api.checkout.sessions.expire(shop.session().id)
    assert len(shop.api.events.list().data) == 6
    assert listener.told == []
    shop.sandbox.advance(601)
    assert listener.wait_for(1) == ["checkout.session.expired"]
