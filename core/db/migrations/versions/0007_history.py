"""How far the past of the demo shops is made, so that it goes on where it was interrupted"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "history_day",
        sa.Column("shop_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reseller_id", sa.Text(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("planned", postgresql.JSONB(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["shop_id", "reseller_id"],
            ["shop.shop_id", "shop.reseller_id"],
            name=op.f("history_day_shop_id_reseller_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("shop_id", "day", name=op.f("history_day_pkey")),
    )
    op.execute(ISOLATION)
    op.execute("GRANT SELECT, INSERT, UPDATE ON history_day TO tiqzy_shop")


def downgrade() -> None:
    raise NotImplementedError("a schema goes forward; to go back, restore a backup")


ISOLATION = """
ALTER TABLE history_day ENABLE ROW LEVEL SECURITY;
ALTER TABLE history_day FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON history_day
  USING (reseller_id = current_setting('tiqzy.reseller_id', true))
  WITH CHECK (reseller_id = current_setting('tiqzy.reseller_id', true));
"""
