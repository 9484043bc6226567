"""What was sold and is not in the figures yet. shop database, lake, release -> whether a batch has something to do"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import psycopg

from core.db.addresses import Database, Role, database_url
from core.settings import Settings
from warehouse import lake
from warehouse.manifest import Dataset
from warehouse.sales import pending_days
from warehouse.store import ReleaseStore

# A cart or a hold is no figure by itself, and is read along with the next sale. What visitors look at waits an hour.
# What an open transaction wrote is invisible now and, once committed, is so in every older snapshot: none gets lost.
ASK = """
SELECT EXISTS (
    SELECT FROM (
        SELECT changed_xid FROM order_item WHERE sold_at IS NOT NULL
        UNION ALL SELECT changed_xid FROM refund
        UNION ALL SELECT changed_xid FROM ledger_posting
        UNION ALL SELECT changed_xid FROM demand_count WHERE %(with_demand)s
    ) AS sold
    WHERE changed_xid >= coalesce(pg_snapshot_xmin(%(seen)s::pg_snapshot), %(read_to)s::text::xid8)
        AND NOT coalesce(pg_visible_in_snapshot(changed_xid, %(seen)s::pg_snapshot), false)
), pg_current_snapshot()::text
"""


@dataclass(frozen=True, slots=True)
class Look:
    """Whether a batch would change the figures, and the shop's snapshot at which that was so."""

    is_due: bool
    snapshot: str


def look(settings: Settings, seen: str | None, *, with_demand: bool = False) -> Look:
    """With `seen`, the snapshot before the last good batch: one query. Without: what lake and release lack."""
    if seen is not None:
        return _changed(settings, {"seen": seen, "read_to": None, "with_demand": with_demand})
    found = _changed(settings, {"seen": None, "read_to": str(read_to(settings)), "with_demand": with_demand})
    return Look(found.is_due or _is_unpublished(settings), found.snapshot)


def _changed(settings: Settings, since: Mapping[str, str | bool | None]) -> Look:
    with psycopg.connect(database_url(Database.SHOP, settings)) as connection:
        connection.execute(f"SET ROLE {Role.LAKE}")
        row = connection.execute(ASK, since).fetchone()
    is_due, snapshot = row or (False, "")
    return Look(is_due, snapshot)


def read_to(settings: Settings) -> int:
    """Below it the lake has everything; 0 before the first read."""
    # Read-only, a lake that nobody has written yet could not be opened.
    with lake.connect(settings) as connection:
        try:
            found = connection.execute("SELECT coalesce(max_by(below_xid, read_id), 0) FROM shop.reads").fetchone()
        except duckdb.CatalogException:
            return 0
    return found[0] if found else 0


def _is_unpublished(settings: Settings) -> bool:
    """Loaded and not built, built and not published, or never published at all."""
    return ReleaseStore(settings.publish_path, Dataset.SALES).current() is None or bool(pending_days(settings))
