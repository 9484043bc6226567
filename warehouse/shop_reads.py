"""What was read of the shop database, and which days it touched. shop.reads -> cursors and business days"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date

import duckdb

from warehouse import lake


def newest(connection: lake.Connection) -> int | None:
    """The cursor up to which the shop was read; None before the first read."""
    return max((below_xid for below_xid, _ in _reads(connection)), default=None)


def touched_since(connection: lake.Connection, read_to: int | None) -> frozenset[date]:
    """Business days that reads beyond `read_to` touched; of all reads when that is None."""
    return frozenset(
        day for below_xid, days in _reads(connection) if read_to is None or below_xid > read_to for day in days
    )


def covered_by(days: AbstractSet[date], connection: lake.Connection, read_to: int | None) -> int | None:
    """The newest cursor if `days` are all that reads beyond `read_to` touched, else None: more is pending."""
    return newest(connection) if touched_since(connection, read_to) <= days else None


def _reads(connection: lake.Connection) -> Iterator[tuple[int, list[date]]]:
    try:
        reads = connection.execute("SELECT below_xid, touched_days FROM shop.reads").fetchall()
    except duckdb.CatalogException:
        return
    for below_xid, touched_days in reads:
        yield below_xid, [date.fromisoformat(day) for day in (touched_days or "").split(",") if day]
