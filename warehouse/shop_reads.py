"""What was read of the shop database, and which days it touched. shop.reads -> numbers of reads and business days

Reads count one by one. Two may end below the same transaction: while an old one is open, nothing above it is closed.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date

import duckdb

from warehouse import lake


def newest(connection: lake.Connection) -> int | None:
    """The number of the last read of the shop; None before the first."""
    return max((read_id for read_id, _ in _reads(connection)), default=None)


def touched_since(connection: lake.Connection, read_to: int | None) -> frozenset[date]:
    """Business days that reads beyond `read_to` touched; of all reads when that is None."""
    return frozenset(
        day for read_id, days in _reads(connection) if read_to is None or read_id > read_to for day in days
    )


def covered_by(days: AbstractSet[date], connection: lake.Connection, read_to: int | None) -> int | None:
    """The number of the last read if `days` are all that reads beyond `read_to` touched, else None: more is pending."""
    return newest(connection) if touched_since(connection, read_to) <= days else None


def _reads(connection: lake.Connection) -> Iterator[tuple[int, list[date]]]:
    try:
        reads = connection.execute("SELECT read_id, touched_days FROM shop.reads").fetchall()
    except duckdb.CatalogException:
        return
    for read_id, touched_days in reads:
        yield read_id, [date.fromisoformat(day) for day in (touched_days or "").split(",") if day]
