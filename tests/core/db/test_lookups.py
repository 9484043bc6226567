"""What is answered before there is a tenant, and no more than that."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from core.db.addresses import Database, database_url, shop_role_url
from core.db.lookups import close_session, find_account, find_session, find_shop, open_session
from core.domain.roles import AccountRole
from tests.core.db.probes import ask, tell

NOW = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
FUNCTIONS = """
SELECT array_agg(p.proname::text ORDER BY p.proname) FROM pg_proc AS p
WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
  AND p.proowner = 'tiqzy_lookup'::regrole AND p.proconfig = '{"search_path=pg_catalog, pg_temp"}'
  AND NOT EXISTS (SELECT 1 FROM aclexplode(p.proacl) AS a WHERE a.grantee NOT IN (p.proowner, 'tiqzy_shop'::regrole))
"""


@pytest.mark.parametrize(
    ("host", "slug", "found"),
    [
        ("a.example", None, "shp_a"),
        ("A.Example", None, "shp_a"),
        (None, "b", "shp_b"),
        ("a.example", "b", "shp_a"),
        ("unknown.example", "b", "shp_b"),
        ("unknown.example", None, None),
        (None, None, None),
    ],
)
async def test_a_shop_is_found_by_its_host_or_else_by_its_slug(two_resellers, host, slug, found):
    async with two_resellers.lookup_session() as session:
        shop = await find_shop(session, host=host, slug=slug)
    assert (shop and shop.shop_id) == found


async def test_an_account_is_found_by_its_email(two_resellers):
    async with two_resellers.lookup_session() as session:
        account = await find_account(session, "A@example.com")
        assert await find_account(session, "nobody@example.com") is None
    assert (account.reseller_id, account.role, account.password_hash) == ("rsl_a", AccountRole.OWNER, "hash of a")
    assert "hash of a" not in repr(account)


async def test_a_sign_in_lasts_until_it_ends_or_is_closed(two_resellers):
    until = NOW + timedelta(hours=12)
    async with two_resellers.lookup_session() as session:
        await open_session(session, "hash", "acc_a", until)
        signed_in = await find_session(session, "hash", NOW)
        assert await find_session(session, "hash", until) is None
        assert await find_session(session, "other", NOW) is None
        await close_session(session, "hash")
        assert await find_session(session, "hash", NOW) is None
    assert (signed_in.account_id, signed_in.reseller_id, signed_in.expires_at) == ("acc_a", "rsl_a", until)


async def test_our_own_people_sign_in_without_a_reseller(shop_database, platform_settings):
    tell(
        database_url(Database.SHOP, platform_settings),
        "INSERT INTO account (account_id, email, password_hash, role) VALUES ('acc_s', 's@example.com', 'x', 'STAFF')",
    )
    async with shop_database.lookup_session() as session:
        await open_session(session, "hash", "acc_s", NOW + timedelta(hours=1))
        signed_in = await find_session(session, "hash", NOW)
    assert (signed_in.reseller_id, signed_in.role) == (None, AccountRole.STAFF)


def test_lookups_cannot_be_misled_and_serve_the_shop_role_alone(platform_settings):
    found = ask(database_url(Database.SHOP, platform_settings), FUNCTIONS)
    before_a_tenant = ["close_session", "find_account", "find_session", "find_shop", "open_session"]
    for_the_worker = ["find_order", "orders_to_check", "stuck_orders", "visits_over"]
    for_our_people = ["commission_owed", "commission_payouts"]
    assert found == sorted(before_a_tenant + for_the_worker + for_our_people)


@pytest.mark.usefixtures("two_resellers")
def test_the_lookup_role_may_read_no_more_than_the_lookups_tell(platform_settings):
    with psycopg.connect(database_url(Database.SHOP, platform_settings), autocommit=True) as owner:
        owner.execute("SET ROLE tiqzy_lookup")
        assert owner.execute("SELECT count(slug) FROM shop").fetchone() == (2,)
        for attempt in ("SELECT name FROM shop", "SELECT time_zone FROM reseller", "DELETE FROM account"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                owner.execute(attempt)


def test_nobody_signs_in_as_the_lookup_role(platform_settings):
    query = "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'tiqzy_lookup'"
    assert ask(shop_role_url(platform_settings), query) is False
