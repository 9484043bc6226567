"""Makes resellers and their shops. a draft -> rows of one tenant, written as that tenant"""

from dataclasses import dataclass, field

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from api.shops.price_rules import rows_of
from api.shops.shop import Logo
from core.db import tables
from core.db.lookups import find_shop
from core.db.sessions import ShopDatabase
from core.domain.ids import Prefix, new_id
from core.domain.pricing import PriceRules
from core.errors import TenantError


class SlugTaken(TenantError):
    """Another shop already has this address."""


class HostTaken(TenantError):
    """Another shop already answers to this host name."""


@dataclass(frozen=True, slots=True)
class Area:
    """A whole country, or one city of it."""

    country_code: str
    city_id: str | None = None


@dataclass(frozen=True, slots=True)
class ShopDraft:
    """All that a shop is opened with. Without areas it offers everything; without a host it has only `/s/<slug>/`."""

    reseller: str
    slug: str
    name: str
    tagline: str = ""
    intro: str = ""
    colour_primary: str = "#23395b"
    colour_accent: str = "#f2b84b"
    font: str = "sans"
    locale: str = "en_IE"
    currency: str = "EUR"
    time_zone: str = "Europe/Amsterdam"
    logo: Logo | None = None
    host: str | None = None
    areas: tuple[Area, ...] = ()
    price_rules: PriceRules = field(default_factory=PriceRules)


@dataclass(frozen=True, slots=True)
class Opened:
    reseller_id: str
    shop_id: str


async def open_shop(database: ShopDatabase, draft: ShopDraft) -> Opened:
    """A new reseller with an open shop; SlugTaken or HostTaken when the address is not free."""
    opened = Opened(new_id(Prefix.RESELLER), new_id(Prefix.SHOP))
    try:
        async with database.tenant_session(opened.reseller_id) as session:
            session.add(tables.Reseller(reseller_id=opened.reseller_id, name=draft.reseller, time_zone=draft.time_zone))
            await session.flush()
            await _write(session, opened, draft)
    except IntegrityError as error:
        if "shop_host_key" in str(error.orig):
            raise HostTaken(f"the host name {draft.host} belongs to another shop") from error
        if "shop_slug_key" in str(error.orig):
            raise SlugTaken(f"the address /s/{draft.slug}/ belongs to another shop: choose another slug") from error
        raise
    return opened


async def ensure_shop(database: ShopDatabase, draft: ShopDraft) -> Opened:
    """The shop of the draft's slug as the draft has it, made or brought up to date."""
    async with database.lookup_session() as session:
        key = await find_shop(session, slug=draft.slug)
    if key is None:
        return await open_shop(database, draft)
    opened = Opened(key.reseller_id, key.shop_id)
    async with database.tenant_session(key.reseller_id) as session:
        await _write(session, opened, draft)
    return opened


async def _write(session: AsyncSession, opened: Opened, draft: ShopDraft) -> None:
    values = {
        "name": draft.name,
        "tagline": draft.tagline,
        "intro": draft.intro,
        "logo": draft.logo.content if draft.logo else None,
        "logo_type": draft.logo.media_type if draft.logo else None,
        "colour_primary": draft.colour_primary,
        "colour_accent": draft.colour_accent,
        "font": draft.font,
        "locale": draft.locale,
        "currency": draft.currency,
        "time_zone": draft.time_zone,
    }
    if draft.host:  # a draft without one leaves the host that the shop was given since
        values["host"] = draft.host
    keys = {"shop_id": opened.shop_id, "reseller_id": opened.reseller_id, "slug": draft.slug}
    row = insert(tables.Shop).values(**keys, **values)
    await session.execute(row.on_conflict_do_update(index_elements=["shop_id"], set_=values))
    of_shop = tables.ShopArea.shop_id == opened.shop_id
    await session.execute(delete(tables.ShopArea).where(of_shop))
    for area in draft.areas:
        session.add(
            tables.ShopArea(
                shop_id=opened.shop_id,
                reseller_id=opened.reseller_id,
                country_code=area.country_code,
                city_id=area.city_id,
            )
        )
    await session.execute(delete(tables.PriceRule).where(tables.PriceRule.shop_id == opened.shop_id))
    session.add_all(rows_of(draft.price_rules, shop_id=opened.shop_id, reseller_id=opened.reseller_id))
