/* Prices of the bookable times to come; downstream an empty id means the day. */
MODEL (
  name staging.stg_octo__slot_prices,
  kind VIEW,
  owner catalog,
  grain (
    connection_id,
    provider_product_id,
    provider_option_id,
    provider_availability_id,
    provider_unit_id
  )
);

SELECT
  c.connection_id::TEXT AS connection_id,
  c.provider_product_id::TEXT AS provider_product_id,
  c.provider_option_id::TEXT AS provider_option_id,
  c.local_date::DATE AS local_date, /* at the place */
  c.provider_availability_id::TEXT AS provider_availability_id,
  COALESCE(c.provider_unit_id, '')::TEXT AS provider_unit_id, /* empty: the price of a whole booking */
  @PRICE_COLUMNS(c),
  c.fetched_at::TIMESTAMPTZ AS fetched_at
FROM octo.slot_prices AS c
WHERE
  c.local_date >= CURRENT_DATE - 1 /* west of UTC it may still be yesterday */
  AND c.provider_availability_id <> ''
