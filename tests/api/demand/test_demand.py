"""What is counted of visitors, and what is not."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql

from api.demand.counter import DemandCounter
from api.demand.repository import DemandRepository
from api.demand.sightings import Sighting
from api.shops.shop import Shop, ShopAddress
from core.db.addresses import Database, database_url, shop_role_url
from core.db.embedded import ServerAddress
from core.db.sessions import ShopDatabase
from core.domain.demand import DemandKind
from core.settings import Settings
from tests.api.demand.conftest import Person
from tests.fixtures.catalogue import AMSTERDAM, PARIS, ROME, ROTTERDAM
from tests.fixtures.shops import LAGO_HOST, Shops, visiting

NOW = datetime(2026, 11, 24, 20, 59, 58, 7, tzinfo=UTC)
CITY = "/s/canal-house/cities/amsterdam"
PRODUCT = "/s/canal-house/tickets/ticket-1"
SEARCH = "/s/canal-house/search"


async def test_a_page_counts_each_time_it_is_seen_from_the_cache_too(person, shops, rows):
    made, _from_the_cache, _ahead_of_it = [await person.sees(CITY) for _ in range(3)]
    known = await person.visitor.get(CITY, 304, user_agent="Mozilla/5.0", if_none_match=made.headers["etag"])
    await person.flush()
    assert known.content == b""
    assert rows(shops.canal_house) == [("VISIT_CITY", "NL", AMSTERDAM, "", 4)]


async def test_a_place_counts_for_its_city_and_a_ticket_for_itself(person, shops, rows):
    await person.sees("/s/canal-house/places/euro-tower")
    await person.sees(PRODUCT)
    await person.flush()
    assert rows(shops.canal_house) == [
        ("VISIT_CITY", "NL", ROTTERDAM, "", 1),
        ("VISIT_PRODUCT", "NL", AMSTERDAM, "prd_1", 1),
    ]


async def test_what_no_person_sees_is_not_counted(person, shops, rows):
    await person.visitor.get(CITY, user_agent="Googlebot/2.1 (+http://www.google.com/bot.html)")
    await person.visitor.client.head(CITY, headers={"user-agent": "Mozilla/5.0"})
    await person.sees(CITY, sec_purpose="prefetch")
    await person.sees("/v1/shops/canal-house/cities/amsterdam")
    await person.visitor.get("/s/canal-house/cities/atlantis", 404, user_agent="Mozilla/5.0")
    await person.flush()
    assert rows(shops.canal_house) == []


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Amsterdam", ("SEARCH", "NL", AMSTERDAM, "")),
        ("euro tower", ("SEARCH", "NL", ROTTERDAM, "")),
        ("  ROME ", ("EMPTY_SEARCH", "IT", ROME, "")),
        ("parijs", ("EMPTY_SEARCH", "FR", PARIS, "")),
        ("ticket", ("SEARCH", "", "", "")),
        ("my name is Jane Roe", ("EMPTY_SEARCH", "", "", "")),
    ],
    ids=["its own city", "a place in it", "a city it does not sell", "by another name", "anything", "no city"],
)
async def test_a_search_counts_for_the_city_that_is_meant(person, shops, rows, text, row):
    await person.visitor.client.get(SEARCH, params={"q": text}, headers={"user-agent": "Mozilla/5.0"})
    await person.flush()
    assert rows(shops.canal_house) == [(*row, 1)]


async def test_nothing_asked_is_no_search(person, shops, rows):
    await person.sees(f"{SEARCH}?q=+")
    await person.flush()
    assert rows(shops.canal_house) == []


async def test_a_release_without_names_still_counts_searches(shops, world, rows):
    world.has_city_names = False
    world.publish(shops.settings)
    async with visiting(shops.settings) as other:
        await Person(other).sees(f"{SEARCH}?q=paris")
    assert rows(shops.canal_house) == [("EMPTY_SEARCH", "", "", "", 1)]


async def test_another_resellers_counts_stay_apart(person, shops, rows):
    await person.sees(CITY)
    await person.sees("/cities/rome", host=LAGO_HOST)
    await person.flush()
    assert rows(shops.canal_house) == [("VISIT_CITY", "NL", AMSTERDAM, "", 1)]
    assert rows(shops.lago) == [("VISIT_CITY", "IT", ROME, "", 1)]


async def test_what_two_processes_counted_adds_up_and_the_last_is_written_at_their_end(person, shops, rows):
    async with visiting(shops.settings) as other:
        await Person(other).sees(CITY)
        await person.sees(CITY)
        await person.flush()
    assert rows(shops.canal_house) == [("VISIT_CITY", "NL", AMSTERDAM, "", 2)]


async def test_a_database_that_is_away_costs_no_page_and_no_count(person, shops, rows, postgres):
    await person.sees(CITY)
    with away(shops.settings, postgres):
        await person.flush()
        await person.sees(CITY)
        await person.flush()
    assert rows(shops.canal_house) == []
    await person.flush()
    assert rows(shops.canal_house) == [("VISIT_CITY", "NL", AMSTERDAM, "", 2)]


async def test_memory_is_bounded_and_what_is_known_goes_on_counting(person, shops, rows, counter):
    shop = await a_shop(person)
    for product in range(5):
        counter.count(shop, Sighting(DemandKind.VISIT_PRODUCT, "NL", AMSTERDAM, f"prd_{product}"))
        counter.count(shop, Sighting(DemandKind.VISIT_PRODUCT, "NL", AMSTERDAM, "prd_0"))
    await counter.flush()
    assert [(row[3], row[4]) for row in rows(shops.canal_house)] == [("prd_0", 6), ("prd_1", 1)]


async def test_what_the_database_refuses_stands_in_nobodys_way(person, shops, rows, counter):
    shop = await a_shop(person)
    seen = Sighting(DemandKind.VISIT_CITY, "NL", AMSTERDAM)
    counter.count(replace(shop, reseller_id="rsl_gone"), seen)
    counter.count(shop, seen)
    await counter.flush()
    assert rows(shops.canal_house) == [("VISIT_CITY", "NL", AMSTERDAM, "", 1)]


async def test_an_hour_is_a_row(person, shops, counter):
    counter.count(await a_shop(person), Sighting(DemandKind.VISIT_CITY, "NL", AMSTERDAM))
    await counter.flush()
    (hour,) = ask(shops, "SELECT counted_hour FROM demand_count")
    assert hour == (NOW.replace(minute=0, second=0, microsecond=0),)


async def test_nothing_personal_is_stored(person, shops):
    secrets = {"user_agent": "Mozilla/5.0 (jane-phone)", "cookie": "visitor=jane", "referer": "http://jane.example/"}
    await person.visitor.get(f"{SEARCH}?q=jane+roe+paris", **secrets, x_forwarded_for="192.0.2.7")
    await person.visitor.get(f"{CITY}?utm_source=jane", **secrets)
    await person.flush()
    stored = ask(shops, "SELECT c::text FROM demand_count AS c")
    assert len(stored) == 2
    assert not any(word in row for (row,) in stored for word in ("jane", "roe", "192.0.2.7", "Mozilla"))


@pytest.fixture
async def counter(shops) -> AsyncIterator[DemandCounter]:
    """With room for two rows."""
    database = ShopDatabase(shop_role_url(shops.settings))
    yield DemandCounter(DemandRepository(database), lambda: NOW, capacity=2)
    await database.close()


async def a_shop(person: Person) -> Shop:
    shop = await person.visitor.application.platform.directory.shop(ShopAddress(slug="canal-house"))
    assert shop is not None
    return shop


def ask(shops: Shops, question: LiteralString) -> list[tuple[Any, ...]]:
    """As the lake asks: of every reseller, and only what it may know."""
    with psycopg.connect(database_url(Database.SHOP, shops.settings)) as connection:
        connection.execute("SET ROLE tiqzy_lake")
        return connection.execute(question).fetchall()


@contextmanager
def away(settings: Settings, postgres: ServerAddress) -> Iterator[None]:
    """The shop's database takes nobody in for as long as this lasts."""
    name = database_url(Database.SHOP, settings).partition("?")[0].rpartition("/")[2]
    allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    end = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
    with psycopg.connect(postgres.superuser_url, autocommit=True) as connection:
        connection.execute(allow.format(sql.Identifier(name), sql.SQL("false")))
        connection.execute(end, [name])
        try:
            yield
        finally:
            connection.execute(allow.format(sql.Identifier(name), sql.SQL("true")))
