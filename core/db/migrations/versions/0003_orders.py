"""Orders: what buyers chose, booked, paid and got back

The worker looks for orders of every reseller; it learns their ids from functions that run as tiqzy_lookup, and then acts as
their tenant.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


TENANT_TABLES = ("shop_order", "buyer", "payment", "order_item", "order_line", "ticket", "refund", "mail")


def upgrade() -> None:
    create_shop_order()
    create_buyer()
    create_payment()
    create_order_item()
    create_order_line()
    create_ticket()
    create_refund()
    create_mail()
    create_stripe_event()
    for table in TENANT_TABLES:
        isolate(table)
    op.execute(GRANTS)
    op.execute(LOOKUPS)


def downgrade() -> None:
    raise NotImplementedError("a schema goes forward; to go back, restore a backup")


def create_shop_order() -> None:
    op.create_table(
        "shop_order",
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("reseller_id", sa.Text(), nullable=False),
        sa.Column("shop_id", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("currency_precision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_check_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "currency ~ '^[A-Z]{3}$' AND currency_precision BETWEEN 0 AND 4", name=op.f("shop_order_currency_check")
        ),
        sa.CheckConstraint(
            "status IN ('OPEN', 'PAYING', 'PAID', 'DONE', 'EXPIRED')", name=op.f("shop_order_status_check")
        ),
        sa.ForeignKeyConstraint(
            ["shop_id", "reseller_id"],
            ["shop.shop_id", "shop.reseller_id"],
            name=op.f("shop_order_shop_id_reseller_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("order_id", name=op.f("shop_order_pkey")),
        sa.UniqueConstraint("order_id", "reseller_id", name=op.f("shop_order_order_id_reseller_id_key")),
        sa.UniqueConstraint("reference", name=op.f("shop_order_reference_key")),
        sa.UniqueConstraint("secret", name=op.f("shop_order_secret_key")),
    )
    op.create_index(
        "shop_order_next_check_at_idx",
        "shop_order",
        ["next_check_at"],
        unique=False,
        postgresql_where="next_check_at IS NOT NULL",
    )
    op.create_index(
        op.f("shop_order_reseller_id_created_at_idx"), "shop_order", ["reseller_id", "created_at"], unique=False
    )


def create_buyer() -> None:
    op.create_table(
        "buyer",
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("reseller_id", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id", "reseller_id"],
            ["shop_order.order_id", "shop_order.reseller_id"],
            name=op.f("buyer_order_id_reseller_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("order_id", name=op.f("buyer_pkey")),
    )


def create_payment() -> None:
    op.create_table(
        "payment",
        sa.Column("payment_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("reseller_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("captured_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("page", postgresql.JSONB(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=True),
        sa.Column("session_url", sa.Text(), nullable=True),
        sa.Column("intent_id", sa.Text(), nullable=True),
        sa.Column("charge_id", sa.Text(), nullable=True),
        sa.Column("method", sa.Text(), nullable=True),
        sa.Column("balance_transaction_id", sa.Text(), nullable=True),
        sa.Column("fee_minor", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "status IN ('OPENING', 'OPEN', 'AUTHORISED', 'CAPTURED', 'EXPIRED', 'CANCELLED')",
            name=op.f("payment_status_check"),
        ),
        sa.CheckConstraint(
            "amount_minor > 0 AND captured_minor BETWEEN 0 AND amount_minor", name=op.f("payment_amounts_check")
        ),
        sa.ForeignKeyConstraint(
            ["order_id", "reseller_id"],
            ["shop_order.order_id", "shop_order.reseller_id"],
            name=op.f("payment_order_id_reseller_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("payment_id", name=op.f("payment_pkey")),
        sa.UniqueConstraint("balance_transaction_id", name=op.f("payment_balance_transaction_id_key")),
        sa.UniqueConstraint("charge_id", name=op.f("payment_charge_id_key")),
        sa.UniqueConstraint("intent_id", name=op.f("payment_intent_id_key")),
        sa.UniqueConstraint("payment_id", "reseller_id", name=op.f("payment_payment_id_reseller_id_key")),
        sa.UniqueConstraint("session_id", name=op.f("payment_session_id_key")),
    )
    op.create_index(
        "payment_one_live_key",
        "payment",
        ["order_id"],
        unique=True,
        postgresql_where="status IN ('OPENING', 'OPEN', 'AUTHORISED', 'CAPTURED')",
    )


def create_order_item() -> None:
    op.create_table(
        "order_item",
        sa.Column("order_item_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("reseller_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("connection_id", sa.Text(), nullable=False),
        sa.Column("provider_product_id", sa.Text(), nullable=False),
        sa.Column("provider_option_id", sa.Text(), nullable=False),
        sa.Column("provider_availability_id", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("option_id", sa.Text(), nullable=False),
        sa.Column("slot_id", sa.Text(), nullable=False),
        sa.Column("place_id", sa.Text(), nullable=False),
        sa.Column("city_id", sa.Text(), nullable=False),
        sa.Column("country_code", sa.Text(), nullable=False),
        sa.Column("supplier_name", sa.Text(), nullable=False),
        sa.Column("product_title", sa.Text(), nullable=False),
        sa.Column("product_slug", sa.Text(), nullable=False),
        sa.Column("option_title", sa.Text(), nullable=False),
        sa.Column("place_name", sa.Text(), nullable=False),
        sa.Column("street_address", sa.Text(), nullable=True),
        sa.Column("city_name", sa.Text(), nullable=False),
        sa.Column("cover_media_id", sa.Text(), nullable=True),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("local_start_time", sa.Text(), nullable=False),
        sa.Column("local_end_time", sa.Text(), nullable=False),
        sa.Column("is_all_day", sa.Boolean(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("cancellation_cutoff_seconds", sa.BigInteger(), nullable=True),
        sa.Column("confirms_at_once", sa.Boolean(), nullable=False),
        sa.Column("booking_uuid", sa.Uuid(), nullable=False),
        sa.Column("attempt", sa.Integer(), server_default="1", nullable=False),
        sa.Column("provider_booking_id", sa.Text(), nullable=True),
        sa.Column("supplier_reference", sa.Text(), nullable=True),
        sa.Column("hold_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirm_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needs_release", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("payment_id", sa.Text(), nullable=True),
        sa.Column("sold_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'HOLDING', 'HELD', 'CONFIRMING', 'PENDING_SUPPLIER', 'CONFIRMED', 'REDEEMED', 'EXPIRED', 'FAILED', 'REJECTED', 'CANCEL_REQUESTED', 'CANCELLED', 'UNKNOWN')",
            name=op.f("order_item_state_check"),
        ),
        sa.ForeignKeyConstraint(
            ["order_id", "reseller_id"],
            ["shop_order.order_id", "shop_order.reseller_id"],
            name=op.f("order_item_order_id_reseller_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("order_item_id", name=op.f("order_item_pkey")),
        sa.UniqueConstraint("booking_uuid", name=op.f("order_item_booking_uuid_key")),
        sa.UniqueConstraint("order_id", "ordinal", name=op.f("order_item_order_id_ordinal_key")),
        sa.UniqueConstraint("order_item_id", "reseller_id", name=op.f("order_item_order_item_id_reseller_id_key")),
    )
    op.create_index(
        op.f("order_item_reseller_id_local_date_idx"), "order_item", ["reseller_id", "local_date"], unique=False
    )


def create_order_line() -> None:
    op.create_table(
        "order_line",
        sa.Column("order_line_id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("order_item_id", sa.Text(), nullable=False),
        sa.Column("reseller_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("provider_unit_id", sa.Text(), nullable=False),
        sa.Column("unit_type", sa.Text(), nullable=False),
        sa.Column("unit_title", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("original_minor", sa.BigInteger(), nullable=False),
        sa.Column("retail_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("asked_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("commission_minor", sa.BigInteger(), nullable=False),
        sa.Column("platform_fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("payment_fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("sponsored_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "asked_minor + sponsored_minor = net_minor + commission_minor + platform_fee_minor + payment_fee_minor",
            name=op.f("order_line_amounts_check"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("order_line_quantity_check")),
        sa.ForeignKeyConstraint(
            ["order_item_id", "reseller_id"],
            ["order_item.order_item_id", "order_item.reseller_id"],
            name=op.f("order_line_order_item_id_reseller_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("order_line_id", name=op.f("order_line_pkey")),
        sa.UniqueConstraint("order_item_id", "ordinal", name=op.f("order_line_order_item_id_ordinal_key")),
    )


def create_ticket() -> None:
    op.create_table(
        "ticket",
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column("order_item_id", sa.Text(), nullable=False),
        sa.Column("reseller_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("provider_unit_id", sa.Text(), nullable=True),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_item_id", "reseller_id"],
            ["order_item.order_item_id", "order_item.reseller_id"],
            name=op.f("ticket_order_item_id_reseller_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("ticket_pkey")),
        sa.UniqueConstraint("order_item_id", "ordinal", name=op.f("ticket_order_item_id_ordinal_key")),
    )


def create_refund() -> None:
    op.create_table(
        "refund",
        sa.Column("refund_id", sa.Text(), nullable=False),
        sa.Column("payment_id", sa.Text(), nullable=True),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("order_item_id", sa.Text(), nullable=False),
        sa.Column("reseller_id", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), server_default="1", nullable=False),
        sa.Column("stripe_refund_id", sa.Text(), nullable=True),
        sa.Column("balance_transaction_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("reason IN ('NOT_ISSUED', 'CANCELLED', 'GOODWILL')", name=op.f("refund_reason_check")),
        sa.CheckConstraint(
            "status IN ('REQUESTED', 'PENDING', 'SUCCEEDED', 'FAILED')", name=op.f("refund_status_check")
        ),
        sa.CheckConstraint("amount_minor = 0 OR payment_id IS NOT NULL", name=op.f("refund_payment_id_check")),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("refund_amount_minor_check")),
        sa.ForeignKeyConstraint(
            ["order_id", "reseller_id"],
            ["shop_order.order_id", "shop_order.reseller_id"],
            name=op.f("refund_order_id_reseller_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["order_item_id", "reseller_id"],
            ["order_item.order_item_id", "order_item.reseller_id"],
            name=op.f("refund_order_item_id_reseller_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["payment_id", "reseller_id"],
            ["payment.payment_id", "payment.reseller_id"],
            name=op.f("refund_payment_id_reseller_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("refund_id", name=op.f("refund_pkey")),
        sa.UniqueConstraint("balance_transaction_id", name=op.f("refund_balance_transaction_id_key")),
        sa.UniqueConstraint("order_item_id", name=op.f("refund_order_item_id_key")),
        sa.UniqueConstraint("stripe_refund_id", name=op.f("refund_stripe_refund_id_key")),
    )
    op.create_index(op.f("refund_order_id_idx"), "refund", ["order_id"], unique=False)


def create_mail() -> None:
    op.create_table(
        "mail",
        sa.Column("mail_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("reseller_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('CONFIRMATION', 'REFUND', 'CANCELLATION')", name=op.f("mail_kind_check")),
        sa.ForeignKeyConstraint(
            ["order_id", "reseller_id"],
            ["shop_order.order_id", "shop_order.reseller_id"],
            name=op.f("mail_order_id_reseller_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("mail_id", name=op.f("mail_pkey")),
        sa.UniqueConstraint("order_id", "occasion", name=op.f("mail_order_id_occasion_key")),
    )


def create_stripe_event() -> None:
    op.create_table(
        "stripe_event",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("stripe_event_pkey")),
    )


def isolate(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    own = "reseller_id = current_setting('tiqzy.reseller_id', true)"
    op.execute(f"CREATE POLICY tenant ON {table} USING ({own}) WITH CHECK ({own})")


GRANTS = """
GRANT SELECT, INSERT, UPDATE ON shop_order, buyer, payment, order_item, refund, mail TO tiqzy_shop;
GRANT SELECT, INSERT ON order_line, stripe_event TO tiqzy_shop;
GRANT SELECT, INSERT, DELETE ON ticket TO tiqzy_shop;
GRANT DELETE ON buyer, order_line, order_item TO tiqzy_shop;
"""

LOOKUPS = """
GRANT SELECT (order_id, reseller_id, status, reference, paid_at, next_check_at) ON shop_order TO tiqzy_lookup;
GRANT SELECT (order_id, reseller_id, status, created_at, updated_at) ON refund TO tiqzy_lookup;
CREATE POLICY lookup ON shop_order FOR SELECT TO tiqzy_lookup USING (true);
CREATE POLICY lookup ON refund FOR SELECT TO tiqzy_lookup USING (true);

CREATE FUNCTION orders_to_check(due timestamptz, most integer)
RETURNS TABLE (reseller_id text, order_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT o.reseller_id, o.order_id FROM public.shop_order AS o
  WHERE o.next_check_at <= due ORDER BY o.next_check_at LIMIT most
$$;

CREATE FUNCTION stuck_orders(paid_before timestamptz, most integer)
RETURNS TABLE (reseller_id text, order_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT o.reseller_id, o.order_id FROM public.shop_order AS o
  WHERE o.status = 'PAID' AND o.paid_at < paid_before
    OR o.order_id IN (SELECT r.order_id FROM public.refund AS r WHERE r.status = 'FAILED')
  ORDER BY o.paid_at LIMIT most
$$;

CREATE FUNCTION find_order(wanted_reference text)
RETURNS TABLE (reseller_id text, order_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT o.reseller_id, o.order_id FROM public.shop_order AS o WHERE o.reference = upper(wanted_reference)
$$;

GRANT CREATE ON SCHEMA public TO tiqzy_lookup;
DO $$
DECLARE signature regprocedure;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'orders_to_check(timestamptz, integer)', 'stuck_orders(timestamptz, integer)', 'find_order(text)'
  ]::regprocedure[] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO tiqzy_shop', signature);
    EXECUTE format('ALTER FUNCTION %s OWNER TO tiqzy_lookup', signature);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM tiqzy_lookup;
"""
