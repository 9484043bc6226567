"""Shops: found, changed, opened, and out of each other's reach."""

import asyncio
from dataclasses import replace

import psycopg
import pytest
from sqlalchemy import select

from api.demo_shops import demo_shops
from api.resellers import BadName, make_reseller
from api.seed import seed
from api.shops.directory import ShopDirectory
from api.shops.errors import ShopsUnreachable
from api.shops.opening import HostTaken, SlugTaken, ensure_shop
from api.shops.repository import ShopRepository
from api.shops.shop import ShopAddress
from core.db import tables
from core.db.addresses import Database, database_url, shop_role_url
from core.db.sessions import ShopDatabase


async def test_a_change_of_a_shop_is_seen_within_two_seconds(visitor, shops):
    assert "By the water" in await visitor.text("/s/canal-house/")
    shops.change(shops.canal_house, "tagline", "On higher ground")
    async with asyncio.timeout(3):
        while "On higher ground" not in await visitor.text("/s/canal-house/"):
            pass


async def test_a_shop_has_its_own_logo_and_no_other(visitor):
    assert (await visitor.get("/s/lago/logo-1")).content == b"lago"
    await visitor.get("/s/canal-house/logo-1", 404)


async def test_styles_are_kept_for_a_year_under_their_fingerprint_alone(visitor):
    page = await visitor.text("/s/lago/")
    href = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "immutable" in (await visitor.get(href)).headers["cache-control"]
    assert "immutable" not in (await visitor.get("/s/lago/style-000000000000.css")).headers["cache-control"]


async def test_another_resellers_shop_stays_invisible_to_every_query(shops):
    database = ShopDatabase(shop_role_url(shops.settings))
    shop = await ShopRepository(database).find(ShopAddress(slug="lago"))
    assert shop is not None
    assert shop.scope.country_codes == {"IT"}
    async with database.tenant_session(shops.canal_house.reseller_id) as session:
        assert (await session.scalars(select(tables.Shop.slug))).all() == ["canal-house"]
        assert (await session.scalars(select(tables.ShopArea.country_code))).all() == ["NL"]
    foreign = replace(shop, reseller_id=shops.canal_house.reseller_id)
    assert await ShopRepository(database).logo(foreign) is None
    await database.close()


async def test_a_shop_that_was_seen_goes_on_while_its_database_is_away(shops):
    database = ShopDatabase(shop_role_url(shops.settings))
    shop = await ShopRepository(database).find(ShopAddress(slug="lago"))
    await database.close()
    now, is_away = 0.0, False

    async def find(_address, _known):
        if is_away:
            raise OSError("no route")
        return shop

    directory = ShopDirectory(find, monotonic=lambda: now)
    assert await directory.shop(ShopAddress(slug="lago")) == shop
    is_away, now = True, 60.0
    assert await directory.shop(ShopAddress(slug="lago")) == shop
    with pytest.raises(ShopsUnreachable):
        await directory.shop(ShopAddress(slug="never-seen"))


async def test_a_reseller_is_made_with_an_open_shop(visitor, shops):
    address = await make_reseller(shops.settings, "  Hotel   Mira ", "mira")
    assert address == "http://localhost:8000/s/mira/"
    assert "Tickets from Hotel Mira" in await visitor.text("/s/mira/")


async def test_a_reseller_may_bring_a_host_name_of_its_own(visitor, shops):
    await make_reseller(shops.settings, "Hotel Mira", "mira-hosted", host="Tickets.Mira.example")
    assert "Tickets from Hotel Mira" in await visitor.text("http://tickets.mira.example/")
    with pytest.raises(HostTaken, match="belongs to another shop"):
        await make_reseller(shops.settings, "Another", "another", host="tickets.mira.example")
    for host in ("https://mira.example", "mira", "mira.example:8000", "mira..example"):
        with pytest.raises(BadName, match="no host name"):
            await make_reseller(shops.settings, "Another", "another", host=host)


async def test_a_resellers_business_day_ends_where_it_is(shops):
    await make_reseller(shops.settings, "Hotel Fleet", "fleet", time_zone="Europe/London")
    with psycopg.connect(database_url(Database.SHOP, shops.settings)) as connection:
        connection.execute("SET ROLE tiqzy_lake")
        found = connection.execute(
            "SELECT r.time_zone, s.time_zone FROM reseller AS r JOIN shop AS s USING (reseller_id)"
        )
        assert ("Europe/London", "Europe/London") in found.fetchall()
    with pytest.raises(BadName, match="no time zone"):
        await make_reseller(shops.settings, "Another", "another", time_zone="Europe/Fleet")


async def test_an_address_that_is_taken_or_impossible_is_refused_in_a_sentence(shops):
    with pytest.raises(SlugTaken, match="choose another"):
        await make_reseller(shops.settings, "Another", "lago")
    for slug in ("Mira", "mi ra", "-mira", "", "x" * 64):
        with pytest.raises(BadName, match="cannot be an address"):
            await make_reseller(shops.settings, "Another", slug)


async def test_seeding_twice_leaves_three_shops_of_their_own_character(visitor, shops):
    await seed(shops.settings)
    await seed(shops.settings)
    looks = {(shop.colour_primary, shop.font, shop.areas) for shop in demo_shops()}
    assert len(looks) == 3
    for shop in demo_shops():
        page = await visitor.text(f"/s/{shop.slug}/")
        assert shop.tagline.split("'")[0] in page
        assert (await visitor.get(f"/s/{shop.slug}/logo-1")).headers["content-type"] == "image/png"


async def test_a_draft_brings_an_existing_shop_up_to_date(shops):
    database = ShopDatabase(shop_role_url(shops.settings))
    draft = demo_shops()[0]
    first = await ensure_shop(database, draft)
    assert await ensure_shop(database, draft) == first
    await database.close()
