/* One row per product on sale; the only product table a shop reads. Without a city it is kept, but never listed. */
MODEL (
  name catalog.dim_product,
  kind FULL,
  owner catalog,
  cron '*/15 * * * *',
  grain product_id,
  audits (
    unique_values(columns := (product_id, slug)),
    not_null(columns := (product_id, slug, place_id, title, time_zone, fetched_at)),
    from_price_is_sound,
    product_has_city
  )
);

SELECT
  p.product_id::TEXT AS product_id, /* ours, never the provider's */
  p.connection_id::TEXT AS connection_id, /* whom to ask for availability */
  p.provider_product_id::TEXT AS provider_product_id,
  COALESCE(s.supplier_name, p.connection_id)::TEXT AS supplier_name,
  l.place_id::TEXT AS place_id, /* the venue it admits to */
  l.slug::TEXT AS place_slug, /* what a list shows of place and city is here too: a page is one lookup */
  l.name::TEXT AS place_name,
  l.kind::TEXT AS place_kind,
  l.city_id::TEXT AS city_id, /* the place's, whatever this supplier says */
  t.slug::TEXT AS city_slug,
  t.name::TEXT AS city_name,
  l.country_code::TEXT AS country_code,
  (
    COALESCE(NULLIF(@SLUG(p.title), '') || '-', '') || SUBSTRING(p.product_id, 5, 8)
  )::TEXT AS slug, /* readable, and unique by the end of the id */
  p.locale::TEXT AS locale, /* of the texts */
  p.title::TEXT AS title,
  p.short_description::TEXT AS short_description,
  p.description::TEXT AS description,
  p.time_zone::TEXT AS time_zone, /* IANA */
  p.availability_type::TEXT AS availability_type, /* START_TIME or OPENING_HOURS */
  p.instant_confirmation::BOOLEAN AS instant_confirmation,
  p.instant_delivery::BOOLEAN AS instant_delivery,
  p.redemption_method::TEXT AS redemption_method,
  p.delivery_formats::TEXT AS delivery_formats, /* comma-joined */
  p.pricing_per::TEXT AS pricing_per, /* UNIT or BOOKING */
  COALESCE(c.currency, p.default_currency)::TEXT AS currency,
  c.currency_precision::INT AS currency_precision,
  c.from_original_minor::BIGINT AS from_original_minor, /* list price */
  c.from_retail_minor::BIGINT AS from_retail_minor, /* the provider's suggested price */
  c.from_net_minor::BIGINT AS from_net_minor, /* what we owe; NULL where it is not told */
  p.duration_minutes_from::INT AS duration_minutes_from,
  p.duration_minutes_to::INT AS duration_minutes_to,
  c.cancellation_cutoff_seconds::BIGINT AS cancellation_cutoff_seconds, /* before the start; NULL is never */
  c.cover_media_id::TEXT AS cover_media_id,
  p.category_labels::TEXT AS category_labels, /* OCTO's, comma-joined */
  c.popularity::INT AS popularity, /* tickets already gone for the next 30 days */
  p.content_hash::TEXT AS content_hash,
  c.fetched_at::TIMESTAMPTZ AS fetched_at /* when the supplier last confirmed it */
FROM staging.stg_octo__products AS p
JOIN intermediate.int_catalog__products AS c
  ON c.product_id = p.product_id
JOIN intermediate.int_catalog__places AS n
  ON n.product_id = p.product_id
JOIN catalog.dim_place AS l
  ON l.place_id = n.place_id
LEFT JOIN intermediate.int_catalog__cities AS t
  ON t.city_id = l.city_id
LEFT JOIN staging.stg_octo__suppliers AS s
  ON s.connection_id = p.connection_id
