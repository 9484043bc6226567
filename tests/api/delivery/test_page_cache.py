"""What the page cache keeps, for how long, and what it must never keep. Each test fails when its guard is taken out."""

import asyncio
import gzip
from dataclasses import dataclass, field, replace
from hashlib import blake2b

import brotli
import pytest
from httpx import ASGITransport, AsyncClient, Response

from api.delivery.page_cache import PageCache
from api.shops.shop import Branding, Shop
from core.domain.pricing import FeeTerms, PriceRules
from warehouse.readers.shapes import CatalogScope

SHOP = Shop(
    shop_id="shp_1",
    reseller_id="rsl_1",
    slug="shop",
    host=None,
    name="Shop",
    tagline="",
    intro="",
    branding=Branding("#112233", "#445566", "sans", has_logo=False),
    locale="en",
    currency="EUR",
    time_zone="UTC",
    revision=1,
    scope=CatalogScope(),
    price_rules=PriceRules(),
    terms=FeeTerms(300, 200),
)
PUBLIC = {"cache-control": "public, no-cache", "content-type": "text/html"}


@dataclass
class Maker:
    """The application behind the cache: tells what it saw of the request, and counts."""

    headers: dict[str, str] = field(default_factory=lambda: dict(PUBLIC))
    made: int = 0
    padding: str = ""
    may_finish: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, scope, _receive, send) -> None:
        self.made += 1
        await self.may_finish.wait()
        seen = f"{scope['path']}?{scope['query_string'].decode()} {dict(scope['headers'])}"
        headers = [(name.encode(), value.encode()) for name, value in self.headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": (seen + self.padding).encode()})


@dataclass
class Kept:
    """A cache over a maker, and what it depends on."""

    maker: Maker
    shop: Shop | None = SHOP
    base_path: str = "/s/shop"
    release: str | None = "r1"
    now: float = 0.0
    capacity_bytes: int = 1_000_000

    def __post_init__(self) -> None:
        self._cache = PageCache(
            self.maker, release=lambda: self.release, monotonic=lambda: self.now, capacity_bytes=self.capacity_bytes
        )

    async def __call__(self, scope, receive, send) -> None:
        scope["state"] = {"shop": self.shop, "base_path": self.base_path}
        await self._cache(scope, receive, send)

    async def get(self, address: str = "/s/shop/", method: str = "GET", **headers: str) -> Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with AsyncClient(transport=ASGITransport(self), base_url="http://localhost") as client:
            return await client.request(method, address, headers=named)


@pytest.fixture
def maker() -> Maker:
    made = Maker()
    made.may_finish.set()
    return made


@pytest.fixture
def kept(maker) -> Kept:
    return Kept(maker)


async def test_a_page_is_made_once(kept):
    first, second = await kept.get(), await kept.get()
    assert first.text == second.text
    assert kept.maker.made == 1


async def test_nothing_of_a_visitor_reaches_a_page(kept):
    page = await kept.get(cookie="tiqzy_session=secret", authorization="Bearer secret", accept_language="nl-secret")
    assert "secret" not in page.text
    assert "secret" not in (await kept.get()).text


async def test_unknown_query_names_share_a_page_and_are_not_seen_by_it(kept):
    await kept.get("/s/shop/?page=2")
    page = await kept.get("/s/shop/?utm_source=secret&page=2")
    assert "secret" not in page.text
    assert kept.maker.made == 1


async def test_known_query_names_make_pages_of_their_own(kept):
    await kept.get("/s/shop/?page=2")
    await kept.get("/s/shop/?page=3")
    assert kept.maker.made == 2


@pytest.mark.parametrize(
    "headers",
    [PUBLIC | {"set-cookie": "a=b"}, PUBLIC | {"cache-control": "private, no-store"}, {"content-type": "text/html"}],
)
async def test_what_is_for_one_visitor_is_not_kept(kept, headers):
    kept.maker.headers = headers
    await kept.get()
    await kept.get()
    assert kept.maker.made == 2


@pytest.mark.parametrize(
    "change",
    [
        {"release": "r2"},
        {"shop": replace(SHOP, revision=2)},
        {"shop": replace(SHOP, shop_id="shp_2")},
        {"base_path": ""},
        {"now": 61.0},
    ],
)
async def test_another_release_revision_shop_address_or_minute_makes_the_page_again(kept, change):
    await kept.get()
    for name, value in change.items():
        setattr(kept, name, value)
    await kept.get()
    assert kept.maker.made == 2


async def test_without_a_release_nothing_is_kept(kept):
    kept.release = None
    await kept.get()
    await kept.get()
    assert kept.maker.made == 2


async def test_what_belongs_to_no_shop_passes_untouched(kept):
    kept.shop = None
    assert "secret" in (await kept.get("/s/shop/", cookie="secret")).text


async def test_a_form_passes_untouched(kept):
    await kept.get()
    await kept.get(method="POST")
    assert kept.maker.made == 2


async def test_visitors_who_come_together_share_the_making(kept):
    kept.maker.may_finish.clear()
    together = [asyncio.create_task(kept.get()) for _ in range(10)]
    await asyncio.sleep(0.05)
    kept.maker.may_finish.set()
    assert len({(await task).text for task in together}) == 1
    assert kept.maker.made == 1


async def test_memory_stays_within_its_bound(maker):
    maker.padding = "x" * 1_000
    kept = Kept(maker, capacity_bytes=5_000)
    for page in range(10):
        await kept.get(f"/s/shop/?page={page}")
    await kept.get("/s/shop/?page=9")
    assert maker.made == 10
    await kept.get("/s/shop/?page=0")
    assert maker.made == 11


async def test_memory_counts_the_codings_that_are_kept_beside_a_page(maker):
    maker.padding = "".join(blake2b(bytes([number])).hexdigest() for number in range(32))
    kept = Kept(maker, capacity_bytes=15_000)
    for page in (1, 2, 1, 2):
        await kept.get(f"/s/shop/?page={page}", accept_encoding="gzip")
        await kept.get(f"/s/shop/?page={page}", accept_encoding="br")
    assert maker.made == 2
    await kept.get("/s/shop/?page=3")
    await kept.get("/s/shop/?page=1")
    assert maker.made == 4


async def test_pages_of_another_release_take_no_room(maker):
    maker.padding = "x" * 1_000
    kept = Kept(maker, capacity_bytes=3_500)
    await kept.get("/s/shop/?page=1")
    await kept.get("/s/shop/?page=2")
    kept.release = "r2"
    for page in (3, 4, 3, 4):
        await kept.get(f"/s/shop/?page={page}")
    assert maker.made == 4


async def test_a_page_that_did_not_change_costs_no_body(kept):
    first = await kept.get()
    again = await kept.get(if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


async def test_head_has_the_headers_and_no_body(kept):
    page = await kept.get()
    head = await kept.get(method="HEAD")
    assert head.content == b""
    assert head.headers["content-length"] == page.headers["content-length"]


@pytest.mark.parametrize(("accepted", "coding"), [("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip")])
async def test_a_page_is_sent_in_the_best_coding_the_client_takes(kept, accepted, coding):
    kept.maker.padding = "x" * 2_000
    async with (
        AsyncClient(transport=ASGITransport(kept), base_url="http://localhost") as client,
        client.stream("GET", "/s/shop/", headers={"accept-encoding": accepted}) as answer,
    ):
        raw = b"".join([chunk async for chunk in answer.aiter_raw()])
    assert answer.headers["content-encoding"] == coding
    assert "accept-encoding" in answer.headers["vary"].lower()
    plain = brotli.decompress(raw) if coding == "br" else gzip.decompress(raw)
    assert plain.endswith(b"x" * 2_000)
