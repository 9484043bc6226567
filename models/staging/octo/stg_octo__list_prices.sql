/* Prices named before a date is chosen. */
MODEL (
  name staging.stg_octo__list_prices,
  kind VIEW,
  owner catalog,
  grain (product_id, provider_option_id, provider_unit_id, currency)
);

SELECT
  p.product_id::TEXT AS product_id,
  c.provider_option_id::TEXT AS provider_option_id,
  COALESCE(c.provider_unit_id, '')::TEXT AS provider_unit_id, /* empty: the price of a whole booking */
  UPPER(c.currency)::TEXT AS currency,
  c.currency_precision::INT AS currency_precision,
  c.original_minor::BIGINT AS original_minor, /* list price */
  c.retail_minor::BIGINT AS retail_minor, /* the supplier's suggested price */
  c.net_minor::BIGINT AS net_minor /* what we owe; NULL where it is not told */
FROM octo.list_prices AS c
JOIN staging.stg_octo__products AS p
  ON p.connection_id = c.connection_id
  AND p.provider_product_id = c.provider_product_id
  AND p.locale = c.locale
  AND p.content_hash = c.content_hash
