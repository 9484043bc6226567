"""Another reseller's rows stay invisible, whatever the query."""

import psycopg
import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from core.db.addresses import Database, database_url, shop_role_url
from core.db.tables import Account, PriceRule, Reseller, Shop, ShopArea, Table
from tests.core.db.probes import ask, tell

TENANT_TABLES = sorted(table.name for table in Table.metadata.sorted_tables if "reseller_id" in table.c)
READABLE = [Reseller, Shop, ShopArea, PriceRule, Account]

PROTECTED = """
SELECT array_agg(c.relname::text ORDER BY c.relname) FROM pg_class AS c
WHERE c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
  SELECT 1 FROM pg_policy AS p WHERE p.polrelid = c.oid AND p.polcmd = '*' AND p.polroles = '{0}'
    AND pg_get_expr(p.polqual, p.polrelid) LIKE '%reseller_id = current_setting(''tiqzy.reseller_id''%'
    AND pg_get_expr(p.polwithcheck, p.polrelid) = pg_get_expr(p.polqual, p.polrelid))
"""
WITH_A_RESELLER = """
SELECT array_agg(table_name::text ORDER BY table_name) FROM information_schema.columns
WHERE column_name = 'reseller_id' AND table_schema = 'public'
"""


async def _visible(session, table) -> set[str | None]:
    return set(await session.scalars(select(table.reseller_id)))


@pytest.mark.parametrize("table", READABLE)
async def test_a_tenant_sees_its_own_rows_only(two_resellers, table):
    async with two_resellers.tenant_session("rsl_a") as session:
        assert await _visible(session, table) == {"rsl_a"}


@pytest.mark.parametrize("table", READABLE)
async def test_without_a_tenant_nothing_is_seen(two_resellers, table):
    async with two_resellers.lookup_session() as session:
        assert await _visible(session, table) == set()


async def test_after_a_tenant_the_same_connection_sees_nothing(two_resellers):
    async with two_resellers.tenant_session("rsl_a") as session:
        first = await session.scalar(text("SELECT pg_backend_pid()"))
    async with two_resellers.lookup_session() as session:
        assert await session.scalar(text("SELECT pg_backend_pid()")) == first
        assert await _visible(session, Shop) == set()


async def test_another_tenants_row_cannot_be_changed_or_removed(two_resellers):
    async with two_resellers.tenant_session("rsl_a") as session:
        changed = await session.execute(update(Shop).where(Shop.shop_id == "shp_b").values(name="mine"))
        removed = await session.execute(delete(ShopArea).where(ShopArea.shop_id == "shp_b"))
    assert (changed.rowcount, removed.rowcount) == (0, 0)


@pytest.mark.parametrize(
    "statement",
    [
        insert(Reseller).values(reseller_id="rsl_c", name="C"),
        insert(ShopArea).values(shop_id="shp_b", reseller_id="rsl_b", country_code="BE"),
        update(Shop).where(Shop.shop_id == "shp_a").values(reseller_id="rsl_b"),
        insert(Account).values(account_id="acc_c", email="c@example.com", password_hash="x", role="STAFF"),
    ],
    ids=["make a reseller", "add to another's shop", "give a shop away", "make staff"],
)
async def test_no_row_can_be_made_for_another_tenant(two_resellers, statement):
    with pytest.raises(DBAPIError, match="violates row-level security policy"):
        async with two_resellers.tenant_session("rsl_a") as session:
            await session.execute(statement)


async def test_an_own_row_cannot_refer_to_another_tenants(two_resellers):
    with pytest.raises(DBAPIError, match="violates foreign key constraint"):
        async with two_resellers.tenant_session("rsl_a") as session:
            session.add(ShopArea(shop_id="shp_b", reseller_id="rsl_a", country_code="BE"))


@pytest.mark.usefixtures("two_resellers")
def test_the_owner_of_the_tables_is_bound_too(platform_settings):
    assert ask(database_url(Database.SHOP, platform_settings), "SELECT count(*) FROM shop") == 0


def test_every_table_with_a_reseller_is_protected(platform_settings):
    url = database_url(Database.SHOP, platform_settings)
    assert ask(url, WITH_A_RESELLER) == TENANT_TABLES
    assert ask(url, PROTECTED) == TENANT_TABLES


def test_a_new_table_without_a_policy_would_be_noticed(platform_settings):
    url = database_url(Database.SHOP, platform_settings)
    tell(url, "CREATE TABLE forgotten (reseller_id text)", "ALTER TABLE forgotten ENABLE ROW LEVEL SECURITY")
    assert "forgotten" in ask(url, WITH_A_RESELLER)
    assert "forgotten" not in ask(url, PROTECTED)


async def test_with_the_guard_off_the_rows_are_seen(two_resellers, platform_settings):
    tell(database_url(Database.SHOP, platform_settings), "ALTER TABLE shop DISABLE ROW LEVEL SECURITY")
    async with two_resellers.tenant_session("rsl_a") as session:
        assert await _visible(session, Shop) == {"rsl_a", "rsl_b"}


@pytest.mark.parametrize(
    "attempt",
    [
        "ALTER TABLE shop DISABLE ROW LEVEL SECURITY",
        "DROP POLICY tenant ON shop",
        "SET ROLE tiqzy",
        "SET ROLE tiqzy_lookup",
        "SET SESSION AUTHORIZATION tiqzy",
        "CREATE TABLE mine (x int)",
        "CREATE TEMPORARY TABLE shop (x int)",
        "DELETE FROM reseller",
        "UPDATE reseller SET platform_fee_bps = 0",
        "UPDATE reseller SET payment_fee_bps = 0",
        "INSERT INTO reseller (reseller_id, name, platform_fee_bps) VALUES ('rsl_cheap', 'Cheap', 0)",
        "SELECT * FROM account_session",
        "SELECT * FROM alembic_version",
        "TRUNCATE shop",
        "SELECT rolpassword FROM pg_authid",
    ],
)
def test_the_shop_role_cannot_get_around_it(platform_settings, attempt):
    with psycopg.connect(shop_role_url(platform_settings), autocommit=True) as connection:
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidAuthorizationSpecification)):
            connection.execute(attempt)
        connection.execute("SET row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="would be affected by row-level security"):
            connection.execute("SELECT * FROM shop")
