"""Loads of what providers sell, and where on earth. connection + settings -> raw octo.*, geonames.*

A load that fails raises ProviderError or CatalogueError and leaves the shops as they were.
"""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count

import pyarrow as pa

from core.domain.clock import Clock, utc_now
from core.domain.ports import OptionRef
from core.errors import CatalogueError
from core.settings import ConnectionSettings, Settings
from pipelines.destinations import LakePipeline, row_counts
from pipelines.loads.report import LoadReport
from pipelines.sources.geonames.source import geography_frames, geography_source
from pipelines.sources.octo.availability import compare_availability
from pipelines.sources.octo.catalogue import (
    CatalogueRead,
    KnownProducts,
    product_frames,
    read_catalogue,
    read_frames,
)
from pipelines.sources.octo.client import OctoClient
from pipelines.sources.octo.source import availability_source, catalogue_source, read_days, read_slots
from pipelines.sources.octo.tables import CALENDAR_DAYS, PRODUCTS, SLOTS

CALENDAR_DAYS_AHEAD = 120
# Beyond this a shop asks the provider live.
SLOT_DAYS_AHEAD = 14


class Availability(StrEnum):
    DAYS = "days"
    SLOTS = "slots"


TABLES = {Availability.DAYS: CALENDAR_DAYS, Availability.SLOTS: SLOTS}

# How many days one commit holds: a longer range, such as a backfill, goes on where it was interrupted.
DAYS_PER_COMMIT = {Availability.DAYS: 120, Availability.SLOTS: 14}


def load_catalogue(
    connection: ConnectionSettings, settings: Settings, *, accept_drop: bool = False, clock: Clock = utc_now
) -> LoadReport:
    """Read a provider's whole catalogue and write what changed; CatalogueTruncated when too much of it is missing."""
    now = clock()
    with LakePipeline(f"octo_{connection.connection_id}_catalogue", "octo", settings) as lake:
        known = {locale: _known_products(lake, connection, locale) for locale in connection.locales}
        read = asyncio.run(_read(connection, known, now, accept_drop=accept_drop))
        frames = read_frames(connection.connection_id, read)
        if any(locale.has_changes for locale in read.locales):
            found = product_frames(connection.connection_id, read, _gone_products(lake, connection, read))
            is_first = not any(known.values())
            # Only a first load makes tables that have no rows yet.
            frames |= {table: frame for table, frame in found.items() if is_first or frame.num_rows}
        lake.load(catalogue_source(frames))
    return LoadReport(row_counts(frames), now)


def load_availability(
    connection: ConnectionSettings,
    first: date,
    last: date,
    what: Availability,
    settings: Settings,
    *,
    accept_drop: bool = False,
) -> LoadReport:
    """Replace the days or slots of `first` to `last`, both included, for every option on sale.

    CatalogueTruncated when too many products have nothing left of days that we know them to be on.
    """
    now = utc_now()
    total: dict[str, int] = {}
    ask = read_days if what is Availability.DAYS else read_slots
    with LakePipeline(f"octo_{connection.connection_id}_{what}", "octo", settings) as lake:
        options = _options_on_sale(lake, connection)
        for start, end in _chunks(first, last, DAYS_PER_COMMIT[what]):
            frames = ask(connection, options, start, end, now)
            if not accept_drop:
                known = _products_on(lake, connection, what, start, end)
                compare_availability(known, frames[TABLES[what]], f"{start} to {end}")
            lake.load(availability_source(frames, connection.connection_id, start, end))
            total = {name: total.get(name, 0) + rows for name, rows in row_counts(frames).items()}
    return LoadReport(total, now)


def load_geography(settings: Settings, *, clock: Clock = utc_now) -> LoadReport:
    """Countries and cities of the world, which places are assigned to."""
    frames = geography_frames()
    with LakePipeline("geonames", "geonames", settings) as lake:
        lake.load(geography_source(frames))
    return LoadReport(row_counts(frames), clock())


async def _read(
    connection: ConnectionSettings, known: Mapping[str, KnownProducts], now: datetime, *, accept_drop: bool
) -> CatalogueRead:
    async with OctoClient(connection) as client:
        return await read_catalogue(client, known, now, accept_drop=accept_drop)


def _known_products(lake: LakePipeline, connection: ConnectionSettings, locale: str) -> KnownProducts:
    rows = lake.rows(
        "SELECT provider_product_id, content_hash FROM products"
        " WHERE connection_id = %s AND locale = %s AND deleted_at IS NULL",
        connection.connection_id,
        locale,
    ).to_pylist()
    return {row["provider_product_id"]: row["content_hash"] for row in rows}


def _gone_products(lake: LakePipeline, connection: ConnectionSettings, read: CatalogueRead) -> pa.Table:
    """The lake's rows of the products that the read no longer has."""
    found = [
        lake.rows(
            f"SELECT {', '.join(PRODUCTS.columns)} FROM products"  # noqa: S608 - names of our own columns
            " WHERE connection_id = %s AND locale = %s AND list_contains(%s, provider_product_id)",
            connection.connection_id,
            locale.locale,
            list(locale.gone),
        )
        for locale in read.locales
        if locale.gone
    ]
    return pa.concat_tables(found) if found else pa.table({})


def _products_on(
    lake: LakePipeline, connection: ConnectionSettings, what: Availability, first: date, last: date
) -> frozenset[str]:
    """Products on sale of which the lake has anything in these days."""
    rows = lake.rows(
        f"""
        SELECT DISTINCT a.provider_product_id
        FROM {TABLES[what].name} AS a
        JOIN products AS p USING (connection_id, provider_product_id)
        WHERE connection_id = %s AND a.local_date BETWEEN %s AND %s AND p.deleted_at IS NULL
        """,  # noqa: S608 - a table's name of our own
        connection.connection_id,
        first,
        last,
    ).to_pylist()
    return frozenset(row["provider_product_id"] for row in rows)


def _options_on_sale(lake: LakePipeline, connection: ConnectionSettings) -> list[OptionRef]:
    rows = lake.rows(
        """
        SELECT DISTINCT o.provider_product_id, o.provider_option_id
        FROM options AS o
        JOIN products AS p USING (connection_id, provider_product_id, locale, content_hash)
        WHERE connection_id = %s AND locale = %s AND p.deleted_at IS NULL
        ORDER BY ALL
        """,
        connection.connection_id,
        connection.locales[0],
    ).to_pylist()
    if not rows:
        raise CatalogueError(f"{connection.connection_id}: no option is known yet: load its catalogue first")
    return [OptionRef(row["provider_product_id"], row["provider_option_id"]) for row in rows]


def _chunks(first: date, last: date, days: int) -> Iterator[tuple[date, date]]:
    for start in (first + timedelta(days=days * n) for n in count()):
        if start > last:
            return
        yield start, min(start + timedelta(days=days - 1), last)
