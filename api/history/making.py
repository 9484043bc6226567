"""The past of shops by their slugs, as a command makes it. settings -> HistoryService, told in lines"""

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

import httpx

from api.catalog.service import CatalogService
from api.history.alone import alone
from api.history.assortment import Assortment
from api.history.repository import HistoryRepository
from api.history.service import HistoryService
from api.history.stripe import StripePast
from api.shops.repository import ShopRepository
from api.shops.shop import Shop, ShopAddress
from api.wiring import shop_url
from core.db.sessions import ShopDatabase
from core.domain.clock import utc_now
from core.errors import CatalogueError, SettingsError
from core.settings import Environment, Settings
from warehouse.readers.catalog import CatalogReader, open_catalog

RECENT_DAYS: Final = 30
WAIT_SECONDS: Final = 300.0
LOOK_SECONDS: Final = 0.2
TOLD_EACH_DAYS: Final = 60
# What lies further back is in nobody's way.
UNHURRIED: Final = 10

Say = Callable[[str], None]


async def make_history(settings: Settings, database: ShopDatabase, slugs: Sequence[str], days: int, say: Say) -> None:
    """Waits for the catalogue's first release. SettingsError in production and without the sandbox, CatalogueError."""
    if settings.environment is Environment.PRODUCTION:
        raise SettingsError("no past is invented in production")
    async with httpx.AsyncClient(trust_env=False) as http:
        repository = HistoryRepository(database)
        at_once, unhurried = (
            HistoryService(
                repository, StripePast(settings, http, is_unhurried=is_unhurried), utc_now, shop_url(settings)
            )
            for is_unhurried in (False, True)
        )
        reader = open_catalog(settings, settings.home / "cache" / "history")
        await _first_release(reader)
        shops = [await _shop(settings, database, reader, slug) for slug in slugs]
        async with alone(settings):
            await _make(at_once, shops, min(days, RECENT_DAYS), say)
            if days > RECENT_DAYS:
                os.nice(UNHURRIED)
                await _make(unhurried, shops, days, say)


async def _make(service: HistoryService, shops: list[tuple[Shop, Assortment]], days: int, say: Say) -> None:
    began, newest = time.monotonic(), utc_now().date()

    def told(day: date, item_count: int) -> None:
        ago = (newest - day).days
        if ago % TOLD_EACH_DAYS == 0 and ago < days:
            say(f"Sales of the last {ago} days: {item_count:,} order items")

    item_count = await service.make(shops, days, told)
    say(f"Sales of the last {days} days are there: {item_count:,} order items ({time.monotonic() - began:.1f} s)")


async def _first_release(reader: CatalogReader) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            _ = reader.manifest
        except CatalogueError:
            if time.monotonic() > deadline:
                raise
        else:
            return
        await asyncio.sleep(LOOK_SECONDS)


async def _shop(
    settings: Settings, database: ShopDatabase, reader: CatalogReader, slug: str
) -> tuple[Shop, Assortment]:
    shop = await ShopRepository(database).find(ShopAddress(slug=slug))
    if shop is None:
        raise SettingsError(f"there is no shop {slug}")
    fixed = frozenset(one.connection_id for one in settings.connections if one.has_fixed_retail)
    tomorrow = utc_now().date() + timedelta(days=1)
    return shop, Assortment(CatalogService(reader.pinned(), fixed_retail=fixed), shop, tomorrow)
