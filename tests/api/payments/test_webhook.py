"""Stripe knocks: signed it is kept once and wakes the order, else it is turned away."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from threading import Thread
from time import monotonic, sleep

import psycopg
import pytest
import uvicorn
from httpx import ASGITransport, AsyncClient

from api.app import Application
from api.payments.gateway import StripeGateway
from api.wiring import build_platform
from core.db.addresses import Database, database_url
from core.settings import Settings
from tests.api.payments.events import BODY, body_of
from tests.api.payments.till import NOT_SET_UP, ORDER, draft
from tests.fixtures.sandbox import RunningSandbox, run_sandbox
from tests.sandbox.stripe.shopkeeper import pay

ADDRESS = "/webhooks/stripe"
# Of a payment by card: made, charged, succeeded, completed, booked.
EVENTS_OF_A_SALE = 5
PATIENCE_SECONDS = 20


@pytest.fixture
def shop_settings(platform_settings, sandbox) -> Settings:
    return sandbox.sells_for(platform_settings)


@pytest.fixture
async def door(shop_settings) -> AsyncIterator[AsyncClient]:
    application = Application(build_platform(shop_settings))
    async with (
        application.platform.running(),
        AsyncClient(transport=ASGITransport(application), base_url="http://127.0.0.1") as client,
    ):
        yield client


@pytest.fixture
def kept(platform_settings):
    def rows(query: str) -> list[tuple]:
        with psycopg.connect(database_url(Database.SHOP, platform_settings)) as connection:
            return connection.execute(query).fetchall()

    return rows


EVENTS = "SELECT event_id, type, object_id, order_id FROM stripe_event ORDER BY event_id"
JOBS = "SELECT task_name, args - 'request_id' FROM procrastinate_jobs"


async def test_an_event_is_kept_and_wakes_its_order(door, kept, signed) -> None:
    answer = await door.post(ADDRESS, content=BODY, headers={"stripe-signature": signed()})
    assert (answer.status_code, answer.content) == (200, b"")
    assert kept(EVENTS) == [("evt_1", "checkout.session.completed", "cs_test_1", "ord_1")]
    assert kept(JOBS) == [("settle_order", ORDER)]


async def test_an_event_told_often_and_at_once_is_one(door, kept, signed) -> None:
    headers = {"stripe-signature": signed()}
    answers = await asyncio.gather(*(door.post(ADDRESS, content=BODY, headers=headers) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(kept(EVENTS)) == len(kept(JOBS)) == 1


async def test_several_events_of_an_order_are_one_job(door, kept, signed) -> None:
    for body in (BODY, body_of("evt_2", "payment_intent.succeeded"), body_of("evt_3", "charge.updated")):
        await door.post(ADDRESS, content=body, headers={"stripe-signature": signed(body)})
    assert (len(kept(EVENTS)), len(kept(JOBS))) == (3, 1)


@pytest.mark.parametrize(
    "body",
    [
        body_of("evt_1", "customer.created"),
        body_of("evt_1", "payout.paid", id="po_1", metadata={}),
        body_of("evt_1", "refund.updated", id="re_1", metadata={"order_id": "ord_of_another_system"}),
        body_of("evt_1", "balance.available", id="", metadata=None),
    ],
)
async def test_what_is_not_about_an_order_of_ours_is_kept_and_wakes_nobody(door, kept, signed, body) -> None:
    assert (await door.post(ADDRESS, content=body, headers={"stripe-signature": signed(body)})).status_code == 200
    assert (len(kept(EVENTS)), kept(JOBS)) == (1, [])


async def test_a_forged_event_is_turned_away_and_not_kept(door, kept, signed) -> None:
    for headers in ({}, {"stripe-signature": signed(secret="whsec_forged")}, {"stripe-signature": signed(timestamp=1)}):
        answer = await door.post(ADDRESS, content=BODY, headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
        assert answer.json()["type"] == "/problems/signature-refused"
        assert "ada" not in answer.text
    assert kept(EVENTS) == kept(JOBS) == []


async def test_a_body_beyond_all_measure_is_not_read(door, kept) -> None:
    assert (await door.post(ADDRESS, content=b"x" * 70_000)).status_code == 413
    assert kept(EVENTS) == []


async def test_a_shop_that_takes_no_payments_says_so(platform_settings) -> None:
    application = Application(build_platform(platform_settings))
    transport = ASGITransport(application)
    async with application.platform.running(), AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        answer = await client.post(ADDRESS, content=BODY)
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/payments-not-set-up")


async def test_only_stripe_may_speak_there(door) -> None:
    assert (await door.get(ADDRESS)).status_code == 405


def test_what_the_sandbox_tells_over_the_network_arrives(platform_settings, kept) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}{ADDRESS}"
    with run_sandbox(place_count=2, webhook_url=address) as sandbox, _serving(platform_settings, sandbox, listener):
        asyncio.run(_buy(sandbox.sells_for(NOT_SET_UP)))
        deadline = monotonic() + PATIENCE_SECONDS
        while len(kept(EVENTS)) < EVENTS_OF_A_SALE:
            assert monotonic() < deadline, kept(EVENTS)
            sleep(0.05)
    assert {order_id for *_, order_id in kept(EVENTS)} == {"ord_1"}
    assert kept(JOBS) == [("settle_order", ORDER)]


async def _buy(settings: Settings) -> None:
    async with StripeGateway(settings) as gateway:
        pay((await gateway.open_session(draft())).url)


@contextmanager
def _serving(settings: Settings, sandbox: RunningSandbox, listener: socket.socket) -> Iterator[None]:
    application = Application(build_platform(sandbox.sells_for(settings)))
    server = uvicorn.Server(uvicorn.Config(application, access_log=False, log_level="critical"))
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(PATIENCE_SECONDS)
