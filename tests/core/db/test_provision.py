"""Roles and databases of a platform on a fresh server."""

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest

from core.db.addresses import Database, Role
from core.db.embedded import EmbeddedServer, ServerAddress
from core.db.migrate import migrate
from core.db.provision import connect, provision, provision_embedded
from core.errors import DatabaseError
from tests.core.db.probes import ask, tell
from tests.fixtures.postgres import deleted_after, folder_for_a_server

ROLES = """
SELECT array_agg(rolname || ' ' || rolsuper || ' ' || rolbypassrls || ' ' || rolcreatedb || ' ' || rolcanlogin
                 ORDER BY rolname)
FROM pg_roles WHERE rolname LIKE 'tiqzy%'
"""


@pytest.fixture(scope="module")
def address() -> Iterator[ServerAddress]:
    with folder_for_a_server() as folder, deleted_after(EmbeddedServer(folder, is_durable=False)) as server:
        yield server.start()


@pytest.fixture
def provisioned(address) -> ServerAddress:
    provision_embedded(address)
    return address


def test_no_role_of_the_platform_is_a_superuser_or_bypasses_security(provisioned):
    assert ask(provisioned.superuser_url, ROLES) == [
        "tiqzy false false true true",
        "tiqzy_lake false false false false",
        "tiqzy_lookup false false false false",
        "tiqzy_shop false false false true",
    ]


def test_the_owner_enters_all_databases_and_the_shop_one(provisioned):
    for database in Database:
        assert ask(provisioned.url(database, Role.OWNER), "SELECT current_user::text") == "tiqzy"
    assert ask(provisioned.shop_database_url, "SELECT current_user::text") == "tiqzy_shop"
    for database in (Database.LAKE, Database.SQLMESH, Database.DAGSTER):
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(provisioned.url(database, Role.SHOP))


def test_a_query_of_the_shop_does_not_run_for_ever(provisioned):
    assert ask(provisioned.shop_database_url, "SHOW statement_timeout") == "10s"
    assert ask(provisioned.database_url, "SHOW statement_timeout") == "0"


def test_a_second_time_changes_nothing_and_keeps_the_data(provisioned):
    tell(provisioned.url(Database.LAKE, Role.OWNER), "CREATE TABLE kept (value int)", "INSERT INTO kept VALUES (42)")
    provision_embedded(provisioned)
    assert ask(provisioned.url(Database.LAKE, Role.OWNER), "SELECT value FROM kept") == 42


def test_a_new_password_replaces_the_old_one(provisioned):
    provision(provisioned.database_url, "another")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(provisioned.shop_database_url)
    changed = replace(provisioned, passwords={**provisioned.passwords, Role.SHOP: "another"})
    assert ask(changed.shop_database_url, "SELECT 1") == 1


def test_a_server_that_others_use_too_gets_databases_with_a_prefix(provisioned):
    url = provisioned.url("demo_shop", Role.OWNER)
    provision(url, "secret")
    migrate(url)
    names = "SELECT array_agg(datname::text ORDER BY datname) FROM pg_database WHERE datname LIKE 'demo%'"
    assert ask(provisioned.superuser_url, names) == ["demo_dagster", "demo_lake", "demo_shop", "demo_sqlmesh"]


def test_an_owner_who_may_not_make_roles_is_told_so(address):
    tell(address.superuser_url, "DROP ROLE IF EXISTS poor", "CREATE ROLE poor LOGIN PASSWORD 'poor'")
    poor = replace(address, passwords={"poor": "poor"})
    with pytest.raises(DatabaseError, match="roles and databases cannot be made: permission denied"):
        provision(poor.url("poor_shop", "poor"), "secret")


def test_a_shop_role_that_bypasses_security_is_refused(provisioned):
    tell(provisioned.superuser_url, "ALTER ROLE tiqzy_shop BYPASSRLS")
    try:
        with pytest.raises(DatabaseError, match="the role tiqzy_shop could bypass row-level security"):
            provision(provisioned.database_url, "secret")
    finally:
        tell(provisioned.superuser_url, "ALTER ROLE tiqzy_shop NOBYPASSRLS")


def test_a_server_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(DatabaseError, match=r"PostgreSQL cannot be reached: .* No such file or directory$"):
        connect(f"postgresql://tiqzy@/shop?host={tmp_path}")
