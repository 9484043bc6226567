"""What changed since the last full read, told by content hashes. OctoClient + what the lake knows -> rows to write

OCTO has no change feed: every read is a full one, and only products that differ from the lake are written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
from pydantic import ValidationError

from pipelines.errors import CatalogueTruncated
from pipelines.raw_tables import RawTable
from pipelines.sources.octo.client import OctoClient
from pipelines.sources.octo.errors import OctoMalformed
from pipelines.sources.octo.payloads import ProductPayload
from pipelines.sources.octo.rows import product_rows
from pipelines.sources.octo.schemas import Supplier
from pipelines.sources.octo.settings import LARGEST_DROP
from pipelines.sources.octo.tables import CATALOGUE_READS, CHILDREN, PRODUCTS, SUPPLIERS

KnownProducts = Mapping[str, str]
"""The live products of one connection and locale in the lake: content hash by id."""


@dataclass(frozen=True, slots=True)
class LocaleRead:
    """One full read in one language, compared with the lake."""

    locale: str
    seen: int
    added: tuple[ProductPayload, ...]
    changed: tuple[ProductPayload, ...]
    gone: tuple[str, ...]

    @property
    def has_changes(self) -> bool:
        return bool(self.added or self.changed or self.gone)


@dataclass(frozen=True, slots=True)
class CatalogueRead:
    supplier: Supplier
    locales: tuple[LocaleRead, ...]
    fetched_at: datetime


async def read_catalogue(
    client: OctoClient, known: Mapping[str, KnownProducts], now: datetime, *, accept_drop: bool = False
) -> CatalogueRead:
    """Read everything before anything is written. CatalogueTruncated unless `accept_drop`."""
    supplier = await client.supplier()
    reads = [
        compare(locale, await client.catalogue(locale), in_lake, accept_drop=accept_drop)
        for locale, in_lake in known.items()
    ]
    return CatalogueRead(supplier, tuple(reads), now)


def compare(locale: str, reads: Sequence[ProductPayload], known: KnownProducts, *, accept_drop: bool) -> LocaleRead:
    seen = {read.provider_product_id for read in reads}
    gone = tuple(sorted(known.keys() - seen))
    if not accept_drop and (not reads or len(gone) > LARGEST_DROP * len(known)):
        missing = f"{len(gone)} of {len(known)} known products are missing"
        raise CatalogueTruncated(f"the catalogue in {locale} has {len(reads)} products: {missing}")
    return LocaleRead(
        locale=locale,
        seen=len(reads),
        added=tuple(read for read in reads if read.provider_product_id not in known),
        changed=tuple(
            read for read in reads if known.get(read.provider_product_id, read.content_hash) != read.content_hash
        ),
        gone=gone,
    )


def product_frames(connection_id: str, read: CatalogueRead, gone: pa.Table) -> dict[RawTable, pa.Table]:
    """Rows of new and changed products; `gone`, the lake's own rows of vanished ones, are marked as deleted.

    OctoMalformed names the product and the field that is not what OCTO promises.
    """
    rows: dict[RawTable, list[dict[str, Any]]] = {table: [] for table in (PRODUCTS, *CHILDREN)}
    for locale in read.locales:
        for payload in (*locale.added, *locale.changed):
            for table, found in _rows(connection_id, locale.locale, payload, read.fetched_at).items():
                rows[table].extend(found)
    deleted = {"changed_at": read.fetched_at, "deleted_at": read.fetched_at}
    rows[PRODUCTS].extend(row | deleted for row in gone.to_pylist())
    return {table: table.frame_of(found) for table, found in rows.items()}


def _rows(connection_id: str, locale: str, read: ProductPayload, now: datetime) -> dict[RawTable, list[dict[str, Any]]]:
    parent = {
        "connection_id": connection_id,
        "provider_product_id": read.provider_product_id,
        "locale": locale,
        "content_hash": read.content_hash,
    }
    try:
        return product_rows(read, parent, now)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        message = f"{connection_id}: product {read.provider_product_id}: {place}: {first['msg']}"
        raise OctoMalformed(message) from None


def read_frames(connection_id: str, read: CatalogueRead) -> dict[RawTable, pa.Table]:
    """That the catalogue was read, and whose it is."""
    contact = read.supplier.contact
    website = contact.website if contact else None
    supplier = (connection_id, read.supplier.id, read.supplier.name, website, read.fetched_at)
    reads = [
        (connection_id, one.locale, read.fetched_at, one.seen, len(one.added), len(one.changed), len(one.gone))
        for one in read.locales
    ]
    return {SUPPLIERS: SUPPLIERS.frame([supplier]), CATALOGUE_READS: CATALOGUE_READS.frame(reads)}
