"""Shops at the sandbox whose sales can be made both ways: through the checkout, and as history."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
import psycopg
import pytest
from psycopg.rows import dict_row

from api.history.assortment import DAYS_OF_A_WEEK, WEDNESDAY
from api.history.repository import HistoryRepository
from api.history.service import HistoryService
from api.history.stripe import StripePast
from api.shops.opening import Area, ShopDraft, ensure_shop
from api.shops.shop import Shop, ShopAddress
from api.wiring import Platform, build_platform, shop_url
from core.db.addresses import Database, database_url
from core.domain.clock import utc_now
from core.domain.pricing import Discount, Free, PriceRules
from pipelines.sources.octo import transport
from tests.fixtures.catalogue import World
from tests.fixtures.sandbox import RunningSandbox

SOLD = ShopDraft(
    "The Counter", "counter", "The Counter", areas=(Area("NL"),), price_rules=PriceRules(Discount(bps=500))
)
GIVEN = ShopDraft("The Gift", "gift", "The Gift", areas=(Area("NL"),), price_rules=PriceRules(Free()))
TABLES = ("shop_order", "buyer", "payment", "order_item", "order_line", "ticket", "refund", "ledger_posting", "mail")


@dataclass
class StandingClock:
    """Stands still until it is set."""

    at: datetime = field(default_factory=utc_now)

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Archive:
    """A platform with a clock that stands, and the service that makes its past."""

    platform: Platform
    clock: StandingClock
    sandbox: RunningSandbox
    history: HistoryService
    shops: Mapping[str, Shop]

    def rows(self, reseller_id: str, query: str, *values: object) -> list[dict[str, object]]:
        with psycopg.connect(database_url(Database.SHOP, self.platform.settings), row_factory=dict_row) as connection:
            connection.execute("SELECT set_config('tiqzy.reseller_id', %s, false)", [reseller_id])
            return connection.execute(query, values).fetchall()

    def change(self, reseller_id: str, query: str, *values: object) -> None:
        """What no role of the platform may do: as the tables' owner, with the guards off."""
        with psycopg.connect(database_url(Database.SHOP, self.platform.settings)) as connection:
            connection.execute("SELECT set_config('tiqzy.reseller_id', %s, false)", [reseller_id])
            connection.execute("ALTER TABLE ledger_posting DISABLE TRIGGER USER")
            connection.execute(query, values)
            connection.execute("ALTER TABLE ledger_posting ENABLE TRIGGER USER")


@pytest.fixture(scope="module")
def shop_settings(shop_settings, sandbox):
    return sandbox.sells_and_mails_for(shop_settings)


@dataclass
class RefundingWorld(World):
    """Everything in it can be cancelled until the day before; its times are those of the coming Wednesday."""

    @property
    def products(self) -> list[dict[str, object]]:
        return [product | {"cancellation_cutoff_seconds": 86_400} for product in super().products]


@pytest.fixture
def world(world) -> World:
    days = (WEDNESDAY - world.day.weekday()) % DAYS_OF_A_WEEK
    return RefundingWorld(world.live, world.day + timedelta(days=days), world.read_at)


@pytest.fixture
async def archive(shop_settings, world, sandbox, monkeypatch) -> AsyncIterator[Archive]:
    monkeypatch.setattr(transport, "_backoff", lambda _: 0)
    world.publish(shop_settings)
    clock = StandingClock()
    platform = build_platform(shop_settings, clock)
    async with platform.running(), httpx.AsyncClient() as http:
        for draft in (SOLD, GIVEN):
            await ensure_shop(platform.database, draft)
        found = {draft.slug: await platform.shops.find(ShopAddress(slug=draft.slug)) for draft in (SOLD, GIVEN)}
        history = HistoryService(
            HistoryRepository(platform.database), StripePast(shop_settings, http), clock, shop_url(shop_settings)
        )
        yield Archive(platform, clock, sandbox, history, {slug: shop for slug, shop in found.items() if shop})
    sandbox.reset()


def moment() -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(microseconds=125_000)
