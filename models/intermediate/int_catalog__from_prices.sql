/* The price each product is announced with: its cheapest adult ticket, or booking; before a date is chosen where the supplier lists one, else of the days to come. */
MODEL (
  name intermediate.int_catalog__from_prices,
  kind FULL,
  owner catalog,
  cron '*/15 * * * *',
  grain product_id,
  audits (unique_values(columns := product_id), not_null(columns := product_id))
);

WITH ranked AS (
  SELECT
    c.product_id,
    c.currency,
    c.currency_precision,
    c.original_minor,
    c.retail_minor,
    c.net_minor,
    ROW_NUMBER() OVER (
      PARTITION BY c.product_id
      ORDER BY CASE WHEN c.local_date IS NULL THEN 0 ELSE 1 END, CASE WHEN c.currency = p.default_currency THEN 0 ELSE 1 END, CASE WHEN c.provider_unit_id = '' OR u.type = 'ADULT' THEN 0 ELSE 1 END, CASE WHEN c.retail_minor > 0 THEN 0 ELSE 1 END /* a baby's free ticket is no price to announce */, c.retail_minor, c.original_minor, c.provider_option_id, c.provider_unit_id
    ) AS preference
  FROM intermediate.int_catalog__prices AS c
  JOIN staging.stg_octo__products AS p
    ON p.product_id = c.product_id
  LEFT JOIN staging.stg_octo__units AS u
    ON u.product_id = c.product_id
    AND u.provider_option_id = c.provider_option_id
    AND u.provider_unit_id = c.provider_unit_id
  WHERE
    c.provider_availability_id = '' AND NOT c.is_withheld
)
SELECT
  r.product_id::TEXT AS product_id,
  r.currency::TEXT AS currency,
  r.currency_precision::INT AS currency_precision,
  r.original_minor::BIGINT AS original_minor,
  r.retail_minor::BIGINT AS retail_minor,
  r.net_minor::BIGINT AS net_minor /* NULL where the supplier does not tell */
FROM ranked AS r
WHERE
  r.preference = 1
