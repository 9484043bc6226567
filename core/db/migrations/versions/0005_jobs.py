"""The queue of jobs: the tables of procrastinate, as the library makes them

They hold ids alone and belong to no reseller. A newer library brings its own migrations, to be run by one of ours.
"""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.get_bind().connection.cursor().execute(SchemaManager.get_schema())
    op.execute(GRANTS)


def downgrade() -> None:
    raise NotImplementedError("a schema goes forward; to go back, restore a backup")


GRANTS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers,
  procrastinate_events TO tiqzy_shop;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO tiqzy_shop;
"""
