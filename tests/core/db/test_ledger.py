"""What it costs to commit postings: each order is checked by its own rows."""

import psycopg
import pytest

from core.db.addresses import Database, database_url, shop_role_url

ORDERS = 200
MOST_READ_FOR_A_POSTING = 30
SHOP = """
INSERT INTO reseller (reseller_id, name) VALUES ('rsl_a', 'A');
INSERT INTO shop (shop_id, reseller_id, slug, name, colour_primary, colour_accent)
VALUES ('shp_a', 'rsl_a', 'a-shop', 'A', '#112233', '#445566');
INSERT INTO shop_order (order_id, reseller_id, shop_id, reference, secret, status, currency, currency_precision)
SELECT 'ord_' || n, 'rsl_a', 'shp_a', 'TQ-' || n, 's' || n, 'PAID', 'EUR', 2 FROM generate_series(1, 200) AS n;
"""
POSTINGS = """
INSERT INTO ledger_posting (reseller_id, order_id, entry, account, amount_minor, currency, booked_at)
SELECT 'rsl_a', 'ord_' || n, 'sale:x', account, minor, 'EUR', now()
FROM generate_series(1, 200) AS n,
  (VALUES ('BUYER', -1000), ('PROVIDER', 700), ('COMMISSION_BOOKED', 200), ('PLATFORM_FEE', 100)) AS p(account, minor)
"""
READ = "SELECT sum(idx_tup_read)::bigint FROM pg_stat_user_indexes WHERE relname = 'ledger_posting'"


@pytest.fixture
def books(platform_settings):
    """Of one reseller, with orders that nothing is booked for."""
    with psycopg.connect(database_url(Database.SHOP, platform_settings)) as connection:
        connection.execute("SELECT set_config('tiqzy.reseller_id', 'rsl_a', true)")
        connection.execute(SHOP)
    return platform_settings


def test_a_commit_reads_the_postings_of_its_orders_and_no_others(books):
    with psycopg.connect(shop_role_url(books)) as shop:
        shop.execute("SELECT set_config('tiqzy.reseller_id', 'rsl_a', true)")
        added = shop.execute(POSTINGS).rowcount
        shop.commit()
        shop.execute("SELECT pg_stat_force_next_flush()")
    with psycopg.connect(database_url(Database.SHOP, books)) as owner:
        [read] = owner.execute(READ).fetchone()
    assert added == ORDERS * 4
    assert added <= read <= added * MOST_READ_FOR_A_POSTING
