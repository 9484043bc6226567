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
  @PRICE_COLUMNS(c)
FROM octo.list_prices AS c
JOIN staging.stg_octo__products AS p
  ON @IS_CURRENT(c, p)
