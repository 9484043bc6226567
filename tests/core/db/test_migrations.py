"""Migrations make what core.db.tables describes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, create_engine, inspect
from sqlalchemy.dialects.postgresql.base import ischema_names

from core.db.addresses import Database, database_url, sqlalchemy_url
from core.db.migrate import migrate
from core.db.provision import create_database, maintenance
from core.db.tables import Table
from core.db.tables.base import Xid8
from core.errors import DatabaseError
from tests.core.db.probes import ask


@pytest.fixture
def migrated(platform_settings):
    engine = create_engine(sqlalchemy_url(database_url(Database.SHOP, platform_settings)))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_migrations_make_the_tables_that_are_described(migrated, monkeypatch):
    monkeypatch.setitem(ischema_names, "xid8", Xid8)
    options = {"compare_type": True, "compare_server_default": True, "include_name": _is_ours}
    context = MigrationContext.configure(migrated, opts=options)
    assert compare_metadata(context, Table.metadata) == []


def _is_ours(name, kind, _parents) -> bool:
    """The queue's tables are its library's."""
    return kind != "table" or not name.startswith("procrastinate_")


def test_migrations_make_the_checks_that_are_described(migrated):
    described = {
        (table.name, str(constraint.name))
        for table in Table.metadata.sorted_tables
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    inspector = inspect(migrated)
    made = {
        (table.name, check["name"])
        for table in Table.metadata.sorted_tables
        for check in inspector.get_check_constraints(table.name)
    }
    assert made == described


def test_two_starts_at_once_migrate_once(platform_settings):
    url = database_url(Database.SHOP, platform_settings).replace("_shop?", "_fresh_shop?")
    with maintenance(url) as connection:
        create_database(connection, url.partition("?")[0].rpartition("/")[2])
    try:
        with ThreadPoolExecutor(2) as starts:
            list(starts.map(migrate, [url, url]))
        assert ask(url, "SELECT count(*) FROM alembic_version") == 1
        migrate(url)
    finally:
        with maintenance(url) as connection:
            connection.execute(f"DROP DATABASE {url.partition('?')[0].rpartition('/')[2]} WITH (FORCE)")


def test_a_database_that_is_not_there_is_one_sentence(platform_settings):
    url = database_url(Database.SHOP, platform_settings).replace("_shop?", "_no_shop?")
    with pytest.raises(DatabaseError, match=r"the shop database cannot be migrated: .* does not exist") as failure:
        migrate(url)
    assert "\n" not in str(failure.value)
