"""What a reseller pays us is not for the shop's role to change

0001 let it write every column of reseller, and 0002 put the fees there. A new reseller has the usual ones.
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("REVOKE INSERT, UPDATE ON reseller FROM tiqzy_shop")
    op.execute(
        "GRANT INSERT (reseller_id, name, created_at, time_zone), UPDATE (name, time_zone) ON reseller TO tiqzy_shop"
    )


def downgrade() -> None:
    raise NotImplementedError("a schema goes forward; to go back, restore a backup")
