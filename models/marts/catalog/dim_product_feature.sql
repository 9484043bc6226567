/* The supplier's lines about a product, in its order. */
MODEL (
  name catalog.dim_product_feature,
  kind FULL,
  owner catalog,
  cron '*/15 * * * *',
  grain (product_id, ordinal),
  audits (
    unique_combination_of_columns(columns := (product_id, ordinal)),
    not_null(columns := (product_id, text))
  )
);

SELECT
  f.product_id::TEXT AS product_id,
  f.ordinal::INT AS ordinal,
  f.type::TEXT AS type, /* OCTO's: INCLUSION, HIGHLIGHT... */
  f.text::TEXT AS text
FROM staging.stg_octo__features AS f
