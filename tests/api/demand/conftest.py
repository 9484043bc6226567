"""Somebody who looks around in a shop, and what the database then has of it."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import psycopg
import pytest
from httpx import Response

from api.shops.opening import Opened
from core.db.addresses import Database, database_url
from core.settings import Settings
from tests.api.demand.test_people import PHONE
from tests.fixtures.shops import Shops, Visitor, visiting

COUNTS = "SELECT kind, country_code, city_id, product_id, seen_count FROM demand_count ORDER BY 1, 2, 3, 4"

Row = tuple[str, str, str, str, int]
Rows = Callable[[Opened], list[Row]]


@dataclass
class Person:
    """A visitor whose browser says that it is one."""

    visitor: Visitor

    async def sees(self, address: str, **headers: str) -> Response:
        return await self.visitor.get(address, user_agent=PHONE.decode(), **headers)

    async def flush(self) -> None:
        await self.visitor.application.platform.demand.flush()


@pytest.fixture
def blank_shops(shops) -> Shops:
    """Where nothing was counted yet."""
    with psycopg.connect(database_url(Database.SHOP, shops.settings)) as connection:
        connection.execute("TRUNCATE demand_count")
    return shops


@pytest.fixture
async def person(blank_shops, world) -> AsyncIterator[Person]:
    world.publish(blank_shops.settings)
    async with visiting(blank_shops.settings) as visitor:
        yield Person(visitor)


@pytest.fixture
def rows(blank_shops) -> Rows:
    """What the database has counted for one reseller."""
    return lambda opened: counted(blank_shops.settings, opened.reseller_id)


def counted(settings: Settings, reseller_id: str) -> list[Row]:
    with psycopg.connect(database_url(Database.SHOP, settings)) as connection:
        connection.execute("SELECT set_config('tiqzy.reseller_id', %s, false)", [reseller_id])
        return connection.execute(COUNTS).fetchall()
