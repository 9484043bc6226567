"""A catalogue of the size we plan for, made in SQL. nothing -> lake tables of schema `catalog`

300 cities, 20,000 places, 200,000 products with one option of two units each, 1,000,000 slots with their prices.
"""

from contextlib import closing

from core.settings import Settings
from tests.fixtures.catalogue import SCHEMA
from warehouse import lake

CITIES, PLACES, PRODUCTS, SLOTS = 300, 20_000, 200_000, 1_000_000

_ROWS = f"""
INSERT INTO dim_connection BY NAME
  SELECT 'canal' AS connection_id, 'octo' AS provider, 'Canal Tickets' AS supplier_name, now() AS
    catalogue_read_at, now() AS days_read_at, now() AS slots_read_at;
INSERT INTO dim_country BY NAME
  SELECT 'NL' AS country_code, 'netherlands' AS slug, 'Netherlands' AS name;
INSERT INTO dim_city BY NAME
  SELECT 'cty_' || n AS city_id, 'city-' || n AS slug, 'NL' AS country_code, 'City ' || n AS name, 52.0 + n / 1000
    AS latitude, 4.0 + n / 1000 AS longitude, 'Europe/Amsterdam' AS time_zone, 100000 + n AS population, {
    PLACES // CITIES
} AS place_count, {PRODUCTS // CITIES} AS product_count FROM range({CITIES}) AS r(n);
INSERT INTO dim_place BY NAME
  SELECT 'plc_' || n AS place_id, 'place-' || n AS slug, 'cty_' || (n % {CITIES}) AS city_id, 'NL' AS
    country_code, 'Museum ' || n AS name, 'Museum' AS kind, 52.0 AS latitude, 4.0 AS longitude, {PRODUCTS // PLACES}
    AS product_count FROM range({PLACES}) AS r(n);
INSERT INTO dim_product BY NAME
  SELECT 'prd_' || n AS product_id, 'canal' AS connection_id, 'p' || n AS provider_product_id, 'Canal Tickets' AS
    supplier_name, 'plc_' || (n % {PLACES}) AS place_id, 'place-' || (n % {PLACES}) AS place_slug, 'Museum ' || (n %
    {PLACES}) AS place_name, 'Museum' AS place_kind, 'cty_' || (n % {CITIES}) AS city_id, 'city-' || (n % {CITIES})
    AS city_slug, 'City ' || (n % {CITIES}) AS city_name, 'NL' AS country_code, 'ticket-' || n AS slug, 'en' AS
    locale, 'Timed Entry Ticket ' || n AS title, 'See the collection of room ' || n || ' at your own pace.' AS
    short_description, repeat('A long look at what is on show. ', 20) AS description, 'Europe/Amsterdam' AS
    time_zone, 'START_TIME' AS availability_type, true AS instant_confirmation, true AS instant_delivery, 'DIGITAL'
    AS redemption_method, 'QRCODE' AS delivery_formats, 'UNIT' AS pricing_per, 'EUR' AS currency, 2 AS
    currency_precision, 2500 AS from_original_minor, 2000 + n % 900 AS from_retail_minor, 1600 AS from_net_minor, 60
    AS duration_minutes_from, 86400 AS cancellation_cutoff_seconds, 'med_' || n AS cover_media_id, 'museum' AS
    category_labels, (hash(n) % 1000)::INT AS popularity, md5(n::TEXT) AS content_hash, now() AS fetched_at FROM
    range({PRODUCTS}) AS r(n);
INSERT INTO dim_product_media BY NAME
  SELECT 'med_' || n AS media_id, 'prd_' || n AS product_id, 0 AS ordinal, 'https://pictures.example/' || n ||
    '.jpg' AS src, 'image/jpeg' AS type, 'COVER' AS rel FROM range({PRODUCTS}) AS r(n);
INSERT INTO dim_option BY NAME
  SELECT 'opt_' || n AS option_id, 'prd_' || n AS product_id, 'o' || n AS provider_option_id, 0 AS ordinal, true
    AS is_default, 'Standard' AS title FROM range({PRODUCTS}) AS r(n);
INSERT INTO dim_unit BY NAME
  SELECT 'unt_' || n || '_' || u AS unit_id, 'opt_' || n AS option_id, 'prd_' || n AS product_id, 'u' || u AS
    provider_unit_id, u AS ordinal, ['ADULT', 'CHILD'][u + 1] AS type, ['Adult', 'Child'][u + 1] AS title FROM
    range({PRODUCTS}) AS r(n), range(2) AS s(u);
INSERT INTO fct_calendar_day BY NAME
  SELECT 'opt_' || n AS option_id, 'prd_' || n AS product_id, current_date + d::INT AS local_date, 'AVAILABLE' AS
    status, true AS is_available, 'EUR' AS currency, 2 AS currency_precision, 2000 AS from_retail_minor, 2500 AS
    from_original_minor, 1600 AS from_net_minor, now() AS fetched_at FROM range({PRODUCTS // 10}) AS r(n), range(30)
    AS s(d);
INSERT INTO fct_slot BY NAME
  SELECT 'slt_' || n AS slot_id, 'opt_' || (n % {PRODUCTS}) AS option_id, 'prd_' || (n % {PRODUCTS}) AS
    product_id, 'a' || n AS provider_availability_id, current_date + 1 AS local_date, '10:00' AS local_start_time,
    '11:00' AS local_end_time, now() + INTERVAL 1 DAY AS starts_at, now() + INTERVAL 25 HOUR AS ends_at, false AS
    is_all_day, 'AVAILABLE' AS status, true AS is_available, 50 AS vacancies, 50 AS capacity, now() AS fetched_at
    FROM range({SLOTS}) AS r(n);
INSERT INTO fct_price BY NAME
  SELECT 'opt_' || (n % {PRODUCTS}) AS option_id, 'prd_' || (n % {PRODUCTS}) AS product_id, 'unt_' || (n %
    {PRODUCTS}) || '_0' AS unit_id, current_date + 1 AS local_date, 'slt_' || n AS slot_id, 'EUR' AS currency, 2 AS
    currency_precision, 2500 AS original_minor, 2000 AS retail_minor, 1600 AS net_minor, now() AS fetched_at FROM
    range({SLOTS}) AS r(n);
"""  # noqa: S608 - numbers of our own


def fill_lake(settings: Settings) -> None:
    with closing(lake.connect(settings)) as connection:
        connection.execute("CREATE SCHEMA catalog; USE lake.catalog")
        connection.execute(SCHEMA)
        connection.execute(_ROWS)
