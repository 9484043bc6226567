"""What visitors look for, by hour and city, for the lake to read

Nothing of a visitor is in it, and nothing that anybody typed (docs/decisions/0029).
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import UserDefinedType

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


class Xid8(UserDefinedType[str]):
    def get_col_spec(self, **_options: Any) -> str:
        return "xid8"


def upgrade() -> None:
    op.create_table(
        "demand_count",
        sa.Column("shop_id", sa.Text(), nullable=False),
        sa.Column("reseller_id", sa.Text(), nullable=False),
        sa.Column("counted_hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("country_code", sa.Text(), nullable=False),
        sa.Column("city_id", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("seen_count", sa.BigInteger(), nullable=False),
        sa.Column("changed_xid", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('VISIT_CITY', 'VISIT_PRODUCT', 'SEARCH', 'EMPTY_SEARCH')", name=op.f("demand_count_kind_check")
        ),
        sa.CheckConstraint("seen_count > 0", name=op.f("demand_count_seen_count_check")),
        sa.ForeignKeyConstraint(
            ["shop_id", "reseller_id"],
            ["shop.shop_id", "shop.reseller_id"],
            name=op.f("demand_count_shop_id_reseller_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            *("shop_id", "counted_hour", "kind", "country_code", "city_id", "product_id"),
            name=op.f("demand_count_pkey"),
        ),
    )
    op.create_index(op.f("demand_count_changed_xid_idx"), "demand_count", ["changed_xid"])
    op.execute(ISOLATION)
    op.execute(FOLLOWED)
    op.execute("GRANT SELECT, INSERT, UPDATE ON demand_count TO tiqzy_shop")


def downgrade() -> None:
    raise NotImplementedError("a schema goes forward; to go back, restore a backup")


ISOLATION = """
ALTER TABLE demand_count ENABLE ROW LEVEL SECURITY;
ALTER TABLE demand_count FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON demand_count
  USING (reseller_id = current_setting('tiqzy.reseller_id', true))
  WITH CHECK (reseller_id = current_setting('tiqzy.reseller_id', true));
"""

# As 0006 does for the rows of a sale.
FOLLOWED = """
CREATE TRIGGER renew_changed_xid BEFORE INSERT OR UPDATE ON demand_count
FOR EACH ROW EXECUTE FUNCTION renew_changed_xid();
GRANT SELECT (shop_id, reseller_id, counted_hour, kind, country_code, city_id, product_id, seen_count, changed_xid)
  ON demand_count TO tiqzy_lake;
CREATE POLICY lake ON demand_count FOR SELECT TO tiqzy_lake USING (true);
"""
