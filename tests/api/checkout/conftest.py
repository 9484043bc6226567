"""A buyer at the shop canal-house, which sells the sandbox's tickets and is paid through the sandbox's Stripe."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus

import psycopg
import pytest
from httpx import ASGITransport, AsyncClient, Response

from api.app import Application
from api.wiring import Platform, build_platform
from core.db.addresses import Database, database_url
from core.domain.clock import utc_now
from core.domain.ids import Prefix, new_id
from pipelines.sources.octo import transport
from tests.fixtures.shops import ORIGIN, Shops

SHOP = "/s/canal-house"
ADULT = "unt_ticket-30"
ADA = {"full_name": "Ada Lovelace", "email": "ada@buyer.example", "phone": "+44 20 7946 0000", "terms": "yes"}
ROOM = 8
_HIDDEN = re.compile(r'<input type="hidden" name="([a-z]+)" value="([^"]*)">')


def adults(count: int) -> str:
    """As a cart lists them."""
    return f"{count} \N{MULTIPLICATION SIGN} Adult"


@dataclass
class Clock:
    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self.ahead


@dataclass
class Buyer:
    """Somebody's browser; `day` and `slot_id` are a time with room."""

    platform: Platform
    client: AsyncClient
    clock: Clock
    reseller_id: str
    began_after: str = ""
    day: date = field(default=date.min)
    slot_id: str = ""
    unit_minor: int = 0

    @property
    def choose_address(self) -> str:
        return f"{SHOP}/tickets/ticket-30/{self.day}/{self.slot_id}"

    async def post(self, address: str, expected: int | None = None, /, **form: str) -> Response:
        answer = await self.client.post(SHOP + address, data=form, headers={"origin": ORIGIN})
        assert expected is None or answer.status_code == expected, f"{answer.status_code} {answer.text[:2000]}"
        return answer

    async def open_form(self, tickets: object = 2) -> dict[str, str]:
        """The fields of the page where tickets are chosen, with so many adults."""
        page = await self.client.get(self.choose_address)
        assert page.status_code == HTTPStatus.OK, page.text
        return dict(_HIDDEN.findall(page.text)) | {ADULT: str(tickets)}

    async def add(self, tickets: object = 2, expected: int = HTTPStatus.SEE_OTHER, **changes: str) -> Response:
        return await self.post("/cart", expected, **(await self.open_form(tickets) | changes))

    async def cart(self, query: str = "") -> str:
        page = await self.client.get(f"{SHOP}/cart{query}")
        assert page.status_code == HTTPStatus.OK, page.text
        return page.text

    async def check_out(self, expected: int = HTTPStatus.SEE_OTHER, **changes: str) -> Response:
        return await self.post("/checkout", expected, **(ADA | changes))

    def item_ids(self) -> list[str]:
        return [str(item_id) for item_id, _ in self._items()]

    def states(self) -> list[str]:
        """Of all items that came with this test, oldest first."""
        return [str(state) for _, state in self._items()]

    def order_count(self) -> int:
        [(count,)] = self.rows("SELECT count(*) FROM shop_order WHERE order_id > %s", self.began_after)
        return int(str(count))

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """As the database's owner, this reseller's."""
        with psycopg.connect(database_url(Database.SHOP, self.platform.settings)) as connection:
            connection.execute("SELECT set_config('tiqzy.reseller_id', %s, false)", [self.reseller_id])
            return connection.execute(query, values).fetchall()

    def _items(self) -> list[tuple[object, ...]]:
        query = "SELECT order_item_id, state FROM order_item WHERE order_id > %s ORDER BY order_item_id"
        return self.rows(query, self.began_after)


@pytest.fixture(scope="module")
def shop_settings(shop_settings, sandbox):
    return sandbox.sells_for(shop_settings)


@pytest.fixture
async def buyer(shops, world, monkeypatch) -> AsyncIterator[Buyer]:
    """With a time to choose."""
    monkeypatch.setattr(transport, "_backoff", lambda _: 0)
    world.publish(shops.settings)
    async with buying(shops) as one:
        await find_time(one)
        yield one


@asynccontextmanager
async def buying(shops: Shops, like: Buyer | None = None) -> AsyncIterator[Buyer]:
    """A browser at a process of its own; `like` another one, it looks at the same time."""
    clock = like.clock if like else Clock()
    application = Application(build_platform(shops.settings, clock))
    transport_ = ASGITransport(application)
    async with application.platform.running(), AsyncClient(transport=transport_, base_url=ORIGIN) as client:
        # Ids of orders sort by when they were made.
        found = (like.began_after, like.day, like.slot_id, like.unit_minor) if like else (new_id(Prefix.ORDER),)
        yield Buyer(application.platform, client, clock, shops.canal_house.reseller_id, *found)


async def find_time(buyer: Buyer, least: int = ROOM, most: int | None = None) -> int | None:
    """Look at the first time from tomorrow on with at least, and at most, so many places; how many it has."""
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    for day in (tomorrow + timedelta(days=offset) for offset in range(20)):
        answer = await buyer.client.get(f"/v1/shops/canal-house/products/prd_30/slots?date={day}")
        for slot in answer.json()["options"][0]["slots"]:
            left = slot["vacancies"]
            has_room = most is None if left is None else least <= left <= (most or left)
            if slot["state"] in ("available", "limited") and has_room:
                buyer.day, buyer.slot_id = day, slot["slot_id"]
                buyer.unit_minor = slot["prices"][0]["price"]["offer_minor"]
                return left
    pytest.fail("the sandbox has no time with room")
