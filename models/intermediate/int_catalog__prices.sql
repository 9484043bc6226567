/* Every price told of the products sold today. What an option costs on a day, at a time or before a date is chosen is told together: where one of these prices cannot be right, none of them is believed, and they are withheld from the shops while everything else goes on. */
MODEL (
  name intermediate.int_catalog__prices,
  kind FULL,
  owner catalog,
  cron '*/15 * * * *',
  grain (
    product_id,
    provider_option_id,
    provider_unit_id,
    local_date,
    provider_availability_id,
    currency
  ),
  audits (
    price_is_complete(blocking := FALSE),
    price_is_plausible(blocking := FALSE),
    net_never_above_retail(blocking := FALSE)
  )
);

WITH told AS (
  SELECT
    l.product_id,
    l.provider_option_id,
    l.provider_unit_id,
    NULL::DATE AS local_date,
    '' AS provider_availability_id,
    l.currency,
    l.currency_precision,
    l.original_minor,
    l.retail_minor,
    l.net_minor,
    NULL::TIMESTAMPTZ AS fetched_at
  FROM staging.stg_octo__list_prices AS l
  UNION ALL
  SELECT
    p.product_id,
    d.provider_option_id,
    d.provider_unit_id,
    d.local_date,
    '' AS provider_availability_id,
    d.currency,
    d.currency_precision,
    d.original_minor,
    d.retail_minor,
    d.net_minor,
    d.fetched_at
  FROM staging.stg_octo__calendar_prices AS d
  JOIN staging.stg_octo__products AS p
    ON p.connection_id = d.connection_id
    AND p.provider_product_id = d.provider_product_id
  UNION ALL
  SELECT
    p.product_id,
    s.provider_option_id,
    s.provider_unit_id,
    s.local_date,
    s.provider_availability_id,
    s.currency,
    s.currency_precision,
    s.original_minor,
    s.retail_minor,
    s.net_minor,
    s.fetched_at
  FROM staging.stg_octo__slot_prices AS s
  JOIN staging.stg_octo__products AS p
    ON p.connection_id = s.connection_id
    AND p.provider_product_id = s.provider_product_id
)
SELECT
  t.product_id::TEXT AS product_id,
  t.provider_option_id::TEXT AS provider_option_id,
  t.provider_unit_id::TEXT AS provider_unit_id, /* empty: the price of a whole booking */
  t.local_date::DATE AS local_date, /* NULL: before a date is chosen */
  t.provider_availability_id::TEXT AS provider_availability_id, /* empty: the day's from-price */
  t.currency::TEXT AS currency,
  t.currency_precision::INT AS currency_precision,
  t.original_minor::BIGINT AS original_minor, /* list price */
  t.retail_minor::BIGINT AS retail_minor, /* the supplier's suggested price */
  t.net_minor::BIGINT AS net_minor, /* what we owe; NULL where it is not told */
  COALESCE(
    BOOL_OR(CAST(@IS_INCOMPLETE(t) OR @IS_IMPLAUSIBLE(t) OR @LOSES_MONEY(t) AS BOOLEAN)) OVER (
      PARTITION BY t.product_id, t.provider_option_id, t.local_date, t.provider_availability_id
    ),
    FALSE
  )::BOOLEAN AS is_withheld, /* it, or one told with it, cannot be right */
  t.fetched_at::TIMESTAMPTZ AS fetched_at
FROM told AS t
