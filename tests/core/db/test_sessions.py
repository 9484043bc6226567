"""What a session of the shop role sees."""

import pytest

from core.db.addresses import shop_role_url
from core.db.lookups import find_shop
from core.db.sessions import ShopDatabase
from core.db.tables import Reseller, Shop


@pytest.fixture
async def shop_database(platform_settings):
    database = ShopDatabase(shop_role_url(platform_settings))
    yield database
    await database.close()


async def test_finds_a_shop_before_there_is_a_tenant(shop_database):
    async with shop_database.tenant_session("rsl_a") as session:
        session.add(Reseller(reseller_id="rsl_a", name="A"))
        await session.flush()
        session.add(
            Shop(
                shop_id="shp_a",
                reseller_id="rsl_a",
                slug="a",
                name="A",
                colour_primary="#000000",
                colour_accent="#ffffff",
            )
        )
    async with shop_database.lookup_session() as session:
        key = await find_shop(session, slug="a")
    assert (key.shop_id, key.reseller_id) == ("shp_a", "rsl_a")
