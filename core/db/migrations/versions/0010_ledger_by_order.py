"""A commit's check of the ledger reads the postings of its orders, and not all of their reseller's

Nothing ever asked for postings by reseller and time. The index was read all the same: row-level security adds the reseller
to each query, and the planner took it together with the order's, once for every posting that was committed.
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index(op.f("ledger_posting_reseller_id_booked_at_idx"), "ledger_posting")


def downgrade() -> None:
    raise NotImplementedError("a schema goes forward; to go back, restore a backup")
