"""What changed in the shop database, as of one moment. shop tables, read as tiqzy_lake -> flat Arrow frames

A read begins at the transaction below which the one before it had seen everything, and takes every row that is visible:
whatever commits late has a transaction at or above that. docs/decisions/0026 says what a time would miss.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from core.db.addresses import Database, Role, database_url
from core.errors import DatabaseError
from core.settings import Settings
from pipelines.raw_tables import Frames, in_parts
from pipelines.sources.shop.tables import TABLES, ShopTable

# What is held in memory, and committed to the lake, at once.
ROWS_AT_ONCE = 50_000
ROWS_PER_FETCH = 5_000

Values = dict[str, Any]
Row = tuple[Any, ...]

CHANGED: LiteralString = "changed_xid >= %(since)s::text::xid8"
SOLD: LiteralString = """
SELECT i.order_id FROM order_item AS i JOIN reseller AS r USING (reseller_id)
WHERE (i.sold_at AT TIME ZONE r.time_zone)::date BETWEEN %(first)s AND %(last)s
"""
BELONGS_TO: dict[str, LiteralString] = {
    "order_id": "order_id IN ({orders})",
    "order_item_id": "order_item_id IN (SELECT order_item_id FROM order_item WHERE order_id IN ({orders}))",
}
CHANGED_ORDERS: LiteralString = """
SELECT order_id FROM shop_order WHERE changed_xid >= %(since)s::text::xid8
UNION SELECT order_id FROM order_item WHERE changed_xid >= %(since)s::text::xid8
UNION SELECT i.order_id FROM order_line AS l JOIN order_item AS i USING (order_item_id)
  WHERE l.changed_xid >= %(since)s::text::xid8
UNION SELECT order_id FROM payment WHERE changed_xid >= %(since)s::text::xid8
UNION SELECT order_id FROM refund WHERE changed_xid >= %(since)s::text::xid8
UNION SELECT order_id FROM ledger_posting WHERE changed_xid >= %(since)s::text::xid8
"""
TOUCHED_DAYS: LiteralString = """
SELECT DISTINCT (i.sold_at AT TIME ZONE r.time_zone)::date FROM order_item AS i JOIN reseller AS r USING (reseller_id)
WHERE i.sold_at IS NOT NULL AND i.order_id IN ({orders})
"""


class ShopSnapshot:
    """One moment of the shop database. All transactions below `below_xid` were over by then."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        [self.below_xid] = self._column("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")

    def changed_since(self, xid: int) -> Iterator[Frames]:
        """Every row that transaction `xid` or a later one wrote, in parts of ROWS_AT_ONCE."""
        rows = ((table.raw, self._rows(table, CHANGED, {"since": xid})) for table in TABLES)
        return in_parts(rows, ROWS_AT_ONCE)

    def days_touched_since(self, xid: int) -> frozenset[date]:
        """The business days of all that was sold in orders with any changed row."""
        return frozenset(self._column(TOUCHED_DAYS.format(orders=CHANGED_ORDERS), {"since": xid}))

    def sold_between(self, first: date, last: date) -> Iterator[Frames]:
        """Every row of the orders with something sold on these business days, in parts of ROWS_AT_ONCE."""
        values = {"first": first, "last": last}
        rows = (
            (table.raw, self._rows(table, BELONGS_TO[table.of_order].format(orders=SOLD), values))
            for table in TABLES
            if table.of_order
        )
        return in_parts(rows, ROWS_AT_ONCE)

    def days_sold_between(self, first: date, last: date) -> frozenset[date]:
        """The business days of all that was sold in those orders: an order's items can be sold on two."""
        return frozenset(self._column(TOUCHED_DAYS.format(orders=SOLD), {"first": first, "last": last}))

    def _rows(self, table: ShopTable, condition: LiteralString, values: Values) -> Iterator[Row]:
        with self._connection.cursor(name=table.name) as cursor:
            cursor.itersize = ROWS_PER_FETCH
            cursor.execute(_query(table, condition), values)
            yield from cursor

    def _column(self, query: LiteralString, values: Values | None = None) -> list[Any]:
        return [row[0] for row in self._connection.execute(query, values).fetchall()]


@contextmanager
def shop_snapshot(settings: Settings) -> Iterator[ShopSnapshot]:
    """The shop database as it is now, as the role that may read nothing personal; DatabaseError, SettingsError."""
    try:
        with psycopg.connect(database_url(Database.SHOP, settings), connect_timeout=10) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(Role.LAKE)))
            yield ShopSnapshot(connection)
    except psycopg.Error as error:
        raise DatabaseError(f"the shop database cannot be read: {str(error).strip().splitlines()[0]}") from error


def _query(table: ShopTable, condition: LiteralString) -> sql.Composed:
    columns = [
        sql.SQL("changed_xid::text::bigint") if name == "changed_xid" else sql.Identifier(name)
        for name in table.raw.columns
    ]
    select = sql.SQL("SELECT {} FROM {} WHERE {}")
    return select.format(sql.SQL(", ").join(columns), sql.Identifier(table.name), sql.SQL(condition))
