"""The storefront's questions to a published catalogue, as SQL. Each answers with the columns of one shape."""

COUNTRIES = """
SELECT co.country_code, co.slug, co.name, count(*) AS city_count,
       sum(ci.place_count)::BIGINT AS place_count, sum(ci.product_count)::BIGINT AS product_count
FROM dim_city AS ci JOIN dim_country AS co USING (country_code)
WHERE ci.product_count > 0
  AND ($everything OR list_contains($countries, ci.country_code) OR list_contains($cities, ci.city_id))
GROUP BY co.country_code, co.slug, co.name
ORDER BY co.name
"""

_CITY = """
SELECT ci.city_id, ci.slug, ci.country_code, co.slug AS country_slug, co.name AS country_name, ci.name,
       ci.latitude, ci.longitude, ci.time_zone, ci.population, ci.place_count, ci.product_count, ci.cover_media_id
FROM dim_city AS ci JOIN dim_country AS co USING (country_code)
"""

CITIES = (
    _CITY
    + """
WHERE ci.product_count > 0 AND ($country IS NULL OR ci.country_code = $country)
  AND ($everything OR list_contains($countries, ci.country_code) OR list_contains($cities, ci.city_id))
ORDER BY ci.product_count DESC, ci.name
"""
)

CITY = _CITY + "WHERE ci.slug = $slug OR ci.city_id = $slug"

CITY_NAMED = "SELECT city_id, country_code FROM dim_city_name WHERE name_key = $name"

_PLACE = """
SELECT pl.place_id, pl.slug, pl.city_id, ci.slug AS city_slug, ci.name AS city_name, pl.country_code, pl.name,
       pl.local_name, pl.kind, pl.latitude, pl.longitude, pl.street_address, pl.product_count, pl.cover_media_id
FROM dim_place AS pl JOIN dim_city AS ci ON ci.city_id = pl.city_id
"""

PLACES = _PLACE + "WHERE pl.city_id = $city_id AND pl.product_count > 0 ORDER BY pl.product_count DESC, pl.name"

PLACE = _PLACE + "WHERE pl.slug = $slug OR pl.place_id = $slug"

_CARD_COLUMNS = """
SELECT p.product_id, p.slug, p.connection_id, p.supplier_name, p.place_id, p.place_slug, p.place_name, p.place_kind,
       p.city_id, p.city_slug, p.city_name, p.country_code, p.title, p.short_description, p.time_zone,
       p.instant_confirmation, p.duration_minutes_from, p.duration_minutes_to, p.cancellation_cutoff_seconds,
       p.pricing_per, p.currency, p.currency_precision, p.from_original_minor, p.from_retail_minor, p.from_net_minor,
       p.cover_media_id, p.popularity, p.fetched_at
"""

# A product whose city nobody knows is kept in the catalogue, and shown nowhere.
_LISTED = " FROM dim_product AS p WHERE p.city_id IS NOT NULL "

_FILTERED = (
    _LISTED
    + """
  AND ($city_id IS NULL OR p.city_id = $city_id)
  AND ($place_id IS NULL OR p.place_id = $place_id)
  AND ($kind IS NULL OR p.place_kind = $kind)
  AND ($category IS NULL OR list_contains(string_split(p.category_labels, ','), $category))
  AND ($everything OR list_contains($countries, p.country_code) OR list_contains($cities, p.city_id))
"""
)

_SORTED = """
ORDER BY CASE WHEN $sort = 'price' THEN p.from_retail_minor / power(10, p.currency_precision) END NULLS LAST,
         CASE WHEN $sort = 'title' THEN p.title END,
         p.popularity DESC, p.product_id
LIMIT $page_size OFFSET $skipped
"""

PRODUCTS = _CARD_COLUMNS + _FILTERED + _SORTED

# Counting beside them carries every column of all that matches through the sorting: cheaper than a second question for
# the hundreds of a city, and three times as dear for everything.
COUNTED_PRODUCTS = _CARD_COLUMNS + ", count(*) OVER () AS total" + _FILTERED + _SORTED

PRODUCT_COUNT = "SELECT count(*) AS total" + _FILTERED

_PRODUCT = (
    _CARD_COLUMNS
    + """, p.provider_product_id, p.locale, p.description, p.availability_type, p.instant_delivery,
       p.redemption_method, p.delivery_formats, p.category_labels
"""
    + _LISTED
)

PRODUCT_BY_ID = _PRODUCT + "AND p.product_id = $product"

PRODUCT_BY_SLUG = _PRODUCT + "AND p.slug = $product"

OPTIONS = """
SELECT option_id, product_id, provider_option_id, ordinal, is_default, title, local_start_times, cancellation_cutoff,
       cancellation_cutoff_seconds, min_units, max_units
FROM dim_option WHERE product_id = $product_id ORDER BY ordinal
"""

UNITS = """
SELECT unit_id, option_id, product_id, provider_unit_id, ordinal, type, title, min_age, max_age, min_quantity,
       max_quantity, pax_count, id_required
FROM dim_unit WHERE product_id = $product_id ORDER BY option_id, ordinal
"""

FEATURES = """
SELECT product_id, ordinal, type, text FROM dim_product_feature WHERE product_id = $product_id ORDER BY ordinal
"""

_MEDIA = """
SELECT media_id, product_id, ordinal, src, type, rel, title, caption, copyright FROM dim_product_media
"""

MEDIA = _MEDIA + "WHERE product_id = $product_id ORDER BY ordinal"

MEDIUM = _MEDIA + "WHERE media_id = $media_id"

CALENDAR = """
SELECT option_id, product_id, local_date, status, is_available, vacancies, capacity, opens_at, closes_at, currency,
       currency_precision, from_retail_minor, from_original_minor, from_net_minor, fetched_at
FROM fct_calendar_day
WHERE product_id = $product_id AND local_date BETWEEN $first AND $last
ORDER BY local_date, option_id
"""

SLOTS = """
SELECT slot_id, option_id, product_id, provider_availability_id, local_date, local_start_time, local_end_time,
       starts_at, ends_at, is_all_day, status, is_available, vacancies, capacity, max_units, cutoff_at, opens_at,
       closes_at, fetched_at
FROM fct_slot
WHERE product_id = $product_id AND local_date = $local_date
ORDER BY starts_at, option_id
"""

PRICES = """
SELECT option_id, product_id, unit_id, local_date, slot_id, currency, currency_precision, original_minor,
       retail_minor, net_minor, fetched_at
FROM fct_price
WHERE product_id = $product_id AND local_date = $local_date
ORDER BY slot_id, retail_minor DESC, unit_id
"""

SOURCES = """
SELECT connection_id, provider, supplier_name, catalogue_read_at, days_read_at, slots_read_at
FROM dim_connection ORDER BY connection_id
"""

SEARCH_CITIES = (
    _CITY
    + """
WHERE ci.product_count > 0 AND contains(strip_accents(lower(ci.name)), $text)
  AND ($everything OR list_contains($countries, ci.country_code) OR list_contains($cities, ci.city_id))
ORDER BY ci.product_count DESC, ci.name LIMIT $limit
"""
)

SEARCH_PLACES = (
    _PLACE
    + """
WHERE pl.product_count > 0 AND contains(strip_accents(lower(concat_ws(' ', pl.name, pl.local_name))), $text)
  AND ($everything OR list_contains($countries, pl.country_code) OR list_contains($cities, pl.city_id))
ORDER BY pl.product_count DESC, pl.name LIMIT $limit
"""
)

SEARCH_PRODUCTS = (
    _CARD_COLUMNS
    + _LISTED
    + """
  AND contains(strip_accents(lower(p.title)), $text)
  AND ($everything OR list_contains($countries, p.country_code) OR list_contains($cities, p.city_id))
ORDER BY p.popularity DESC, p.product_id LIMIT $limit
"""
)
