"""A shop database that is written by hand, so that a test decides which transaction commits when."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

from core.db.addresses import Database, database_url
from core.settings import Settings

AMOUNTS = {
    "original_minor": 2000,
    "retail_minor": 2000,
    "net_minor": 1600,
    "asked_minor": 2000,
    "discount_minor": 0,
    "commission_minor": 300,
    "platform_fee_minor": 60,
    "payment_fee_minor": 40,
    "tax_minor": 0,
    "sponsored_minor": 0,
}
ITEM = {
    **dict.fromkeys(("connection_id", "provider_product_id", "provider_option_id", "provider_availability_id"), "x"),
    **dict.fromkeys(("product_id", "option_id", "slot_id", "place_id", "city_id", "supplier_name"), "x"),
    **dict.fromkeys(("product_title", "product_slug", "option_title", "place_name", "city_name"), "x"),
    "ordinal": 1,
    "state": "CONFIRMED",
    "country_code": "NL",
    "local_date": "2026-11-01",
    "local_start_time": "10:00",
    "local_end_time": "11:00",
    "is_all_day": False,
    "starts_at": "2026-11-01T09:00Z",
    "ends_at": "2026-11-01T10:00Z",
    "time_zone": "Europe/Amsterdam",
    "confirms_at_once": True,
}


class Pen:
    """One transaction of one reseller, open until its `with` ends."""

    def __init__(self, connection: psycopg.Connection[Any], reseller_id: str) -> None:
        self._connection = connection
        self._reseller_id = reseller_id
        connection.execute("SELECT set_config('tiqzy.reseller_id', %s, true)", [reseller_id])

    def reseller(self, time_zone: str) -> None:
        own = self._reseller_id
        self.insert("reseller", name="R", time_zone=time_zone)
        look = {"slug": own.replace("_", "-"), "name": "S", "colour_primary": "#102030", "colour_accent": "#405060"}
        self.insert("shop", shop_id=f"shp_{own}", **look)

    def order(self, order_id: str, *, sold_at: datetime, items: int = 1) -> None:
        """A sale of `items` bookings with a ticket each, as it is when it is done; items are named <order_id>_<n>."""
        money = {"currency": "EUR", "currency_precision": 2}
        keys = {"shop_id": f"shp_{self._reseller_id}", "reference": order_id, "secret": f"secret of {order_id}"}
        self.insert(
            "shop_order", order_id=order_id, status="DONE", paid_at=sold_at, updated_at=sold_at, **keys, **money
        )
        for ordinal in range(1, items + 1):
            item_id = f"{order_id}_{ordinal}"
            own = {"order_item_id": item_id, "order_id": order_id, "ordinal": ordinal, "booking_uuid": uuid4()}
            self.insert("order_item", **{**ITEM, **own, "sold_at": sold_at})
            line = {"ordinal": 1, "unit_id": "u", "provider_unit_id": "u", "unit_type": "ADULT", "unit_title": "Adult"}
            self.insert("order_line", order_item_id=item_id, quantity=1, **line, **AMOUNTS)

    def refund(self, order_id: str) -> None:
        """The first item's money is asked back."""
        self.insert(
            "refund",
            refund_id=f"ref_{order_id}",
            order_id=order_id,
            order_item_id=f"{order_id}_1",
            amount_minor=0,
            reason="CANCELLED",
            status="SUCCEEDED",
        )

    def touch(self, order_id: str, status: str) -> None:
        self._connection.execute("UPDATE shop_order SET status = %s WHERE order_id = %s", [status, order_id])

    def searches(self, city_id: str, seen: int) -> None:
        """Added to those of the same hour."""
        self._connection.execute(
            "INSERT INTO demand_count VALUES (%s, %s, '2026-11-20 12:00Z', 'SEARCH', 'FR', %s, '', %s)"
            " ON CONFLICT ON CONSTRAINT demand_count_pkey DO UPDATE SET seen_count = demand_count.seen_count + %s",
            [f"shp_{self._reseller_id}", self._reseller_id, city_id, seen, seen],
        )

    def insert(self, table: str, **values: Any) -> None:
        row = {"reseller_id": self._reseller_id, **values}
        names, places = map(sql.Identifier, row), [sql.Placeholder()] * len(row)
        insert = sql.SQL("INSERT INTO {} ({}) VALUES ({})")
        self._connection.execute(
            insert.format(sql.Identifier(table), sql.SQL(", ").join(names), sql.SQL(", ").join(places)),
            list(row.values()),
        )


@contextmanager
def writing(settings: Settings, reseller_id: str) -> Iterator[Pen]:
    with psycopg.connect(database_url(Database.SHOP, settings)) as connection:
        yield Pen(connection, reseller_id)
