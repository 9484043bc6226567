"""A catalogue small enough to know by heart, published through the real store.

Amsterdam has thirty tickets (24 for a museum, 5 for a boat, and one that the sandbox sells), Rotterdam one, Rome two.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl

from core.settings import Settings
from warehouse.manifest import SCHEMA_VERSIONS, Dataset, Manifest, SourceAge
from warehouse.store import ReleaseStore

SCHEMA = """
CREATE TABLE dim_country (country_code TEXT, slug TEXT, name TEXT);
CREATE TABLE dim_city (city_id TEXT, slug TEXT, country_code TEXT, name TEXT, latitude DOUBLE, longitude DOUBLE,
    time_zone TEXT, population BIGINT, place_count BIGINT, product_count BIGINT, cover_media_id TEXT);
CREATE TABLE dim_place (place_id TEXT, slug TEXT, city_id TEXT, country_code TEXT, name TEXT, local_name TEXT,
    kind TEXT, latitude DOUBLE, longitude DOUBLE, street_address TEXT, product_count BIGINT, cover_media_id TEXT);
CREATE TABLE dim_product (product_id TEXT, connection_id TEXT, provider_product_id TEXT, supplier_name TEXT,
    place_id TEXT, city_id TEXT, country_code TEXT, slug TEXT, locale TEXT, title TEXT, short_description TEXT,
    description TEXT, time_zone TEXT, availability_type TEXT, instant_confirmation BOOLEAN, instant_delivery BOOLEAN,
    redemption_method TEXT, delivery_formats TEXT, pricing_per TEXT, currency TEXT, currency_precision INTEGER,
    from_original_minor BIGINT, from_retail_minor BIGINT, from_net_minor BIGINT, duration_minutes_from INTEGER,
    duration_minutes_to INTEGER, cancellation_cutoff_seconds BIGINT, cover_media_id TEXT, category_labels TEXT,
    popularity INTEGER, content_hash TEXT, fetched_at TIMESTAMPTZ);
CREATE TABLE dim_product_feature (product_id TEXT, ordinal INTEGER, type TEXT, text TEXT);
CREATE TABLE dim_product_media (media_id TEXT, product_id TEXT, ordinal INTEGER, src TEXT, type TEXT, rel TEXT,
    title TEXT, caption TEXT, copyright TEXT);
CREATE TABLE dim_option (option_id TEXT, product_id TEXT, provider_option_id TEXT, ordinal INTEGER, is_default BOOLEAN,
    title TEXT, local_start_times TEXT, cancellation_cutoff TEXT, cancellation_cutoff_seconds BIGINT, min_units INTEGER,
    max_units INTEGER);
CREATE TABLE dim_unit (unit_id TEXT, option_id TEXT, product_id TEXT, provider_unit_id TEXT, ordinal INTEGER, type TEXT,
    title TEXT, min_age INTEGER, max_age INTEGER, min_quantity INTEGER, max_quantity INTEGER, pax_count INTEGER,
    id_required BOOLEAN);
CREATE TABLE fct_price (option_id TEXT, product_id TEXT, unit_id TEXT, local_date DATE, slot_id TEXT, currency TEXT,
    currency_precision INTEGER, original_minor BIGINT, retail_minor BIGINT, net_minor BIGINT, fetched_at TIMESTAMPTZ);
CREATE TABLE fct_calendar_day (option_id TEXT, product_id TEXT, local_date DATE, status TEXT, is_available BOOLEAN,
    vacancies INTEGER, capacity INTEGER, opens_at TEXT, closes_at TEXT, currency TEXT, currency_precision INTEGER,
    from_retail_minor BIGINT, from_original_minor BIGINT, fetched_at TIMESTAMPTZ);
CREATE TABLE fct_slot (slot_id TEXT, option_id TEXT, product_id TEXT, provider_availability_id TEXT, local_date DATE,
    local_start_time TEXT, local_end_time TEXT, starts_at TIMESTAMPTZ, ends_at TIMESTAMPTZ, is_all_day BOOLEAN,
    status TEXT, is_available BOOLEAN, vacancies INTEGER, capacity INTEGER, max_units INTEGER, cutoff_at TIMESTAMPTZ,
    opens_at TEXT, closes_at TEXT, fetched_at TIMESTAMPTZ);
CREATE TABLE dim_connection (connection_id TEXT, provider TEXT, supplier_name TEXT, catalogue_read_at TIMESTAMPTZ,
    days_read_at TIMESTAMPTZ, slots_read_at TIMESTAMPTZ);
"""

AMSTERDAM, ROTTERDAM, ROME = "cty_2759794", "cty_2747891", "cty_3169070"
PICTURE = "med_picture"


@dataclass(frozen=True)
class LiveProduct:
    """What the sandbox calls the product that tests ask it about."""

    provider_product_id: str
    provider_option_id: str
    provider_unit_id: str
    picture_src: str


@dataclass
class World:
    """What is published; change it and publish again."""

    live: LiveProduct
    day: date
    read_at: datetime
    picture_src: str = "https://pictures.example/none.jpg"
    gone: set[str] = field(default_factory=set)

    @property
    def products(self) -> list[dict[str, object]]:
        museum = [_product(number, "plc_museum", "Museum ticket") for number in range(1, 25)]
        boats = [_product(number, "plc_boat", "Boat trip") for number in range(25, 30)]
        live = _product(30, "plc_museum", "Live ticket") | {
            "provider_product_id": self.live.provider_product_id,
            "title": "Live </script> ticket",
        }
        rome = [_product(number, "plc_arena", "Arena ticket") for number in (41, 42)]
        listed = [*museum, *boats, live, _product(40, "plc_tower", "Tower ticket"), *rome]
        return [product | {"fetched_at": self.read_at} for product in listed if product["slug"] not in self.gone]

    def publish(self, settings: Settings) -> str:
        """Publish it all; the version that readers will see."""
        published = Path(settings.publish_path)
        published.mkdir(parents=True, exist_ok=True)
        version = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        file = published / "made.duckdb"
        self._write(file)
        manifest = Manifest(
            dataset=Dataset.CATALOG,
            version=version,
            schema_version=SCHEMA_VERSIONS[Dataset.CATALOG],
            file=f"{version}.duckdb",
            bytes=file.stat().st_size,
            sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
            row_counts={"dim_product": len(self.products)},
            sources={"canal": SourceAge(catalogue_read_at=self.read_at)},
            built_at=self.read_at,
            published_at=self.read_at,
        )
        store = ReleaseStore(str(published), Dataset.CATALOG)
        store.add(file, manifest)
        store.point_to(manifest)
        file.unlink()
        return version

    def _write(self, file: Path) -> None:
        products = self.products
        with duckdb.connect(str(file)) as connection:  # noqa: TID251 - the test plays the publisher
            connection.execute(SCHEMA)
            _insert(connection, "dim_country", COUNTRIES)
            _insert(connection, "dim_city", [city | _count(products, "city_id", city) for city in CITIES])
            _insert(connection, "dim_place", [place | _count(products, "place_id", place) for place in PLACES])
            _insert(connection, "dim_product", products)
            _insert(connection, "dim_option", [self._option(product) for product in products])
            _insert(connection, "dim_unit", [self._unit(product) for product in products])
            _insert(connection, "dim_product_feature", [_feature(product) for product in products])
            _insert(connection, "dim_product_media", [self._medium()])
            _insert(
                connection, "fct_calendar_day", [self._day(product, days) for product in products for days in (0, 1)]
            )
            _insert(connection, "fct_slot", [self._slot(product) for product in products])
            _insert(connection, "fct_price", [self._price(product) for product in products])

    def _option(self, product: dict[str, object]) -> dict[str, object]:
        keys = {"option_id": f"opt_{product['slug']}", "product_id": product["product_id"], "ordinal": 1}
        return keys | {"provider_option_id": self.live.provider_option_id, "is_default": True, "title": "Standard"}

    def _unit(self, product: dict[str, object]) -> dict[str, object]:
        keys = {"unit_id": f"unt_{product['slug']}", "option_id": f"opt_{product['slug']}", "ordinal": 1}
        theirs = {"provider_unit_id": self.live.provider_unit_id, "type": "ADULT", "title": "Adult"}
        return keys | theirs | {"product_id": product["product_id"], "id_required": False}

    def _medium(self) -> dict[str, object]:
        keys = {"media_id": PICTURE, "product_id": "prd_30", "ordinal": 1, "src": self.picture_src}
        return keys | {"type": "image/jpeg", "rel": "COVER", "caption": "The museum"}

    def _day(self, product: dict[str, object], days: int) -> dict[str, object]:
        keys = {"option_id": f"opt_{product['slug']}", "product_id": product["product_id"]}
        price = {"currency": "EUR", "currency_precision": 2, "from_retail_minor": 1950, "from_original_minor": 1950}
        day = {"local_date": self.day + timedelta(days=days), "status": "AVAILABLE", "is_available": True}
        return keys | price | day | {"fetched_at": self.read_at}

    def _slot(self, product: dict[str, object]) -> dict[str, object]:
        starts_at = datetime(self.day.year, self.day.month, self.day.day, 3, 7, tzinfo=UTC)
        keys = {"slot_id": f"slt_{product['slug']}", "option_id": f"opt_{product['slug']}"}
        times = {"local_date": self.day, "local_start_time": "04:07", "local_end_time": "05:07"}
        state = {"status": "LIMITED", "is_available": True, "vacancies": 3, "is_all_day": False}
        theirs = {"product_id": product["product_id"], "provider_availability_id": "kept", "fetched_at": self.read_at}
        return keys | times | state | theirs | {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}

    def _price(self, product: dict[str, object]) -> dict[str, object]:
        keys = {"option_id": f"opt_{product['slug']}", "product_id": product["product_id"]}
        place = {"unit_id": f"unt_{product['slug']}", "slot_id": f"slt_{product['slug']}", "local_date": self.day}
        amounts = {"original_minor": 2500, "retail_minor": 2222, "net_minor": 1500}
        return keys | place | amounts | {"currency": "EUR", "currency_precision": 2, "fetched_at": self.read_at}


COUNTRIES = [
    {"country_code": "NL", "slug": "netherlands", "name": "The Netherlands"},
    {"country_code": "IT", "slug": "italy", "name": "Italy"},
]
CITIES = [
    {"city_id": city_id, "slug": slug, "country_code": country, "name": name, "latitude": 52.4, "longitude": 4.9}
    | {"time_zone": zone, "population": 700_000, "place_count": 2}
    for city_id, slug, country, name, zone in (
        (AMSTERDAM, "amsterdam", "NL", "Amsterdam", "Europe/Amsterdam"),
        (ROTTERDAM, "rotterdam", "NL", "Rotterdam", "Europe/Amsterdam"),
        (ROME, "rome", "IT", "Rome", "Europe/Rome"),
    )
]
PLACES = [
    {"place_id": place_id, "slug": slug, "city_id": city_id, "country_code": country, "name": name, "kind": kind}
    for place_id, slug, city_id, country, name, kind in (
        ("plc_museum", "great-museum", AMSTERDAM, "NL", "Great Museum", "museum"),
        ("plc_boat", "canal-pier", AMSTERDAM, "NL", "Canal Pier", "boat-tour"),
        ("plc_tower", "euro-tower", ROTTERDAM, "NL", "Euro Tower", "attraction"),
        ("plc_arena", "arena", ROME, "IT", "Arena", "monument"),
    )
]


def _product(number: int, place_id: str, title: str) -> dict[str, object]:
    place = next(place for place in PLACES if place["place_id"] == place_id)
    prices = {"from_original_minor": 1900 + number, "from_retail_minor": 1000 + number, "from_net_minor": 800}
    words = {"title": f"{title} {number}", "short_description": f"{title} {number}, in short.", "locale": "en"}
    facts = {"availability_type": "START_TIME", "instant_confirmation": True, "instant_delivery": True}
    money = {"pricing_per": "UNIT", "currency": "EUR", "currency_precision": 2, "category_labels": "museums,skip-line"}
    keys = {"product_id": f"prd_{number}", "slug": f"ticket-{number}", "connection_id": "canal", "place_id": place_id}
    theirs = {"provider_product_id": f"theirs-{number}", "supplier_name": "Canal Tickets", "content_hash": "0"}
    spot = {"city_id": place["city_id"], "country_code": place["country_code"], "time_zone": "Europe/Amsterdam"}
    return keys | theirs | spot | words | facts | money | prices | {"popularity": 100 - number}


def _feature(product: dict[str, object]) -> dict[str, object]:
    return {"product_id": product["product_id"], "ordinal": 1, "type": "INCLUSION", "text": "Entry & a map"}


def _count(products: list[dict[str, object]], key: str, row: dict[str, object]) -> dict[str, object]:
    return {"product_count": sum(product[key] == row[key] for product in products)}


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, object]]) -> None:
    connection.register("rows", pl.DataFrame(rows).to_arrow())
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM rows")  # noqa: S608 - our own names
