"""Over a whole purchase, a refund and a sync: what is sent and what is answered is as its publisher describes it."""

import asyncio
import json
from datetime import timedelta
from functools import cache
from urllib.parse import parse_qsl

import pytest

from core.domain.clock import utc_now
from core.domain.ports import OptionRef
from core.domain.sale import ItemState, OrderStatus
from core.settings import Settings
from pipelines.sources.octo.client import OctoClient
from pipelines.sources.stripe.client import StripeReader
from tests.contracts.wire import Said
from tests.sandbox.published_schema import CONTENT, PRICING, PublishedSchema, require_document
from tests.sandbox.stripe import published as stripe_document

FEW = 4
OCTO_CALLS = {"supplier", "products", "calendar", "availability", "bookings", "extend", "confirm", "cancel"}
STRIPE_LISTS = {"checkout", "refunds", "charges", "payment_intents", "payouts", "balance_transactions", "events"}


@pytest.fixture(scope="module", autouse=True)
def _documents() -> None:
    require_document()
    stripe_document.require_description()


async def test_a_purchase_a_refund_and_a_sync_are_said_as_published(desk, wire):
    await _buy_and_give_back(desk)
    await _read_all(desk.platform.providers["canal"])
    await asyncio.to_thread(_read_account, desk.platform.settings)
    assert {said.path.split("/")[-1] for said in wire.of("/octo/")} >= OCTO_CALLS
    assert {said.path.split("/")[2] for said in wire.of("/stripe/")} >= STRIPE_LISTS
    found = [f"{said}: {problem}" for said in wire.of("/octo/") for problem in _octo_problems(said)]
    found += [f"{said}: {problem}" for said in wire.of("/stripe/") for problem in _stripe_problems(said)]
    assert not found, "\n".join(found[:40])


async def _buy_and_give_back(desk) -> None:
    """Of a supplier that confirms at once, and of one that confirms later."""
    key, (item,) = await desk.paid()
    assert await desk.settled(key) == (OrderStatus.DONE, [ItemState.CONFIRMED])
    await desk.platform.sales.request_cancellation(key, item)
    assert await desk.settled(key) == (OrderStatus.DONE, [ItemState.CANCELLED])
    later, _ = await desk.paid(what=desk.confirms_later)
    await desk.settle(later)


async def _read_all(client: OctoClient) -> None:
    """What a load asks of a supplier, of a few products."""
    await client.supplier()
    today = utc_now().date()
    for payload in (await client.catalogue("en"))[:FEW]:
        option = OptionRef(payload.provider_product_id, payload.product().options[0].id)
        await client.calendar(option, today, today + timedelta(days=60))
        await client.availability(option, today, today + timedelta(days=7))


def _read_account(settings: Settings) -> None:
    """What a load asks of Stripe: the first time all of it, later what is new."""
    with StripeReader(settings) as reader:
        for since in (None, utc_now() - timedelta(days=1)):
            for of in ("charges", "intents", "refunds", "sessions", "payouts", "balance_transactions", "events"):
                for found in getattr(reader, of)(since):
                    getattr(reader, of.removesuffix("s"), lambda _: None)(found.id)


def test_what_is_sent_wrongly_is_found():
    octo, session = PublishedSchema(PRICING, CONTENT), ("POST", "/v1/checkout/sessions")
    headers = {"octo-capabilities": "octo/pricing, octo/content", "accept-language": "en"}
    window = {"productId": "p", "optionId": "o", "localDateStart": "2027-01-01", "localDateEnd": "2027-01-02"}
    asked = ("POST", "/availability/")
    assert not octo.request_problems(*asked, headers, window)
    assert octo.request_problems(*asked, {}, window)
    assert octo.request_problems(*asked, headers, window | {"optionId": 1})
    assert octo.request_problems(*asked, headers, window | {"option": "o"})
    wish = {"success_url": "https://shop.example/", "line_items[0][quantity]": "2", "mode": "payment"}
    assert not stripe_document.request_problems(*session, list(wish.items()))
    for wrong in ({"mode": "gift"}, {"line_items[0][quantity]": "two"}, {"line_items[0][tickets]": "2"}):
        assert stripe_document.request_problems(*session, list((wish | wrong).items()))


@cache
def _octo_document() -> PublishedSchema:
    return PublishedSchema(PRICING, CONTENT)


def _octo_problems(said: Said) -> list[str]:
    schema = _octo_document()
    path = schema.template(said.path)
    sent = json.loads(said.sent) if said.sent else None
    return [
        *schema.request_problems(said.method, path, said.sent_headers, sent),
        *schema.problems(said.method, path, said.status, said.headers, said.answer),
    ]


def _stripe_problems(said: Said) -> list[str]:
    sent = parse_qsl(said.sent.decode(), keep_blank_values=True)
    return [
        *stripe_document.request_problems(said.method, said.path, [*said.query, *sent]),
        *stripe_document.problems(said.method, said.path, said.status, said.answer),
    ]
