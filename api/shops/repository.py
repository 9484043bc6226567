"""Every query of the feature. shop database (row-level security) -> Shop"""

from collections.abc import Sequence

from sqlalchemy import RowMapping, select
from sqlalchemy.exc import SQLAlchemyError

from api.shops.price_rules import rules_of
from api.shops.shop import Branding, Logo, Shop, ShopAddress
from core.db import tables
from core.db.lookups import ShopKey, find_shop
from core.db.sessions import ShopDatabase
from core.domain.pricing import FeeTerms, PriceRules
from warehouse.readers.shapes import CatalogScope


class ShopRepository:
    """A shop is looked for by its address first, then read as its own tenant."""

    def __init__(self, database: ShopDatabase) -> None:
        self._database = database

    async def find(self, address: ShopAddress, known: Shop | None = None) -> Shop | None:
        """The shop at an address; `known` itself when it has not changed since."""
        async with self._database.lookup_session() as session:
            key = await find_shop(session, host=address.host, slug=address.slug)
        if key is None:
            return None
        if known is not None and (known.shop_id, known.revision) == (key.shop_id, key.revision):
            return known
        return await self._read(key)

    async def logo(self, shop: Shop) -> Logo | None:
        query = select(tables.Shop.logo, tables.Shop.logo_type).where(tables.Shop.shop_id == shop.shop_id)
        async with self._database.tenant_session(shop.reseller_id) as session:
            row = (await session.execute(query)).one_or_none()
        return Logo(row.logo, row.logo_type) if row and row.logo and row.logo_type else None

    async def is_reachable(self) -> bool:
        """Whether the shop database answers at all."""
        try:
            async with self._database.lookup_session() as session:
                await session.execute(select(1))
        except (SQLAlchemyError, OSError):
            return False
        return True

    async def _read(self, key: ShopKey) -> Shop | None:
        of_shop = tables.Shop.shop_id == key.shop_id
        has_logo = tables.Shop.logo.is_not(None).label("has_logo")
        columns = [column for column in tables.Shop.__table__.columns if column.name != "logo"]
        fees = [tables.Reseller.platform_fee_bps, tables.Reseller.payment_fee_bps]
        shops = select(*columns, has_logo, *fees).join(tables.Reseller).where(of_shop)
        areas = select(tables.ShopArea.country_code, tables.ShopArea.city_id)
        rules = select(tables.PriceRule).where(tables.PriceRule.shop_id == key.shop_id)
        async with self._database.tenant_session(key.reseller_id) as session:
            shop = (await session.execute(shops)).mappings().one_or_none()
            chosen = (await session.execute(areas.where(tables.ShopArea.shop_id == key.shop_id))).mappings().all()
            price_rules = rules_of(await session.scalars(rules))
        return _shop(shop, chosen, price_rules) if shop else None


def _shop(row: RowMapping, areas: Sequence[RowMapping], price_rules: PriceRules) -> Shop:
    return Shop(
        shop_id=row["shop_id"],
        reseller_id=row["reseller_id"],
        slug=row["slug"],
        host=row["host"],
        name=row["name"],
        tagline=row["tagline"],
        intro=row["intro"],
        branding=Branding(row["colour_primary"], row["colour_accent"], row["font"] or "sans", has_logo=row["has_logo"]),
        locale=row["locale"],
        currency=row["currency"],
        time_zone=row["time_zone"],
        revision=row["revision"],
        scope=CatalogScope(
            country_codes=frozenset(area["country_code"] for area in areas if area["city_id"] is None),
            city_ids=frozenset(area["city_id"] for area in areas if area["city_id"] is not None),
        ),
        price_rules=price_rules,
        terms=FeeTerms(row["platform_fee_bps"], row["payment_fee_bps"]),
    )
