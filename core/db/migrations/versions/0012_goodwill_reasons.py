"""Why our people gave money back, kept with the refund

Free text, and perhaps about a person: the lake has no grant for either column.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("refund", sa.Column("given_for", sa.Text(), nullable=True))
    op.add_column("refund", sa.Column("given_note", sa.Text(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("a schema goes forward; to go back, restore a backup")
