/* One row per price of a unit (or booking) on a day: of each bookable time, and the day's from-price where slot_id is empty. */
MODEL (
  name catalog.fct_price,
  kind FULL,
  owner catalog,
  cron '*/15 * * * *',
  grain (option_id, unit_id, local_date, slot_id, currency),
  audits (
    unique_combination_of_columns(columns := (option_id, unit_id, local_date, slot_id, currency)),
    not_null(
      columns := (
        option_id,
        unit_id,
        local_date,
        slot_id,
        original_minor,
        retail_minor,
        fetched_at
      )
    ),
    price_is_complete,
    price_is_plausible,
    net_never_above_retail,
    option_is_known
  )
);

SELECT
  o.option_id::TEXT AS option_id,
  c.product_id::TEXT AS product_id,
  COALESCE(u.unit_id, '')::TEXT AS unit_id, /* empty: the price of a whole booking */
  c.local_date::DATE AS local_date,
  COALESCE(s.slot_id, '')::TEXT AS slot_id, /* empty: the day's from-price */
  c.currency::TEXT AS currency,
  c.currency_precision::INT AS currency_precision,
  c.original_minor::BIGINT AS original_minor, /* list price */
  c.retail_minor::BIGINT AS retail_minor, /* the provider's suggested price */
  c.net_minor::BIGINT AS net_minor, /* what we owe; NULL where it is not told */
  c.fetched_at::TIMESTAMPTZ AS fetched_at
FROM intermediate.int_catalog__prices AS c
JOIN catalog.dim_option AS o
  ON o.product_id = c.product_id AND o.provider_option_id = c.provider_option_id
LEFT JOIN catalog.dim_unit AS u
  ON u.option_id = o.option_id AND u.provider_unit_id = c.provider_unit_id
LEFT JOIN catalog.fct_slot AS s
  ON s.option_id = o.option_id
  AND s.provider_availability_id = c.provider_availability_id
  AND s.local_date = c.local_date
WHERE
  NOT c.local_date IS NULL
  AND NOT c.is_withheld
  AND (
    c.provider_unit_id = '' OR NOT u.unit_id IS NULL
  )
  AND (
    c.provider_availability_id = '' OR NOT s.slot_id IS NULL
  )
