/* From-prices of the days to come. */
MODEL (
  name staging.stg_octo__calendar_prices,
  kind VIEW,
  owner catalog,
  grain (
    connection_id,
    provider_product_id,
    provider_option_id,
    local_date,
    provider_unit_id
  )
);

SELECT
  c.connection_id::TEXT AS connection_id,
  c.provider_product_id::TEXT AS provider_product_id,
  c.provider_option_id::TEXT AS provider_option_id,
  c.local_date::DATE AS local_date, /* at the place */
  COALESCE(c.provider_unit_id, '')::TEXT AS provider_unit_id, /* empty: the price of a whole booking */
  @PRICE_COLUMNS(c),
  c.fetched_at::TIMESTAMPTZ AS fetched_at
FROM octo.calendar_prices AS c
WHERE
  c.local_date >= CURRENT_DATE - 1 /* west of UTC it may still be yesterday */
