/* Products as each connection sells them today, in one language each: English where there is any. */
MODEL (
  name staging.stg_octo__products,
  kind VIEW,
  owner catalog,
  grain product_id
);

WITH preferred AS (
  SELECT
    p.connection_id,
    p.provider_product_id,
    p.locale,
    p.content_hash,
    p.title,
    p.internal_name,
    p.short_description,
    p.description,
    p.time_zone,
    p.availability_type,
    p.instant_confirmation,
    p.instant_delivery,
    p.redemption_method,
    p.delivery_formats,
    p.pricing_per,
    p.default_currency,
    p.duration_minutes_from,
    p.duration_minutes_to,
    p.category_labels,
    p.fetched_at,
    ROW_NUMBER() OVER (
      PARTITION BY p.connection_id, p.provider_product_id
      ORDER BY CASE WHEN p.locale LIKE 'en%' THEN 0 ELSE 1 END, p.locale
    ) AS preference
  FROM octo.products AS p
  WHERE
    p.deleted_at IS NULL
)
SELECT
  (
    'prd_' || LEFT(MD5(p.connection_id || ':' || p.provider_product_id), 16)
  )::TEXT AS product_id, /* ours, the same for ever */
  p.connection_id::TEXT AS connection_id,
  p.provider_product_id::TEXT AS provider_product_id,
  p.locale::TEXT AS locale,
  p.content_hash::TEXT AS content_hash, /* of the supplier's answer; children of another hash are old */
  COALESCE(NULLIF(TRIM(p.title), ''), p.internal_name, p.provider_product_id)::TEXT AS title,
  NULLIF(TRIM(p.short_description), '')::TEXT AS short_description,
  NULLIF(TRIM(p.description), '')::TEXT AS description,
  COALESCE(p.time_zone, 'UTC')::TEXT AS time_zone,
  COALESCE(p.availability_type, 'START_TIME')::TEXT AS availability_type,
  COALESCE(p.instant_confirmation, FALSE)::BOOLEAN AS instant_confirmation,
  COALESCE(p.instant_delivery, FALSE)::BOOLEAN AS instant_delivery,
  p.redemption_method::TEXT AS redemption_method,
  p.delivery_formats::TEXT AS delivery_formats,
  COALESCE(p.pricing_per, 'UNIT')::TEXT AS pricing_per, /* UNIT or BOOKING */
  UPPER(p.default_currency)::TEXT AS default_currency,
  p.duration_minutes_from::INT AS duration_minutes_from,
  p.duration_minutes_to::INT AS duration_minutes_to,
  p.category_labels::TEXT AS category_labels, /* OCTO's labels, comma-joined */
  p.fetched_at::TIMESTAMPTZ AS fetched_at
FROM preferred AS p
WHERE
  p.preference = 1
