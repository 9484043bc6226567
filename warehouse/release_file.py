"""One release as a DuckDB file. marts of the lake -> real, sorted tables that a reader opens by itself"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sqlglot import exp

from core.settings import Settings
from warehouse import lake
from warehouse.manifest import Dataset, SourceAge

# Tables and what their rows are sorted by: a reader finds a key by the bounds of few, small row groups.
SORTED_BY: dict[Dataset, dict[str, tuple[str, ...]]] = {
    Dataset.CATALOG: {
        "dim_connection": ("connection_id",),
        "dim_country": ("country_code",),
        "dim_city": ("city_id",),
        "dim_city_name": ("name_key",),
        # What is looked at most is the page of a city, so what it lists lies together; one of it is found by scanning.
        "dim_place": ("city_id", "place_id"),
        "dim_product": ("city_id", "place_id", "product_id"),
        "dim_product_feature": ("product_id", "ordinal"),
        "dim_product_media": ("media_id",),
        "dim_option": ("option_id",),
        "dim_unit": ("unit_id",),
        "fct_calendar_day": ("product_id", "local_date", "option_id"),
        "fct_slot": ("product_id", "local_date", "starts_at"),
        "fct_price": ("product_id", "local_date", "slot_id"),
    },
    Dataset.SALES: {
        "dim_reseller": ("reseller_id",),
        "dim_sold_product": ("product_id",),
        "dim_sold_city": ("city_id",),
        "agg_sales_by_day": ("reseller_id", "business_date", "shop_id", "product_id"),
        "agg_orders_by_day": ("reseller_id", "business_date", "shop_id"),
        "agg_sales_by_hour": ("reseller_id", "business_date", "business_hour"),
        "agg_visits_by_day": ("reseller_id", "local_date", "product_id"),
        "fct_order_item": ("reseller_id", "business_date", "sold_at", "order_item_id"),
        "fct_payout": ("arrived_at", "payout_id"),
        "agg_city": ("city_id",),
    },
}

ROW_GROUP_SIZE = 8192

# Its way to compress text takes a third less time than that of the format DuckDB writes by itself, the oldest.
STORAGE_VERSION = "v1.5.0"
_FORMAT = f"ROW_GROUP_SIZE {ROW_GROUP_SIZE}, STORAGE_VERSION '{STORAGE_VERSION}'"


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A finished file and what is in it; `row_counts` by table."""

    path: Path
    sha256: str
    row_counts: dict[str, int]
    sources: dict[str, SourceAge]

    @property
    def bytes(self) -> int:
        return self.path.stat().st_size


def write_release(dataset: Dataset, path: Path, settings: Settings) -> ReleaseFile:
    """Copy the dataset's marts, all as of one moment, into a new file at `path`, and leave it closed."""
    connection = lake.connect(settings)
    try:
        escaped = str(path).replace("'", "''")
        connection.execute(f"ATTACH '{escaped}' AS release ({_FORMAT})")
        connection.begin()
        counts = {table: _copy(connection, dataset, table, keys) for table, keys in SORTED_BY[dataset].items()}
        sources = _sources(connection) if dataset is Dataset.CATALOG else {}
        connection.commit()
        connection.execute("DETACH release")
    finally:
        connection.close()
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return ReleaseFile(path, digest, counts, sources)


def _copy(connection: lake.Connection, dataset: Dataset, table: str, keys: tuple[str, ...]) -> int:
    rows = exp.select("*").from_(exp.table_(table, db=dataset.value, catalog=lake.LAKE)).order_by(*keys)
    target = exp.table_(table, catalog="release", db="main")
    created = connection.execute(f"CREATE TABLE {target.sql('duckdb')} AS {rows.sql('duckdb')}").fetchone()
    return created[0] if created else 0


def _sources(connection: lake.Connection) -> dict[str, SourceAge]:
    ages = connection.execute(
        "SELECT connection_id, catalogue_read_at, days_read_at, slots_read_at FROM release.main.dim_connection"
    ).fetchall()
    return {
        name: SourceAge(catalogue_read_at=catalogue, days_read_at=days, slots_read_at=slots)
        for name, catalogue, days, slots in ages
    }
