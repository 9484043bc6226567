"""A small catalogue for pages to show, published through the real store: only the tables that dashboards read."""

from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from tests.fixtures.releases import publish_release
from warehouse.manifest import SCHEMA_VERSIONS, Dataset

SCHEMA = """
CREATE TABLE dim_country (country_code TEXT, slug TEXT, name TEXT);
CREATE TABLE dim_city (city_id TEXT, slug TEXT, country_code TEXT, name TEXT, latitude DOUBLE, longitude DOUBLE,
    time_zone TEXT, population BIGINT, place_count BIGINT, product_count BIGINT, cover_media_id TEXT);
CREATE TABLE dim_connection (connection_id TEXT, provider TEXT, supplier_name TEXT, catalogue_read_at TIMESTAMPTZ,
    days_read_at TIMESTAMPTZ, slots_read_at TIMESTAMPTZ);
"""
COUNTRIES = [("NL", "netherlands", "Netherlands"), ("IT", "italy", "Italy")]
# city_id, slug, country, name, latitude, longitude, zone, population, places, products, cover
CITIES = [
    ("cty_ams", "amsterdam", "NL", "Amsterdam", 52.37, 4.89, "Europe/Amsterdam", 741_636, 9, 14, None),
    ("cty_rtm", "rotterdam", "NL", "Rotterdam", 51.92, 4.48, "Europe/Amsterdam", 598_199, 4, 5, None),
    ("cty_rome", "rome", "IT", "Rome", 41.89, 12.51, "Europe/Rome", 2_318_895, 8, 21, None),
]


def publish(
    publish_path: Path,
    *,
    read_at: datetime,
    supplier: str = "Canal Tickets",
    schema_version: int = SCHEMA_VERSIONS[Dataset.CATALOG],
) -> str:
    """Publish the three cities, from one supplier last read at `read_at`; the version that readers will see."""

    def fill(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute(SCHEMA)
        connection.executemany("INSERT INTO dim_country VALUES (?, ?, ?)", COUNTRIES)
        connection.executemany(f"INSERT INTO dim_city VALUES ({', '.join('?' * 11)})", CITIES)  # noqa: S608 - marks only
        connection.execute(
            "INSERT INTO dim_connection VALUES ('canal', 'octo', ?, ?, ?, NULL)", [supplier, read_at, read_at]
        )

    return publish_release(
        publish_path,
        Dataset.CATALOG,
        fill,
        built_at=read_at,
        published_at=read_at + timedelta(minutes=1),
        schema_version=schema_version,
    )
