"""Browsing a shop: from its front to a ticket."""

import json
import re
from datetime import UTC, datetime
from html import unescape

from core.settings import Settings
from tests.fixtures.shops import visiting


def hrefs(page: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'href="([^"]+)"', page)]


def titles(page: str) -> list[str]:
    return [unescape(title) for title in re.findall(r'class="card-title"><a [^>]*>([^<]+)<', page)]


def documents(page: str) -> list[dict[str, object]]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [json.loads(block) for block in blocks]


async def test_a_visitor_finds_a_day_from_the_front_by_links_alone(visitor, world):
    page = await visitor.text("/s/canal-house/")
    for step in (
        "/cities/amsterdam",
        "/countries/netherlands",
        "/cities/amsterdam",
        "/tickets/ticket-1",
        f"/{world.day.isoformat()}",
    ):
        href = next(href for href in hrefs(page) if href.endswith(step))
        page = await visitor.text(href)
    assert "ticket-1" in page


async def test_a_city_shows_24_tickets_a_page(visitor):
    first = await visitor.text("/s/canal-house/cities/amsterdam")
    following = next(href for href in hrefs(first) if "page=2" in href)
    assert len(titles(first)) == 24
    assert len(titles(await visitor.text(following))) == 6


async def test_a_city_is_narrowed_to_one_kind_of_place_and_put_in_order(visitor):
    page = await visitor.text("/s/canal-house/cities/amsterdam?kind=boat-tour&sort=price")
    assert titles(page) == [f"Boat trip {number}" for number in range(25, 30)]


async def test_nonsense_in_an_address_shows_the_plain_list(visitor):
    plain = titles(await visitor.text("/s/canal-house/cities/amsterdam"))
    assert titles(await visitor.text("/s/canal-house/cities/amsterdam?page=-3&sort=colour")) == plain


async def test_search_finds_cities_places_and_tickets(visitor):
    page = await visitor.text("/s/canal-house/search?q=MUSEUM")
    assert "/s/canal-house/places/great-museum" in hrefs(page)
    assert len(titles(page)) == 8
    assert "/s/canal-house/cities/rotterdam" in hrefs(await visitor.text("/s/canal-house/search?q=rotter"))


async def test_a_place_is_shown_and_found_by_what_people_there_call_it(visitor):
    assert '<p class="lead">Groot Museum</p>' in await visitor.text("/s/canal-house/places/great-museum")
    assert "/s/canal-house/places/great-museum" in hrefs(await visitor.text("/s/canal-house/search?q=groot"))


async def test_a_search_that_finds_nothing_says_so(visitor):
    assert "Nothing is called that here" in await visitor.text("/s/canal-house/search?q=xyzzy")


async def test_a_ticket_tells_what_it_is_and_what_it_costs(visitor):
    page = await visitor.text("/s/canal-house/tickets/ticket-2")
    for words in ("Museum ticket 2", "Canal Tickets", "Entry &amp; a map", "Great Museum", "10.02", "19.02"):
        assert words in page


async def test_structured_data_carries_the_price_of_the_page_and_cannot_be_broken_out_of(visitor):
    page = await visitor.text("/s/canal-house/tickets/ticket-30")
    product = next(document for document in documents(page) if document["@type"] == "Product")
    assert product["name"] == "Live </script> ticket"
    assert product["offers"]["lowPrice"] == "10.30"
    assert product["url"] == "http://localhost:8000/s/canal-house/tickets/ticket-30"


async def test_a_calendar_links_the_days_that_can_be_opened(visitor, world):
    month = world.day.isoformat()[:7]
    page = await visitor.text(f"/s/canal-house/tickets/ticket-2?month={month}")
    assert f"/s/canal-house/tickets/ticket-2/{world.day.isoformat()}" in hrefs(page)
    assert "19.50" in page


async def test_every_page_of_a_shop_is_in_its_sitemap(visitor):
    sitemap = await visitor.text("/s/canal-house/sitemap.xml")
    assert sitemap.count("<loc>") == 1 + 1 + 2 + 3 + 31
    assert "rome" not in sitemap


async def test_a_ticket_that_is_gone_offers_a_way_on(visitor):
    page = await visitor.text("/s/canal-house/tickets/ticket-99", 410)
    assert "no longer sold here" in page
    assert "/s/canal-house/" in hrefs(page)
    assert 'role="search"' in page


async def test_what_does_not_exist_is_said_in_the_shops_own_look(visitor):
    for address in ("/cities/atlantis", "/countries/narnia", "/places/nowhere", "/no/such/page"):
        page = await visitor.text(f"/s/canal-house{address}", 404)
        assert "Canal House" in page


async def test_before_the_first_catalogue_the_shop_says_that_it_is_being_prepared(shops, tmp_path):
    empty = Settings(_env_file=None, **shops.settings.model_dump() | {"publish_url": str(tmp_path / "published")})
    async with visiting(empty) as visitor:
        answer = await visitor.get("/s/canal-house/", 503)
    assert answer.headers["retry-after"] == "10"
    assert "being prepared" in answer.text
    assert '<meta http-equiv="refresh" content="10">' in answer.text


async def test_a_new_release_is_shown_within_two_seconds(visitor, world, shops):
    assert len(titles(await visitor.text("/s/canal-house/places/canal-pier"))) == 5
    world.gone = {"ticket-25"}
    world.publish(shops.settings)
    deadline = datetime.now(UTC).timestamp() + 3
    while len(titles(await visitor.text("/s/canal-house/places/canal-pier"))) == 5:
        assert datetime.now(UTC).timestamp() < deadline
    assert "no longer sold" in await visitor.text("/s/canal-house/tickets/ticket-25", 410)
