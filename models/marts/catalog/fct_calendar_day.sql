/* One row per option and day to come: can it be had, and from what price. */
MODEL (
  name catalog.fct_calendar_day,
  kind FULL,
  owner catalog,
  cron '*/15 * * * *',
  grain (option_id, local_date),
  audits (
    unique_combination_of_columns(columns := (option_id, local_date)),
    not_null(columns := (option_id, product_id, local_date, status, fetched_at)),
    option_is_known
  )
);

WITH ranked AS (
  SELECT
    f.option_id,
    f.local_date,
    f.currency,
    f.currency_precision,
    f.retail_minor,
    f.original_minor,
    f.net_minor,
    ROW_NUMBER() OVER (
      PARTITION BY f.option_id, f.local_date
      ORDER BY CASE WHEN f.currency = p.currency THEN 0 ELSE 1 END, CASE WHEN f.unit_id = '' OR u.type = 'ADULT' THEN 0 ELSE 1 END, CASE WHEN f.retail_minor > 0 THEN 0 ELSE 1 END, f.retail_minor, f.unit_id
    ) AS preference
  FROM catalog.fct_price AS f
  JOIN catalog.dim_product AS p
    ON p.product_id = f.product_id
  LEFT JOIN catalog.dim_unit AS u
    ON u.unit_id = f.unit_id
  WHERE
    f.slot_id = ''
)
SELECT
  o.option_id::TEXT AS option_id,
  p.product_id::TEXT AS product_id,
  d.local_date::DATE AS local_date, /* at the place */
  d.status::TEXT AS status, /* OCTO's: AVAILABLE, LIMITED, SOLD_OUT... */
  d.is_available::BOOLEAN AS is_available,
  d.vacancies::INT AS vacancies, /* NULL where the supplier gives no number */
  d.capacity::INT AS capacity,
  d.opens_at::TEXT AS opens_at,
  d.closes_at::TEXT AS closes_at,
  f.currency::TEXT AS currency,
  f.currency_precision::INT AS currency_precision,
  f.retail_minor::BIGINT AS from_retail_minor, /* cheapest adult ticket, or booking */
  f.original_minor::BIGINT AS from_original_minor,
  f.net_minor::BIGINT AS from_net_minor, /* what we owe for it; NULL where it is not told */
  d.fetched_at::TIMESTAMPTZ AS fetched_at
FROM staging.stg_octo__calendar_days AS d
JOIN catalog.dim_product AS p
  ON p.connection_id = d.connection_id
  AND p.provider_product_id = d.provider_product_id
JOIN catalog.dim_option AS o
  ON o.product_id = p.product_id AND o.provider_option_id = d.provider_option_id
LEFT JOIN ranked AS f
  ON f.option_id = o.option_id AND f.local_date = d.local_date AND f.preference = 1
