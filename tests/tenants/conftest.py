"""A sold order of the desk's shop, and a rival with a shop, an order and a sign-in of his own who is after it."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import psycopg
import pytest
from httpx import ASGITransport, AsyncClient

from api.app import Application
from api.sale.shapes import OrderKey
from api.shops.opening import Opened, ShopDraft, open_shop
from core.db.addresses import Database, database_url, shop_role_url
from core.db.sessions import ShopDatabase
from tests.fixtures.accounts import PASSWORD, PASSWORD_HASH
from tests.fixtures.sales import Desk

ORIGIN = "http://localhost"
RIVAL = "owner@rival.example"


@dataclass(frozen=True)
class Prize:
    """What a buyer of the desk's shop has, and nobody else may see."""

    order_id: str
    item_id: str
    reference: str
    secret: str

    @property
    def words(self) -> tuple[str, ...]:
        return (self.order_id, self.item_id, self.reference, "Lovelace", "ada@buyer.example")


@dataclass
class Rival:
    """His browser, signed in to his own reseller; `secret` and `order_id` are of an order of his shop."""

    desk: Desk
    client: AsyncClient
    reseller_id: str
    order_id: str
    secret: str


@pytest.fixture
async def prize(desk) -> Prize:
    key, (item,) = await desk.paid()
    await desk.settle(key)
    return Prize(key.order_id, item, *_told(desk, key))


@pytest.fixture
async def rival(desk, rival_shop) -> AsyncIterator[Rival]:
    transport = ASGITransport(Application(desk.platform))
    async with AsyncClient(transport=transport, base_url=ORIGIN, headers={"origin": ORIGIN}) as client:
        await sign_in(client, RIVAL)
        made = (await client.post("/v1/shops/rival/orders")).raise_for_status().json()
        yield Rival(desk, client, rival_shop.reseller_id, made["order_id"], made["secret"])


async def sign_in(client: AsyncClient, email: str) -> httpx.Response:
    await client.get("/sign-in")
    form = {"email": email, "password": PASSWORD, "form_token": client.cookies["tiqzy_form"]}
    answer = await client.post("/sign-in", data=form)
    assert answer.status_code == 303, answer.text
    return answer


@pytest.fixture(scope="module")
def rival_shop(desk_settings) -> Opened:
    async def make() -> Opened:
        database = ShopDatabase(shop_role_url(desk_settings))
        try:
            return await open_shop(database, ShopDraft("Rival", "rival", "Rival"))
        finally:
            await database.close()

    with ThreadPoolExecutor(1) as aside:
        opened = aside.submit(asyncio.run, make()).result()
    with psycopg.connect(database_url(Database.SHOP, desk_settings)) as owner:
        owner.execute("SELECT set_config('tiqzy.reseller_id', %s, false)", [opened.reseller_id])
        owner.execute(
            "INSERT INTO account (account_id, reseller_id, email, password_hash, role)"
            " VALUES ('acc_rival', %s, %s, %s, 'OWNER')",
            [opened.reseller_id, RIVAL, PASSWORD_HASH],
        )
    return opened


def _told(desk: Desk, key: OrderKey) -> tuple[str, str]:
    [(reference, secret)] = desk.rows("SELECT reference, secret FROM shop_order WHERE order_id = %s", key.order_id)
    return str(reference), str(secret)
