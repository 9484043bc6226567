"""Two shops, a published catalogue and the sandbox's suppliers, and a browser at their door.

`canal-house` offers the Netherlands; `lago` offers Italy, and has the host tickets.lago.example of its own.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import httpx
import psycopg
import pytest
from httpx import ASGITransport, AsyncClient, Response
from psycopg import sql

from api.app import Application
from api.shops.opening import Area, Opened, ShopDraft, open_shop
from api.shops.shop import Logo
from api.wiring import build_platform
from core.db.addresses import Database, database_url, shop_role_url
from core.db.sessions import ShopDatabase
from core.settings import Settings
from tests.api.release import LiveProduct, World

ORIGIN = "http://localhost"
LAGO_HOST = "tickets.lago.example"
NL_SHOP = ShopDraft(
    "Hotel Canal", "canal-house", "Canal House", "By the water", "Tickets from us.", areas=(Area("NL"),)
)
IT_SHOP = ShopDraft("Camping Lago", "lago", "Lago", "By the lake", areas=(Area("IT"),), logo=Logo(b"lago", "image/png"))


@dataclass(frozen=True)
class Shops:
    settings: Settings
    canal_house: Opened
    lago: Opened

    def change(self, shop: Opened, column: str, value: str) -> None:
        """As the reseller's own back office would."""
        with psycopg.connect(database_url(Database.SHOP, self.settings)) as connection:
            connection.execute("SELECT set_config('tiqzy.reseller_id', %s, false)", [shop.reseller_id])
            update = sql.SQL("UPDATE shop SET {} = %s WHERE shop_id = %s").format(sql.Identifier(column))
            connection.execute(update, [value, shop.shop_id])


@dataclass
class Visitor:
    """Somebody's browser; `get` refuses what is no success unless a status is expected."""

    application: Application
    client: AsyncClient

    async def get(self, address: str, expected: int = HTTPStatus.OK, **headers: str) -> Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = await self.client.get(address, headers=named)
        assert answer.status_code == expected, f"{address}: {answer.status_code} {answer.text[:500]}"
        return answer

    async def text(self, address: str, expected: int = HTTPStatus.OK) -> str:
        return (await self.get(address, expected)).text


@pytest.fixture(scope="session")
def live_product(sandbox) -> LiveProduct:
    """A product of the sandbox's canal supplier with start times and units."""
    connection = sandbox.connection("canal")
    headers = {
        "authorization": f"Bearer {connection.api_key.get_secret_value()}",
        "octo-capabilities": "octo/pricing, octo/content",
    }
    products = httpx.get(f"{connection.url}/products", headers=headers, timeout=30).json()
    timed = [item for item in products if item["availabilityType"] == "START_TIME" and item["pricingPer"] == "UNIT"]
    option = timed[0]["options"][0]
    adult = next(unit for unit in option["units"] if unit["type"] == "ADULT")
    return LiveProduct(timed[0]["id"], option["id"], adult["id"], timed[0]["media"][0]["src"])


@pytest.fixture
def world(live_product) -> World:
    """Its slots are for tomorrow and were read forty minutes ago."""
    now = datetime.now(UTC)
    return World(live_product, (now + timedelta(days=1)).date(), now - timedelta(minutes=40, seconds=5))


@pytest.fixture(scope="module")
def shop_settings(new_platform, tmp_path_factory, sandbox) -> Iterator[Settings]:
    with new_platform(tmp_path_factory.mktemp("shops") / "home") as made:
        yield made.model_copy(update={"connections": sandbox.connections})


@pytest.fixture(scope="module")
def shops(shop_settings) -> Shops:
    return asyncio.run(_open_shops(shop_settings))


async def _open_shops(chosen: Settings) -> Shops:
    database = ShopDatabase(shop_role_url(chosen))
    opened = Shops(chosen, await open_shop(database, NL_SHOP), await open_shop(database, IT_SHOP))
    opened.change(opened.lago, "host", LAGO_HOST)
    await database.close()
    return opened


@pytest.fixture
async def visitor(shops, world) -> AsyncIterator[Visitor]:
    """A visitor of the application with the world published."""
    world.publish(shops.settings)
    async with visiting(shops.settings) as one:
        yield one


@asynccontextmanager
async def visiting(settings: Settings) -> AsyncIterator[Visitor]:
    """A visitor of a process of its own, as far as caches go."""
    application = Application(build_platform(settings))
    transport = ASGITransport(application)
    async with application.platform.running(), AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield Visitor(application, client)
