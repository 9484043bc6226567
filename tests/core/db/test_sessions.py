"""Sessions bound to a reseller."""

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from core.db.tables import Shop, ShopArea
from tests.core.db.probes import tell


async def test_each_transaction_of_a_session_is_the_tenants(two_resellers):
    async with two_resellers.tenant_session("rsl_a") as session:
        for _ in range(2):
            assert await session.scalar(select(func.count()).select_from(Shop)) == 1
            await session.commit()


async def test_an_error_undoes_what_the_session_did(two_resellers):
    async def rename_and_fail() -> None:
        async with two_resellers.tenant_session("rsl_a") as session:
            await session.execute(update(Shop).values(name="never"))
            await session.execute(text("SELECT 1 / 0"))

    with pytest.raises(DBAPIError, match="division by zero"):
        await rename_and_fail()
    async with two_resellers.tenant_session("rsl_a") as session:
        assert (await session.get_one(Shop, "shp_a")).name == "A"


async def test_a_change_of_the_shop_or_its_areas_makes_a_new_revision(two_resellers):
    async with two_resellers.tenant_session("rsl_a") as session:
        shop = await session.get_one(Shop, "shp_a")
        before = shop.revision
        shop.tagline = "Open all year"
        await session.flush()
        assert shop.revision == before + 1
        session.add(ShopArea(shop_id="shp_a", reseller_id="rsl_a", country_code="BE"))
        await session.flush()
        await session.refresh(shop)
        assert shop.revision == before + 2


async def test_one_area_is_chosen_once(two_resellers):
    with pytest.raises(DBAPIError, match="shop_area_shop_id_country_code_city_id_key"):
        async with two_resellers.tenant_session("rsl_a") as session:
            session.add(ShopArea(shop_id="shp_a", reseller_id="rsl_a", country_code="NL"))


async def test_a_connection_that_was_cut_costs_nobody_an_error(two_resellers, postgres):
    async with two_resellers.tenant_session("rsl_a") as session:
        pid = await session.scalar(text("SELECT pg_backend_pid()"))
    tell(postgres.superuser_url, f"SELECT pg_terminate_backend({pid}, 5000)")
    async with two_resellers.tenant_session("rsl_a") as session:
        assert await session.scalar(select(Shop.name)) == "A"
