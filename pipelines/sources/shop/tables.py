"""Raw tables of the sale and of demand, and the tables they copy: columns are named alike on both sides.

The migrations grant these columns to tiqzy_lake, and no others: nothing of a person, no free text, no secret.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from pipelines.raw_tables import DAY, NUMBER, TEXT, TIME, RawTable


@dataclass(frozen=True, eq=False)
class ShopTable:
    """A table of the shop database and its copy. `of_order` names the column that leads to an order, if one does."""

    name: str
    raw: RawTable
    of_order: str | None = "order_id"


def _copy(name: str, columns: Mapping[str, pa.DataType], *key: str) -> RawTable:
    return RawTable(name, {**columns, "changed_xid": NUMBER}, key)


MADE_AND_CHANGED = {"created_at": TIME, "updated_at": TIME}

RESELLERS = _copy("resellers", {"reseller_id": TEXT, "time_zone": TEXT, "created_at": TIME}, "reseller_id")
SHOPS = _copy(
    "shops",
    {"shop_id": TEXT, "reseller_id": TEXT, "currency": TEXT, "time_zone": TEXT, "created_at": TIME},
    "shop_id",
)
ORDERS = _copy(
    "orders",
    {
        "order_id": TEXT,
        "reseller_id": TEXT,
        "shop_id": TEXT,
        "reference": TEXT,
        "status": TEXT,
        "currency": TEXT,
        "currency_precision": NUMBER,
        "paid_at": TIME,
        **MADE_AND_CHANGED,
    },
    "order_id",
)
ORDER_ITEMS = _copy(
    "order_items",
    {
        "order_item_id": TEXT,
        "order_id": TEXT,
        "reseller_id": TEXT,
        "ordinal": NUMBER,
        "state": TEXT,
        "connection_id": TEXT,
        "product_id": TEXT,
        "option_id": TEXT,
        "slot_id": TEXT,
        "place_id": TEXT,
        "city_id": TEXT,
        "country_code": TEXT,
        "local_date": DAY,
        "local_start_time": TEXT,
        "starts_at": TIME,
        "time_zone": TEXT,
        "failure": TEXT,
        "payment_id": TEXT,
        "sold_at": TIME,
        "confirmed_at": TIME,
        "cancelled_at": TIME,
        **MADE_AND_CHANGED,
    },
    "order_item_id",
)
ORDER_LINES = _copy(
    "order_lines",
    {
        "order_line_id": NUMBER,
        "order_item_id": TEXT,
        "reseller_id": TEXT,
        "ordinal": NUMBER,
        "unit_id": TEXT,
        "unit_type": TEXT,
        "quantity": NUMBER,
        "original_minor": NUMBER,
        "retail_minor": NUMBER,
        "net_minor": NUMBER,
        "asked_minor": NUMBER,
        "discount_minor": NUMBER,
        "commission_minor": NUMBER,
        "platform_fee_minor": NUMBER,
        "payment_fee_minor": NUMBER,
        "tax_minor": NUMBER,
        "sponsored_minor": NUMBER,
    },
    "order_line_id",
)
PAYMENTS = _copy(
    "payments",
    {
        "payment_id": TEXT,
        "order_id": TEXT,
        "reseller_id": TEXT,
        "status": TEXT,
        "amount_minor": NUMBER,
        "captured_minor": NUMBER,
        "session_id": TEXT,
        "intent_id": TEXT,
        "charge_id": TEXT,
        "method": TEXT,
        "balance_transaction_id": TEXT,
        "fee_minor": NUMBER,
        **MADE_AND_CHANGED,
    },
    "payment_id",
)
REFUNDS = _copy(
    "refunds",
    {
        "refund_id": TEXT,
        "payment_id": TEXT,
        "order_id": TEXT,
        "order_item_id": TEXT,
        "reseller_id": TEXT,
        "amount_minor": NUMBER,
        "reason": TEXT,
        "status": TEXT,
        "stripe_refund_id": TEXT,
        "balance_transaction_id": TEXT,
        **MADE_AND_CHANGED,
    },
    "refund_id",
)
LEDGER_POSTINGS = _copy(
    "ledger_postings",
    {
        "posting_id": NUMBER,
        "reseller_id": TEXT,
        "order_id": TEXT,
        "order_item_id": TEXT,
        "entry": TEXT,
        "account": TEXT,
        "amount_minor": NUMBER,
        "currency": TEXT,
        "booked_at": TIME,
    },
    "posting_id",
)
DEMAND = _copy(
    "demand",
    {
        "shop_id": TEXT,
        "reseller_id": TEXT,
        "counted_hour": TIME,
        "kind": TEXT,
        "country_code": TEXT,
        "city_id": TEXT,
        "product_id": TEXT,
        "seen_count": NUMBER,
    },
    *("shop_id", "counted_hour", "kind", "country_code", "city_id", "product_id"),
)
# What was read: the next read begins at `below_xid`; `touched_days` are the business days that changed with this one.
READS = RawTable(
    "reads", {"read_id": NUMBER, "below_xid": NUMBER, "read_at": TIME, "touched_days": TEXT}, key=("read_id",)
)

TABLES = (
    ShopTable("reseller", RESELLERS, of_order=None),
    ShopTable("shop", SHOPS, of_order=None),
    ShopTable("shop_order", ORDERS),
    ShopTable("order_item", ORDER_ITEMS),
    ShopTable("order_line", ORDER_LINES, of_order="order_item_id"),
    ShopTable("payment", PAYMENTS),
    ShopTable("refund", REFUNDS),
    ShopTable("ledger_posting", LEDGER_POSTINGS),
    ShopTable("demand_count", DEMAND, of_order=None),
)
