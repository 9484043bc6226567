/* One row per variant of a product. */
MODEL (
  name catalog.dim_option,
  kind FULL,
  owner catalog,
  cron '*/15 * * * *',
  grain option_id,
  audits (
    unique_values(columns := option_id),
    not_null(columns := (option_id, product_id, provider_option_id))
  )
);

SELECT
  o.option_id::TEXT AS option_id,
  o.product_id::TEXT AS product_id,
  o.provider_option_id::TEXT AS provider_option_id,
  o.ordinal::INT AS ordinal,
  o.is_default::BOOLEAN AS is_default,
  o.title::TEXT AS title,
  o.local_start_times::TEXT AS local_start_times, /* HH:MM, comma-joined */
  o.cancellation_cutoff::TEXT AS cancellation_cutoff, /* the supplier's words */
  o.cancellation_cutoff_seconds::BIGINT AS cancellation_cutoff_seconds, /* before the start; NULL is never */
  o.min_units::INT AS min_units,
  o.max_units::INT AS max_units
FROM staging.stg_octo__options AS o
