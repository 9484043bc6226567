/* Options of the products sold today. */
MODEL (
  name staging.stg_octo__options,
  kind VIEW,
  owner catalog,
  grain option_id
);

SELECT
  (
    'opt_' || SUBSTRING(p.product_id, 5, 16) || LEFT(MD5(c.provider_option_id), 12)
  )::TEXT AS option_id, /* ours; begins with its product's, so that both sort alike */
  p.product_id::TEXT AS product_id,
  c.provider_option_id::TEXT AS provider_option_id,
  c.ordinal::INT AS ordinal,
  COALESCE(c.is_default, FALSE)::BOOLEAN AS is_default,
  COALESCE(NULLIF(TRIM(c.title), ''), c.internal_name, c.provider_option_id)::TEXT AS title,
  c.local_start_times::TEXT AS local_start_times, /* HH:MM, comma-joined */
  c.cancellation_cutoff::TEXT AS cancellation_cutoff, /* the supplier's words */
  c.cancellation_cutoff_seconds::BIGINT AS cancellation_cutoff_seconds, /* before the start; NULL is never */
  c.min_units::INT AS min_units,
  c.max_units::INT AS max_units
FROM octo.options AS c
JOIN staging.stg_octo__products AS p
  ON @IS_CURRENT(c, p)
