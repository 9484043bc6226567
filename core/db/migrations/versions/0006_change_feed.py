"""What the lake reads of a sale: by the transaction that changed a row, and without anything personal

`changed_xid` is the last transaction that wrote a row (docs/decisions/0026). The lake reads as tiqzy_lake, whose grants name
each column, so that what is personal, secret or free text is refused by the database itself.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import UserDefinedType

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

READ_BY_THE_LAKE = {
    "reseller": "reseller_id, time_zone, created_at",
    "shop": "shop_id, reseller_id, currency, time_zone, created_at",
    "shop_order": "order_id, reseller_id, shop_id, reference, status, currency, currency_precision, created_at, updated_at,"
    " paid_at",
    "order_item": "order_item_id, order_id, reseller_id, ordinal, state, connection_id, product_id, option_id, slot_id,"
    " place_id, city_id, country_code, local_date, local_start_time, starts_at, time_zone, failure, payment_id, sold_at,"
    " confirmed_at, cancelled_at, created_at, updated_at",
    "order_line": "order_line_id, order_item_id, reseller_id, ordinal, unit_id, unit_type, quantity, original_minor,"
    " retail_minor, net_minor, asked_minor, discount_minor, commission_minor, platform_fee_minor, payment_fee_minor,"
    " tax_minor, sponsored_minor",
    "payment": "payment_id, order_id, reseller_id, status, amount_minor, captured_minor, session_id, intent_id, charge_id,"
    " method, balance_transaction_id, fee_minor, created_at, updated_at",
    "refund": "refund_id, payment_id, order_id, order_item_id, reseller_id, amount_minor, reason, status, stripe_refund_id,"
    " balance_transaction_id, created_at, updated_at",
    "ledger_posting": "posting_id, reseller_id, order_id, order_item_id, entry, account, amount_minor, currency, booked_at",
}


class Xid8(UserDefinedType[str]):
    def get_col_spec(self, **_options: Any) -> str:
        return "xid8"


def upgrade() -> None:
    add_time_zone()
    op.execute(RENEW)
    for table, columns in READ_BY_THE_LAKE.items():
        follow(table, columns)
    op.execute(NOTIFY)


def downgrade() -> None:
    raise NotImplementedError("a schema goes forward; to go back, restore a backup")


def add_time_zone() -> None:
    """A reseller's business day is in one zone, though its shops may stand in several."""
    op.add_column("reseller", sa.Column("time_zone", sa.Text(), server_default="UTC", nullable=False))
    op.execute(FILL_TIME_ZONE)
    # A zone that nobody knows would stop the figures of all: here it stops only who writes it.
    op.create_check_constraint(
        op.f("reseller_time_zone_check"), "reseller", "TIMESTAMP '2000-01-01' AT TIME ZONE time_zone IS NOT NULL"
    )


def follow(table: str, columns: str) -> None:
    own = sa.text("pg_current_xact_id()")
    op.add_column(table, sa.Column("changed_xid", Xid8(), server_default=own, nullable=False))
    op.create_index(op.f(f"{table}_changed_xid_idx"), table, ["changed_xid"])
    op.execute(
        f"CREATE TRIGGER renew_changed_xid BEFORE INSERT OR UPDATE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION renew_changed_xid()"
    )
    op.execute(f"GRANT SELECT ({columns}, changed_xid) ON {table} TO tiqzy_lake")
    op.execute(f"CREATE POLICY lake ON {table} FOR SELECT TO tiqzy_lake USING (true)")


# The owner of the tables is bound by row-level security too, and would see no shop.
FILL_TIME_ZONE = """
ALTER TABLE reseller NO FORCE ROW LEVEL SECURITY;
ALTER TABLE shop NO FORCE ROW LEVEL SECURITY;
UPDATE reseller AS r SET time_zone = s.time_zone FROM (
  SELECT DISTINCT ON (reseller_id) reseller_id, time_zone FROM shop ORDER BY reseller_id, created_at, shop_id
) AS s WHERE s.reseller_id = r.reseller_id;
ALTER TABLE reseller FORCE ROW LEVEL SECURITY;
ALTER TABLE shop FORCE ROW LEVEL SECURITY;
"""

RENEW = """
CREATE FUNCTION renew_changed_xid() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.changed_xid := pg_current_xact_id();
  RETURN NEW;
END $$;
"""

# PostgreSQL tells a listener once per transaction, however often it was notified in it.
NOTIFY = """
CREATE FUNCTION notify_shop_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_notify('shop_changed', '');
  RETURN NULL;
END $$;

CREATE TRIGGER notify_shop_changed AFTER INSERT ON ledger_posting
FOR EACH STATEMENT EXECUTE FUNCTION notify_shop_changed();
CREATE TRIGGER notify_shop_changed AFTER INSERT OR UPDATE ON refund
FOR EACH STATEMENT EXECUTE FUNCTION notify_shop_changed();
CREATE TRIGGER notify_shop_changed AFTER UPDATE ON order_item
FOR EACH STATEMENT EXECUTE FUNCTION notify_shop_changed();
"""
