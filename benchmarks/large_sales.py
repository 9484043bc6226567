"""Years of sales of the size we plan for, made in SQL. a number of items -> raw tables `shop` and `stripe` of a lake

What 200 resellers sold of 20,000 products in 300 cities in the two years before today: seven orders for ten items, two
lines for every other item, five postings each, one in 33 refunded. The same rows for the same number and day.
"""

from contextlib import closing

from core.domain.sale import LedgerAccount
from core.settings import Settings
from warehouse import lake
from warehouse.raw_tables import create_missing

ITEMS = 5_000_000
DAYS = 730
RESELLERS, SHOPS, PRODUCTS, CITIES = 200, 400, 20_000, 300
ZONES = ["Europe/Amsterdam", "America/New_York", "Asia/Tokyo", "Pacific/Auckland", "Europe/London", "Asia/Kathmandu"]
CURRENCIES = ["EUR", "USD", "JPY", "NZD", "GBP", "KWD"]
PRECISIONS = [2, 2, 0, 2, 2, 3]
EACH_REFUNDED = 33

# An item's buyer pays what provider, reseller and both fees get: 70, 25, 3 and 2 of 100, remainders to the reseller.
_SOLD = f"""
CREATE TEMPORARY VIEW sold AS
  SELECT n, n * 7 // 10 AS o, (n * 7 // 10) % {SHOPS} AS s, (n * 7 // 10) % {RESELLERS} AS r, hash(n) % {PRODUCTS}
    AS p, n % {EACH_REFUNDED} = 0 AS is_refunded, 1 + n % 2 AS line_count, 1500 + (hash(n) % 4000)::BIGINT AS asked,
    current_date::TIMESTAMP AT TIME ZONE 'UTC' - INTERVAL {DAYS} DAY + (n * 7 // 10) * INTERVAL (
    {DAYS * 86_400_000_000}::BIGINT // $orders) MICROSECOND AS sold_at FROM range($items) AS t(n);
CREATE TEMPORARY MACRO id(prefix, moment, n) AS
  prefix || '_' || lpad(lower(hex(epoch_ms(moment))), 12, '0') || left(md5(prefix || n), 20);
CREATE TEMPORARY MACRO net(asked) AS asked * 70 // 100;
CREATE TEMPORARY MACRO platform_fee(asked) AS asked * 3 // 100;
CREATE TEMPORARY MACRO payment_fee(asked) AS asked * 2 // 100;
CREATE TEMPORARY MACRO commission(asked) AS asked - net(asked) - platform_fee(asked) - payment_fee(asked);
CREATE TEMPORARY MACRO currency(r) AS {CURRENCIES}[1 + r % {len(CURRENCIES)}];
"""  # noqa: S608 - numbers of our own

_ROWS = f"""
INSERT INTO shop.resellers BY NAME
  SELECT 'rsl_' || r AS reseller_id, {ZONES}[1 + r % {len(ZONES)}] AS time_zone, 1 AS changed_xid
    FROM range({RESELLERS}) AS t(r);
INSERT INTO shop.shops BY NAME
  SELECT 'shp_' || s AS shop_id, 'rsl_' || s % {RESELLERS} AS reseller_id, currency(s % {RESELLERS}) AS currency,
    1 AS changed_xid FROM range({SHOPS}) AS t(s);
INSERT INTO shop.orders BY NAME
  SELECT id('ord', sold_at, o) AS order_id, 'rsl_' || r AS reseller_id, 'shp_' || s AS shop_id, upper(left(md5('r' ||
    o), 8)) AS reference, 'DONE' AS status, currency(r) AS currency, {PRECISIONS}[1 + r % {len(PRECISIONS)}] AS
    currency_precision, sold_at AS created_at, sold_at AS updated_at, sold_at AS paid_at, 1 AS changed_xid FROM sold
    WHERE n = 0 OR o <> (n - 1) * 7 // 10;
INSERT INTO shop.order_items BY NAME
  SELECT id('itm', sold_at, n) AS order_item_id, id('ord', sold_at, o) AS order_id, 'rsl_' || r AS reseller_id, 0 AS
    ordinal, CASE WHEN is_refunded THEN 'CANCELLED' ELSE 'CONFIRMED' END AS state, 'canal' AS connection_id, 'prd_' || p
    AS product_id, 'opt_' || p AS option_id, 'slt_' || n AS slot_id, 'plc_' || p // 10 AS place_id, 'cty_' || p %
    {CITIES} AS city_id, 'NL' AS country_code, sold_at::DATE + (n % 40)::INT AS local_date, '10:00' AS
    local_start_time, sold_at + (n % 40) * INTERVAL 1 DAY AS starts_at, 'Europe/Amsterdam' AS time_zone, id('pay',
    sold_at, o) AS payment_id, sold_at, sold_at AS confirmed_at, sold_at AS created_at, sold_at AS updated_at, 1 AS
    changed_xid FROM sold;
INSERT INTO shop.order_lines BY NAME
  SELECT n * 2 + l AS order_line_id, id('itm', sold_at, n) AS order_item_id, 'rsl_' || r AS reseller_id, l AS ordinal,
    'unt_' || p || '_' || l AS unit_id, ['ADULT', 'CHILD'][l + 1] AS unit_type, 1 + l AS quantity, asked + 300 AS
    original_minor, asked + 100 AS retail_minor, net(asked) AS net_minor, asked AS asked_minor, 300 AS discount_minor,
    commission(asked) AS commission_minor, platform_fee(asked) AS platform_fee_minor, payment_fee(asked) AS
    payment_fee_minor, 0 AS tax_minor, 0 AS sponsored_minor, 1 AS changed_xid
    FROM (SELECT *, unnest(range(line_count)) AS l FROM sold);
INSERT INTO shop.payments BY NAME
  SELECT id('pay', sold_at, o) AS payment_id, id('ord', sold_at, o) AS order_id, 'rsl_' || any_value(r) AS reseller_id,
    'SUCCEEDED' AS status, sum(asked * line_count) AS amount_minor, sum(asked * line_count) AS captured_minor, 'txn_' ||
    o AS balance_transaction_id, sold_at AS created_at, sold_at AS updated_at, 1 AS changed_xid FROM sold
    GROUP BY o, sold_at ORDER BY o;
INSERT INTO shop.refunds BY NAME
  SELECT id('rfd', sold_at, n) AS refund_id, id('pay', sold_at, o) AS payment_id, id('ord', sold_at, o) AS order_id,
    id('itm', sold_at, n) AS order_item_id, 'rsl_' || r AS reseller_id, asked * line_count AS amount_minor, 'CANCELLED'
    AS reason, 'SUCCEEDED' AS status, 'txn_r' || n AS balance_transaction_id, sold_at AS created_at, sold_at AS
    updated_at, 1 AS changed_xid FROM sold WHERE is_refunded;
INSERT INTO shop.ledger_postings BY NAME
  SELECT n * 10 + a AS posting_id, 'rsl_' || r AS reseller_id, id('ord', sold_at, o) AS order_id, id('itm', sold_at, n)
    AS order_item_id, entry, account, amount * line_count AS amount_minor, currency(r) AS currency, sold_at AS
    booked_at, 1 AS changed_xid
    FROM (SELECT *, unnest(CASE WHEN is_refunded THEN range(10) ELSE range(5) END) AS a, CASE WHEN a < 5 THEN 'SALE'
      ELSE 'REFUND' END AS entry, ['{LedgerAccount.BUYER}', '{LedgerAccount.PROVIDER}',
      '{LedgerAccount.COMMISSION_BOOKED}', '{LedgerAccount.PLATFORM_FEE}', '{LedgerAccount.PAYMENT_FEE}'][1 +
      a % 5] AS account,
      [-asked, net(asked), commission(asked), platform_fee(asked), payment_fee(asked), asked, -net(asked),
      -commission(asked), -platform_fee(asked) - payment_fee(asked), 0][1 + a] AS amount FROM sold) WHERE amount <> 0;
INSERT INTO stripe.balance_transactions BY NAME
  SELECT 'txn_' || o AS balance_transaction_id, 'charge' AS type, 'ch_' || o AS source_id, 'po_' || sold_at::DATE ||
    currency(any_value(r)) AS payout_id, lower(currency(any_value(r))) AS currency, sum(asked * line_count) AS
    amount_minor, 0 AS fee_minor, sum(asked * line_count) AS net_minor, sold_at AS available_at, sold_at AS created_at
    FROM sold GROUP BY o, sold_at ORDER BY o;
INSERT INTO stripe.balance_transactions BY NAME
  SELECT 'txn_r' || n AS balance_transaction_id, 'refund' AS type, 're_' || n AS source_id, 'po_' || sold_at::DATE ||
    currency(r) AS payout_id, lower(currency(r)) AS currency, -asked * line_count AS amount_minor, 0 AS fee_minor,
    -asked * line_count AS net_minor, sold_at AS available_at, sold_at AS created_at FROM sold WHERE is_refunded;
INSERT INTO stripe.payouts BY NAME
  SELECT payout_id, 'paid' AS status, currency, sum(net_minor) AS amount_minor, max(created_at) AS arrived_at,
    max(created_at) AS created_at FROM stripe.balance_transactions GROUP BY payout_id, currency ORDER BY payout_id;
"""  # noqa: S608 - numbers and names of our own


def fill_lake(settings: Settings, items: int = ITEMS) -> None:
    """Write the raw tables of a lake that nothing was loaded into yet; no read of the shop is noted."""
    with closing(lake.connect(settings)) as connection:
        create_missing(connection)
        orders = str(max(items * 7 // 10, 1))
        connection.execute(_SOLD.replace("$items", str(items)).replace("$orders", orders))
        for statement in _ROWS.split(";"):
            connection.execute(statement)
