"""The ledger: only added to, and zero for each order and currency when a transaction commits"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_ledger_posting()
    op.execute(ISOLATION)
    op.execute(BALANCED)
    op.execute(APPEND_ONLY)
    op.execute("GRANT SELECT, INSERT ON ledger_posting TO tiqzy_shop")


def downgrade() -> None:
    raise NotImplementedError("a schema goes forward; to go back, restore a backup")


def create_ledger_posting() -> None:
    op.create_table(
        "ledger_posting",
        sa.Column("posting_id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("reseller_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("order_item_id", sa.Text(), nullable=True),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "account IN ('BUYER', 'PROVIDER', 'COMMISSION_BOOKED', 'COMMISSION_VISITED', 'COMMISSION_PAID', 'PLATFORM_FEE', 'PAYMENT_FEE', 'TAX', 'SPONSOR')",
            name=op.f("ledger_posting_account_check"),
        ),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ledger_posting_amount_minor_check")),
        sa.ForeignKeyConstraint(
            ["order_id", "reseller_id"],
            ["shop_order.order_id", "shop_order.reseller_id"],
            name=op.f("ledger_posting_order_id_reseller_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("posting_id", name=op.f("ledger_posting_pkey")),
        sa.UniqueConstraint("order_id", "entry", "account", name=op.f("ledger_posting_order_id_entry_account_key")),
    )
    op.create_index(
        op.f("ledger_posting_reseller_id_booked_at_idx"), "ledger_posting", ["reseller_id", "booked_at"], unique=False
    )


ISOLATION = """
ALTER TABLE ledger_posting ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_posting FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ledger_posting
  USING (reseller_id = current_setting('tiqzy.reseller_id', true))
  WITH CHECK (reseller_id = current_setting('tiqzy.reseller_id', true));
"""

# Checked when the transaction commits: the postings of one movement arrive one by one.
BALANCED = """
CREATE FUNCTION ledger_is_balanced() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE total bigint;
BEGIN
  SELECT sum(p.amount_minor) INTO total FROM public.ledger_posting AS p
  WHERE p.order_id = NEW.order_id AND p.currency = NEW.currency;
  IF total <> 0 THEN
    RAISE EXCEPTION 'the ledger of order % does not add up: % % too much', NEW.order_id, total, NEW.currency
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER ledger_is_balanced AFTER INSERT ON ledger_posting
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_is_balanced();
"""

APPEND_ONLY = """
CREATE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'a posting is never changed or removed: book another one' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER ledger_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_posting
FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_grows();
"""
