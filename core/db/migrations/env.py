"""What alembic runs: the migrations, on the connection that core.db.migrate opened."""

from alembic import context

from core.db.tables import Table

context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata)
context.run_migrations()
