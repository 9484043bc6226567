"""Every query of the feature. shop database -> who may sign in, sessions, and the reseller's own name and shops."""

from datetime import datetime

from sqlalchemy import select

from api.accounts.schemas import OwnShop
from core.db import lookups
from core.db.lookups import AccountKey, SignedIn
from core.db.sessions import ShopDatabase
from core.db.tables import Reseller, Shop, ShopArea


class AccountRepository:
    """Each method is one transaction and holds no connection afterwards: hashing a password takes long."""

    def __init__(self, database: ShopDatabase) -> None:
        self._database = database

    async def account(self, email: str) -> AccountKey | None:
        async with self._database.lookup_session() as session:
            return await lookups.find_account(session, email)

    async def signed_in(self, session_hash: str, at: datetime) -> SignedIn | None:
        async with self._database.lookup_session() as session:
            return await lookups.find_session(session, session_hash, at)

    async def replace_session(self, old_hash: str | None, new_hash: str, account_id: str, until: datetime) -> None:
        """End the session this browser had and open another, both or neither."""
        async with self._database.lookup_session() as session:
            if old_hash:
                await lookups.close_session(session, old_hash)
            await lookups.open_session(session, new_hash, account_id, until)

    async def close_session(self, session_hash: str) -> None:
        async with self._database.lookup_session() as session:
            await lookups.close_session(session, session_hash)

    async def reseller(self, reseller_id: str) -> tuple[str, list[OwnShop]]:
        """The reseller's name and its shops by name."""
        async with self._database.tenant_session(reseller_id) as session:
            name = await session.scalar(select(Reseller.name).where(Reseller.reseller_id == reseller_id))
            shops = (await session.execute(select(Shop.shop_id, Shop.slug, Shop.name).order_by(Shop.name))).all()
            areas = (await session.execute(select(ShopArea.shop_id, ShopArea.country_code, ShopArea.city_id))).all()
        return name or "", [
            OwnShop(
                shop_id=shop.shop_id,
                slug=shop.slug,
                name=shop.name,
                country_codes=sorted(
                    area.country_code for area in areas if area.shop_id == shop.shop_id and not area.city_id
                ),
                city_ids=sorted(area.city_id for area in areas if area.shop_id == shop.shop_id and area.city_id),
            )
            for shop in shops
        ]
