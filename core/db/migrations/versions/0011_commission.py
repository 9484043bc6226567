"""Commission that was earned by a visit, and that was paid out to its reseller

The worker looks for visits that are over, and our people for what is owed, of every reseller: by functions that run as
tiqzy_lookup. What they find is then changed as its tenant.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_commission_payout()
    op.add_column("order_item", sa.Column("visited_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("order_item", sa.Column("commission_payout_id", sa.Text(), nullable=True))
    op.create_foreign_key(
        op.f("order_item_commission_payout_id_reseller_id_fkey"),
        "order_item",
        "commission_payout",
        ["commission_payout_id", "reseller_id"],
        ["commission_payout_id", "reseller_id"],
    )
    op.create_index(
        "order_item_not_visited_idx",
        "order_item",
        ["ends_at"],
        postgresql_where="visited_at IS NULL AND sold_at IS NOT NULL AND state IN ('CONFIRMED', 'REDEEMED')",
    )
    op.create_index(
        "order_item_commission_owed_idx",
        "order_item",
        ["reseller_id"],
        postgresql_where="visited_at IS NOT NULL AND commission_payout_id IS NULL",
    )
    op.execute(LOOKUPS)


def downgrade() -> None:
    raise NotImplementedError("a schema goes forward; to go back, restore a backup")


def create_commission_payout() -> None:
    op.create_table(
        "commission_payout",
        sa.Column("commission_payout_id", sa.Text(), nullable=False),
        sa.Column("reseller_id", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("currency_precision", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("commission_payout_amount_minor_check")),
        sa.ForeignKeyConstraint(
            ["reseller_id"], ["reseller.reseller_id"], name=op.f("commission_payout_reseller_id_fkey")
        ),
        sa.PrimaryKeyConstraint("commission_payout_id", name=op.f("commission_payout_pkey")),
        sa.UniqueConstraint(
            "commission_payout_id", "reseller_id", name=op.f("commission_payout_commission_payout_id_reseller_id_key")
        ),
    )
    op.execute(ISOLATION)


ISOLATION = """
ALTER TABLE commission_payout ENABLE ROW LEVEL SECURITY;
ALTER TABLE commission_payout FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON commission_payout
  USING (reseller_id = current_setting('tiqzy.reseller_id', true))
  WITH CHECK (reseller_id = current_setting('tiqzy.reseller_id', true));
GRANT SELECT, INSERT, UPDATE (undone_at, undone_by) ON commission_payout TO tiqzy_shop;
"""

LOOKUPS = """
GRANT SELECT (reseller_id, name) ON reseller TO tiqzy_lookup;
GRANT SELECT (currency, currency_precision) ON shop_order TO tiqzy_lookup;
GRANT SELECT (order_item_id, order_id, reseller_id, state, sold_at, ends_at, local_date, time_zone, visited_at,
  commission_payout_id) ON order_item TO tiqzy_lookup;
GRANT SELECT (order_item_id, commission_minor) ON order_line TO tiqzy_lookup;
GRANT SELECT ON commission_payout TO tiqzy_lookup;
CREATE POLICY lookup ON reseller FOR SELECT TO tiqzy_lookup USING (true);
CREATE POLICY lookup ON order_item FOR SELECT TO tiqzy_lookup USING (true);
CREATE POLICY lookup ON order_line FOR SELECT TO tiqzy_lookup USING (true);
CREATE POLICY lookup ON commission_payout FOR SELECT TO tiqzy_lookup USING (true);

CREATE FUNCTION visits_over(at timestamptz, most integer)
RETURNS TABLE (reseller_id text, order_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT DISTINCT found.reseller_id, found.order_id FROM (
    SELECT i.reseller_id, i.order_id FROM public.order_item AS i
    WHERE i.visited_at IS NULL AND i.sold_at IS NOT NULL AND i.state IN ('CONFIRMED', 'REDEEMED')
      AND i.ends_at <= at AND i.local_date < (at AT TIME ZONE i.time_zone)::date
    ORDER BY i.ends_at LIMIT most
  ) AS found
$$;

CREATE FUNCTION commission_owed(until timestamptz)
RETURNS TABLE (reseller_id text, name text, currency text, currency_precision integer, amount_minor bigint, items bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT i.reseller_id, r.name, o.currency, o.currency_precision, sum(l.commission_minor)::bigint,
    count(DISTINCT i.order_item_id)
  FROM public.order_item AS i
  JOIN public.order_line AS l ON l.order_item_id = i.order_item_id
  JOIN public.shop_order AS o ON o.order_id = i.order_id
  JOIN public.reseller AS r ON r.reseller_id = i.reseller_id
  WHERE i.visited_at <= until AND i.commission_payout_id IS NULL
  GROUP BY i.reseller_id, r.name, o.currency, o.currency_precision
  HAVING sum(l.commission_minor) > 0
  ORDER BY r.name, i.reseller_id, o.currency
$$;

CREATE FUNCTION commission_payouts(most integer)
RETURNS TABLE (commission_payout_id text, reseller_id text, name text, amount_minor bigint, currency text,
  currency_precision integer, reference text, recorded_at timestamptz, undone_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.commission_payout_id, p.reseller_id, r.name, p.amount_minor, p.currency, p.currency_precision, p.reference,
    p.recorded_at, p.undone_at
  FROM public.commission_payout AS p JOIN public.reseller AS r ON r.reseller_id = p.reseller_id
  ORDER BY p.recorded_at DESC LIMIT most
$$;

GRANT CREATE ON SCHEMA public TO tiqzy_lookup;
DO $$
DECLARE signature regprocedure;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'visits_over(timestamptz, integer)', 'commission_owed(timestamptz)', 'commission_payouts(integer)'
  ]::regprocedure[] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO tiqzy_shop', signature);
    EXECUTE format('ALTER FUNCTION %s OWNER TO tiqzy_lookup', signature);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM tiqzy_lookup;
"""
