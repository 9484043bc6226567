"""What a reseller's shops ask, and what we and the payment provider keep of it

A rule holds for one product, one city, or the whole shop. Its checks leave exactly the fields that its kind reads.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_fees()
    create_price_rule()
    op.execute(ISOLATION)
    op.execute(REVISION_GROWS)
    op.execute("GRANT SELECT, INSERT, DELETE ON price_rule TO tiqzy_shop")


def downgrade() -> None:
    raise NotImplementedError("a schema goes forward; to go back, restore a backup")


def add_fees() -> None:
    for column, default in (("platform_fee_bps", "300"), ("payment_fee_bps", "200")):
        op.add_column("reseller", sa.Column(column, sa.Integer(), server_default=default, nullable=False))
        op.create_check_constraint(op.f(f"reseller_{column}_check"), "reseller", f"{column} BETWEEN 0 AND 10000")


def create_price_rule() -> None:
    op.create_table(
        "price_rule",
        sa.Column("price_rule_id", sa.Text(), nullable=False),
        sa.Column("shop_id", sa.Text(), nullable=False),
        sa.Column("reseller_id", sa.Text(), nullable=False),
        sa.Column("city_id", sa.Text(), nullable=True),
        sa.Column("product_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("bps", sa.Integer(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("currency_precision", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('FULL', 'MARKUP', 'DISCOUNT', 'FIXED', 'FREE')", name=op.f("price_rule_kind_check")
        ),
        sa.CheckConstraint("city_id IS NULL OR product_id IS NULL", name=op.f("price_rule_subject_check")),
        sa.CheckConstraint(
            "CASE WHEN kind IN ('MARKUP', 'DISCOUNT') THEN num_nonnulls(bps, amount_minor) = 1"
            " WHEN kind = 'FIXED' THEN bps IS NULL AND amount_minor IS NOT NULL"
            " ELSE num_nonnulls(bps, amount_minor) = 0 END",
            name=op.f("price_rule_fields_check"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(amount_minor, currency, currency_precision) IN (0, 3)", name=op.f("price_rule_money_check")
        ),
        sa.CheckConstraint(
            "bps > 0 AND (kind <> 'DISCOUNT' OR bps <= 10000)",
            name=op.f("price_rule_bps_check"),
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("price_rule_amount_minor_check")),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("price_rule_currency_check")),
        sa.CheckConstraint("currency_precision BETWEEN 0 AND 4", name=op.f("price_rule_currency_precision_check")),
        sa.ForeignKeyConstraint(
            ["shop_id", "reseller_id"],
            ["shop.shop_id", "shop.reseller_id"],
            name="price_rule_shop_id_reseller_id_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("price_rule_id", name="price_rule_pkey"),
        sa.UniqueConstraint(
            "shop_id",
            "city_id",
            "product_id",
            name="price_rule_shop_id_city_id_product_id_key",
            postgresql_nulls_not_distinct=True,
        ),
    )


ISOLATION = """
ALTER TABLE price_rule ENABLE ROW LEVEL SECURITY;
ALTER TABLE price_rule FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON price_rule USING (reseller_id = current_setting('tiqzy.reseller_id', true))
  WITH CHECK (reseller_id = current_setting('tiqzy.reseller_id', true));
"""

REVISION_GROWS = """
-- An area and a price rule change their shop in the same way.
ALTER FUNCTION shop_area_changed() RENAME TO part_of_shop_changed;
CREATE TRIGGER price_rule_changed AFTER INSERT OR UPDATE OR DELETE ON price_rule
  FOR EACH ROW EXECUTE FUNCTION part_of_shop_changed();

-- Fees raise the floor under a price, so they change what every shop of the reseller asks.
CREATE FUNCTION fees_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.shop SET updated_at = now() WHERE reseller_id = NEW.reseller_id;
  RETURN NULL;
END $$;
CREATE TRIGGER fees_changed AFTER UPDATE OF platform_fee_bps, payment_fee_bps ON reseller
  FOR EACH ROW EXECUTE FUNCTION fees_changed();
"""
