"""Simulated visitors find their way through the real pages, and bother nobody when there is no shop."""

import asyncio
from itertools import count
from random import Random

import httpx
import pytest
from httpx import ASGITransport
from sqlalchemy import text

from api.app import Application
from api.wiring import build_platform
from api.worker import run_due_jobs
from core.db.sessions import ShopDatabase
from sandbox.visitors.page import read_page
from sandbox.visitors.street import Street
from sandbox.visitors.visit import Came, Visit
from tests.fixtures.shops import ORIGIN

# Front, city, ticket, day, time, cart, details, card.
PAGES_TO_PAY = 8


class Determined(Random):
    """Nobody leaves before he has what he came for; whatever he chooses from, he chooses by chance."""

    def random(self) -> float:
        return 0.9999

    def getrandbits(self, k: int, /) -> int:
        return super().getrandbits(k)


@pytest.fixture(scope="module")
def shop_settings(shop_settings, sandbox):
    return sandbox.sells_for(shop_settings)


async def test_a_visitor_comes_from_the_front_page_to_his_tickets(shops, world, sandbox):
    world.gone = {str(product["slug"]) for product in world.products} - {"ticket-30"}
    world.publish(shops.settings)
    application = Application(build_platform(shops.settings))
    platform = application.platform
    async with platform.running(), _browser(application) as http:
        opened = count()

        async def read() -> None:
            """The worker works while he looks at what he bought; before that there is nothing to do."""
            if next(opened) > PAGES_TO_PAY:
                await run_due_jobs(platform)

        visit = Visit(http, f"{ORIGIN}/s/canal-house/", Determined(3), read)
        assert await visit.take_place() is Came.BOUGHT
        assert await _orders(platform.database, shops.canal_house.reseller_id) == [("DONE", 4)]
    sandbox.reset()


async def test_shops_that_are_down_cost_a_visit_each_and_no_more():
    told: list[str] = []
    street = Street(["http://127.0.0.1:9/s/nowhere/"], Random(1), say=told.append, reads_seconds=0)  # noqa: S311 - repeatable
    async with asyncio.timeout(20):
        await street.open(rate=120, visits=2)
    assert told == ["http://127.0.0.1:9/s/nowhere/: ConnectError"] * 2


def test_a_page_is_its_links_and_what_its_forms_would_send():
    page = read_page(
        "http://shop.example/s/a/",
        200,
        '<a href="cart">Cart</a><form method="post" action="/go"><input type="hidden" name="nonce" value="n">'
        '<input type="number" name="unt_1" value="0" max="4"><input type="checkbox" name="terms" value="yes"></form>',
    )
    assert page.links_to("/cart") == ["http://shop.example/s/a/cart"]
    form = page.form(action="/go", having={"nonce": "n"})
    assert form is not None
    assert (form.fields, form.numbers, form.boxes) == ({"nonce": "n", "unt_1": "0"}, {"unt_1": 4}, {"terms": "yes"})


def _browser(application: Application) -> httpx.AsyncClient:
    """The shop in this process, Stripe's pages at the sandbox's address."""
    mounts = {ORIGIN: ASGITransport(application)}
    return httpx.AsyncClient(mounts=mounts, follow_redirects=True, timeout=30, trust_env=False)


async def _orders(database: ShopDatabase, reseller_id: str) -> list[tuple[str, int]]:
    query = text(
        "SELECT o.status, sum(l.quantity)::int FROM shop_order AS o JOIN order_item AS i USING (order_id)"
        " JOIN order_line AS l USING (order_item_id) GROUP BY o.order_id, o.status"
    )
    async with database.tenant_session(reseller_id) as session:
        return [(status, tickets) for status, tickets in await session.execute(query)]
